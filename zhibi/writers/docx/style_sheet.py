"""Look -> the styles part of a Word file (ECMA-376 part 1 cl. 17.7), after GB/T 9704-2012 cl. 5, 7.

One paragraph style a role, a run-in variant a heading level, one a kind of table row, one character
style a voice, one table style a look. No theme fonts: every style names its faces itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhibi.layout.runs import Voice
from zhibi.nodes import Align, Role, RowKind, TableLook
from zhibi.styles import (
    CELL_PADDING,
    LEAD_FACE,
    RED,
    ROW_STYLES,
    RULES,
    RUN_IN_STYLES,
    TABLE_STYLES,
    WORD_STYLES,
    Look,
)
from zhibi.typography import Face, Rule, Style
from zhibi.writers.docx.names import SEPARATOR, is_built_in, role_id, style_id
from zhibi.writers.docx.xml import Element, flag, mm_twips, twips, w

JC = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}


def style_sheet(language: str, look: Look) -> Iterator[Element]:
    """Yield the children of w:styles: everything that the body refers to."""
    yield _defaults(language, look)
    yield _latent()
    yield from _base(look.styles[Role.BODY])
    yield from _paragraph_styles(look)
    yield from _voices(look)
    yield from _tables()


def _defaults(language: str, look: Look) -> Element:
    run = w(
        "rPr",
        _fonts(look.styles[Role.BODY], look),
        *_size(look.styles[Role.BODY].size),
        w("lang", val="en-US", eastAsia=language),
    )
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def _latent() -> Element:
    """Hide the styles that Word would offer besides the paper's own."""
    hidden = {"defSemiHidden": 1, "defUnhideWhenUsed": 1, "defQFormat": 0}
    return w("latentStyles", defLockedState=0, defUIPriority=99, **hidden, count=376)


