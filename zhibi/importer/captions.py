"""The lines that belong to a table: its title and unit above it, its notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibi.importer.blocks import Block, Data, Grid, Line
from zhibi.importer.lines import is_table_title, table_unit

_NOTE = re.compile(r"(?:备?注|说明)\s*\d*[：:].+")


@dataclass(frozen=True, slots=True)
class Captions:
    """By the place of a table its title, unit and notes; `lines` are the places of those lines."""

    tables: dict[int, tuple[Data, Data]]
    lines: frozenset[int]


def find_captions(blocks: Sequence[Block]) -> Captions:
    """Find the lines around every table that belong to it."""
    tables: dict[int, tuple[Data, Data]] = {}
    lines: set[int] = set()
    for index, block in enumerate(blocks):
        if isinstance(block, Grid):
            above, first = _above(blocks, index, lines)
            notes, end = _below(blocks, index)
            tables[index] = (above, {"注": notes[0] if len(notes) == 1 else list(notes)} if notes else {})
            lines |= set(range(first, index)) | set(range(index + 1, end))
    return Captions(tables, frozenset(lines))


def _above(blocks: Sequence[Block], index: int, taken: set[int]) -> tuple[Data, int]:
    """Read the unit and the title above a table, in the order in which they are printed."""
    unit: Data = {}
    first = index
    found = table_unit(_text(blocks, first - 1)) if first - 1 not in taken else ""
    if found:
        unit["单位"] = found
        first -= 1
    title = _text(blocks, first - 1) if first - 1 not in taken else ""
    if title and is_table_title(title):
        return {"标题": title, **unit}, first - 1
    return unit, first


def _below(blocks: Sequence[Block], index: int) -> tuple[list[str], int]:
    notes: list[str] = []
    end = index + 1
    while _NOTE.fullmatch(_text(blocks, end)):
        notes.append(_text(blocks, end))
        end += 1
    return notes, end


def _text(blocks: Sequence[Block], index: int) -> str:
    block = blocks[index] if 0 <= index < len(blocks) else None
    return block.text if isinstance(block, Line) else ""
