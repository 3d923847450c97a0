"""相对年份：标题写明年度的公文，正文里不写“去年”“明年”，写明哪一年。

为什么：“2021年工作总结”里的“去年”，写的时候指2020年，印的时候可能指2021年，读的人说不准。
依据：惯例。“去年同期”“比去年”不算。
错：标题: 云川区科技创新2025年工作总结
  正文: [积极推进研发机构建设，去年新增省级重点实验室2家。]
对：标题: 云川区科技创新2025年工作总结
  正文: [积极推进研发机构建设，2025年新增省级重点实验室2家。]
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Kind

RULE = "相对年份"

_YEAR = re.compile(r"(?:19|20)\d\d年")
_RELATIVE = re.compile(
    r"(?<![比较与和跟同于按照])(?:去年|(?<![日月底天周年之目以旬])前年(?!满)|明年)(?!同期|以来|度同期|底以来|末以来|同比|同月|同季)"
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for 去年, 前年 and 明年 in the text of a paper whose title names a year."""
    dated: set[int] = set()
    for passage in paper.passages:
        if passage.role in (Role.TITLE, Role.ATTACHMENT_TITLE) and _YEAR.search(passage.text):
            dated.add(passage.part)
        elif passage.part in dated and passage.kind in (Kind.BODY, Kind.CELL):
            for match in _RELATIVE.finditer(passage.text):
                if not passage.is_quoted(match.start()):
                    words = (f"“{match.group()}”指哪一年要看什么时候读", "请写明年份，如“2025年”")
                    yield passage.problem(match.span(), RULE, words, Level.QUERY)
