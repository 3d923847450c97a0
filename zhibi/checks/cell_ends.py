"""格末标点：同一栏里写成句子的格，末尾的标点要一致。

为什么：有的格以句号收尾、有的没有，是几个科室各写各的没有统一。
依据：惯例。
错：正文: [{表: {栏: [进展], 行: [{进展: 方案已经印发，正在组织实施。}, {进展: 名单已经公布，正在组织培训。}, {进展: 平台已经建成，正在组织验收。}, {进展: 资金已经拨付，正在跟踪绩效。}, {进展: 企业已经备案，正在组织申报}]}}]
对：正文: [{表: {栏: [进展], 行: [{进展: 方案已经印发，正在组织实施。}, {进展: 名单已经公布，正在组织培训。}]}}]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage

RULE = "格末标点"
SUBJECT = "标点"

_LEAST_CELLS = 4
_LEAST_WORDS = 12
"""Shorter ones are phrases, which need no mark."""
_FEW = 0.2
"""Up to this share of a column's cells is an exception; more is a want of agreement."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for the cells of a column that end otherwise than most of them."""
    columns: dict[tuple[int, str], dict[int, Passage]] = defaultdict(dict)
    for passage in paper.passages:
        if passage.kind is Kind.CELL and passage.column and not passage.total:
            # The last paragraph of a cell is the one that ends it.
            columns[passage.table, passage.column.name][passage.row] = passage
    for cells in columns.values():
        yield from _column([one for one in cells.values() if _is_sentence(one)])


def _column(cells: list[Passage]) -> Iterator[Problem]:
    bare = [one for one in cells if not one.text.rstrip().endswith(("。", "；", "！", "？", "…", "："))]
    stopped = [one for one in cells if one.text.rstrip().endswith("。")]
    if len(cells) < _LEAST_CELLS or not bare or not stopped:
        return
    fewer, what, mend = bare, "没有句号", "请加上“。”"
    if len(stopped) < len(bare):
        fewer, what, mend = stopped, "有句号", "请删去“。”"
    sure = len(fewer) <= _FEW * len(cells)
    for passage in fewer if sure else fewer[:1]:
        name = passage.column.title if passage.column else ""
        end = len(passage.text.rstrip())
        words = (
            f"“{name}”一栏有 {len(stopped)} 格以句号结尾、{len(bare)} 格没有，这一格{what}",
            f"{mend}，整栏写法一致" if sure else "请统一：整栏都加句号，或者都不加",
        )
        yield passage.problem((end - 1, end), RULE, words, Level.ADVICE if sure else Level.QUERY)


def _is_sentence(passage: Passage) -> bool:
    words = passage.text.rstrip()
    return len(words) >= _LEAST_WORDS and not words.endswith(("》", "”")) and not words[-1].isascii()
