"""Look -> the style sheet of the PDF (GB/T 9704-2012 cl. 5, 7): generated from `styles`, never kept by hand.

Input: the faces that the paper's characters were resolved to; output: CSS text. Class names are the
words of roles, rows and voices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhibi.fonts import Faces, FontFace
from zhibi.layout.runs import Voice
from zhibi.nodes import Align, Orientation, Role, RowKind
from zhibi.styles import (
    AUTOSPACE,
    CELL_PADDING,
    LEAD_FACE,
    PAGE_NUMBER_DROP,
    RED,
    ROW_STYLES,
    RULES,
    RUN_IN_STYLES,
    Face,
    Look,
    Style,
)
from zhibi.writers.words import GAP, OTHER

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
thead{display:table-row-group}
tr{break-inside:avoid}
th,td{vertical-align:middle;font-weight:inherit;text-align:left}
"""
# A line of two faces grows unless the words themselves have no line height (a trap of WeasyPrint).

SPARE = 2.0
"""Millimetres that a page is longer for WeasyPrint than for us, so that it ends no page before we do."""

DASH_DROP = 0.15
"""Ems from the middle of a line down to the dashes in it, measured in Noto Serif CJK."""

_ALIGN = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
# WeasyPrint stretches blanks only, so justified Han text is set flush left.


def write_css(faces: Faces, look: Look, others: Iterable[FontFace]) -> str:
    """Return the whole style sheet; `others` are the faces of single characters, in their class order."""
    rules = [_BASE.strip(), *_pages(faces, look), *_tables()]
    named = {str(role): style for role, style in look.styles.items()}
    named |= {ROW_STYLES[kind]: look.row(kind) for kind in RowKind}
    named |= {name: look.styles[role] for role, name in RUN_IN_STYLES.items()}
    rules.extend(
        _style(f".{name}", style, faces) for name, style in named.items() if style.face in faces.main
    )
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


def _style(selector: str, style: Style, faces: Faces) -> str:
    declarations = [
        font(faces.main[style.face]),
        f"font-size:{style.size:g}pt",
        f"line-height:{style.pitch:g}pt",
        f"min-height:{style.pitch:g}pt",
        f"letter-spacing:{style.spacing:g}pt",
        f"text-align:{_ALIGN[style.align]}",
        f"text-indent:{chars(style, style.first_indent)}",
        f"padding:0 {chars(style, style.right)} 0 {chars(style, style.left)}",
    ]
    if style.before:
        declarations.append(f"padding-top:{style.before:g}pt")
    if style.red:
        declarations.append(f"color:{RED}")
    return f"{selector}{{{';'.join(declarations)}}}"


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
        yield (
            f"@page {orientation}{{size:{page.width:g}mm {page.height:g}mm;"
            f"margin:{page.top:g}mm {page.right:g}mm {page.bottom - SPARE:g}mm {page.left:g}mm}}"
        )
        yield from _page_number(orientation, look.styles[Role.PAGE_NUMBER], faces)
        yield f".{orientation}{{page:{orientation}}}"


def _page_number(orientation: Orientation, style: Style, faces: Faces) -> Iterator[str]:
    """Yield the page number: to the right on odd pages, to the left on even ones (cl. 7.5)."""
    drop = f"calc({PAGE_NUMBER_DROP - SPARE:g}mm - {style.pitch / 2 + DASH_DROP * style.size:g}pt)"
    look = (
        f'content:"— " counter(page) " —";{font(faces.main[style.face])};font-size:{style.size:g}pt;'
        f"line-height:{style.pitch:g}pt;vertical-align:top;padding-top:{drop}"
    )
    yield f"@page {orientation}:right{{@bottom-right{{{look};margin-right:{chars(style, style.right)}}}}}"
    yield f"@page {orientation}:left{{@bottom-left{{{look};margin-left:{chars(style, style.left)}}}}}"
