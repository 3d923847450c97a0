"""占比与数不符：“132项，其中20项，占15.2%”里的三个数要对得上。

为什么：改了其中一个数，占比常常忘了跟着改。
依据：惯例。四舍五入、舍去尾数都算对；前面有几个数可作总数的，只要和其中一个对得上就算对。
错：全年立项132项，其中省级项目20项，占17.2%。
对：全年立项132项，其中省级项目20项，占15.2%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.arithmetic import share
from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import ADDITIVE, FIGURE, PLAIN, Figure, Reading, is_mean, is_share
from zhibi.prose.joined import list_before
from zhibi.prose.sought import Sought

RULE = "占比与数不符"
SUBJECT = "数的核算"

_TOTAL = r"(?:总数|总量|总额|总人数|总面积|总投资|总户数|比重|比例|比)"
_SHARE = Sought(
    rf"(?P<part>{FIGURE}){PLAIN}{{0,20}}[，（、]?占(?:{_TOTAL}|{PLAIN}{{0,6}}{_TOTAL})?的?仅?[为达]?到?[：，]?(?P<rate>{FIGURE})",
    "占",
)
_OF_NAMED = Sought(
    rf"(?P<part>{FIGURE}){PLAIN}{{0,14}}，?占{PLAIN}{{0,10}}(?P<whole>{FIGURE}){PLAIN}{{0,12}}的(?P<rate>{FIGURE})",
    "占",
)
_RATE_NAMED = Sought(
    rf"(?:^|(?<=[，。；]))(?P<done>{PLAIN}{{1,14}})(?P<part>{FIGURE}){PLAIN}{{0,4}}，(?P<name>{PLAIN}{{2,6}}率)仅?[为达是]?到?(?P<rate>{FIGURE})",
    "率",
)
_ELSEWHERE = Sought(r"全[国省市区县]|同期|上年|去年|GDP|目标|计划|任务|预算|以上|以下")
_AIM = Sought(r"(?:目标|计划|任务)(?:数|值|是|为)*$")
"""A completion of an aim is another rule's matter (完成率与数不符)."""
_WHOLE_SAID = Sought(r"共(?!同|享|建|有|性|识|赢)|总(?!体|的来|之)|合计")
_ANOTHER = Sought(r"同比|增[长加]|减少|下降|比上年|较上年|平均|每|人均|户均")
_PEOPLE = frozenset({"人", "名"})
_SIGN = Sought(FIGURE)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each share that follows from none of the totals before it in its sentence."""
    for passage, reading in paper.readings(2, "%", "％"):
        for match in _SHARE.clued(reading.outline):
            if not _ELSEWHERE.search(match[0]):
                yield from _check(passage, reading, match)
        for match in _OF_NAMED.clued(reading.outline):
            if not _ELSEWHERE.search(match[0]):
                yield from _named(passage, reading, match)
        for match in _RATE_NAMED.clued(reading.outline):
            yield from _rate(passage, reading, match)


def _named(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    """Yield advice for a share whose whole is named in between (占98所幼儿园的94.9%)."""
    part, whole, rate = (reading.figure(match[name]) for name in ("part", "whole", "rate"))
    fit = part.unit == whole.unit or {part.unit, whole.unit} == _PEOPLE
    if (
        fit
        and rate.is_rate
        and part.unit in ADDITIVE
        and part.value <= whole.value
        and not any(one.loose for one in (part, whole, rate))
        and not is_mean(passage.text, whole)
        and not is_share(rate, part, whole)
    ):
        yield _problem(passage, part, rate, whole, Level.ADVICE)


def _rate(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    """Yield a problem for a rate that says what the part was (受理17件，办结15件，办结率…; 49个项目中，入库45个，入库率…)."""
    part, rate = reading.figure(match["part"]), reading.figure(match["rate"])
    whole_sentence = reading.clause(match.start())
    start = reading.clause(match.start(), "。；")
    wholes = _wholes(passage, reading, part, (start, match.start()))
    near = bool(wholes)
    among = reading.outline[match.start() - 2 : match.start()] == "中，"
    same = match["name"][-3:-1] in match["done"]
    wholes = wholes or (_wholes(passage, reading, part, (whole_sentence, start)) if same else [])
    if not (same or among or set(match["name"][-3:-1]) & set(match["done"])) or not wholes:
        return
    if not rate.is_rate or part.unit not in ADDITIVE or any(one.loose for one in (part, rate, *wholes)):
        return
    aimed = any(_AIM.search(passage.text, max(one.start - 5, 0), one.start) for one in wholes)
    if not aimed and not any(is_share(rate, part, one) for one in wholes):
        sure = len(wholes) == 1 and same and near
        yield _problem(passage, part, rate, wholes[-1], Level.ADVICE if sure else Level.QUERY)


def _wholes(passage: Passage, reading: Reading, part: Figure, span: tuple[int, int]) -> list[Figure]:
    """Return what in a span of the outline may be the whole of `part`."""
    return [
        one
        for one in reading.within(*span)
        if one.unit == part.unit and one.value >= part.value and not is_mean(passage.text, one)
    ]


def _earlier(reading: Reading, match: re.Match[str]) -> list[Figure]:
    return reading.within(reading.clause(match.start()), match.start())


def _check(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    part, rate = reading.figure(match["part"]), reading.figure(match["rate"])
    if not rate.is_rate or rate.loose or part.loose or part.unit not in ADDITIVE:
        return
    start = reading.clause(match.start())
    before = [one for one in _earlier(reading, match) if not is_mean(passage.text, one)]
    wholes = [one for one in before if one.unit == part.unit and one.value >= part.value]
    if reading.outline.startswith(
        "其中", start
    ):  # Of the sentence before: its total may be the whole as well.
        earlier = reading.clause(max(start - 1, 0))
        wholes += [one for one in reading.within(earlier, start) if one.unit == part.unit]
    if not wholes or any(one.loose for one in wholes) or any(is_share(rate, part, one) for one in wholes):
        return
    if _may_be_of_a_sum(rate, part, wholes) or _is_of_a_list(reading, match, rate, part):
        return
    words = reading.outline[start : match.start()]
    if len(wholes) == 1 and "其中" in words[1:]:
        yield _problem(passage, part, rate, wholes[0], Level.ADVICE)
    elif "其中" in words or _WHOLE_SAID.search(words) or _is_alone(passage, reading, match, wholes):
        yield _problem(passage, part, rate, wholes[0], Level.QUERY)


def _is_alone(passage: Passage, reading: Reading, match: re.Match[str], wholes: list[Figure]) -> bool:
    """Tell whether the only amount of this unit before a share in its sentence, nothing else meant, is its whole."""
    start = reading.clause(match.start(), "。；")
    words = reading.outline[start : match.start()]
    last = wholes[-1]
    own = passage.text[reading.spot(start) : reading.spot(match.start())]
    inside = last.start >= reading.spot(start)
    return len(wholes) == 1 and inside and not _ANOTHER.search(words) and "占" not in own


def _may_be_of_a_sum(rate: Figure, part: Figure, wholes: list[Figure]) -> bool:
    """Tell whether the share is of two totals taken together (新增12家、8家，其中5家，占25%)."""
    low, high = sum(one.low for one in wholes), sum(one.high for one in wholes)
    return len(wholes) > 1 and part.low / high * 100 <= rate.high and rate.low <= part.high / low * 100


def _is_of_a_list(reading: Reading, match: re.Match[str], rate: Figure, part: Figure) -> bool:
    """Tell whether the share is of what a list before it makes together (博士62名、硕士46名，其中海外50名，占46.3%)."""
    signs = list(_SIGN.finditer(reading.outline, reading.clause(match.start()), match.start()))
    items = list_before(reading, signs[-1].start()) if signs else []
    return _may_be_of_a_sum(rate, part, items)


def _problem(passage: Passage, part: Figure, rate: Figure, whole: Figure, level: Level) -> Problem:
    own, total = passage.text[part.start : part.end], passage.text[whole.start : whole.end]
    exact = share(part.value, whole.value)
    right = rate.like(exact) if exact is not None else ""
    printed = passage.text[rate.start : rate.end]
    words = (
        f"{own}占{total}的{right}，这里写的是{printed}",
        f"请核对这三个数；数没有错的，占比请改成{right}",
    )
    return passage.problem((rate.start, rate.end), RULE, words, level)
