"""分别占比不符：“61件、43件、24件，分别占47.7%、33.6%和18.8%”，每个占比都要和它的数对得上。

为什么：一串占比里改了一个数，别的都对，只有一个对不上的，最不容易看出来。
依据：惯例。总数取前面写明的，或者各项之和，只要有一个总数合得上就算对；四舍五入、舍去尾数都算对。
错：从类别看，医疗卫生61件、公共场所43件、其他24件，分别占44.7%、33.6%和18.8%。
对：从类别看，医疗卫生61件、公共场所43件、其他24件，分别占47.7%、33.6%和18.8%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import ADDITIVE, FIGURE, PLAIN, Figure, Reading, is_figure, is_share
from zhibi.prose.sought import Sought

RULE = "分别占比不符"
SUBJECT = "数的核算"

_SPLIT = Sought(
    rf"[，（]?分别占{PLAIN}{{0,14}}?(?P<rates>{FIGURE}(?:(?:、|，|和|及|与){FIGURE})+)(?=[，。；）]|$)",
    "分别占",
)
_MANY = 12


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for the one share in a row that does not fit, where all the others do."""
    for passage, reading in paper.readings(2, *_SPLIT.clues):
        for match in _SPLIT.finditer(reading.outline):
            yield from _check(passage, reading, match)


def _check(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    rates = reading.within(*match.span("rates"))
    count = len(rates)
    found = _before(reading, match.start())
    parts = found[-count:]
    usable = (
        len(parts) == count <= _MANY
        and parts[0].unit in ADDITIVE
        and all(part.unit == parts[0].unit for part in parts)
        and all(rate.is_rate for rate in rates)
        and not any(one.loose for one in (*parts, *rates))
    )
    if not usable:
        return
    added = _sum(parts)
    wholes = [added, *(one for one in found[:-count] if one.unit == added.unit and one.value > 0)]
    wrong = [(_misfits(parts, rates, whole), whole) for whole in wholes]
    if any(not misfits for misfits, _ in wrong):
        return
    for misfits, whole in wrong:
        if len(misfits) == 1 and (count > 2 or whole is added):
            yield _problem(passage, parts[misfits[0]], rates[misfits[0]], whole)
            return
    if abs(sum((rate.value for rate in rates), start=Fraction(-100))) <= 1:
        yield _all_wrong(passage, parts, rates)


def _sum(parts: list[Figure]) -> Figure:
    """Return what the parts make, as exact as the most exact of them."""
    one = min(parts, key=lambda part: part.step)
    digits = one.like(sum((part.value for part in parts), start=Fraction(0)))
    number = digits.removesuffix(one.unit).rstrip("万亿")
    return Figure(one.start, one.end, number, one.scale, one.unit, False)


def _before(reading: Reading, end: int) -> list[Figure]:
    """Return the figures of the sentence before `end` and of the sentence before that one."""
    start = reading.clause(max(reading.clause(end) - 1, 0))
    words = re.sub(r"（[^（）]*）", lambda found: "·" * len(found[0]), reading.outline[start:end])
    return [reading.figure(char) for char in words if is_figure(char)]


def _misfits(parts: list[Figure], rates: list[Figure], whole: Figure) -> list[int]:
    """Return which of the shares do not follow from their part and `whole`."""
    return [
        number
        for number, (part, rate) in enumerate(zip(parts, rates, strict=True))
        if not is_share(rate, part, whole)
    ]


def _problem(passage: Passage, part: Figure, rate: Figure, whole: Figure) -> Problem:
    own, printed = (passage.text[one.start : one.end] for one in (part, rate))
    right = rate.like(part.value / whole.value * 100)
    words = (
        f"{own}占{whole.like(whole.value)}的{right}，这里写的是{printed}，别的几个占比都对得上",
        f"请核对这几个数；数没有错的，占比请改成{right}",
    )
    return passage.problem((rate.start, rate.end), RULE, words, Level.ADVICE)


def _all_wrong(passage: Passage, parts: list[Figure], rates: list[Figure]) -> Problem:
    words = (
        "这几个占比加起来是100%，同前面的几个数却对不上",
        "请核对各项的数和占比，改正不对的一处",
    )
    return passage.problem((parts[0].start, rates[-1].end), RULE, words, Level.ADVICE)
