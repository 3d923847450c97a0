"""标题末尾标点：同一级标题，末尾的标点要一致。

为什么：九个标题里有一个多了句号，多半是从接排的写法改来的。单独成行的标题末尾不用句号，后面接排文字的用句号隔开。
依据：惯例。
错：正文: [{标题: 加强组织领导}, {标题: 压实工作责任。}, {标题: 严格考核问效}]
对：正文: [{标题: 加强组织领导}, {标题: 压实工作责任}, {标题: 严格考核问效}]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.headings import Titled, headings_of

RULE = "标题末尾标点"
SUBJECT = "标点"

_STOPS = "。，、；：."
_FEW = 3
"""Up to one in so many is a slip."""
_ENDS = (*_STOPS, "？", "！", "…", "—")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each heading that ends otherwise than the others of its level."""
    levels: dict[tuple[int, int], list[Titled]] = defaultdict(list)
    for heading in headings_of(paper.flow, paper.passages):
        levels[heading.passage.part, heading.passage.level].append(heading)
    for headings in levels.values():
        alone = [one.passage for one in headings if not one.run_in]
        yield from _alone(alone)
        yield from _run_in([one.passage for one in headings if one.run_in])


def _alone(passages: list[Passage]) -> Iterator[Problem]:
    """Headings with a line of their own: a few with a mark are slips, many a want of agreement, all a manner."""
    marked = [one for one in passages if _end(one) in _STOPS]
    others = len(passages) - len(marked)
    few = len(marked) * _FEW <= len(passages)
    for passage in (marked if few else marked[:1]) if others else ():
        mark = _end(passage)
        if few:
            words = (
                f"标题末尾有“{mark}”，同级的其他 {others} 个标题没有",
                f"请删去“{mark}”，写成“{_short(passage)}”",
            )
            yield passage.problem(_last(passage), RULE, words, Level.ADVICE, mended="")
        else:
            words = (
                f"同级标题有 {len(marked)} 个末尾有“{mark}”、{others} 个没有",
                "请统一，单独成行的标题末尾不用句号",
            )
            yield passage.problem(_last(passage), RULE, words, Level.QUERY)


def _run_in(passages: list[Passage]) -> Iterator[Problem]:
    """Headings with text behind them: without a mark both run together."""
    bare = [one for one in passages if not one.text.rstrip().endswith(_ENDS)]
    for passage in bare if len(bare) < len(passages) else ():
        last = _end(passage)
        words = ("标题后面接排文字，中间没有标点，同级的其他标题有", f"请在“{last}”后面加“。”")
        yield passage.problem(_last(passage), RULE, words, Level.ADVICE, mended=f"{last}。")


def _end(passage: Passage) -> str:
    return passage.text.rstrip()[-1:]


def _last(passage: Passage) -> tuple[int, int]:
    end = len(passage.text.rstrip())
    return end - 1, end


def _short(passage: Passage) -> str:
    words = passage.text.rstrip()[:-1]
    return words if len(words) <= 20 else f"…{words[-20:]}"
