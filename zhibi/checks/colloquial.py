"""口语词：公文里不大用的口头说法。

为什么：公文的语言要庄重、准确，“搞定”“咱们”这样的话放在讲话稿里可以，放在文件里不合适。
依据：惯例。只是询问；引号里的（讲话、俗语）不查。
错：这项工作十月底以前必须搞定。
对：这项工作十月底以前必须完成。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.lexicon import any_of, lexicon_for, own_list
from zhibi.prose.words import is_word

RULE = "口语词"
SUBJECT = "用词"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for each word of the list that stands as a word of its own."""
    lexicon = lexicon_for(paper.source.folders)
    better = own_list("口语词")["词"]
    for passage in paper.passages:
        for match in _words().finditer(passage.text):
            start, end = match.span()
            if passage.is_quoted(start) or lexicon.keeps(passage.text, start, end):
                continue
            if is_word(passage.text, start, end):
                word = match.group()
                words = (f"“{word}”是口头的说法", f"公文里常写作：{better[word]}")
                yield passage.problem((start, end), RULE, words, Level.QUERY)


@cache
def _words() -> re.Pattern[str]:
    found = any_of(own_list("口语词")["词"])
    assert found is not None, "the list is not empty"
    return found
