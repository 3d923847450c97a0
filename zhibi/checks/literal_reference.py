"""未取数：正文里的 {{ 指标… }} 要写在 取数 里才会换成数。

为什么：普通文字照原样印，忘写“取数”就会把花括号印进公文。
依据：惯例。
错：- 技术交易额达到{{ 指标.技术交易额.实际 }}亿元。
对：- 取数: 技术交易额达到{{ 指标.技术交易额.实际 }}亿元。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi import plain
from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "未取数"
SUBJECT = "计划和进展"

_REFERENCE = Sought(r"\{\{\s*(?:指标|任务|统计|单位统计)\s*[.\[|].*?\}\}")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each literal text of the data that looks like a reference to a record."""
    yield from _walk(paper.source.data)


def _walk(value: object) -> Iterator[Problem]:
    if isinstance(value, plain.Mapping):
        for key, inner in value.items():
            if key != "取数":
                yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)
    elif isinstance(value, plain.Scalar) and (match := _REFERENCE.search(value)):
        hint = '要换成数请写成 {取数: "…"}；确实要印花括号可以不管'
        yield Problem(
            value.at, RULE, f"“{match.group()}”会照原样印出", hint, Level.ADVICE, match.group(), str(value)
        )
