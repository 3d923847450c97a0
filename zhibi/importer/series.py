"""Items that run on inside one text: 一是…；二是…；三是… in a paragraph, 1.…；2.… in a table cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhibi.importer.blocks import Data, Value
from zhibi.importer.serial_heads import SERIAL_LENGTH, match_serial
from zhibi.serials import parse_pattern

DEFAULT_SERIES = "一是"
_RUN_ON = ("一是", "一要", "第一，", "（1）", "①", "（一）", "1.", "1、")
_IN_CELL = ("1.", "1、", "（1）", "①", "（一）", "一是", "一、", "1）", "⒈")
_SENTENCE_ENDS = "。；！？：;!?:"


@dataclass(frozen=True, slots=True)
class Series:
    """`lead` and then `items`, each after its serial; `gap` is the value that should have followed."""

    sample: str
    lead: str
    items: tuple[str, ...]


def as_sentence(text: str) -> Value:
    """Give the words of one paragraph as YAML holds them: a text, or {引语, 分述, 编号}."""
    series = find_series(text, _RUN_ON, _starts_sentence, least=2)
    if series is None or not _says(series, text):
        return text
    data: Data = {}
    if series.lead:
        data["引语"] = series.lead
    if series.sample != DEFAULT_SERIES:
        data["编号"] = series.sample
    return {**data, "分述": list(series.items)}


def _says(series: Series, text: str) -> bool:
    """Tell whether the program would print just these words; blanks aside."""
    pattern = parse_pattern(series.sample)
    items = (f"{pattern.format(value)}{item}" for value, item in enumerate(series.items, 1))
    return _bare("".join([series.lead, *items])) == _bare(text)


def _bare(text: str) -> str:
    return "".join(text.split())


def cell_series(text: str) -> Series | None:
    """Find the numbered items of a table cell; a single one counts when its number is beyond doubt."""
    series = find_series(text, _IN_CELL, _starts_item, least=1)
    if series is None or len(series.items) > 1:
        return series
    alone = series.sample in ("1.", "1、") and not series.lead and not series.items[0][:1].isdigit()
    return series if alone else None


def find_series(
    text: str, samples: tuple[str, ...], starts: Callable[[str, int], bool], least: int
) -> Series | None:
    """Return the longest series of consecutive serials from 1 on; the earliest one if several are as long."""
    best: tuple[int, int, str, list[tuple[int, int]]] | None = None
    for sample in samples:
        marks = _marks(text, sample, starts)
        if len(marks) < least:
            continue
        candidate = (-len(marks), marks[0][0], sample, marks)
        if best is None or candidate[:2] < best[:2]:
            best = candidate
    if best is None:
        return None
    marks = best[3]
    ends = [start for start, _ in marks[1:]] + [len(text)]
    items = tuple(
        text[start + length : end].strip() for (start, length), end in zip(marks, ends, strict=True)
    )
    return Series(best[2], text[: marks[0][0]].strip(), items) if all(items) else None


def _marks(text: str, sample: str, starts: Callable[[str, int], bool]) -> list[tuple[int, int]]:
    """Find where 1, 2, 3 … of `sample` stand: (start, length) of each serial."""
    pattern = parse_pattern(sample)
    marks: list[tuple[int, int]] = []
    for index in range(len(text)):
        if not starts(text, index) or (marks and index < sum(marks[-1])):
            continue
        found = match_serial(pattern, text[index : index + SERIAL_LENGTH])
        if found is not None and found[0] == len(marks) + 1:
            marks.append((index, found[1]))
    return marks


def _starts_sentence(text: str, index: int) -> bool:
    index -= 1
    while index >= 0 and text[index].isspace():
        index -= 1
    return index < 0 or text[index] in _SENTENCE_ENDS


def _starts_item(text: str, index: int) -> bool:
    return not index or text[index - 1].isspace() or text[index - 1] in _SENTENCE_ENDS
