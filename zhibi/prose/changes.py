"""What a text says of a change: from how much to how much, by how much, by how many per cent or times.

由312家增加到431家，净增119家，增长38.1% · 11.84万人次，比上年的11.52万人次增加0.32万人次，增长2.8% ·
12.8万吨，上年同期为12.3万吨，同比增长4.1% · 92家，比2024年底增加28家，增长43.8%
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhibi.prose.figures import ADDITIVE, FIGURE, PLAIN, TIMES, Figure, Reading
from zhibi.prose.sought import Sought

_VERB = (
    r"(?:净?(?:增加|减少|增|减)|增长|提高|提升|上升|升高|扩大|扩展|下降|降低|压缩|压减|缩短|缩减|回落|多|少|快|慢"
    r"|[增涨降]幅[为达是]?到?)了?"
)
_LEAD = r"(?:净|共|累计|合计|同比|环比|[二三四五六七八九十两]年(?:累计|共|来)?)?"
_FIRST = rf"{PLAIN}{{0,3}}{_VERB}(?P<first>{FIGURE})"
_SECOND = rf"(?:[，、]{_LEAD}{_VERB}(?P<second>{FIGURE}))?"
_TAILS = rf"[，、]{_LEAD}{_VERB}(?P<first>{FIGURE}){_SECOND}"
_LAST_YEAR = r"(?:上年同期|去年同期|上年|去年|上月|上季度|上期)"
_FROM_TO = Sought(
    rf"(?:由|从){PLAIN}{{0,14}}(?P<before>{FIGURE}){PLAIN}{{0,8}}"
    rf"(?:[增升降减扩]|提[高升]|压缩|压减|缩|回落){PLAIN}{{0,2}}[到至为]{PLAIN}{{0,10}}(?P<now>{FIGURE}){PLAIN}{{0,8}}{_TAILS}",
    "由",
    "从",
)
_COMPARED = Sought(
    rf"(?P<now>{FIGURE}){PLAIN}{{0,8}}，{PLAIN}{{0,4}}?[比较]{PLAIN}{{1,12}}?的(?P<before>{FIGURE}){_FIRST}{_SECOND}",
    "比",
    "较",
)
_FAR = Sought(rf"，[比较]{PLAIN}{{1,12}}?的(?P<before>{FIGURE}){_FIRST}{_SECOND}", "，比", "，较")
_BESIDE = Sought(
    rf"(?P<now>{FIGURE}){PLAIN}{{0,8}}，{_LAST_YEAR}[为是]?(?P<before>{FIGURE})，{_LEAD}{_VERB}(?P<first>{FIGURE}){_SECOND}",
    "上年",
    "去年",
    "上月",
    "上季度",
    "上期",
)
_MORE_BY = Sought(
    rf"(?P<now>{FIGURE}){PLAIN}{{0,8}}，[比较]{PLAIN}{{2,12}}?{_VERB}(?P<first>{FIGURE})[，、]{_LEAD}{_VERB}(?P<second>{FIGURE})",
    "，比",
    "，较",
)
_YEAR_ON_YEAR = Sought(r"同比|环比")
_SAME_PERIOD = Sought(r"上年|去年|同期|上月|上季度|上期|一季度|二季度|三季度")
_OTHER_WAY = Sought(r"可比|口径|不变价|剔除|实际|生产总值|GDP|增加值|收入|复合")
_YEARLY = Sought(r"[年月]均|每[年月]|平均[每增下]|均[增下提]|分别")
_LESS = Sought(r"减|下降|降|压|缩|回落|少|慢")
_UNITLESS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `before` is None where only the difference is said, `by` or `rate` None where it is not said.

    `plain`: no words tell that the rate is worked out in another way (at comparable prices).
    """

    now: Figure
    before: Figure | None
    by: Figure | None
    rate: Figure | None
    fell: bool
    plain: bool


def changes(reading: Reading) -> Iterator[Change]:
    """Yield the changes of a text whose figures can be compared."""
    if len(reading.figures) < 2:
        return
    for pattern in (_FROM_TO, _COMPARED, _BESIDE, _MORE_BY):
        for match in pattern.clued(reading.outline):
            change = _change(reading, match)
            if change:
                yield change
    for match in _FAR.clued(reading.outline):
        now = _only_one(reading, match)
        change = _change(reading, match, now) if now else None
        if change:
            yield change


def _only_one(reading: Reading, match: re.Match[str]) -> Figure | None:
    """Return the one amount of the sentence before a comparison that it can be about, if no other stands nearer."""
    before = reading.figure(match["before"])
    start = reading.clause(match.start(), "。；")
    figures = reading.within(start, match.start())
    same = [one for one in figures if one.unit == before.unit]
    return same[0] if len(same) == 1 and figures[-1] is not same[0] else None


def _change(reading: Reading, match: re.Match[str], now: Figure | None = None) -> Change | None:
    named = {name: reading.figure(sign) for name, sign in match.groupdict().items() if sign}
    before = named.get("before")
    now = named.setdefault("now", now) if now else named["now"]
    told_from = match.end("before" if before else "now")
    if _YEAR_ON_YEAR.search(reading.outline, told_from, match.end()) and not _SAME_PERIOD.search(match[0]):
        return None
    told = [named[name] for name in ("first", "second") if name in named]
    if any(one.loose for one in named.values()) or _YEARLY.search(reading.outline, told_from, match.end()):
        return None
    if before and not _alike(reading, now, before):
        return None
    by = next((one for one in told if _is_difference_of(one, now)), None)
    rate = next((one for one in told if one.unit in ("%", "倍") and one is not by), None)
    start = reading.clause(match.start(), "。；")
    plain = not _OTHER_WAY.search(reading.outline, start, match.end()) and not now.is_rate
    verb = reading.outline[told_from : match.start("first")]
    return Change(now, before, by, rate if plain else None, bool(_LESS.search(verb)), plain)


def _alike(reading: Reading, now: Figure, before: Figure) -> bool:
    """Tell whether two figures are of one unit; a unit that is not known must be written alike behind both."""
    if now.unit or before.unit:
        known = now.unit in ADDITIVE or now.unit in TIMES or now.is_rate
        return known and now.unit == before.unit
    signs = [reading.figures.index(one) for one in (now, before)]
    spots = [reading.outline.index(chr(ord(FIGURE[1]) + sign)) for sign in signs]
    first, second = (reading.outline[spot + 1 : spot + 1 + _UNITLESS] for spot in spots)
    return first == second and bool(re.fullmatch(r"[克毫微升立方米/度分贝]+", first))


def _is_difference_of(figure: Figure, level: Figure) -> bool:
    return figure.unit == ("个百分点" if level.is_rate else level.unit)
