"""Look -> the style sheet of the PDF (GB/T 9704-2012 cl. 5, 7): generated from `styles`, never kept by hand.

Input: the faces that the paper's characters were resolved to; output: CSS text. Class names are the
words of roles, rows and voices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from tests.by_css.words import GAP, OTHER
from zhibi.fonts import Faces, FontFace, face_file
from zhibi.layout.runs import Voice
from zhibi.nodes import Align, Form, Orientation, Role, RowKind
from zhibi.styles import (
    CELL_PADDING,
    LEAD_FACE,
    LETTER_BOTTOM,
    LETTER_FOOT,
    LETTER_TOP,
    RED,
    ROW_STYLES,
    RULE_PITCH,
    RULES,
    RUN_IN_STYLES,
    Look,
)
from zhibi.typography import AUTOSPACE, MM, RULE_GAP, Face, PageSetup, Rule, Style

_BASE = """
html,body{margin:0;padding:0;font-kerning:none;font-variant-ligatures:none}
body{orphans:1;widows:1}
p,h1,h2,h3,h4,h5,div{margin:0;padding:0;white-space:pre}
h1,h2,h3,h4,h5{bookmark-label:attr(data-label);break-after:auto;break-inside:auto}
div h1,div h2,div h3,div h4,div h5{display:inline;font:inherit;letter-spacing:inherit}
:is(p,h1,h2,h3,h4,h5,div,.页)>:is(span,h1,h2,h3,h4,h5):not(.页){line-height:0}
section+section,.另页{break-before:page}
.页{display:block}
.页+.页{text-indent:0}
table{width:100%;table-layout:fixed;border-collapse:collapse}
.联合发文机关标志{display:flex;align-items:center}
.联合发文机关标志>div{flex:none;box-sizing:border-box;padding:0 4pt}
.联合发文机关标志 p{padding:2pt 0}
.图 img{display:block;margin:0 auto;image-rendering:pixelated}
thead{display:table-row-group}
tr{break-inside:avoid}
th,td{vertical-align:middle;font-weight:inherit;text-align:left}
"""
# A line of two faces grows unless the words themselves have no line height (a trap of WeasyPrint).
# Smoothed pictures are none of PDF/A (ISO 19005-2 cl. 6.2.8: Interpolate is false).

UNNUMBERED = "无页码"
"""Class of pages that show no number."""

SPARE = 1.0
"""Millimetres that a page is longer for WeasyPrint than for us, so that it ends no page before we do."""

DASH = "—"
"""The 一字线 on both sides of a page number."""

_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
# WeasyPrint stretches blanks only, so justified Han text is set flush left.


def write_css(faces: Faces, look: Look, others: Iterable[FontFace]) -> str:
    """Return the whole style sheet; `others` are the faces of single characters, in their class order."""
    rules = [_BASE.strip(), *_pages(faces, look), *_tables()]
    named = {str(role): style for role, style in look.styles.items()}
    named |= {ROW_STYLES[kind]: look.row(kind) for kind in RowKind}
    named |= {name: look.styles[role] for role, name in RUN_IN_STYLES.items()}
    text = faces.main.get(look.styles[Role.BODY].face) or next(iter(faces.main.values()))
    for name, style in named.items():
        if style.face in faces.main:
            rules += [_style(f".{name}", style, text), _words(name, font(faces.main[style.face]))]
    rules.extend(_labels(look, faces))
    for role, style in look.styles.items():
        rules.extend(_rule(f".{role}", style.rule) if style.rule else ())
    rules.extend(f".{align}{{text-align:{_ALIGN[align]}}}" for align in Align)
    rules.extend(_voices(faces))
    rules.extend(f".{OTHER}{number}{{{font(face)}}}" for number, face in enumerate(others, 1))
    rules.append(f".{GAP}{{margin-left:{AUTOSPACE:g}em}}")
    return "\n".join(rules)


def font(face: FontFace) -> str:
    """Return the declarations that select `face`."""
    return f'font-family:"{face.family}";font-weight:{face.weight}'


def chars(style: Style, count: float) -> str:
    """Return `count` characters of `style` as a CSS length."""
    return f"{round(style.chars(count), 3):g}pt"


def right(style: Style, count: float) -> str:
    """Return a right indent as a CSS length: the letter-spacing after the last character is no part of the line."""
    return f"{round(style.chars(count) - style.spacing, 3):g}pt"


def _style(selector: str, style: Style, text: FontFace) -> str:
    """Return how a block looks; its lines stand as the `text` face has them, whatever face sets its words."""
    declarations = [
        font(text),
        f"font-size:{style.size:g}pt",
        f"line-height:{style.pitch:g}pt",
        f"min-height:{style.pitch:g}pt",
        f"letter-spacing:{style.spacing:g}pt",
        f"text-align:{_ALIGN[style.align]}",
        f"text-indent:{chars(style, style.first_indent)}",
        f"padding:0 {right(style, style.right)} 0 {chars(style, style.left)}",
    ]
    if style.red:
        declarations.append(f"color:{RED}")
    return f"{selector}{{{';'.join(declarations)}}}"


def own_measures(style: Style, base: Style) -> Iterator[str]:
    """Yield the declarations in which a paragraph differs from its role."""
    if style.right != base.right:
        yield f"padding-right:{right(style, style.right)}"
    if style.size != base.size:
        yield f"font-size:{style.size:g}pt"
    if style.pitch != base.pitch:
        yield f"line-height:{style.pitch:g}pt;min-height:{style.pitch:g}pt"


def _labels(look: Look, faces: Faces) -> Iterator[str]:
    for role, style in look.styles.items():
        if style.label is not None and style.label in faces.main:
            yield f".{role} .{Voice.LABEL}{{{font(faces.main[style.label])}}}"
            if Face.LATIN in faces.main:
                yield f".{role} .{Voice.LABEL}.{Face.LATIN}{{{font(faces.main[Face.LATIN])}}}"


def _rule(selector: str, rule: Rule) -> Iterator[str]:
    """Yield the rules of CSS for one along a paragraph: filled boxes before and after its empty line."""
    colour = RED if rule.red else "black"
    left, right = rule.outset
    yield f"{selector}{{line-height:0;min-height:0;margin:0 {-right:g}mm 0 {-left:g}mm;display:flow-root}}"
    edges = (0.0, RULE_PITCH) if not rule.below else (RULE_PITCH, 0.0)
    first, *second = rule.weights
    box = f'content:"";display:block;background:{colour}'
    yield f"{selector}::before{{{box};height:{first:g}pt;margin-top:{edges[0]:g}pt}}"
    height = second[0] if second else 0.0
    gap = RULE_GAP if second else 0.0
    yield f"{selector}::after{{{box};height:{height:g}pt;margin:{gap:g}pt 0 {edges[1]:g}pt}}"


def _words(name: str, face: str) -> str:
    """Return the face of a block's words: any class of a word itself is stronger, but for the h1 of a run-in."""
    return (
        f":where(.{name},.{name}>.页,.{name} p)>span:where(:not(.页)),"
        f"div.{name}>:is(h1,h2,h3,h4,h5){{{face}}}"
    )


