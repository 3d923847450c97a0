"""Passages -> the lists that they make: items with a paragraph each, and 一是…二是… within one paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhibi.nodes import Role
from zhibi.prose.passages import Kind, Passage
from zhibi.prose.serial_heads import read_serial
from zhibi.prose.sought import Sought

_SERIES = Sought(r"(?:^|(?<=[。；，：]))([一二三四五六七八九十])是", "是")
_HAN = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: the words of `passage` from `start` to `end`, blanks at the end left out."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the words."""
        return self.passage.text[self.start : self.end]


def item_lists(passages: Iterable[Passage]) -> Iterator[list[Item]]:
    """Yield each list of numbered paragraphs: those of a cell, and those of running text that count on."""
    items: list[Item] = []
    place: tuple[object, ...] = ()
    last = 0
    for passage in passages:
        serial = read_serial(passage.number.strip()) if _is_item(passage) else None
        here = (passage.part, passage.table, passage.row, passage.column and passage.column.name)
        new = serial is None or here != place or serial.value != last + 1
        if new and items:
            yield items
            items = []
        if serial:
            items.append(Item(passage, 0, len(passage.text.rstrip())))
            place, last = here, serial.value
        else:
            place, last = (), 0
    if items:
        yield items


def number_said(words: str) -> int:
    """Return how many 三, 两 or 12 are: a number of up to ten in Han."""
    return int(words) if words.isdecimal() else 2 if words == "两" else _HAN.index(words) + 1


def _is_item(passage: Passage) -> bool:
    return bool(passage.number) and (passage.kind is Kind.CELL or passage.role is Role.ITEM)


def series_of(passage: Passage) -> list[Item]:
    """Return the items of 一是…二是… in one paragraph; none unless they count from one without a gap."""
    if "一是" not in passage.text and passage.number != "一是":
        return []
    marks = [match for match in _SERIES.clued(passage.text) if not passage.is_quoted(match.start())]
    signs = [_HAN.index(match[1]) + 1 for match in marks]
    starts = [match.start() for match in marks]
    if passage.number == "一是":
        signs, starts = [1, *signs], [0, *starts]
    if len(signs) < 2 or signs != list(range(1, len(signs) + 1)):
        return []
    ends = [*starts[1:], len(passage.text.rstrip())]
    return [Item(passage, start, end) for start, end in zip(starts, ends, strict=True)]
