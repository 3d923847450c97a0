"""合计不符：表里的小计、合计要等于各行之和。

为什么：手工改了一行，合计往往忘了改；请让程序求和（表里写“合计”，栏里写“求和: 是”）。
依据：惯例。比率、名次、指数、平均数等不能相加的栏不看，有“其中”行的表不看；小数和金额容许四舍五入的零头。
错：表里两行是12家、8家，合计写21家。
对：表里两行是12家、8家，合计写20家。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import Figure
from zhibi.prose.grids import Cell, Grid, RowRole
from zhibi.prose.sought import Sought

RULE = "合计不符"
SUBJECT = "数的核算"

_NOT_ADDED = Sought(
    r"率|比重|占比|比例|增幅|增速|同比|环比|%|％|均|排名|名次|位次|序号|强度|指数|得分|分值|权重|年份|时间|电话|编号|代码"
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each total that is not the sum of its column."""
    for grid in paper.grids:
        roles = {line.role for line in grid.lines.values()}
        if RowRole.PART in roles or not roles & {RowRole.TOTAL, RowRole.SUBTOTAL}:
            continue
        judged = [
            one
            for name in grid.numeric()
            if not _NOT_ADDED.search(grid.title(name))
            for one in _column(grid, name)
        ]
        wrong = [(cell, added) for cell, added in judged if added is not None]
        level = Level.ADVICE if len(wrong) * 2 <= len(judged) or len(judged) == 1 else Level.QUERY
        for cell, added in wrong:
            yield _problem(cell, added, level, ours=not paper.foreign)


def _column(grid: Grid, name: str) -> Iterator[tuple[Cell, Fraction | None]]:
    """Yield each total of a column with what it should be, None for what is right."""
    body: list[Figure] = []
    part: list[Figure] = []
    subtotals: list[Figure] = []
    head: Cell | None = None
    for line, figure in grid.figures(name):
        if figure is None or figure.unit == "%":
            continue
        cell, role = line.cells[name], line.role
        if role is RowRole.BODY:
            body.append(figure)
            part.append(figure)
        elif role is RowRole.SUBTOTAL:
            yield from _judged(cell, figure, [part])
            subtotals.append(figure)
            part = []
        elif not body and head is None:
            head = cell
        elif not line.computed:
            yield from _judged(cell, figure, [body, [*subtotals, *part]])
    if head is not None and head.figure is not None:
        yield from _judged(head, head.figure, [body, [*subtotals, *part]])


def _judged(
    cell: Cell, total: Figure, sums: Sequence[Sequence[Figure]]
) -> Iterator[tuple[Cell, Fraction | None]]:
    ways = [figures for figures in sums if len(figures) > 1]
    if ways:
        right = any(_adds_up(total, figures) for figures in ways)
        yield cell, None if right else sum((one.value for one in ways[0]), start=Fraction(0))


def _adds_up(total: Figure, figures: Sequence[Figure]) -> bool:
    """Tell whether a sum is right: counts exactly, other figures within what rounding leaves."""
    spare = Fraction(0) if total.exact else max(one.step for one in figures) * len(figures) / 2
    return abs(sum(one.value for one in figures) - total.value) <= spare + (
        0 if total.exact else total.step / 2
    )


def _problem(cell: Cell, added: Fraction, level: Level, *, ours: bool) -> Problem:
    passage, total = cell.passage, cell.figure
    assert total is not None
    words = (
        f"这里写的是{passage.text.strip()}，这一栏各行加起来是{total.like(added)}",
        "请核对各行和合计" + ("；让程序求和就不会错" if ours else ""),
    )
    return passage.problem((0, len(passage.text)), RULE, words, level)
