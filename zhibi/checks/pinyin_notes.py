"""夹注拼音：文字后面不夹括号注的拼音。

为什么：从网页抄来的繁体字、异体字后面常带着拼音，是网站加的，不是原文。只给一两个生僻字注音的不算。
依据：惯例。
错：科技工作呈現(xiàn)良好局面，人才集聚效應(yīng)得到彰顯，項目體(tǐ)系不斷完善。
对：科技工作呈现良好局面，人才集聚效应得到彰显，项目体系不断完善。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "夹注拼音"
SUBJECT = "文字"

_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
_NOTE = Sought(rf"(?<=[\u3400-\u9fff])[(（](?=[a-z]*[{_TONE}])[a-z{_TONE}]{{1,7}}[)）]", *_TONE)
_LEAST = 3
"""Fewer in a paper are the readings of rare characters."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield one problem at the first reading of a paper that is full of them."""
    found = list(paper.matches(_NOTE))
    if len(found) >= _LEAST:
        passage, first = found[0]
        shown = passage.text[max(0, first.start() - 3) : first.start()]
        words = (
            f"文字里夹着拼音“{first.group()}”，全文共 {len(found)} 处",
            f"请都删去，这里写成“{shown}”，并核对拼音前面的字",
        )
        yield passage.problem(first.span(), RULE, words, Level.ADVICE)
