"""易混词：写了别字，或者用了读音、字形相近的另一个词。

为什么：别字读起来顺口，自己很难看出来，印出来却很显眼。处处都错的报错误，要看前后文的报提醒，只能由人判断的报询问。
依据：惯例；程序自带的词按《现代汉语词典》、GF 1001—2001《第一批异形词整理表》，本单位自己的词按本单位的词表。书名号、引号里的原文不查。
错：科技创新工作呈现全所未有的良好局面。
对：科技创新工作呈现前所未有的良好局面。
错：截止2026年9月底，已完成投资3.2亿元。
对：截至2026年9月底，已完成投资3.2亿元。
"""

from __future__ import annotations

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

_SHORT = 2
"""Characters of a form that may be part of two other words, whoever has listed it."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each wrong form; one that only a person can judge is told once a paper."""
    lexicon = lexicon_for(paper.source.folders)
    asked: Counter[str] = Counter()
    only_everywhere = is_traditional(paper.source.data)
    for passage in paper.passages:
        for start, one in _wrong(lexicon, passage):
            if only_everywhere and not one.everywhere:
                continue
            asked[one.wrong] += one.level is Level.QUERY
            if asked[one.wrong] < 2:
                yield _problem(passage, start, one)


def _wrong(lexicon: Lexicon, passage: Passage) -> Iterator[tuple[int, Confusion]]:
    """Yield each place where a row of the list holds, and the row; no two overlap."""
    end = 0
    for at in lexicon.wrong_forms.places(passage.text):
        # A form that is right here must not hide one that begins inside it: 对|帐目 holds 对帐 and 帐目.
        one = _meant(lexicon, passage, at) if at >= end else None
        if one:
            yield at, one
            end = at + len(one.wrong)


def _meant(lexicon: Lexicon, passage: Passage, start: int) -> Confusion | None:
    """Return the row that holds at `start`, that of the longest form if there are several."""
    if passage.is_quoted(start):
        return None
    return next(
        (one for one in lexicon.rows_at(passage.text, start) if _holds(lexicon, passage, start, one)), None
    )


def _holds(lexicon: Lexicon, passage: Passage, start: int, one: Confusion) -> bool:
    text, end = passage.text, start + len(one.wrong)
    if lexicon.keeps(text, start, end) or not one.holds(text, start, end):
        return False
    # An office means its own long forms wherever they stand; ours may be cut across words by chance.
    return one.anywhere or (one.of_office and len(one.wrong) > _SHORT) or stands_alone(text, start, end)


def _problem(passage: Passage, start: int, one: Confusion) -> Problem:
    sure = one.level is Level.ERROR
    hint = f"请改成“{one.right}”" if sure else f"如果用错了，请改成“{one.right}”"
    span = (start, start + len(one.wrong))
    words = (_message(one), hint)
    return passage.problem(span, RULE, words, one.level, mended=one.right if sure else None)


def _message(one: Confusion) -> str:
    if one.of_office:
        return f"“{one.wrong}”按本单位的词表写作“{one.right}”" + (f"：{one.why}" if one.why else "")
    what = {Level.ERROR: "是别字", Level.ADVICE: "可能用错了", Level.QUERY: "请核对"}[one.level]
    return f"“{one.wrong}”{what}：{one.why}"
