"""A flow -> its passages in reading order: one for each title, heading, paragraph, cell and caption.

A passage is plain words without the serial before them; it knows where a character of it was typed, which parts
are quoted (“…”, 《…》) and which part of the paper it belongs to.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from zhibi import plain
from zhibi.errors import Level, Location, Problem
from zhibi.nodes import (
    Break,
    Cell,
    Column,
    Flow,
    Heading,
    Inlines,
    Label,
    Lead,
    Number,
    Paragraph,
    Picture,
    Role,
    RowKind,
    Series,
    Stop,
    Table,
    TableLook,
    Text,
)
from zhibi.prose.figures import Reading, read


class Kind(StrEnum):
    """What a passage is."""

    TITLE = "标题"
    HEADING = "层次标题"
    BODY = "正文"
    CELL = "单元格"
    HEAD_CELL = "表头"
    ELEMENT = "要素"


_TITLES = frozenset(
    {Role.TITLE, Role.ATTACHMENT_TITLE, Role.OUTLINE_TITLE, Role.TABLE_TITLE, Role.PICTURE_TITLE}
)
_BODY = frozenset({Role.BODY, Role.ITEM, Role.TABLE_NOTE})

_OPENING, _CLOSING = "“‘《〈（〔【", "”’》〉）〕】"
_PAIRED = re.compile(f"[{_OPENING}{_CLOSING}]")
_QUOTES = frozenset("“‘《〈")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]*[”’）》]*")


@dataclass(frozen=True, slots=True)
class Spot:
    """Characters of a passage from `start` on, and where they were typed; `exact`: one character a column."""

    start: int
    at: Location | None
    exact: bool = False


@dataclass(frozen=True)
class Passage:
    """One run of words. `number` is the serial printed before it, `level` that of a heading (else 0).

    `role` says what a paragraph is, `part` which section of the paper it stands in (from 0). A cell knows its
    `column`, its `table` and its `row` (both counted from 0, a table's body rows only), `total` that it is one of a total row.
    """

    text: str
    kind: Kind
    file: str
    spots: tuple[Spot, ...] = ()
    role: Role | None = None
    level: int = 0
    number: str = ""
    part: int = 0
    column: Column | None = None
    table: int = -1
    row: int = -1
    total: bool = False

    def place(self, offset: int) -> Location:
        """Return where the character at `offset` was typed, or the nearest place that is known."""
        if not self.spots:
            return Location(self.file)
        spot = self.spots[max(bisect_right(self.spots, offset, key=lambda one: one.start) - 1, 0)]
        at = spot.at or next((one.at for one in self.spots if one.at), None) or Location(self.file)
        return Location(at.file, at.line, at.column + offset - spot.start) if spot.exact else at

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """Return the outermost parts between quotation marks or title marks, marks included; an open one ends nowhere."""
        found: list[tuple[int, int]] = []
        stack: list[tuple[str, int]] = []
        for sign in _PAIRED.finditer(self.text):
            char, offset = sign[0], sign.start()
            if char in _OPENING:
                stack.append((char, offset))
            elif char in _CLOSING and stack and stack[-1][0] == _OPENING[_CLOSING.index(char)]:
                mark, start = stack.pop()
                if mark in _QUOTES and not any(one in _QUOTES for one, _ in stack):
                    found.append((start, offset + 1))
        return tuple(found)

    def is_quoted(self, offset: int) -> bool:
        """Tell whether the character at `offset` is quoted: other people's words and titles stay as they are."""
        return self._quoted_at(offset) is not None

    def _quoted_at(self, offset: int) -> tuple[int, int] | None:
        number = bisect_right(self.quoted, offset, key=lambda part: part[0]) - 1
        return self.quoted[number] if number >= 0 and offset < self.quoted[number][1] else None

    def is_titled(self, offset: int) -> bool:
        """Tell whether the character at `offset` stands in 《》: the title of another paper."""
        part = self._quoted_at(offset)
        return part is not None and self.text[part[0]] in "《〈"

    @cached_property
    def reading(self) -> Reading:
        """Return its figures but for quoted ones, and its outline."""
        return read(self.text, self.is_quoted)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Return start and end of each sentence or clause that ends in 。！？；."""
        return tuple((match.start(), match.end()) for match in _SENTENCE.finditer(self.text) if match.group())

    def problem(
        self,
        span: tuple[int, int],
        rule: str,
        words: tuple[str, str],
        level: Level,
        *,
        mended: str | None = None,
    ) -> Problem:
        """Return a problem of the characters in `span`; `words` are what is wrong and how to mend it.

        `mended` is what should stand there instead, for what is certain enough to be mended by the program.
        """
        start, end = span
        message, suggestion = words
        at, typed = self.place(start), self.text[start:end]
        return Problem(at, rule, message, suggestion, level, typed, self.text, mended, start)


def passages_of(flow: Flow, data: plain.Mapping) -> tuple[Passage, ...]:
    """Return the passages of a paper; `data` tells which places are letter for letter."""
    return tuple(_Walk(data.at.file, _typed(data)).of(flow))


def _typed(value: Any) -> dict[Location, plain.Scalar]:
    """Return place -> scalar for everything that was typed."""
    found: dict[Location, plain.Scalar] = {}
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, plain.Scalar):
            found[one.at] = one
        elif isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, list | tuple):
            waiting.extend(one)
    return found


@dataclass
class _Walk:
    """The walk through one paper."""

    file: str
    typed: Mapping[Location, plain.Scalar]
    part: int = 0
    tables: int = 0

    def of(self, flow: Flow) -> Iterator[Passage]:
        for self.part, section in enumerate(flow.sections):
            for block in section.blocks:
                match block:
                    case Heading():
                        yield from self.heading(block)
                    case Paragraph():
                        yield from self.paragraph(block)
                    case Table():
                        yield from self.table(block)
                    case Picture():
                        yield from self.made(block.caption, Kind.TITLE, role=Role.PICTURE_TITLE)
        for paragraph in flow.imprint:
            yield from self.paragraph(paragraph)

    def heading(self, block: Heading) -> Iterator[Passage]:
        yield from self.made(block.content, Kind.HEADING, level=block.level, number=block.number)
        yield from self.made(block.rest, Kind.BODY, role=Role.BODY)

    def paragraph(self, block: Paragraph) -> Iterator[Passage]:
        kind = Kind.TITLE if block.role in _TITLES else Kind.BODY if block.role in _BODY else Kind.ELEMENT
        yield from self.made(block.content, kind, role=block.role)

    def table(self, table: Table) -> Iterator[Passage]:
        yield from self.made(table.title, Kind.TITLE, role=Role.TABLE_TITLE)
        if table.look is not TableLook.RULED:
            return
        for row in table.header:
            for cell in row.cells:
                yield from self.cell(
                    cell, Kind.HEAD_CELL, table=self.tables, column=table.columns[cell.column]
                )
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                yield from self.cell(
                    cell,
                    Kind.CELL,
                    column=table.columns[cell.column],
                    table=self.tables,
                    row=number,
                    total=row.kind is RowKind.TOTAL,
                )
        for note in table.notes:
            yield from self.made(note, Kind.BODY, role=Role.TABLE_NOTE)
        self.tables += 1

    def cell(self, cell: Cell, kind: Kind, **more: Any) -> Iterator[Passage]:
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                yield from self.made(block.content, kind, role=block.role, **more)

    def made(self, content: Inlines, kind: Kind, **more: Any) -> Iterator[Passage]:
        words = _Words()
        self.gather(content, words)
        text = "".join(words.parts)
        if text.strip():
            number = more.pop("number", "") or words.number
            yield Passage(text, kind, self.file, tuple(words.spots), part=self.part, number=number, **more)

    def gather(self, content: Iterable[Any], words: _Words) -> None:
        for inline in content:
            match inline:
                case Text(text=text, at=at):
                    words.add(text, *self.typed_at(text, at))
                case Number(text=text) if not words.length and not words.number:
                    words.number = text
                case Number(text=text) | Label(text=text):
                    words.add(text, None)
                case Lead(content=inner):
                    self.gather(inner, words)
                case Series(items=items):
                    for item in items:
                        self.gather(item, words)
                case Stop():
                    words.add("\t", None)
                case Break():
                    pass

    def typed_at(self, text: str, at: Location | None) -> tuple[Location | None, bool]:
        """Return where the first character was typed, and whether the others follow it one a column."""
        typed = self.typed.get(at) if at else None
        if at is None or typed is None or typed != text:
            return at, False
        return Location(at.file, at.line, at.column + typed.quoted), True


@dataclass
class _Words:
    """What a passage has so far."""

    parts: list[str] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    length: int = 0
    number: str = ""

    def add(self, text: str, at: Location | None, exact: bool = False) -> None:
        if text:
            self.spots.append(Spot(self.length, at, exact))
            self.parts.append(text)
            self.length += len(text)
