"""增幅与数不符：“由200家增加到260家，增长30%”里的数要对得上；“翻一番”是两倍。

为什么：增加到和增加了、倍数和百分比最容易写混：由100到300是增加2倍，不是3倍。
依据：惯例（倍数、番数的用法）。四舍五入、舍去尾数都算对；约数、年均增长和按可比价计算的生产总值、增加值、收入不算。
错：省级孵化器由200家增加到260家，增长35%。
对：省级孵化器由200家增加到260家，增长30%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.changes import Change, changes
from zhibi.prose.figures import ADDITIVE, FIGURE, PLAIN, Figure, Reading, is_growth
from zhibi.prose.sought import Sought

RULE = "增幅与数不符"
SUBJECT = "数的核算"

_DOUBLED = Sought(
    rf"(?:由|从){PLAIN}{{0,14}}(?P<before>{FIGURE}){PLAIN}{{0,8}}(?:[增升扩]|提[高升]){PLAIN}{{0,2}}[到至为]{PLAIN}{{0,10}}(?P<now>{FIGURE}){PLAIN}{{0,8}}"
    rf"，{PLAIN}{{0,4}}翻了?(?P<turns>[一两]番)(?!以上|多)",
    "番",
)
_MEANS = {"一番": 2, "两番": 4}


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each growth that does not follow from the two figures beside it."""
    for passage, reading in paper.readings(2):
        for change in changes(reading):
            if change.before:
                yield from _from_to(passage, change, change.before)
            elif change.by:
                yield from _more_by(passage, change, change.by)
        for match in _DOUBLED.clued(reading.outline):
            yield from _doubled(passage, reading, match)


def _from_to(passage: Passage, change: Change, before: Figure) -> Iterator[Problem]:
    rate, now = change.rate, change.now
    if rate is None or before.low <= 0:
        return
    times = now.value / before.value
    if rate.is_rate and not is_growth(rate, now, before):
        yield _wrong(passage, rate, abs(times - 1) * 100)
    elif rate.unit == "倍" and not _is_times(rate, now, before):
        yield _wrong(passage, rate, times - 1)


def _is_times(rate: Figure, now: Figure, before: Figure) -> bool:
    """Tell whether the figure has grown by so many times itself; how often less is another rule's matter."""
    grown = now.value > before.value
    return not grown or (
        now.low / before.high - 1 <= rate.high and rate.low <= now.high / before.low - 1 and rate.value > 0
    )


def _more_by(passage: Passage, change: Change, by: Figure) -> Iterator[Problem]:
    now, rate, sign = change.now, change.rate, -1 if change.fell else 1
    if rate is None or not rate.is_rate:
        return
    low, high = (
        now.low - sign * (by.high if sign > 0 else by.low),
        now.high - sign * (by.low if sign > 0 else by.high),
    )
    if low > 0 and not (by.low / high * 100 <= rate.high and rate.low <= by.high / low * 100):
        yield _wrong(passage, rate, by.value / (now.value - sign * by.value) * 100)


def _doubled(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    before, now = reading.figure(match["before"]), reading.figure(match["now"])
    if before.loose or now.loose or before.unit != now.unit or now.unit not in ADDITIVE or before.low <= 0:
        return
    turns, times = match["turns"], now.value / before.value
    means = _MEANS[turns]
    if not means * Fraction(9, 10) <= times < means * Fraction(5, 4):
        words = (
            f"“翻{turns}”是{means}倍，这里是{float(times):.3g}倍",
            "请核对这两个数，或改成“增长”多少",
        )
        yield passage.problem((before.start, now.end), RULE, words, Level.ADVICE)


def _wrong(passage: Passage, rate: Figure, value: Fraction) -> Problem:
    right, printed = rate.like(value), passage.text[rate.start : rate.end]
    words = (
        f"照前面的数算是{right}，这里写的是{printed}",
        f"请核对这几个数；前面的数没有错的，请改成{right}",
    )
    return passage.problem((rate.start, rate.end), RULE, words, Level.ADVICE)
