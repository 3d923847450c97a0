"""Layout -> HTML, the page description of the PDF (GB/T 9704-2012 cl. 7; HTML living standard).

Classes are the words of roles and rows; tags carry the meaning for the PDF's tag tree and bookmarks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import assert_never

from zhibi.layout import LaidBlock, LaidSection, Layout
from zhibi.layout.runs import Voice
from zhibi.layout.setting import LaidParagraph, SetTable
from zhibi.layout.tables import LaidRow, Slot
from zhibi.nodes import HEADING_ROLES, Heading, Paragraph, Properties, Role, RowKind, TableLook, plain_text
from zhibi.styles import RUN_IN_STYLES
from zhibi.writers.css import chars, write_css
from zhibi.writers.words import Hand


@dataclass
class Nesting:
    """The heading levels that are open, so that tags never skip a level (PDF/UA-1 cl. 7.4.2)."""

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
    nesting = Nesting()
    body = "\n".join(_section(section, hand, nesting) for section in layout.sections)
    head = "\n".join(_head(layout.properties))
    style = write_css(hand.faces, hand.others)
    language = escape(layout.properties.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n{head}\n'
        f"<style>\n{style}\n</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


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


def _section(section: LaidSection, hand: Hand, nesting: Nesting) -> str:
    blocks = "\n".join(_block(block, hand, nesting) for block in section.blocks)
    return f'<section class="{section.orientation}">\n{blocks}\n</section>'


def _block(block: LaidBlock, hand: Hand, nesting: Nesting) -> str:
    match block:
        case LaidParagraph(block=words):
            if isinstance(words, Heading):
                return _heading(words, block, hand, nesting)
            return _paragraph(words, block, hand, nesting)
        case SetTable():
            return _table(block, hand, nesting)
    assert_never(block)


def _heading(heading: Heading, laid: LaidParagraph, hand: Hand, nesting: Nesting) -> str:
    role = HEADING_ROLES[heading.level - 1]
    tag = f"h{nesting.enter(laid.style.outline_level)}"
    label = _attribute("data-label", heading.number + plain_text(heading.content))
    if not heading.rest:
        return f'<{tag} class="{role}"{label}><span>{hand.spans(laid.lines, laid.style)}</span></{tag}>'
    parts = list(hand.parts(laid.lines, laid.style))
    split = next((n for n, (run, _) in enumerate(parts) if run and run.voice is Voice.REST), len(parts))
    words = "".join(html for _, html in parts[:split])
    rest = "".join(html for _, html in parts[split:])
    name = RUN_IN_STYLES[role]
    return f'<div class="{name}"><{tag}{label}>{words}</{tag}><span class="{Voice.REST}">{rest}</span></div>'


def _paragraph(paragraph: Paragraph, laid: LaidParagraph, hand: Hand, nesting: Nesting) -> str:
    style = laid.style
    words = hand.spans(laid.lines, style)
    names = [str(paragraph.role)] + ([str(paragraph.align)] if paragraph.align else [])
    rules = ["break-after:avoid"] if paragraph.keep_with_next else []
    if paragraph.right is not None:
        rules.append(f"padding-right:{chars(style, paragraph.right)}")
    attributes = f' class="{" ".join(names)}"' + _attribute("style", ";".join(rules))
    if style.outline_level or paragraph.role is Role.TITLE:
        tag = f"h{nesting.enter(style.outline_level)}"
        attributes += _attribute("data-label", plain_text(paragraph.content))
        return f"<{tag}{attributes}><span>{words}</span></{tag}>"
    return f"<p{attributes}><span>{words}</span></p>" if words else f"<p{attributes}></p>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _table(block: SetTable, hand: Hand, nesting: Nesting) -> str:
    """Return a table with its title, unit and notes; the header comes again on every page."""
    laid = block.laid
    look = laid.table.look
    parts = [
        *(_block(above, hand, nesting) for above in block.above),
        f'<table class="{look}">',
        "<colgroup>" + "".join(f'<col style="width:{width:g}mm">' for width in laid.widths) + "</colgroup>",
    ]
    if laid.header:
        parts += ["<thead>", *(_row(row, look, hand) for row in laid.header), "</thead>"]
    parts += ["<tbody>", *(_row(row, look, hand) for row in laid.rows), "</tbody>", "</table>"]
    return "\n".join([*parts, *(_block(below, hand, nesting) for below in block.below)])


def _row(row: LaidRow, look: TableLook, hand: Hand) -> str:
    names = [row.name] + ["可断"] * row.may_split + ["连下"] * row.keep_with_next
    cells: list[str] = []
    for slot in row.slots:
        if not slot.covered:
            cells.append(_cell(slot, row, _tag(row, look, len(cells)), hand))
    return f'<tr class="{" ".join(names)}">{"".join(cells)}</tr>'


def _tag(row: LaidRow, look: TableLook, place: int) -> str:
    """Return td, or th for a heading; in the 信息公开 block labels and values take turns."""
    if row.kind is RowKind.HEAD:
        return 'th scope="col"'
    return 'th scope="row"' if look is TableLook.INFO and place % 2 == 0 else "td"


def _cell(slot: Slot, row: LaidRow, tag: str, hand: Hand) -> str:
    cell = slot.cell
    spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    paragraphs = zip(slot.paragraphs, slot.lines, strict=True)
    words = "".join(
        f'<p class="{paragraph.align or slot.align}">{_inner(hand.spans(lines, row.style))}</p>'
        for paragraph, lines in paragraphs
    )
    return f"<{tag}{spans}>{words}</{tag[:2]}>"


def _inner(words: str) -> str:
    return f"<span>{words}</span>" if words else ""