def _voices(faces: Faces) -> Iterator[str]:
    """Yield the faces of runs; the later rule wins where a run has two classes."""
    named = {Voice.LEAD: LEAD_FACE, Voice.REST: Face.FANGSONG}
    for voice, face in named.items():
        if face in faces.main:
            yield f".{voice}{{{font(faces.main[face])}}}"
    if Face.LATIN in faces.main:
        yield f".{Face.LATIN}{{{font(faces.main[Face.LATIN])}}}"


def _tables() -> Iterator[str]:
    above, beside = CELL_PADDING
    yield f"th,td{{padding:{above:g}pt {beside:g}pt}}"
    for look, weight in RULES.items():
        yield f"table.{look} :is(th,td){{border:{weight:g}pt solid black}}"


def _pages(faces: Faces, look: Look) -> Iterator[str]:
    for orientation, page in look.pages.items():
        yield _page(str(orientation), page)
        yield from _page_number(str(orientation), orientation, look, faces)
        yield f".{orientation}{{page:{orientation}}}"
    yield from _unnumbered(look)
    yield from _letter(faces, look)


def _page(name: str, page: PageSetup) -> str:
    return (
        f"@page {name}{{size:{page.width:g}mm {page.height:g}mm;"
        f"margin:{page.top:g}mm {page.right:g}mm {page.bottom - SPARE:g}mm {page.left:g}mm}}"
    )


