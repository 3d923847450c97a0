"""Layout -> HTML, the page description of the PDF (GB/T 9704-2012 cl. 7; HTML living standard).

Classes are the words of roles and rows; tags carry the meaning for the PDF's tag tree and bookmarks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from tests.by_css.css import UNNUMBERED, own_measures, write_css
from tests.by_css.words import Hand
from zhibi.layout import LaidSection, Layout
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidRow, LaidTable, Part, Slot
from zhibi.layout.breaking import Line
from zhibi.layout.pages import Placed
from zhibi.layout.runs import Voice
from zhibi.nodes import (
    HEADING_ROLES,
    Align,
    Form,
    Heading,
    Paragraph,
    Picture,
    Properties,
    Role,
    RowKind,
    TableLook,
    plain_text,
)
from zhibi.styles import CELL_PADDING, RUN_IN_STYLES, Look
from zhibi.typography import MM, Style
from zhibi.writers.pictures import shown_name

NEW_PAGE = "另页"
"""Class of what begins a page."""

Piece = tuple[Placed, bool]
"""What stands of a block on one page, and whether the page begins with it."""


@dataclass
class Nesting:
    """What is the title of the paper, and the heading levels that are open, so that tags never skip a level (PDF/UA-1 cl. 7.4.2)."""

    title: Role
    open: list[int] = field(default_factory=list)

    def enter(self, level: int) -> int:
        """Return how deep a heading of `level` stands below the headings before it."""
        while self.open and self.open[-1] >= level:
            self.open.pop()
        self.open.append(level)
        return len(self.open)


def write_html(layout: Layout) -> str:
    """Return one HTML file with its style sheet inside."""
    hand = Hand(layout.faces)
    nesting = Nesting(_title(layout))
    body = "\n".join(_section(section, hand, nesting, layout.look) for section in layout.sections)
    head = "\n".join(_head(layout.properties))
    style = write_css(hand.faces, layout.look, hand.others)
    language = escape(layout.properties.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{head}\n'
        f"<style>\n{style}\n</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _title(layout: Layout) -> Role:
    """Return what names the paper to readers: its title, or the mark of one without, such as an order."""
    blocks = (
        block.block
        for section in layout.sections
        for block in section.blocks
        if isinstance(block, LaidParagraph)
    )
    roles = {block.role for block in blocks if isinstance(block, Paragraph)}
    return Role.TITLE if Role.TITLE in roles else Role.MARK


def _head(properties: Properties) -> Iterator[str]:
    yield f"<title>{escape(properties.title)}</title>"
    named = {
        "author": properties.author,
        "description": properties.subject,
        "keywords": ",".join(properties.keywords),
        "dcterms.created": properties.created,
        "dcterms.modified": properties.created,
    }
    for name, content in named.items():
        if content:
            yield f'<meta name="{name}" content="{escape(content)}">'


def _section(section: LaidSection, hand: Hand, nesting: Nesting, look: Look) -> str:
    pieces: dict[int, list[Piece]] = {}
    for number, page in enumerate(section.pages):
        for place, placed in enumerate(page):
            pieces.setdefault(placed.block, []).append((placed, number > 0 and place == 0))
    blocks = "\n".join(
        _block(block, pieces[number], (hand, nesting), look) for number, block in enumerate(section.blocks)
    )
    name = str(section.orientation)
    if section.first:
        name = str(Form.LETTER)
    elif not section.numbered:
        name = UNNUMBERED
    return f'<section class="{name}">\n{blocks}\n</section>'


def _block(block: LaidBlock, pieces: Sequence[Piece], tools: tuple[Hand, Nesting], look: Look) -> str:
    match block:
        case LaidParagraph(block=Heading(rest=rest) as heading) if rest:
            return _run_in(heading, block, pieces, tools)
        case LaidParagraph(block=Picture() as picture):
            return _picture(picture, block, pieces)
        case LaidParagraph():
            return _paragraph(block, pieces, tools, look)
        case LaidTable():
            return _table(block, pieces, tools[0], look)
    assert_never(block)


def _run_in(
    heading: Heading, laid: LaidParagraph, pieces: Sequence[Piece], tools: tuple[Hand, Nesting]
) -> str:
    """Return a heading with the text that runs on in its line; what stands on a later page is text."""
    hand, nesting = tools
    role = HEADING_ROLES[heading.level - 1]
    tag = f"h{nesting.enter(laid.style.outline_level)}"
    label = _attribute("data-label", heading.number + plain_text(heading.content))
    parts: list[str] = []
    for number, (placed, _) in enumerate(pieces):
        shown = list(hand.parts(_lines(laid, placed), laid.style))
        split = next((n for n, (run, _) in enumerate(shown) if run and run.voice is Voice.REST), len(shown))
        words = "".join(html for _, html in shown[:split])
        rest = "".join(html for _, html in shown[split:])
        piece = f"<{tag}{label}>{words}</{tag}>" if words and not number else words
        piece += f'<span class="{Voice.REST}">{rest}</span>' if rest else ""
        parts.append(piece)
    names = [RUN_IN_STYLES[role]] + [NEW_PAGE] * pieces[0][1]
    return f'<div class="{" ".join(names)}">{_joined(parts)}</div>'


def _joined(parts: Sequence[str]) -> str:
    """Join what stands of one paragraph on several pages."""
    if len(parts) == 1:
        return parts[0]
    first, *others = parts
    return f'<span class="页">{first}</span>' + "".join(
        f'<span class="页 {NEW_PAGE}">{other}</span>' for other in others
    )


def _picture(picture: Picture, laid: LaidParagraph, pieces: Sequence[Piece]) -> str:
    """Return a picture at the foot of its lines."""
    names = " ".join([str(Role.PICTURE)] + [NEW_PAGE] * pieces[0][1])
    above = laid.height - picture.height / MM
    size = f"width:{picture.width:.3f}mm;height:{picture.height:.3f}mm"
    image = f'<img src="{shown_name(picture)}" alt="{escape(picture.alt)}" style="{size}">'
    return f'<p class="{names}" style="padding-top:{above:.3f}pt;min-height:0">{image}</p>'


def _lines(laid: LaidParagraph, placed: Placed) -> Sequence[Line]:
    return laid.lines[placed.first : placed.last]


def _paragraph(laid: LaidParagraph, pieces: Sequence[Piece], tools: tuple[Hand, Nesting], look: Look) -> str:
    hand, nesting = tools
    style, block = laid.style, laid.block
    assert not isinstance(block, Picture)
    words = _joined([_inner(hand.spans(_lines(laid, placed), style)) for placed, _ in pieces])
    if laid.parts:
        words = "".join(_part(part, hand, style) for part in laid.parts)
    role = HEADING_ROLES[block.level - 1] if isinstance(block, Heading) else block.role
    base = look.styles[role]
    names, rules = [str(role)], list(own_measures(style, base))
    names += [str(style.align)] if style.align is not base.align else []
    names += [NEW_PAGE] * pieces[0][1]
    attributes = f' class="{" ".join(names)}"' + _attribute("style", ";".join(rules))
    if style.outline_level or role is nesting.title:
        tag = f"h{nesting.enter(style.outline_level)}"
        number = block.number if isinstance(block, Heading) else ""
        attributes += _attribute("data-label", number + plain_text(block.content))
        return f"<{tag}{attributes}>{words}</{tag}>"
    return f"<p{attributes}>{words}</p>"


def _part(part: Part, hand: Hand, style: Style) -> str:
    """Return a piece of a line that stands at a place of its own."""
    words = hand.spans((part.line,), style)
    gap = f' style="margin-left:{part.gap:.2f}pt"' if part.gap else ""
    return f"<span{gap}>{words}</span>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _table(laid: LaidTable, pieces: Sequence[Piece], hand: Hand, look: Look) -> str:
    """Return a table, on each page one of its own with its header."""
    kind = laid.table.look
    if kind is TableLook.MARKS:
        return _marks(laid, hand, look)
    columns = "".join(f'<col style="width:{width:g}mm">' for width in laid.widths)
    head = "\n".join(_row(row, kind, hand) for row in laid.header)
    head = f"<thead>\n{head}\n</thead>\n" if head else ""
    parts = []
    for placed, new_page in pieces:
        names = " ".join([str(kind)] + [NEW_PAGE] * new_page)
        rows = "\n".join(_row(row, kind, hand) for row in placed.rows)
        parts.append(
            f'<table class="{names}">\n<colgroup>{columns}</colgroup>\n'
            f"{head}<tbody>\n{rows}\n</tbody>\n</table>"
        )
    return "\n".join(parts)


def _marks(laid: LaidTable, hand: Hand, look: Look) -> str:
    """Return the marks of several organs, which are no table to a reader."""
    style = laid.rows[0].style
    rules = ";".join(own_measures(style, look.styles[Role.MARK]))
    columns: dict[int, list[str]] = {}
    for row in laid.rows:
        for slot in row.slots:
            if not slot.covered and slot.count:
                words = "".join(_inner(hand.spans(lines, style)) for lines in slot.lines)
                columns.setdefault(slot.cell.column, []).append(
                    f'<p class="{Role.MARK} {Align.LEFT}" style="{rules}">{words}</p>'
                )
    cells = "".join(
        f'<div style="width:{width:g}mm">{"".join(columns.get(number, ()))}</div>'
        for number, width in enumerate(laid.widths)
    )
    return f'<div class="{TableLook.MARKS}">{cells}</div>'


def _row(row: LaidRow, look: TableLook, hand: Hand) -> str:
    cells: list[str] = []
    for slot in row.slots:
        if not slot.covered:
            cells.append(_cell(slot, row, _tag(row, look, len(cells)), hand))
    return f'<tr class="{row.name}">{"".join(cells)}</tr>'


def _cell_look(row: LaidRow, slot: Slot) -> str:
    """Return what a cell of a stretched row, or of one that may go on overleaf, has of its own."""
    rules = []
    if row.stretch and slot.cell.rowspan == 1:
        rules.append(f"height:{row.least - 2 * CELL_PADDING[0]:g}pt")
    if row.may_split:
        rules.append("vertical-align:top")
    return _attribute("style", ";".join(rules))


def _tag(row: LaidRow, look: TableLook, place: int) -> str:
    """Return td, or th for a heading; in the 信息公开 block labels and values take turns."""
    if row.kind is RowKind.HEAD:
        return 'th scope="col"'
    return 'th scope="row"' if look is TableLook.INFO and place % 2 == 0 else "td"


def _cell(slot: Slot, row: LaidRow, tag: str, hand: Hand) -> str:
    cell = slot.cell
    spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    look = _cell_look(row, slot)
    paragraphs = zip(slot.paragraphs, slot.lines, strict=True)
    words = "".join(
        f'<p class="{paragraph.align or slot.align}">{_inner(hand.spans(lines, row.style))}</p>'
        for paragraph, lines in paragraphs
    )
    return f"<{tag}{spans}{look}>{words}</{tag[:2]}>"


def _inner(words: str) -> str:
    return f"<span>{words}</span>" if words else ""
