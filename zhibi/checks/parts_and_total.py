"""分项与总数不符：一句话里列全了的各项，加起来要等于总数。

为什么：改了总数忘了改分项，或改了分项忘了改总数，是数字差错里最常见的一种。
依据：惯例。只有写明“分别为”“分为”“合计”等、确是列全了的才提醒；“其中”后面差一点点的只作询问，取约数的不算。
错：全年立项132项，分为重点项目60项、一般项目52项、后补助项目18项。
对：全年立项132项，分为重点项目60项、一般项目52项、后补助项目20项。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import ADDITIVE, FIGURE, Figure, Reading, add_up, reading_of

RULE = "分项与总数不符"
SUBJECT = "数的核算"

NEAR = 20
"""A list behind 其中 that leaves out less than one part in so many was meant to be whole, or so it seems."""

_MOST, _FEW = 12, 8
_PLAIN = rf"[^{FIGURE[1:-1]}，。；：、（）]"
_ITEM = rf"{_PLAIN}{{0,20}}+{FIGURE}[^{FIGURE[1:-1]}，。；：、（）和及与]{{0,10}}+(?:（[^（）]{{0,60}}+）)?"
_LIST = rf"(?P<list>{_ITEM}(?:(?:[、，][和及与]?|[和及与]){_ITEM}){{1,{_MOST}}})"
_WHOLE = rf"(?P<whole>{FIGURE}){_PLAIN}{{0,12}}"
_ENTIRE = r"(?:，|（)?(?P<entire>分为|分别[为是]|由(?=[^。；]{2,200}组成))：?|：(?P<colon>)"
_FORWARD = re.compile(
    rf"{_WHOLE}(?:{_ENTIRE}|[，（、]?(?:其中|包括)[：，]?(?:{_PLAIN}{{0,20}}(?P<each>分别[为是]?))?){_LIST}(?=[。；，）]|$|组成|(?P<open>等))"
)
_BACKWARD = re.compile(rf"{_LIST}，?(?:合计|共计|总计){_PLAIN}{{0,8}}(?P<whole>{FIGURE})")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each list whose figures do not add up to the total that stands beside it."""
    for passage in paper.passages:
        reading = reading_of(passage)
        if len(reading.figures) > 2:
            for match in _FORWARD.finditer(reading.outline):
                if match["open"] is None:
                    yield from _forward(passage, reading, match)
            for match in _BACKWARD.finditer(reading.outline):
                yield from _backward(passage, reading, match)


def _forward(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    whole, parts = reading.figure(match["whole"]), _parts(reading, match)
    if not _comparable(whole, parts) or add_up(whole, parts):
        return
    if match["entire"] is not None:
        yield _problem(passage, whole, parts, Level.ADVICE)
        return
    added = sum(part.value for part in parts)
    above = added > whole.value and not _some_add_up(whole, parts)
    below = len(parts) > 2 and 0 < whole.value - added < whole.value / NEAR
    listed = match["colon"] is not None or (_of_one_kind(match["list"]) and (above or below))
    if listed:
        yield _problem(passage, whole, parts, Level.QUERY)


def _backward(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    whole, parts = reading.figure(match["whole"]), _parts(reading, match)
    tails = [parts[first:] for first in range(len(parts) - 1)]
    if _comparable(whole, parts) and not any(add_up(whole, tail) for tail in tails):
        yield _problem(passage, whole, parts, Level.QUERY)


def _parts(reading: Reading, match: re.Match[str]) -> list[Figure]:
    """Return the figures of a list without those in brackets."""
    words = re.sub(r"（[^（）]*）", "", match["list"])
    return [reading.figure(char) for char in re.findall(FIGURE, words)]


def _comparable(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether the parts can be added up to the whole; 奖项3个 may be the number of its parts."""
    return (
        whole.unit in ADDITIVE
        and whole.value != len(parts)
        and len(parts) > 1
        and all(one.unit == whole.unit for one in parts)
        and not any(one.loose for one in (whole, *parts))
    )


def _some_add_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether some of the parts make the whole: the others then belong to one of them."""
    few = parts[:_FEW]
    return any(add_up(whole, some) for size in range(2, len(few)) for some in combinations(few, size))


def _of_one_kind(words: str) -> bool:
    """Tell whether the names before the figures end alike (国家级、省级): then they leave nothing out twice."""
    bare = re.sub(r"（[^（）]*）", "", words)
    ends = {match.strip()[-1:] for match in re.findall(rf"({_PLAIN}*){FIGURE}", bare)}
    return len(ends) == 1 and "" not in ends


def _problem(passage: Passage, whole: Figure, parts: Sequence[Figure], level: Level) -> Problem:
    added = whole.like(sum((part.value for part in parts), start=parts[0].value * 0))
    total = passage.text[whole.start : whole.end]
    words = (f"各项加起来是{added}，总数写的是{total}", "请核对总数和各项，改正不对的一处")
    ends = sorted((whole.start, whole.end, *(end for part in parts for end in (part.start, part.end))))
    return passage.problem((ends[0], ends[-1]), RULE, words, level)
