"""易混词：写了别字，或者用了读音、字形相近的另一个词。

为什么：别字读起来顺口，自己很难看出来，印出来却很显眼。处处都错的报错误，要看前后文的报提醒，只能由人判断的报询问。
依据：惯例；各个词的出处写在词表里（《现代汉语词典》、GF 1001—2001《第一批异形词整理表》）。书名号、引号里的原文不查。
错：科技创新工作呈现全所未有的良好局面。
对：科技创新工作呈现前所未有的良好局面。
错：截止2026年9月底，已完成投资3.2亿元。
对：截至2026年9月底，已完成投资3.2亿元。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.lexicon import Confusion, Lexicon, lexicon_for
from zhibi.prose.scripts import is_traditional
from zhibi.prose.words import stands_alone

RULE = "易混词"
SUBJECT = "用词"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each wrong form; one that only a person can judge is told once a paper."""
    lexicon = lexicon_for(paper.source.folders)
    asked: Counter[str] = Counter()
    if lexicon.wrong_forms is None:
        return
    only_everywhere = is_traditional(paper.source.data)
    for passage in paper.passages:
        for match in lexicon.wrong_forms.finditer(passage.text):
            one = _meant(lexicon, passage, match)
            if one is None or (only_everywhere and not one.everywhere):
                continue
            asked[one.wrong] += one.level is Level.QUERY
            if asked[one.wrong] < 2:
                yield _problem(passage, match, one)


def _meant(lexicon: Lexicon, passage: Passage, match: re.Match[str]) -> Confusion | None:
    """Return the row of the list that holds here."""
    text, start, end = passage.text, match.start(), match.end()
    if passage.is_quoted(start) or lexicon.keeps(text, start, end):
        return None
    for one in lexicon.confusions[match.group()]:
        if one.holds(text, start, end) and stands_alone(text, start, end):
            return one
    return None


def _problem(passage: Passage, match: re.Match[str], one: Confusion) -> Problem:
    mended = one.right if one.level is Level.ERROR else None
    what = {Level.ERROR: "是别字", Level.ADVICE: "可能用错了", Level.QUERY: "请核对"}[one.level]
    hint = f"请改成“{one.right}”" if one.level is Level.ERROR else f"如果用错了，请改成“{one.right}”"
    words = (f"“{one.wrong}”{what}：{one.why}", hint)
    return passage.problem(match.span(), RULE, words, one.level, mended=mended)
