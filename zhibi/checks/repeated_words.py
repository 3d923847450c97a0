"""重复文字：四个字以上的一串字连着写了两遍，或者整句话前后写了两遍（一个词的重复，见“重复词语”）。

为什么：复制粘贴、合稿时最容易留下重复的句子和词。
依据：惯例。条文里同样的规定、表格里并列的任务可以有同样的话，不算；引文不算。
错：要进一步加强进一步加强科技项目管理。
对：要进一步加强科技项目管理。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Kind, Passage
from zhibi.prose.excerpt import cut
from zhibi.prose.sought import Sought

RULE = "重复文字"
SUBJECT = "用词"

_TWICE = Sought(r"([\u3400-\u9fff]{4,12})\1(?!\1)")
_CLAUSES = Sought(r"(?:(?<=[，。；：])|^)([^，。；：]{6,}[，；])\1")
_LEAST_SENTENCE = 20
_LEAST_CELL = 60
"""Shorter ones are formulas, or tasks that are alike."""
_BLANKS = Sought(r"\s+")
_ARTICLE = Sought(r"第[一二三四五六七八九十百]+条")
"""Rules say the same of several cases: their sentences may come again."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for words written twice at one place, and for sentences and paragraphs that come again."""
    seen: dict[tuple[int, str], str] = {}
    cells: dict[tuple[int, str, str], int] = {}
    rules = {one.part for one in paper.passages if _ARTICLE.match(one.number or one.text)}
    for passage in paper.passages:
        if passage.kind in (Kind.BODY, Kind.HEADING, Kind.CELL, Kind.TITLE):
            yield from _twice(passage)
        if passage.role is Role.BODY and passage.part not in rules:
            yield from _sentences(passage, seen)
        elif passage.kind is Kind.CELL:
            yield from _cell(passage, cells)


def _twice(passage: Passage) -> Iterator[Problem]:
    for pattern in (_TWICE, _CLAUSES):
        for match in pattern.finditer(passage.text):
            if not passage.is_quoted(match.start()):
                words = (f"“{cut(match[1].rstrip('，；'), 20)}”连着写了两遍", "请删去一遍")
                yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _sentences(passage: Passage, seen: dict[tuple[int, str], str]) -> Iterator[Problem]:
    for start, end in passage.sentences:
        words = _BLANKS.sub("", passage.text[start:end])
        if len(words) < _LEAST_SENTENCE or words[-1] not in "。！？" or passage.is_quoted(start):
            continue
        key = (passage.part, words[:-1])
        if key in seen:
            said = (f"这句话前面已经写过（{seen[key]}）", "请删去一处，或改写")
            yield passage.problem((start, end), RULE, said, Level.ADVICE)
        else:
            seen[key] = f"第 {passage.place(start).line} 行"


def _cell(passage: Passage, cells: dict[tuple[int, str, str], int]) -> Iterator[Problem]:
    """Long text of a cell that stands in the same column once more: only a person can tell."""
    column = passage.column.name if passage.column else ""
    words = _BLANKS.sub("", passage.text)
    key = (passage.table, column, words)
    if len(words) >= _LEAST_CELL and passage.row >= 0:
        if key in cells and cells[key] != passage.row:
            said = (f"“{column}”这一栏里有一格一字不差", "请核对是不是复制后没有改")
            yield passage.problem((0, len(passage.text)), RULE, said, Level.QUERY)
        cells.setdefault(key, passage.row)