def _base(body: Style) -> Iterator[Element]:
    yield w(
        "style",
        w("name", val="Normal"),
        w("qFormat"),
        w("pPr", *_grid(body.pitch)),
        w("rPr", _spacing(body), w("kern", val=0), *_size(body.size)),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    hidden = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    yield w(
        "style",
        *(w("name", val="Default Paragraph Font"), *hidden),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    cells = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    normal = w("tblPr", w("tblInd", w=0, type="dxa"), cells)
    hidden = (w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"))
    yield w(
        "style",
        *(w("name", val="Normal Table"), *hidden, normal),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _grid(pitch: float) -> Iterator[Element]:
    """Yield what keeps 22 lines on a page (cl. 5.2.3): exact lines, no widow control, no snapping."""
    yield w("widowControl", val=0)
    yield w("overflowPunct", val=1)
    yield w("adjustRightInd", val=0)
    yield w("snapToGrid", val=0)
    yield w("spacing", before=0, after=0, line=twips(pitch), lineRule="exact")


def _paragraph_styles(look: Look) -> Iterator[Element]:
    for role, style in look.styles.items():
        yield _paragraph_style(WORD_STYLES[role], style, look, next_id=_next(role, style))
    for role, name in RUN_IN_STYLES.items():
        yield _paragraph_style(name, look.styles[role], look, next_id=role_id(Role.BODY), run_in=True)
    for kind, name in ROW_STYLES.items():
        if kind in (RowKind.GROUP, RowKind.TOTAL):
            yield _paragraph_style(name, look.row(kind), look)
    yield w(
        "style",
        *(w("name", val=SEPARATOR), w("basedOn", val="Normal"), w("uiPriority", val=99)),
        w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact")),
        w("rPr", *_size(1)),
        type="paragraph",
        customStyle=1,
        styleId=SEPARATOR,
    )


def _next(role: Role, style: Style) -> str | None:
    """Return the style of the paragraph that follows when a person presses Enter at the end."""
    return role_id(Role.BODY) if style.outline_level or role is Role.RECIPIENTS else None


def _paragraph_style(
    name: str, style: Style, look: Look, *, next_id: str | None = None, run_in: bool = False
) -> Element:
    level = 0 if run_in else style.outline_level
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="Normal"),
        w("next", val=next_id) if next_id else None,
        w("uiPriority", val=9 if is_built_in(name) else 10),
        w("qFormat"),
        w(
            "pPr",
            flag("keepNext", style.keep_with_next and not run_in),
            flag("keepLines", style.keep_with_next and not run_in),
            rule_border(style.rule) if style.rule else None,
            _lines(style),
            _indent(style),
            w("jc", val=JC[style.align]),
            w("outlineLvl", val=level - 1) if level else None,
        ),
        w("rPr", _fonts(style, look), _colour(style), _spacing(style), *_size(style.size)),
        type="paragraph",
        customStyle=None if is_built_in(name) else 1,
        styleId=style_id(name),
    )


def _lines(style: Style) -> Element:
    rule = "atLeast" if style.grows else "exact"
    return w("spacing", before=0, after=0, line=twips(style.pitch), lineRule=rule)


def rule_border(rule: Rule) -> Element:
    """Return the border of a paragraph that is a rule; of a double one the thin line is 0.75 pt, as in all of Word's.

    Word names its lines from the words outwards (MS-DOC cl. 2.9.22), and `sz` is the weight of the thick one.
    """
    outward = rule.weights if rule.below else rule.weights[::-1]
    double = "thinThickSmallGap" if outward[0] < outward[-1] else "thickThinSmallGap"
    return w(
        "pBdr",
        w(
            "bottom" if rule.below else "top",
            val="single" if len(rule.weights) == 1 else double,
            sz=round(max(rule.weights) * 8),
            space=0,
            color=RED.removeprefix("#").upper() if rule.red else "auto",
        ),
    )


def _indent(style: Style) -> Element | None:
    """Return w:ind of a style, None for one without indents."""
    if style.rule:
        left, right = (mm_twips(-out) for out in style.rule.outset)
        return w("ind", left=left, right=right) if left or right else None
    first = "hanging" if style.first_indent < 0 else "firstLine"
    sides = {"left": style.left, "right": style.right, first: abs(style.first_indent)}
    asked = {side: count for side, count in sides.items() if count}
    return indent(style, asked) if asked else None


def indent(style: Style, sides: Mapping[str, float]) -> Element:
    """Return w:ind in characters and in twips: Word reads the one, other programs the other."""
    values: dict[str, int] = {}
    for side, count in sides.items():
        values[f"{side}Chars"] = round(count * 100)
        values[side] = twips(style.chars(count))
    return w("ind", **values)


def _spacing(style: Style) -> Element:
    return w("spacing", val=twips(style.spacing))


def _colour(style: Style) -> Element | None:
    return w("color", val=RED.removeprefix("#").upper()) if style.red else None


def _size(points: float) -> Iterator[Element]:
    yield w("sz", val=round(points * 2))
    yield w("szCs", val=round(points * 2))


def _fonts(style: Style, look: Look) -> Element:
    """Return the four font slots; page numbers alone are 宋体 in all of them (cl. 7.5)."""
    own = look.faces[style.face]
    latin = own if style is look.styles[Role.PAGE_NUMBER] else look.faces[Face.LATIN]
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=own, cs=latin)


def _voices(look: Look) -> Iterator[Element]:
    faces = {Voice.LEAD: LEAD_FACE, Voice.REST: Face.FANGSONG}
    for voice in Voice:
        if voice:
            fonts = w("rPr", w("rFonts", eastAsia=look.faces[faces[voice]])) if voice in faces else None
            yield w(
                "style",
                *(w("name", val=str(voice)), w("basedOn", val="DefaultParagraphFont")),
                *(w("uiPriority", val=11), w("qFormat"), fonts),
                type="character",
                customStyle=1,
                styleId=str(voice),
            )


def _tables() -> Iterator[Element]:
    for look in TableLook:
        yield w(
            "style",
            *(w("name", val=TABLE_STYLES[look]), w("basedOn", val="TableNormal")),
            *(w("uiPriority", val=12), w("qFormat")),
            w("tblPr", w("tblInd", w=0, type="dxa"), _borders(RULES[look]), _padding()),
            type="table",
            customStyle=1,
            styleId=TABLE_STYLES[look],
        )


def _borders(weight: float) -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    size = round(weight * 8)
    kind = "single" if size else "nil"
    return w("tblBorders", *(w(side, val=kind, sz=size, space=0, color="auto") for side in sides))


def _padding() -> Element:
    above, beside = (twips(points) for points in CELL_PADDING)
    sides = {"top": above, "left": beside, "bottom": above, "right": beside}
    return w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in sides.items()))
