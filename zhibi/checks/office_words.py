"""校对词表：本单位词表（data/校对.yaml）里列出的错误写法，和词表自己写错的地方。

为什么：本单位、本地的名称只有本单位知道怎样写才对；写进词表，以后每篇公文都照着查。
依据：本单位的词表；怎样写见 docs/howto/校对词表.md。书名号里的原文不查。没有词表就不查。
错：词表里写着“云川科创走廊: [云川科技走廊]”，正文写“建设云川科技走廊”。
对：建设云川科创走廊。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.lexicon import lexicon_for

RULE = "校对词表"
SUBJECT = "用词"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield the problems of the office's list itself, and one for each wrong form that it names."""
    lexicon = lexicon_for(paper.source.folders)
    for problem in lexicon.problems:
        yield replace(problem, rule=RULE)
    if lexicon.wrong_names is None:
        return
    for passage in paper.passages:
        for match in lexicon.wrong_names.finditer(passage.text):
            start, end = match.span()
            if not lexicon.keeps(passage.text, start, end) and not passage.is_titled(start):
                right = lexicon.names[match.group()]
                words = (f"“{match.group()}”是本单位词表里的错误写法", f"请改成“{right}”")
                yield passage.problem((start, end), RULE, words, Level.ERROR, mended=right)
