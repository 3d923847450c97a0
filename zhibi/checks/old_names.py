"""旧提法：已经改了的提法和机构名称，问一声是不是还要这样写。

为什么：从往年的材料里抄来的段落，常带着机构改革以前的名称和过去的提法。
依据：惯例。每条的出处写在词表里。讲历史、引旧文件时原来的写法是对的，所以只是询问，每种问一次；书名号里的不查。
错：会同市国土资源局做好项目用地保障。
对：会同市自然资源局做好项目用地保障。
错：为决胜全面小康社会提供科技支撑。
对：为全面建设社会主义现代化国家提供科技支撑。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.lexicon import lexicon_for, own_list
from zhibi.prose.sought import Sought

RULE = "旧提法"
SUBJECT = "用词"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for the first place of each old name."""
    lexicon = lexicon_for(paper.source.folders)
    for pattern, now, why in _rows():
        for passage in paper.holding(*pattern.clues):
            match = pattern.search(passage.text)
            if match is None or passage.is_quoted(match.start()):
                continue
            if not lexicon.keeps(passage.text, *match.span()):
                words = (f"“{match.group()}”是旧的写法：{why}", f"现在的写法：{now}；讲以前的事可以不改")
                yield passage.problem(match.span(), RULE, words, Level.QUERY)
                break


@cache
def _rows() -> tuple[tuple[Sought, str, str], ...]:
    return tuple(
        (Sought(raw["式"], *raw["有"]), raw["改"], f"{raw['由']}（{raw['源']}）")
        for raw in own_list("固定表述")["旧提法"]
    )
