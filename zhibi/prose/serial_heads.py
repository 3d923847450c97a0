"""Serials that stand in a text or before it: 一、 （一） 1. （1） 一是 第一， read as a style and a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhibi.prose.passages import Kind, Passage
from zhibi.prose.sought import Sought
from zhibi.serials import read_han

_HAN = "[一二三四五六七八九十]{1,3}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SERIAL = Sought(
    rf"[（(](?P<a>{_HAN}|\d{{1,2}})[）)](?![、和至]?[（(]|[项款])[、.．，,：:]?|(?P<b>{_HAN})[、.．，,](?![一二三四五六七八九十])"
    rf"|(?P<c>\d{{1,2}})(?:[.．、](?![\d、])|[）)])|第(?P<d>{_HAN})[，、](?![第一二三四五六七八九十])"
    rf"|(?P<e>{_HAN})是|(?P<f>[{_CIRCLED}])"
)
_CLAUSE = Sought(rf"[。；：，！？](?=[（(第一二三四五六七八九十\d{_CIRCLED}])")
_WIDEN = str.maketrans("(),:", "（），：")
_SHOWN = 16
"""Characters of a passage that stand for a serial which the program has written before it."""


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial: `style` is it with # for its counter, in full-width brackets; `length` counts its characters."""

    text: str
    style: str
    value: int
    start: int = 0

    @property
    def end(self) -> int:
        """Return where the words behind it begin."""
        return self.start + len(self.text)


def read_serial(text: str, start: int = 0) -> Serial | None:
    """Return the serial at `start` of a text, None when there is none."""
    match = _SERIAL.match(text, start)
    if not match:
        return None
    group = str(match.lastgroup)
    counter = match[group]
    value = _CIRCLED.find(counter) + 1 or (int(counter) if counter.isascii() else read_han(counter))
    if not value:
        return None
    sign = "①" if counter in _CIRCLED else "1" if counter.isascii() else "一"
    at = match.start(group) - start
    words = match.group()
    style = (words[:at] + sign + words[at + len(counter) :]).translate(_WIDEN)
    return Serial(words, style, value, start)


def typed_serial(passage: Passage) -> Serial | None:
    """Return the serial that a person has typed at the head of a text which has none of the program's."""
    if passage.number or passage.kind in (Kind.TITLE, Kind.HEAD_CELL, Kind.ELEMENT):
        return None
    return read_serial(passage.text)


def printed_serial(passage: Passage) -> Serial | None:
    """Return the serial before a text, whoever has written it."""
    return read_serial(passage.number.strip()) if passage.number else typed_serial(passage)


def inner_serials(passage: Passage) -> Iterator[Serial]:
    """Yield the serials within a text that begin a clause, quoted ones left out."""
    for match in _CLAUSE.finditer(passage.text):
        serial = read_serial(passage.text, match.end())
        if serial and not passage.is_quoted(serial.start):
            yield serial


def head_span(passage: Passage) -> tuple[int, int]:
    """Return the first characters of a text: what is shown of it when the fault is before it."""
    return 0, min(len(passage.text), _SHOWN)
