"""Word's automatic numbering -> the serials that Word prints (ECMA-376 part 1 cl. 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from zhibi.importer.word_xml import Element, attribute, child, local
from zhibi.serials import PatternError, format_han, parse_pattern


def _pattern(sample: str) -> Callable[[int], str]:
    return parse_pattern(sample).format


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(value: int) -> str:
    text = ""
    for unit, sign in _ROMAN:
        text += sign * (value // unit)
        value %= unit
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _pattern("１"),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _pattern("①"),
    "decimalEnclosedCircleChinese": _pattern("①"),
    "decimalEnclosedParen": _pattern("⑴"),
    "decimalEnclosedFullstop": _pattern("⒈"),
    "chineseCounting": format_han,
    "chineseCountingThousand": format_han,
    "japaneseCounting": format_han,
    "taiwaneseCounting": format_han,
    "taiwaneseCountingThousand": format_han,
    "ideographDigital": format_han,
    "lowerLetter": _pattern("a"),
    "upperLetter": _pattern("A"),
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperRoman": _roman,
    "none": lambda value: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its counter's format, the text around counters, and where it starts."""

    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Numbers:
    """The lists of a file and their counters; `label` must be called in the order of the paragraphs."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    last: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str | None:
        """Return the serial of the next paragraph of a list level; None when it cannot be told."""
        abstract = self.lists.get(number)
        found = self.levels.get(abstract or "", {}).get(level)
        if abstract is None or found is None:
            return "" if number in ("", "0") else None
        if found.kind == "bullet":
            return None
        counters = self._count(number, abstract, level)
        try:
            return re.sub(
                r"%([1-9])", lambda match: self._write(abstract, int(match[1]) - 1, counters), found.text
            )
        except (KeyError, PatternError):
            return None

    def _count(self, number: str, abstract: str, level: int) -> dict[int, int]:
        if (number, level) in self.starts:
            self.last.setdefault(abstract, {})[level] = self.starts.pop((number, level)) - 1
        counters = self.last.setdefault(abstract, {})
        start = self.levels[abstract][level].start
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [deeper for deeper in counters if deeper > level]:
            del counters[deeper]
        return counters

    def _write(self, abstract: str, level: int, counters: dict[int, int]) -> str:
        found = self.levels[abstract][level]
        return _FORMATS[found.kind](counters.get(level, found.start))


def read_numbers(numbering: Element | None) -> Numbers:
    """Read the lists that a file defines."""
    numbers = Numbers()
    for element in numbering if numbering is not None else ():
        if local(element) == "abstractNum":
            numbers.levels[attribute(element, "abstractNumId")] = _levels(element)
        elif local(element) == "num":
            number = attribute(element, "numId")
            numbers.lists[number] = attribute(child(element, "abstractNumId"), "val")
            for override in (inner for inner in element if local(inner) == "lvlOverride"):
                start = attribute(child(override, "startOverride"), "val")
                if start.isdecimal():
                    numbers.starts[number, _integer(attribute(override, "ilvl"))] = int(start)
    return numbers


def _levels(element: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for inner in element:
        if local(inner) == "lvl":
            start = attribute(child(inner, "start"), "val")
            levels[_integer(attribute(inner, "ilvl"))] = _Level(
                attribute(child(inner, "numFmt"), "val") or "decimal",
                attribute(child(inner, "lvlText"), "val"),
                int(start) if start.isdecimal() else 1,
            )
    return levels


def _integer(text: str) -> int:
    return int(text) if text.isdecimal() else 0
