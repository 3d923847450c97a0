"""完成率与数不符：“完成86亿元，占年度目标100亿元的86%”里的数要对得上；没完成的不能写成“已超额完成”。

为什么：每季度更新实际数，完成率常常忘了重算。
依据：惯例。四舍五入、舍去尾数都算对；只看目标、实际、完成率三个数写在一句话里的。
错：完成投资86亿元，占年度目标100亿元的82%。
对：完成投资86亿元，占年度目标100亿元的86%。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.arithmetic import completion
from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import ADDITIVE, FIGURE, PLAIN, Figure, is_share
from zhibi.prose.sought import Sought

RULE = "完成率与数不符"
SUBJECT = "数的核算"

_AIMS = ("目标", "计划", "任务", "预算")
_AIM = rf"{PLAIN}{{0,6}}(?:目标|计划|任务|预算){PLAIN}{{0,6}}"
_OF_TARGET = Sought(
    rf"(?P<done>{FIGURE}){PLAIN}{{0,8}}，?(?:占|完成|达到?|为){_AIM}(?:的|（|为)?(?P<aim>{FIGURE})）?(?:{PLAIN}{{0,4}}的)(?P<rate>{FIGURE})",
    *_AIMS,
)
_THREE = Sought(
    rf"(?:目标|计划|任务)(?:数|值|是|为)*(?P<aim>{FIGURE})，{PLAIN}{{0,10}}(?:完成|实现|达到?|实际){PLAIN}{{0,6}}(?P<done>{FIGURE})[，（]完成率[为达是]?到?(?P<rate>{FIGURE})",
    *_AIMS[:3],
)
_OVER = Sought(
    rf"(?P<done>{FIGURE}){PLAIN}{{0,8}}，?已?超额完成了?{PLAIN}{{0,6}}(?P<aim>{FIGURE}){PLAIN}{{0,6}}(?:目标|任务|计划)",
    "超额完成",
)
_CHANGE = Sought(r"[增减升降]")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each completion rate that does not follow from the two figures beside it."""
    for passage, reading in paper.readings(2, *_AIMS):
        for pattern in (_OF_TARGET, _THREE, _OVER):
            for match in pattern.clued(reading.outline):
                named = {name: reading.figure(sign) for name, sign in match.groupdict().items()}
                if not _CHANGE.search(match[0]):
                    yield from _check(passage, named)


def _check(passage: Passage, named: dict[str, Figure]) -> Iterator[Problem]:
    done, aim, rate = named["done"], named["aim"], named.get("rate")
    if done.unit != aim.unit or done.unit not in ADDITIVE or any(one.loose for one in named.values()):
        return
    own, target = passage.text[done.start : done.end], passage.text[aim.start : aim.end]
    if rate is None:
        if done.high < aim.low:
            words = (f"{own}没有达到{target}，不能说“超额完成”", "请核对这两个数")
            yield passage.problem((done.start, aim.end), RULE, words, Level.ADVICE)
    elif rate.is_rate and not is_share(rate, done, aim):
        exact = completion(done.value, aim.value)
        right = rate.like(exact) if exact is not None else ""
        printed = passage.text[rate.start : rate.end]
        words = (
            f"{own}是{target}的{right}，这里写的是{printed}",
            f"请核对这三个数；数没有错的，请改成{right}",
        )
        yield passage.problem((rate.start, rate.end), RULE, words, Level.ADVICE)
