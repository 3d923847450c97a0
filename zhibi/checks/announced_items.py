"""分条与数目不符：说“四个方面：”，下面就要有四条。

为什么：改稿时添了一条、删了一条，前面的数常常忘了改。
依据：惯例。只看一是二是、编了号的条目、下一级标题和冒号后面用分号隔开的几句；说“主要”“以下”而没有数的不算。
错：存在三个方面的问题：一是投入不够，二是平台偏少，三是人才紧缺，四是机制不活。
对：存在四个方面的问题：一是投入不够，二是平台偏少，三是人才紧缺，四是机制不活。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Kind, Passage
from zhibi.prose.lists import number_said, series_of
from zhibi.prose.serial_heads import read_serial
from zhibi.prose.sought import Sought

RULE = "分条与数目不符"
SUBJECT = "数的核算"

_UNIT = (
    r"(?:个(?:方面|环节|阶段|层面|维度|步骤|原则|问题|重点(?!项目|领域)|特点|短板|不足|着力点)|方面|[条项大](?:基本)?(?:原则|工作|任务|措施|举措|要求|意见|建议|问题)"
    r"|点(?:意见|建议|要求|体会|希望)|件(?:大事|实事|事)|步(?=走|进行|实施|：))"
)
_COUNT = Sought(
    rf"(?<![\d第前后上下其这那,，.．、一二三四五六七八九十每])(?P<number>[两二三四五六七八九十]|[2-9]|1\d)(?P<unit>{_UNIT})(?P<rest>[^，。；：！？]{{0,14}})(?P<end>[：，。]?)$"
)
_BELOW = Sought(rf"(?:以下|下列|如下)(?P<number>[两二三四五六七八九十]|[2-9])(?P<unit>{_UNIT})")
_IN_TEXT = Sought(
    rf"(?:^|(?<=[，。；]))(?P<head>[^，。；：！？\d]{{0,24}}(?<![第前后上下其这那一二三四五六七八九十每])(?P<number>[两二三四五六七八九十])(?P<unit>{_UNIT})[^，。；：！？]{{0,10}})：(?P<items>[^。！？：]+)[。！？]"
)
_AMOUNT = Sought(r"[^\d、]{2,20}[\d,.]+[^\d、]{1,6}")
_BREAK = Sought(r"[。；！？]")
_LATER = Sought(r"(?<=[。；，：])[一二三四五六七八九十]是")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each number of items that is not that of the items which follow."""
    passages = paper.passages
    for number, passage in enumerate(passages):
        if passage.kind is not Kind.BODY:
            continue
        yield from _in_series(passage)
        yield from _in_clauses(passage)
        after = passages[number + 1] if number + 1 < len(passages) else None
        if after is None or after.part != passage.part:
            continue
        if after.role is Role.ITEM and passage.role is not Role.ITEM:
            yield from _before_items(passage, passages, number + 1)
        elif after.kind is Kind.HEADING:
            yield from _before_headings(passage, passages, number + 1)


def _in_series(passage: Passage) -> Iterator[Problem]:
    items = series_of(passage)
    if not items or passage.number == "一是":
        return
    start = items[0].start
    begin = max((found.end() for found in _BREAK.finditer(passage.text, 0, start - 1)), default=0)
    match = _COUNT.search(passage.text, begin, start)
    if match and len(items) != number_said(match["number"]):
        sure = match["end"] == "："
        yield _problem(passage, match, len(items), Level.ADVICE if sure else Level.QUERY)


def _in_clauses(passage: Passage) -> Iterator[Problem]:
    """Yield a query for 四个方面：…；…；…。 with another number of clauses."""
    if "：" not in passage.text:
        return
    for match in _IN_TEXT.finditer(passage.text):
        items = _listed(match["items"])
        quoted = any(first < match.end() and match.start("items") < last for first, last in passage.quoted)
        split_quote = quoted and any(mark in _quotes(passage, match) for mark in "；、")
        if (
            len(items) > 1
            and len(items) != number_said(match["number"])
            and not split_quote
            and not _LATER.search(match[0])
        ):
            yield _problem(passage, match, len(items), Level.QUERY)


def _listed(words: str) -> list[str]:
    """Return what ； parts, or what 、 parts if every one of these ends in its own figure (道路抢通360万元、…)."""
    if "；" in words or "，" in words:
        return words.split("；")
    items = words.split("、")
    return items if all(_AMOUNT.fullmatch(item) for item in items) else []


def _quotes(passage: Passage, match: re.Match[str]) -> str:
    start, end = match.span("items")
    return "".join(
        passage.text[max(first, start) : min(last, end)] for first, last in passage.quoted if first < end
    )


def _before_items(passage: Passage, passages: Sequence[Passage], start: int) -> Iterator[Problem]:
    match = _last_count(passage)
    first = read_serial(passages[start].number.strip())
    if match is None or first is None or first.value != 1:
        return
    count = 1
    for other in passages[start + 1 :]:
        if other.kind is not Kind.BODY or other.part != passage.part:
            break
        serial = read_serial(other.number.strip())
        if serial and serial.style == first.style:
            if serial.value != count + 1:
                break
            count += 1
    if count > 1 and count != number_said(match["number"]):
        yield _problem(passage, match, count, Level.ADVICE if match["end"] == "：" else Level.QUERY)


def _before_headings(passage: Passage, passages: Sequence[Passage], start: int) -> Iterator[Problem]:
    """Yield a query for 以下四项工作 above another number of headings."""
    sentence = max((found.end() for found in _BREAK.finditer(passage.text.rstrip("。：！"))), default=0)
    match = _BELOW.search(passage.text, sentence) or _last_count(passage, "：")
    level = passages[start].level
    if match is None or level < 2:
        return
    count = 0
    for other in passages[start:]:
        if other.part != passage.part or (other.kind is Kind.HEADING and other.level < level):
            break
        count += other.kind is Kind.HEADING and other.level == level
    if count > 1 and count != number_said(match["number"]):
        yield _problem(passage, match, count, Level.QUERY)


def _last_count(passage: Passage, ends: str = "：。") -> re.Match[str] | None:
    """Return the number of items that the last clause of a passage gives, if it ends so."""
    text = passage.text.rstrip()
    match = _COUNT.search(text, max(len(text) - 40, 0))
    return (
        match
        if match and match["end"] and match["end"] in ends and not passage.is_quoted(match.start())
        else None
    )


def _problem(passage: Passage, match: re.Match[str], count: int, level: Level) -> Problem:
    start, end = match.start("number"), match.end("unit")
    said = passage.text[start:end]
    words = (f"这里说“{said}”，后面列出了{count}条", "请核对数目和条目，改正不对的一处")
    return passage.problem((start, end), RULE, words, level)
