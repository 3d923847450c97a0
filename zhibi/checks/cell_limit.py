"""限字：表格一格的字数不超过这一栏声明的数（栏里写的“限字”，或表头写的“不超过300字”）。

为什么：来文常在表头写明“不超过300字”，超了会被退回。字数连标点一起算，空白不算。
依据：表头自己的要求（惯例）。
错：限字 300 的栏里写了 305 字。
对：删到 300 字以内。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Location, Problem
from zhibi.nodes import Cell, Paragraph, RowKind, Table, Text, plain_text
from zhibi.prose.limits import limit_of

RULE = "限字"
SUBJECT = "篇幅"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each cell that is longer than its column allows."""
    for section in paper.flow.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                yield from _check_table(block, paper.source.file)


def _check_table(table: Table, file: str) -> Iterator[Problem]:
    for row in table.rows:
        for cell in row.cells if row.kind is RowKind.BODY else ():
            column = table.columns[cell.column]
            limit = limit_of(column)
            length = count_characters(cell) if limit is not None else 0
            if limit is not None and length > limit:
                message = f"“{column.title}”这一格有 {length} 字，超过 {limit} 字"
                hint = f"请删去至少 {length - limit} 字"
                yield Problem(_place(cell, file), RULE, message, hint, Level.ADVICE)


def count_characters(cell: Cell) -> int:
    """Count what is printed in a cell, blanks left out."""
    texts = (plain_text(block.content) for block in cell.blocks if isinstance(block, Paragraph))
    return sum(not char.isspace() for text in texts for char in text)


def _place(cell: Cell, file: str) -> Location:
    inlines = [inline for block in cell.blocks if isinstance(block, Paragraph) for inline in block.content]
    return next((inline.at for inline in inlines if isinstance(inline, Text) and inline.at), Location(file))
