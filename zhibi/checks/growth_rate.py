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
from zhibi.prose.figures import ADDITIVE, FIGURE, Figure, is_growth, reading_of

RULE = "增幅与数不符"
SUBJECT = "数的核算"

_PLAIN = rf"[^{FIGURE[1:-1]}，。；：、（）]"
_CHANGED = r"(?:增加|增长|提高|提升|上升|扩大|扩展|减少|下降|降低|压缩|缩短|缩减|回落)"
_FROM_TO = re.compile(
    rf"(?:由|从){_PLAIN}{{0,14}}(?P<before>{FIGURE}){_PLAIN}{{0,8}}(?:[增升降减扩]|提[高升]|压缩|缩){_PLAIN}{{0,2}}[到至为]{_PLAIN}{{0,10}}(?P<now>{FIGURE}){_PLAIN}{{0,8}}"
    rf"，{_PLAIN}{{0,4}}(?:{_CHANGED}了?(?P<rate>{FIGURE})|[增涨]幅[为达]?到?(?P<rise>{FIGURE})|翻了?(?P<turns>[一两]番)(?!以上|多))"
)
_MORE_BY = re.compile(
    rf"(?P<now>{FIGURE}){_PLAIN}{{0,8}}，(?:比|较)(?:上年|去年)(?:同期|末|底)?(?P<verb>增加|减少)了?(?P<by>{FIGURE})，(?:增长|下降|增幅[为达]?|降幅[为达]?)(?P<rate>{FIGURE})"
)
_OTHER_WAY = re.compile(r"均|每|复合|可比|口径|不变价|剔除|实际|生产总值|GDP|增加值|收入")
"""Words of growth that is worked out in another way: a year's mean, or at comparable prices."""
_MEANS = {"一番": 2, "两番": 4}


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each growth that does not follow from the two figures beside it."""
    for passage in paper.passages:
        reading = reading_of(passage)
        if len(reading.figures) < 2:
            continue
        for match in _plain_matches(_FROM_TO, reading.outline):
            named = {
                name: reading.figure(sign)
                for name, sign in match.groupdict().items()
                if name != "turns" and sign
            }
            if _comparable(named["now"], *named.values()):
                yield from _from_to(passage, named, match["turns"])
        for match in _plain_matches(_MORE_BY, reading.outline):
            now, by, rate = (reading.figure(match[name]) for name in ("now", "by", "rate"))
            if rate.is_rate and _comparable(now, by, rate):
                yield from _more_by(passage, now, by, rate, 1 if match["verb"] == "增加" else -1)


def _plain_matches(pattern: re.Pattern[str], outline: str) -> Iterator[re.Match[str]]:
    """Yield the matches in clauses that say nothing of another way to work out a growth."""
    for match in pattern.finditer(outline):
        start = max(outline.rfind(mark, 0, match.start()) for mark in "。；") + 1
        if not _OTHER_WAY.search(outline, start, match.end()):
            yield match


def _comparable(now: Figure, *others: Figure) -> bool:
    rates = {"%", "倍"}
    return now.unit in ADDITIVE and all(
        not one.loose and (one.unit == now.unit or one.unit in rates) for one in others
    )


def _from_to(passage: Passage, named: dict[str, Figure], turns: str | None) -> Iterator[Problem]:
    before, now = named["before"], named["now"]
    rate = named.get("rate") or named.get("rise")
    if before.low <= 0 or now.unit != before.unit:
        return
    times = now.value / before.value
    if turns:
        means = _MEANS[turns]
        if not means * Fraction(9, 10) <= times < means * Fraction(5, 4):
            words = (
                f"“翻{turns}”是{means}倍，这里是{float(times):.3g}倍",
                "请核对这两个数，或改成“增长”多少",
            )
            yield passage.problem((before.start, now.end), RULE, words, Level.ADVICE)
    elif rate and rate.is_rate and not is_growth(rate, now, before):
        yield _wrong(passage, rate, abs(times - 1) * 100)
    elif rate and rate.unit == "倍" and not _is_times(rate, now, before):
        yield _wrong(passage, rate, times - 1)


def _is_times(rate: Figure, now: Figure, before: Figure) -> bool:
    """Tell whether the figure has grown by so many times itself; how often less is another rule's matter."""
    grown = now.value > before.value
    return not grown or (
        now.low / before.high - 1 <= rate.high and rate.low <= now.high / before.low - 1 and rate.value > 0
    )


def _more_by(passage: Passage, now: Figure, by: Figure, rate: Figure, sign: int) -> Iterator[Problem]:
    before = Figure(now.start, now.end, now.digits, now.scale, now.unit, False)
    low, high = before.low - sign * by.value - by.step, before.high - sign * by.value + by.step
    if low <= 0:
        return
    if not (by.low / high * 100 <= rate.high and rate.low <= by.high / low * 100):
        yield _wrong(passage, rate, by.value / (now.value - sign * by.value) * 100)


def _wrong(passage: Passage, rate: Figure, value: Fraction) -> Problem:
    right, printed = rate.like(value), passage.text[rate.start : rate.end]
    words = (
        f"照前面的数算是{right}，这里写的是{printed}",
        f"请核对这几个数；前面的数没有错的，请改成{right}",
    )
    return passage.problem((rate.start, rate.end), RULE, words, Level.ADVICE)
