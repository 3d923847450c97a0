"""列项末尾标点：并列的几项之间用分号，最后一项用句号；有一项里面用了句号，就都用句号。

为什么：增删一项以后，最后一项还留着分号，或者中间冒出句号，层次就乱了。
依据：GB/T 15834—2011 附录 A.5（分项列举的各项里已有句号的，各项末尾不再用分号）；各项一致是惯例。
错：一是建平台。目前已有3家；二是育企业。
对：一是建平台，目前已有3家；二是育企业。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Kind
from zhibi.prose.lists import Item, item_lists, series_of
from zhibi.prose.sought import Sought

RULE = "列项末尾标点"
SUBJECT = "标点"

_MARKS = "。；，"
_INNER = Sought(r"[（“《][^（）“”《》]*[）”》]")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each list whose items do not end as their own stops ask for."""
    for items in item_lists(paper.passages):
        yield from _list(items)
    for passage in paper.passages:
        if passage.kind in (Kind.BODY, Kind.CELL):
            yield from _series(series_of(passage))


def _series(items: list[Item]) -> Iterator[Problem]:
    yield from _inner_stops(items)
    ends = Counter(_end(item) for item in items[:-1])
    if len(items) > 2 and set(ends) == {"；", "。"} and 1 in ends.values() and not _has_inner_stops(items):
        mark = min(ends, key=lambda one: ends[one])
        odd = next(item for item in items[:-1] if _end(item) == mark)
        other = "。" if mark == "；" else "；"
        words = (f"这几项之间有的用“；”，有的用“。”，这一项用了“{mark}”", f"请统一，这里改成“{other}”")
        yield odd.passage.problem((odd.end - 1, odd.end), RULE, words, Level.ADVICE)


def _list(items: list[Item]) -> Iterator[Problem]:
    *first, last = items
    ends = Counter(_end(item) for item in first)
    if _end(last) in ("；", "，") and (first or last.passage.kind is Kind.CELL):
        words = (f"最后一项末尾用了“{_end(last)}”", "请改成“。”；后面还有内容的请补上")
        yield last.passage.problem((last.end - 1, last.end), RULE, words, Level.ADVICE)
    elif set(ends) == {"；"} and not _end(last) and last.passage.role is Role.ITEM and not _goes_on(last):
        words = ("前几项都用“；”，最后一项末尾没有标点", f"请写成“{last.text[-1]}。”")
        yield last.passage.problem((last.end - 1, last.end), RULE, words, Level.ADVICE)
    yield from _odd(first, last, ends)
    yield from _inner_stops(items)


def _odd(first: list[Item], last: Item, ends: Counter[str]) -> Iterator[Problem]:
    """Of three and more items one that ends otherwise than all the others before the last."""
    kinds = {mark: count for mark, count in ends.items() if mark in ("；", "。", "")}
    if len(kinds) != 2 or len(first) < 2 or set(ends) != set(kinds) or _has_inner_stops([*first, last]):
        return
    if "。" in kinds and "" not in kinds and _end(last) == "。" and kinds["。"] >= kinds["；"]:
        mark = "；"
    else:
        mark = min(kinds, key=lambda one: (kinds[one], one != ""))
    odd = [item for item in first if _end(item) == mark]
    if len(odd) > max(1, len(first) // 3) or any(_goes_on(item) for item in odd):
        return
    other = next(one for one in kinds if one != mark)
    for item in odd:
        what = f"用了“{mark}”" if mark else "没有标点"
        mend = f"请改成“{other}”" if mark and other else f"请加上“{other}”" if other else f"请删去“{mark}”"
        words = (f"这一项末尾{what}，与同列的其他项不一致", mend)
        yield item.passage.problem((item.end - 1, item.end), RULE, words, Level.ADVICE)


def _inner_stops(items: list[Item]) -> Iterator[Problem]:
    """Items that hold a full stop of their own and are yet parted by semicolons."""
    odd = [item for item in items[:-1] if _end(item) == "；" and _stops_within(item)]
    for item in odd[:1]:
        words = (
            "这一项里面已有句号，末尾又用分号，层次颠倒",
            "请把各项末尾都改成“。”，或把里面的“。”改成“，”",
        )
        yield item.passage.problem((item.end - 1, item.end), RULE, words, Level.ADVICE)


def _has_inner_stops(items: list[Item]) -> bool:
    return any(_stops_within(item) for item in items)


def _stops_within(item: Item) -> bool:
    return "。" in _INNER.sub("", item.text[:-1])


def _end(item: Item) -> str:
    return item.text[-1:] if item.text[-1:] in _MARKS else ""


def _goes_on(item: Item) -> bool:
    """Tell whether an item ends in another mark, which says what it is: ： before what belongs to it, ？, ……, ）."""
    return item.text[-1:] in "：？！…）”"
