"""目录与标题：自己写的目录（提纲），每一条都和正文的标题一样，不多也不少。

为什么：正文改了标题，目录没有跟着改。让程序生成（目录: 是）就不会不一样。
依据：惯例。
错：目录: {项: [{标题: 主要成效}, {标题: 下一步工作}]}
  正文: [{标题: 主要成绩, 内容: [各项工作稳步推进。]}, {标题: 下一步工作, 内容: [抓好落实。]}]
对：目录: {项: [{标题: 主要成效}, {标题: 下一步工作}]}
  正文: [{标题: 主要成效, 内容: [各项工作稳步推进。]}, {标题: 下一步工作, 内容: [抓好落实。]}]
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import OUTLINE_ROLES
from zhibi.prose import Kind, Passage
from zhibi.prose.excerpt import cut
from zhibi.prose.sought import Sought

RULE = "目录与标题"
SUBJECT = "前后一致"

_MARKS = Sought(r"[\s，。、；：“”‘’…]|\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]+\)")
_NEAR = 0.6
_SHOWN = 3
_MOST = 10_000
"""Pairs that are looked at for likeness; an outline of another paper has more."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for the entries and headings of an outline typed by hand that have no partner."""
    outline = paper.document.elements.outline
    if outline is None or outline.entries is None:
        return
    entries = [one for one in paper.passages if one.role in OUTLINE_ROLES]
    headings = [one for one in paper.passages if one.kind is Kind.HEADING and one.part > 0]
    said = {_bare(one.text): one for one in headings}
    words = _bare("".join(one.text for one in paper.passages if one.role not in OUTLINE_ROLES))
    listed = {_bare(one.text) for one in entries}
    others = [bare for bare in said if bare not in listed]
    if len(entries) * len(others) > _MOST:
        others = []
    missing: list[Passage] = []
    matched: set[str] = set()
    for entry in entries:
        own = _bare(entry.text)
        near = () if own in words else difflib.get_close_matches(own, others, n=1, cutoff=_NEAR)
        if own in words:
            matched.add(own)
        elif near:
            matched.add(near[0])
            message = (
                f"目录写的是“{entry.text}”，正文的标题是“{said[near[0]].text}”",
                "请改成一样的" + ("" if paper.foreign else "，或写“目录: 是”由程序生成"),
            )
            yield entry.problem((0, len(entry.text)), RULE, message, Level.ADVICE)
        else:
            missing.append(entry)
    hint = "请核对目录和正文" + ("" if paper.foreign else "；写“目录: 是”由程序生成就不会不一样")
    yield from _missing(missing, ("目录里有", "正文里没有"), hint)
    deepest = max((one.level for bare, one in said.items() if bare in matched), default=0)
    left = [one for bare, one in said.items() if bare not in matched and one.level <= deepest]
    yield from _missing(left, ("正文里有", "目录里没有"), hint)


def _bare(text: str) -> str:
    return _MARKS.sub("", text)


def _missing(passages: list[Passage], places: tuple[str, str], hint: str) -> Iterator[Problem]:
    """One problem for all: what lacks many is one fault."""
    if passages:
        names = "”“".join(cut(one.text.rstrip("。"), 20) for one in passages[:_SHOWN])
        more = f"等 {len(passages)} 条" if len(passages) > _SHOWN else ""
        words = (f"{places[0]}“{names}”{more}，{places[1]}", hint)
        yield passages[0].problem((0, len(passages[0].text)), RULE, words, Level.ADVICE)
