"""Serials at the head of a paragraph, and the rank of each kind: 一、 before （一） before 1. before （1）.

GB/T 9704-2012 7.3.3 gives the four levels of a paper; 一是, 第一， and ① number items, never headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhibi.serials import Kind, Pattern, PatternError, parse_pattern

# Ranks 1-4 are the standard's levels; 0 and below are parts above them, above 4 only items.
ITEM_RANK = 5
_RANKS = {
    "第一编": -3,
    "第一部分": -2,
    "第一章": -1,
    "第一节": 0,
    "一、": 1,
    "一.": 1,
    "（一）": 2,
    "㈠": 2,
    "1.": 3,
    "1、": 3,
    "⒈": 3,
    "（1）": 4,
    "⑴": 4,
    "1）": 4,
    "①": ITEM_RANK,
    "第一，": ITEM_RANK + 1,
    "一是": ITEM_RANK + 1,
    "一要": ITEM_RANK + 1,
}
# 第一章 总则: the blank belongs to the number, or the two would stand side by side.
_PARTED = frozenset(sample for sample, rank in _RANKS.items() if rank < 1)
_PART_BLANK = "　"
_PATTERNS = {sample: parse_pattern(sample) for sample in _RANKS}
# Half-width spellings that are written full-width before they are recognised, and the other way round.
_SPELLINGS = str.maketrans({"(": "（", ")": "）", "．": ".", ",": "，"})
LEVEL_SAMPLES = ("一、", "（一）", "1.", "（1）")
# No serial is longer.
SERIAL_LENGTH = 16
MAX_LEVEL = len(LEVEL_SAMPLES)
# Patterns that only a paper of our own is read back with.
_LABELS = _PATTERNS | {
    sample: parse_pattern(sample)
    for sample in ("(一)", "(1)", "1)", "a.", "A.", "a)", "A)", "(a)", "（a）", "a、")
}
# 2023年…, 3月1日…: words after a serial that begin with a number of their own.
_DATE = re.compile(r"\d{4}\s*[年—-]|\d{1,2}\s*月|\d{1,2}\s*日")


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial found at the head of a text: its pattern, counter, rank, and the words after it."""

    sample: str
    value: int
    rank: int
    rest: str
    certain: bool = True

    @property
    def label(self) -> str:
        """The serial as the scheme writes it."""
        return parse_pattern(self.sample).format(self.value)


def read_serial(text: str) -> Serial | None:
    """Read the serial at the head of `text`; not `certain` when the words could be a plain number (1.5亿元)."""
    for sample, pattern in _PATTERNS.items():
        found = match_serial(pattern, text)
        if found is None:
            continue
        value, length = found
        rest = text[length:].lstrip()
        if not rest or (sample == "一、" and value > 99) or value > 199:
            return None
        if sample in _PARTED and text[length : length + 1].isspace():
            sample += _PART_BLANK
        certain = not (text[length : length + 1].isdigit() and not _DATE.match(rest))
        return Serial(sample, value, sample_rank(sample), rest, certain)
    return None


def match_serial(pattern: Pattern, text: str) -> tuple[int, int] | None:
    """Match `pattern` at the head of `text`, whatever the width of its marks."""
    return pattern.match(text[:SERIAL_LENGTH].translate(_SPELLINGS))


def sample_rank(sample: str) -> int:
    """Return the rank of a pattern; patterns that are not known rank with items."""
    return _RANKS.get(sample.strip(), ITEM_RANK)


def known_label(text: str) -> tuple[str, int] | None:
    """Read a whole serial, alone and as the program prints it: its pattern and its counter."""
    return _whole_label(text) or _other_label(text)


def split_serials(text: str) -> list[str]:
    """Cut serials that stand side by side (1.一是) apart; anything else stays whole."""
    if _whole_label(text) is None:
        for pattern in _LABELS.values():
            found = pattern.match(text)
            rest = text[found[1] :].lstrip() if found else ""
            if rest and _whole_label(rest):
                return [text[: len(text) - len(rest)], rest]
    return [text]


def _whole_label(text: str) -> tuple[str, int] | None:
    for sample, pattern in _LABELS.items():
        found = pattern.match(text)
        if found is not None and found[1] == len(text):
            return sample, found[0]
    return None


def _other_label(text: str) -> tuple[str, int] | None:
    """Find a counter in a serial of a pattern that is not known: every stretch is tried, the longest first."""
    for start in range(len(text)):
        for end in range(len(text), start, -1):
            for kind in Kind:
                if kind is Kind.NONE:
                    continue
                found = Pattern("", kind, "").match(text[start:end])
                sample = f"{text[:start]}{kind}{text[end:]}"
                if found is not None and found[1] == end - start and _is_sample(sample, text, found[0]):
                    return sample, found[0]
    return None


def _is_sample(sample: str, text: str, value: int) -> bool:
    try:
        return parse_pattern(sample).format(value) == text
    except PatternError:
        return False
