"""增减数与数不符：“由312家增加到431家，净增119家”，增减的数要等于前后两个数的差。

为什么：改了前后两个数中的一个，增减数常常忘了跟着改。
依据：惯例。四舍五入、舍去尾数都算对；约数、年均增减不算。
错：规模以上工业企业由312家增加到431家，净增109家。
对：规模以上工业企业由312家增加到431家，净增119家。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.changes import changes
from zhibi.prose.figures import Figure, is_difference

RULE = "增减数与数不符"
SUBJECT = "数的核算"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each difference that is not that of the two figures beside it."""
    for passage, reading in paper.readings(2):
        for change in changes(reading):
            before, by = change.before, change.by
            if before and by and not is_difference(by, change.now, before):
                yield _problem(passage, change.now, before, by)


def _problem(passage: Passage, now: Figure, before: Figure, by: Figure) -> Problem:
    own, first, last = (passage.text[one.start : one.end] for one in (by, before, now))
    right = by.like(abs(now.value - before.value))
    words = (
        f"{first}和{last}相差{right}，这里写的是{own}",
        f"请核对这三个数；前后两个数没有错的，请改成{right}",
    )
    return passage.problem((by.start, by.end), RULE, words, Level.ADVICE)
