"""序号不连续：同一层的序号从一起，一个接一个。

为什么：删去一条、调换两段以后没有改序号，读的人会以为漏了内容。
依据：惯例。写明“编号: 连续”的跨章连续编号，不算断。
错：一是提高认识；二是压实责任；四是严格考核。
对：一是提高认识；二是压实责任；三是严格考核。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import OUTLINE_ROLES
from zhibi.prose import Kind, Passage
from zhibi.prose.attachment_notes import note_lines
from zhibi.prose.serial_heads import Serial, head_span, inner_serials, read_serial, typed_serial
from zhibi.prose.sought import Sought
from zhibi.serials import format_han

RULE = "序号不连续"
SUBJECT = "序号和层次"

_NAMES_ITEMS = Sought(r"[、和至]（|项[所规]")
"""How a text goes on whose serial names items and is none: （四）、（五）项所列人员…"""
_SERIES = frozenset({"一是", "第一，", "第一、"})


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each serial that does not follow the one before it in its list."""
    numberings = (paper.document.numbering, *(part.numbering for part in paper.document.parts))
    running = frozenset().union(*(one.running | one.through for one in numberings))
    levels, outline, texts = _Levels(running), _Levels(running), _Texts()
    part = -1
    noted = {id(one) for one in note_lines(paper.passages)}
    for passage in paper.passages:
        if _NAMES_ITEMS.match(passage.text) or id(passage) in noted:
            continue
        if passage.part != part:
            part, texts = passage.part, _Texts()
        if passage.kind is Kind.HEADING:
            yield from levels.take(passage, passage.level)
            texts.lists.clear()
        elif passage.role in OUTLINE_ROLES and passage.number:
            yield from outline.take(passage, OUTLINE_ROLES.index(passage.role) + 1)
        elif passage.kind in (Kind.BODY, Kind.CELL):
            yield from texts.take(passage)


@dataclass
class _Levels:
    """The last serial of each level of headings."""

    running: frozenset[int]
    last: dict[tuple[int, str], int] = field(default_factory=dict)
    part: int = -1

    def take(self, passage: Passage, level: int) -> Iterator[Problem]:
        serial = read_serial(passage.number.strip()) if passage.number else None
        for one in [key for key in self.last if key[0] > level and key[0] not in self.running]:
            del self.last[one]
        if serial is None:
            return
        before = self.last.get((level, serial.style), 0)
        self.last[level, serial.style] = serial.value
        if serial.value not in (1, before + 1):
            yield _problem(passage, head_span(passage), serial, before)


@dataclass
class _Texts:
    """The open lists of running text; a cell and what stands under a heading begin anew."""

    lists: dict[str, list[int]] = field(default_factory=dict)
    cell: tuple[object, ...] = ()

    def take(self, passage: Passage) -> Iterator[Problem]:
        cell = (passage.table, passage.row, passage.column.name if passage.column else "")
        if cell != self.cell:
            self.cell = cell
            self.lists.clear()
        if passage.number:
            serial = read_serial(passage.number.strip())
            if serial:
                yield from self.count(passage, serial, head_span(passage))
        elif head := typed_serial(passage):
            yield from self.count(passage, head, (0, head.end))
        for inner in inner_serials(passage):
            yield from self.count(passage, inner, (inner.start, inner.end))

    def count(self, passage: Passage, serial: Serial, span: tuple[int, int]) -> Iterator[Problem]:
        """Take a serial for the next of an open list; one that begins late may be a number or a quotation."""
        opened = self.lists.setdefault(serial.style, [])
        if serial.value == 1:
            opened.append(1)
            return
        fits = (place for place in range(len(opened) - 1, -1, -1) if opened[place] == serial.value - 1)
        place = next(fits, None)
        if place is not None and (place == len(opened) - 1 or serial.style not in _SERIES):
            del opened[place + 1 :]
            opened[place] = serial.value
        elif opened:
            yield _problem(passage, span, serial, opened[-1])
            opened[-1] = serial.value


def _problem(passage: Passage, span: tuple[int, int], serial: Serial, before: int) -> Problem:
    expected = _written(serial, before + 1)
    if not before:
        words = (f"序号从“{serial.text}”起，前面没有“{expected}”", "请核对前面是否缺了内容；节选的可以不管")
        return passage.problem(span, RULE, words, Level.QUERY)
    what = "重复了" if serial.value == before else "不连续"
    words = (
        f"序号{what}：前一个是“{_written(serial, before)}”，这里是“{serial.text}”",
        f"请核对，这里应是“{expected}”",
    )
    return passage.problem(span, RULE, words, Level.ADVICE)


def _written(serial: Serial, value: int) -> str:
    sign = next((sign for sign in ("一", "1") if sign in serial.style), "①")
    counter = {"一": format_han(value), "1": str(value)}.get(sign, chr(ord("①") + value - 1))
    return serial.style.replace(sign, counter)
