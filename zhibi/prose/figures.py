"""The figures of a text: their value, unit, precision and place, and the text with each figure as one sign.

A rule that recomputes matches the outline of a sentence (`Reading.outline`), where “132项” is one character of
the class `FIGURE`, and asks `Reading.figure` what it stands for. A printed figure may have been rounded or cut off,
so it stands for everything from `low` to `high`; counts of things and of time are exact. The amounts of one
sentence have been rounded alike: all of them to the nearest, or all of them cut off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from zhibi.arithmetic import places_of, read_figure, round_half_up

_FIRST_SIGN, _SIGNS = 0xE000, 0x1900
FIGURE = f"[{chr(_FIRST_SIGN)}-{chr(_FIRST_SIGN + _SIGNS - 1)}]"
"""The class of characters that stand for figures in an outline."""

PLAIN = f"[^{FIGURE[1:-1]}，。；：、（）]"
"""The class of characters that are words of one clause: neither figures nor marks."""

_COUNTED = (
    "人次|户次|场次|人年|家|个|项|件|名|人|户|份|篇|场|次|期|批|台|套|辆|条|座|处|所|宗|例|起|支|类|种|门|只|头|株|棵"
    "|款|张|幅|栋|幢|间|部|艘|架|枚|颗|村|组|队|班|册|本|笔|单|标箱"
)
_MEASURED = "平方公里|平方千米|平方米|立方米|公里|千米|公顷|公斤|千克|千瓦时|千瓦|兆瓦|美元|欧元|亩|吨|元|米|克|升|方|km²|m²|km|m"
_OTHER = "个百分点|百分点|%|‰|倍|个月|小时|分钟|天|周|岁|位|分|度|成"
COUNTED = frozenset(_COUNTED.split("|"))
ADDITIVE = COUNTED | frozenset(_MEASURED.split("|"))
"""Units of which a whole is the sum of its parts."""

TIMES = frozenset({"分钟", "小时", "天", "周", "个月"})
"""Units of time: whole ones are exact as counts are."""

_OLD_FORMS = {
    "個": "个",
    "項": "项",
    "戶": "户",
    "萬": "万",
    "億": "亿",
    "畝": "亩",
    "噸": "吨",
    "場": "场",
    "臺": "台",
    "輛": "辆",
    "條": "条",
    "％": "%",
    "百分点": "个百分点",
    "千米": "公里",
    "km": "公里",
    "平方千米": "平方公里",
    "km²": "平方公里",
    "m²": "平方米",
    "m": "米",
    "千克": "公斤",
}
_SCALES = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}
_UNITS = "|".join(
    sorted(
        (
            *f"{_OTHER}|{_COUNTED}|{_MEASURED}".split("|"),
            *(old for old in _OLD_FORMS if len(old) == 1 and old not in "萬億"),
        ),
        key=lambda unit: -len(unit),
    )
)
UNIT = f"(?:{_UNITS})"
"""Any unit or measure word that may stand behind a figure, as a pattern."""
# A class at the head lets the engine skip to the digits: what must not stand before them is asked behind the first.
_WRITTEN = re.compile(
    r"(?P<digits>[-−\d](?<![A-Za-z\d.,〔\[][-−\d])(?:(?<=\d)(?:\d{0,2}(?:,\d{3})+|\d{0,14})|(?<=\D)(?:\d{1,3}(?:,\d{3})+|\d{1,15}))"
    r"(?:\.\d{1,9})?)(?![\d.,]*\d)"
    rf"(?P<more>[余多餘])?\s?(?P<scale>[万萬][亿億]|[万萬亿億])?(?P<more2>[余多餘])?(?P<unit>{UNIT})?",
    re.ASCII,
)
_LOOSE_BEFORE = re.compile(
    r"(?:[约近超逾][有为达占计]?|接近|超过|突破|不少于|不低于|不超过|不高于|不多于|至少|最多|高于|低于|多于|少于|不足|大于|小于|(?<!以)上"
    r"|第|每|均|前|後|前后|[~～—–－-]|\d[至到])$"
)
_LOOSE_AFTER = re.compile(r"(?:多(?![个\d])|余|左右|上下|以上|以下|以内|之内|不到|[~～—–－-]\d|[至到]\d|几)")
_MEAN = re.compile(r"每(?![年月日季周天次])|人均|户均|平均")
_DATE = re.compile(r"\d+(?:[～~—–－至到-]\d+)?(?:年|月|日|季度|号)")
"""Parts of dates are no figures: they stay as they are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure from `start` to `end` (unit included); `loose`: only about so, an ordinal or the end of a range."""

    start: int
    end: int
    digits: str
    scale: int
    unit: str
    loose: bool

    @property
    def value(self) -> Fraction:
        """Return the number, 万 and 亿 worked in."""
        return (read_figure(self.digits) or Fraction(0)) * self.scale

    @property
    def step(self) -> Fraction:
        """Return what the last printed place is worth."""
        return Fraction(self.scale, 10 ** places_of(self.digits))

    @property
    def exact(self) -> bool:
        """Tell whether the figure can only mean itself: a count of things or of time, written out."""
        return (
            self.scale == 1 and places_of(self.digits) == 0 and (self.unit in COUNTED or self.unit in TIMES)
        )

    @property
    def low(self) -> Fraction:
        """Return the least number that is printed so."""
        return self.value if self.exact else self.value - self.step / 2

    @property
    def high(self) -> Fraction:
        """Return the greatest number that is printed so (cut off)."""
        return self.value if self.exact else self.value + self.step

    def span(self, *, cut: bool) -> tuple[Fraction, Fraction]:
        """Return the least and the greatest number that is printed so when it is `cut` off, else rounded."""
        if self.exact:
            return self.value, self.value
        return (self.value, self.value + self.step) if cut else (self.low, self.value + self.step / 2)

    @property
    def is_rate(self) -> bool:
        """Tell whether it is a percentage."""
        return self.unit == "%"

    def like(self, value: Fraction) -> str:
        """Return `value` as it is printed with this figure's places, scale and unit."""
        scale = next(name for name, size in _SCALES.items() if size == self.scale)
        return f"{round_half_up(value / self.scale, places_of(self.digits))}{scale}{self.unit}"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read for its figures, and its outline."""

    figures: tuple[Figure, ...]
    outline: str

    def figure(self, sign: str) -> Figure:
        """Return the figure that a character of the outline stands for."""
        return self.figures[ord(sign) - _FIRST_SIGN]

    def spot(self, place: int) -> int:
        """Return where a character of the outline stands in the text."""
        for figure in self.figures:
            if figure.start < place:
                place += figure.end - figure.start - 1
        return place

    def clause(self, place: int, ends: str = "。") -> int:
        """Return where in the outline the sentence round `place` begins, or what one of `ends` parts from it."""
        return max(self.outline.rfind(mark, 0, place) for mark in ends) + 1

    def within(self, start: int, end: int) -> list[Figure]:
        """Return the figures between two places of the outline."""
        return [self.figure(char) for char in self.outline[start:end] if is_figure(char)]


def is_figure(char: str) -> bool:
    """Tell whether a character of an outline stands for a figure."""
    return _FIRST_SIGN <= ord(char) < _FIRST_SIGN + _SIGNS


def read(text: str, is_quoted: Callable[[int], bool]) -> Reading:
    """Return the figures of a text but for quoted ones, and its outline."""
    found = tuple(_figures(text, is_quoted))[:_SIGNS]
    parts: list[str] = []
    done = 0
    for number, figure in enumerate(found):
        parts += (text[done : figure.start], chr(_FIRST_SIGN + number))
        done = figure.end
    return Reading(found, "".join((*parts, text[done:])) if found else text)


def _figures(text: str, is_quoted: Callable[[int], bool]) -> Iterator[Figure]:
    for match in _WRITTEN.finditer(text):
        start, end = match.span()
        if _DATE.match(text, start) or is_quoted(start):
            continue
        digits, more, scale, more2, unit = match.groups(default="")
        loose = bool(
            more
            or more2
            or _LOOSE_BEFORE.search(text, max(start - 5, 0), start)
            or _LOOSE_AFTER.match(text, end)
        )
        size = _SCALES["".join(_OLD_FORMS.get(char, char) for char in scale)] if scale else 1
        yield Figure(start, end, digits, size, _OLD_FORMS.get(unit, unit), loose)


def is_mean(text: str, figure: Figure) -> bool:
    """Tell whether a figure is so much a head (每千人口…4.8个): the whole or a part of nothing."""
    start = max(text.rfind(mark, 0, figure.start) for mark in "，。；：") + 1
    return bool(_MEAN.search(text, start, figure.start))


def add_up(total: Figure, parts: Iterable[Figure]) -> bool:
    """Tell whether `parts` may add up to `total`, whatever was rounded."""
    parts = tuple(parts)
    low, high = sum(one.low for one in parts), sum(one.high for one in parts)
    return low <= total.high and total.low <= high


def is_share(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Tell whether `rate` per cent may be `part` of `whole`, whatever was rounded."""
    return whole.low <= 0 or any(
        _meets(rate, least / most_of * 100, most / least_of * 100)
        for (least, most), (least_of, most_of) in _readings(part, whole)
    )


def is_growth(rate: Figure, now: Figure, before: Figure) -> bool:
    """Tell whether `rate` per cent may be the change from `before` to `now`, up or down."""
    return before.low <= 0 or any(
        _meets(rate, least / most_of * 100 - 100, most / least_of * 100 - 100)
        or _meets(rate, 100 - most / least_of * 100, 100 - least / most_of * 100)
        for (least, most), (least_of, most_of) in _readings(now, before)
    )


def is_difference(by: Figure, now: Figure, before: Figure) -> bool:
    """Tell whether `by` may be what `now` and `before` are apart, whatever was rounded."""
    return any(
        _meets(by, least - most_of, most - least_of) or _meets(by, least_of - most, most_of - least)
        for (least, most), (least_of, most_of) in _readings(now, before)
    )


def _meets(figure: Figure, least: Fraction, most: Fraction) -> bool:
    return least <= figure.high and figure.low <= most


def _readings(*figures: Figure) -> Iterator[list[tuple[Fraction, Fraction]]]:
    """Yield the spans of figures that were all rounded, and of figures that were all cut off."""
    for cut in (False, True):
        spans = [figure.span(cut=cut) for figure in figures]
        if spans[-1][0] > 0:
            yield spans
