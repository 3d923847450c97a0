"""Stage 5a: patterns -> serials: writes every 一、（一）1.（1）, 一是 and item number into the tree.

Input: an authored `Document`; output: the same blocks with `Heading.number` filled, lists as
paragraphs, series as `Number`s, so that only `Heading | Paragraph | Table | Picture | Plot | PageBreak`
are left.
GB/T 9704-2012 cl. 7.3.3 names the levels 一、（一）1.（1）; which patterns a paper uses is its data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from zhibi.nodes import (
    Block,
    Cell,
    Heading,
    Inline,
    Inlines,
    ItemList,
    Lead,
    Number,
    Numbering,
    PageBreak,
    Paragraph,
    Picture,
    Plot,
    Role,
    Row,
    Series,
    Table,
    plain_text,
)
from zhibi.serials import parse_pattern


@dataclass
class _Counters:
    """The counters of one paper or part: the last value of each level."""

    numbering: Numbering
    last: dict[int, int] = field(default_factory=dict)

    def next(self, heading: Heading) -> int:
        value = heading.value or self.last.get(heading.level, 0) + 1
        self.last[heading.level] = value
        return value

    def begin(self, moved: int) -> None:
        """Set back the levels below a heading of level `moved`, numbered or not."""
        for level in list(self.last):
            if level > moved and not self._goes_on(level, moved):
                del self.last[level]

    def _goes_on(self, level: int, moved: int) -> bool:
        if level in self.numbering.through:
            return True
        return level in self.numbering.running and moved == level - 1


def number_blocks(blocks: Iterable[Block], numbering: Numbering) -> tuple[Block, ...]:
    """Return `blocks` with every number written out; counting starts anew."""
    counters = _Counters(numbering)
    return tuple(numbered for block in blocks for numbered in _number(block, counters))


def _number(block: Block, counters: _Counters) -> Iterator[Block]:
    numbering = counters.numbering
    match block:
        case Heading():
            yield _heading(block, counters)
        case Paragraph():
            yield replace(block, content=_series(block.content, numbering))
        case ItemList():
            yield from _items(block, numbering, Role.ITEM, counters)
        case Table():
            yield _table(block, numbering)
        case Picture():
            yield replace(block, caption=_series(block.caption, numbering))
        case Plot() | PageBreak():
            yield block


def _heading(heading: Heading, counters: _Counters) -> Heading:
    scheme = heading.scheme or counters.numbering.levels[heading.level - 1]
    pattern = parse_pattern(scheme)
    content = _series(heading.content, counters.numbering)
    counters.begin(heading.level)
    if not pattern.format(1):
        return replace(heading, content=content, rest=_series(heading.rest, counters.numbering))
    number = _spaced(pattern.format(counters.next(heading)), content)
    return replace(heading, number=number, content=content, rest=_series(heading.rest, counters.numbering))


def _spaced(number: str, content: Inlines) -> str:
    """Part a number from a text that begins with a digit: 1. 2026年, not 1.2026年."""
    head = plain_text(content)[:1]
    return (
        f"{number} "
        if head.isdecimal() and number[-1:] in {".", "．", "、"} and number[-2:-1].isdecimal()
        else number
    )


def _series(content: Inlines, numbering: Numbering) -> Inlines:
    """Write out the run-on series of a paragraph: 一是…二是…"""
    out: list[Inline] = []
    for inline in content:
        if isinstance(inline, Series):
            pattern = parse_pattern(inline.scheme or numbering.series)
            for value, item in enumerate(inline.items, 1):
                out.extend(numbered(pattern.format(value), _series(item, numbering)))
        elif isinstance(inline, Lead):
            out.append(Lead(_series(inline.content, numbering)))
        else:
            out.append(inline)
    return tuple(out)


def numbered(number: str, content: Inlines) -> Inlines:
    """Put a serial before words; one that would run into a digit is parted from it."""
    return (Number(_spaced(number, content)), *content) if number else content


def _items(block: ItemList, numbering: Numbering, role: Role, counters: _Counters | None) -> Iterator[Block]:
    pattern = parse_pattern(block.scheme or numbering.items)
    value = 0
    for item in block.items:
        value = item.value or value + 1
        yield Paragraph(numbered(pattern.format(value), _series(item.content, numbering)), role)
        for under in item.blocks:
            if isinstance(under, Paragraph):
                yield replace(under, role=role, content=_series(under.content, numbering))
            elif isinstance(under, ItemList):
                yield from _items(under, numbering, role, counters)
            elif counters is not None:
                yield from _number(under, counters)


def _table(table: Table, numbering: Numbering) -> Table:
    rows = tuple(
        Row(tuple(_cell(cell, numbering) for cell in row.cells), row.kind, row.keep_with_next)
        for row in table.rows
    )
    return replace(table, rows=rows, title=_series(table.title, numbering))


def _cell(cell: Cell, numbering: Numbering) -> Cell:
    blocks: list[Block] = []
    for block in cell.blocks:
        if isinstance(block, ItemList):
            blocks.extend(_items(block, numbering, Role.TABLE_CELL, None))
        elif isinstance(block, Paragraph):
            blocks.append(replace(block, content=_series(block.content, numbering)))
    return replace(cell, blocks=tuple(blocks))
