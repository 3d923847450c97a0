"""The blocks of a body in a Word file of our own -> the same tree that a text is recognised as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhibi.errors import Location
from zhibi.importer.blocks import CellText, Data, Grid, GridRow, Notes
from zhibi.importer.own_text import cell_words, paragraph_value, pieces, sentence, split_label, words
from zhibi.importer.serial_heads import MAX_LEVEL, sample_rank
from zhibi.importer.table import recognise_table
from zhibi.importer.tree import Items, Node, Numbered, PageBreak, TableBlock, Text
from zhibi.importer.word import WordBlock, WordParagraph, WordRow, WordTable
from zhibi.layout.runs import Voice
from zhibi.nodes import HEADING_ROLES, OUTLINE_ROLES, Role, RowKind
from zhibi.schema import YES
from zhibi.serials import NO_NUMBER
from zhibi.styles import ROW_STYLES, RUN_IN_STYLES, WORD_STYLES

_OUTLINE = frozenset(WORD_STYLES[role] for role in OUTLINE_ROLES)
_LEVELS = {
    **{WORD_STYLES[role]: level for level, role in enumerate(HEADING_ROLES, 1)},
    **{RUN_IN_STYLES[role]: level for level, role in enumerate(HEADING_ROLES, 1)},
    **{WORD_STYLES[role]: level for level, role in enumerate(OUTLINE_ROLES, 1)},
}
_UNIT_WORDS = "单位："
_ROW_KINDS = {name: kind for kind, name in ROW_STYLES.items()}


@dataclass(slots=True)
class _Builder:
    """The tree as it grows: the open headings, and a table's title and unit that wait for their table."""

    root: list[Node] = field(default_factory=list)
    path: list[Numbered] = field(default_factory=list)
    above: Data = field(default_factory=dict)

    def here(self) -> list[Node]:
        return self.path[-1].under if self.path else self.root


def build_own_body(blocks: Sequence[WordBlock], notes: Notes) -> list[Node]:
    """Return the tree of a body."""
    builder = _Builder()
    for number, (block, continued) in enumerate(_joined(blocks)):
        if number and block.new_page:
            builder.here().append(PageBreak(_place(block)))
        if isinstance(block, WordTable):
            table = recognise_table(as_grid(block), notes)
            more: Data = {"续表": YES} if continued else {}
            builder.here().append(TableBlock({**builder.above, **more, **table}, _place(block)))
            builder.above = {}
        elif block.runs:
            _add_paragraph(builder, block)
    return builder.root


def _joined(blocks: Sequence[WordBlock]) -> Iterator[tuple[WordBlock, bool]]:
    """Yield the blocks, a table that goes on under 续表 as one; tell of each whether it is such a table."""
    waiting = list(blocks)
    while waiting:
        block, continued = waiting.pop(0), False
        while isinstance(block, WordTable) and len(waiting) > 1 and waiting[0].style == Role.TABLE_CONTINUED:
            rest = waiting[1]
            if not isinstance(rest, WordTable):
                break
            block = replace(block, rows=(*block.rows, *(row for row in rest.rows if not row.head)))
            waiting, continued = waiting[2:], True
        yield block, continued


def _place(block: WordBlock) -> Location:
    return block.rows[0].at if isinstance(block, WordTable) else block.at


def _add_paragraph(builder: _Builder, block: WordParagraph) -> None:
    level = _LEVELS.get(block.style, 0)
    label, rest = split_label(pieces(block))
    is_body = block.style == WORD_STYLES[Role.BODY]
    if (
        level == MAX_LEVEL
        and block.style in _OUTLINE
        and (label is None or sample_rank(label.sample) != MAX_LEVEL)
    ):
        level = 0
    if level:
        _add_heading(builder, block, level)
    elif block.style == Role.TABLE_TITLE:
        builder.above["标题"] = block.text
    elif block.style == Role.TABLE_UNIT:
        builder.above["单位"] = block.text.removeprefix(_UNIT_WORDS)
    elif block.style == Role.TABLE_NOTE and _add_note(builder, block.text):
        pass
    elif label is not None and not is_body:
        _add_item(builder, Numbered(label.sample, label.value, 0, sentence(rest), block.at))
    elif block.style == Role.ITEM:
        _add_bare_item(builder, block)
    else:
        builder.here().append(Text(paragraph_value(block), block.at))


def _add_heading(builder: _Builder, block: WordParagraph, level: int) -> None:
    label, found = split_label(pieces(block))
    start = next((n for n, piece in enumerate(found) if piece.voice == Voice.REST), len(found))
    title, rest = words(found[:start]), words(found[start:])
    sample, value = (label.sample, label.value) if label else (NO_NUMBER, 0)
    node = Numbered(sample, value, level, title or rest, block.at, rest if title else "", level=level)
    while builder.path and builder.path[-1].level >= level:
        builder.path.pop()
    builder.here().append(node)
    builder.path.append(node)


def _add_item(builder: _Builder, item: Numbered) -> None:
    """Add an item to the list that stands last, or begin a list."""
    last = builder.here()[-1] if builder.here() else None
    if isinstance(last, Items) and last.sample == item.sample and item.value > last.items[-1].value:
        last.items.append(item)
    else:
        builder.here().append(Items(item.sample, [item]))


def _add_bare_item(builder: _Builder, block: WordParagraph) -> None:
    """Add a paragraph without a number in the style of items: it belongs to the item above, else is one itself."""
    last = builder.here()[-1] if builder.here() else None
    value = paragraph_value(block)
    if isinstance(last, Items) and last.sample != NO_NUMBER:
        last.items[-1].under.append(Text(value, block.at))
    elif isinstance(last, Items):
        last.items.append(Numbered(NO_NUMBER, len(last.items) + 1, 0, value, block.at))
    else:
        builder.here().append(Items(NO_NUMBER, [Numbered(NO_NUMBER, 1, 0, value, block.at)]))


def _add_note(builder: _Builder, text: str) -> bool:
    """Add a note to the table above it; tell whether there is one."""
    last = builder.here()[-1] if builder.here() else None
    if not isinstance(last, TableBlock):
        return False
    before = last.data.get("注", [])
    notes = [*(before if isinstance(before, list) else [before]), text]
    last.data["注"] = notes if len(notes) > 1 else text
    return True


def as_grid(table: WordTable) -> Grid:
    """Return a table of our own as a grid whose words are taken letter for letter."""
    return Grid(tuple(_grid_row(row) for row in table.rows), literal=True)


def _grid_row(row: WordRow) -> GridRow:
    styles = {paragraph.style for cell in row.cells for paragraph in cell.paragraphs}
    kind = next((_ROW_KINDS[style] for style in styles if style in _ROW_KINDS), RowKind.BODY)
    cells = tuple(
        CellText(tuple(line.text for line in cell.paragraphs), cell.colspan, cell.rowspan, cell_words(cell))
        for cell in row.cells
    )
    return GridRow(cells, row.at, RowKind.HEAD if row.head else kind, row.covered)