def _unnumbered(look: Look) -> Iterator[str]:
    """Yield pages without a number: 版记 behind a blank page (cl. 7.5)."""
    yield _page(UNNUMBERED, look.pages[Orientation.PORTRAIT])
    yield f".{UNNUMBERED}{{page:{UNNUMBERED}}}"


def _letter(faces: Faces, look: Look) -> Iterator[str]:
    """Yield the pages of a letter: the first has no number, but a double rule at its foot (cl. 10.1)."""
    page = look.pages[Orientation.PORTRAIT]
    yield _page(Form.LETTER, page)
    yield from _page_number(Form.LETTER, Orientation.PORTRAIT, look, faces)
    rule = look.styles[Role.LETTER_RULE].rule
    if rule is None:
        raise ValueError("the rule of a letter has no measures")
    thick, thin = rule.weights
    left, right_ = rule.outset
    # The middle of the double rule, thin over thick, is 20 mm above the edge of the sheet.
    down = LETTER_BOTTOM - SPARE - LETTER_FOOT - rule.height / 2 * MM
    box = (
        f'content:"";vertical-align:top;box-sizing:border-box;height:{rule.height:g}pt;'
        f"width:{page.text_width + left + right_:g}mm;margin:{down:.3f}mm {-right_:g}mm 0 {-left:g}mm;"
        f"border-top:{thin:g}pt solid {RED};border-bottom:{thick:g}pt solid {RED}"
    )
    none = "@bottom-right{content:none}@bottom-left{content:none}"
    margin = f"margin-top:{LETTER_TOP:g}mm;margin-bottom:{LETTER_BOTTOM - SPARE:g}mm"
    yield f"@page {Form.LETTER}:first{{{margin};{none}@bottom-center{{{box}}}}}"
    yield f".{Form.LETTER}{{page:{Form.LETTER}}}"


def _page_number(name: str, orientation: Orientation, look: Look, faces: Faces) -> Iterator[str]:
    """Yield the page number: to the right on odd pages, to the left on even ones (cl. 7.5).

    A turned sheet has it where an upright one has it (cl. 8): at its left, its words turned clockwise.
    """
    style = look.styles[Role.PAGE_NUMBER]
    face, _ = next(faces.split(style.face, DASH))
    drop = dash_drop(face) * style.size
    shown = (
        f'content:"{DASH} " counter(page) " {DASH}";{font(face)};font-size:{style.size:g}pt;'
        f"line-height:{style.pitch:g}pt;vertical-align:top"
    )
    if orientation is Orientation.LANDSCAPE:
        boxes = ("left-top", "left-top")
        shown += f";{_turned(look, style.pitch * MM, drop * MM)}"
    else:
        boxes = ("bottom-right", "bottom-left")
        down = style.pitch / 2 + drop
        shown += f";padding-top:calc({look.drop - SPARE:g}mm - {down:.3f}pt)"
    odd = f"text-align:right;padding-right:{chars(style, style.right)}"
    even = f"text-align:left;padding-left:{chars(style, style.left)}"
    yield f"@page {name}:right{{@{boxes[0]}{{{shown};{odd}}}}}"
    yield f"@page {name}:left{{@{boxes[1]}{{{shown};{even}}}}}"


def _turned(look: Look, pitch: float, drop: float) -> str:
    """Return the declarations of a line as long as the upright sheet's, turned about its middle; all in mm.

    Of the margins of a box at the left WeasyPrint heeds the right one.
    """
    page = look.pages[Orientation.LANDSCAPE]
    length = page.text_height
    middle = page.left - look.drop + drop
    return (
        f"box-sizing:border-box;width:{length:g}mm;height:{pitch:.3f}mm;transform:rotate(90deg);"
        f"margin:{(length - pitch) / 2:.3f}mm {page.left - middle - length / 2:.3f}mm 0 0"
    )


@cache
def dash_drop(face: FontFace) -> float:
    """Return how far below the middle of a line the dash of a face stands, in ems: faces differ by 0.15."""
    file, index = face_file(face.family, face.weight)
    with TTFont(file, fontNumber=index, lazy=True) as font_file:
        glyphs = font_file.getGlyphSet()
        pen = BoundsPen(glyphs)
        glyphs[font_file.getBestCmap()[ord(DASH)]].draw(pen)
        _, low, _, high = pen.bounds
        lines = font_file["hhea"]
        middle = (lines.ascent + lines.descent) / 2
        units: int = font_file["head"].unitsPerEm
        return float(middle - (low + high) / 2) / units
