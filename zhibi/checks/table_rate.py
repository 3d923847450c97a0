"""表中比率不符：表里的占比、完成率、增幅，要和同一行的数对得上。

为什么：更新了实际数，比率常常忘了重算。
依据：惯例。同一栏里多数行都照某两栏算得出、只有个别行算不出，才提醒；为凑成 100% 多一点少一点的占比不算错。
错：三行里两行的完成率等于实际除以目标，第三行不等于。
对：每一行的完成率都等于实际除以目标。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from zhibi.arithmetic import completion, growth
from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import Figure, is_growth, is_share
from zhibi.prose.grids import Cell, Grid, RowRole
from zhibi.prose.sought import Sought

RULE = "表中比率不符"
SUBJECT = "数的核算"

_SHARE = Sought(r"占比|比重|占总")
_COMPLETION = Sought(r"完成率|完成比例|占年?度?(?:计划|目标)")
_GROWTH = Sought(r"增幅|增速|增长率|同比|增长[（(]?[%％]")
_AIM = Sought(r"目标|计划|任务")
_BEFORE = Sought(r"上年|去年|同期")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way a column of rates may have been worked out: the rate, the two figures, for each row."""

    rows: tuple[tuple[Cell, Figure, Figure, Figure], ...]
    agrees: Callable[[Figure, Figure, Figure], bool]
    work: Callable[[Fraction, Fraction], Fraction | None]
    said: str

    @property
    def wrong(self) -> list[tuple[Cell, Figure, Figure, Figure]]:
        return [row for row in self.rows if not self.agrees(*row[1:])]


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each rate that does not follow although those of most other rows do."""
    for grid in paper.grids:
        names = list(grid.numeric())
        for name in names:
            title = grid.title(name)
            ways = [way for other in names if other != name for way in _ways(grid, name, title, other, names)]
            best = max(ways, key=lambda way: len(way.rows) - len(way.wrong), default=None)
            if best and len(best.rows) - len(best.wrong) >= max(2, 2 * len(best.wrong)):
                yield from (_problem(row, best) for row in best.wrong)


def _ways(grid: Grid, name: str, title: str, other: str, names: list[str]) -> Iterator[_Way]:
    """Yield the ways in which the rates of column `name` may follow from column `other`."""
    if _SHARE.search(title):
        totals = [
            line.cells[other].figure
            for line in grid.lines.values()
            if line.role is RowRole.TOTAL and other in line.cells
        ]
        if totals and totals[0] is not None:
            whole = totals[0]
            rows = [(cell, rate, now, whole) for cell, rate, now in _rows(grid, name, other)]
            yield _Way(tuple(rows), _is_share_made_whole, completion, "这一行的数除以合计")
    elif _COMPLETION.search(title) and _AIM.search(grid.title(other)):
        yield from (
            _pair(grid, (name, done, other), is_share, completion)
            for done in names
            if done not in {name, other}
        )
    elif _GROWTH.search(title) and _BEFORE.search(grid.title(other)):
        yield from (
            _pair(grid, (name, now, other), is_growth, growth) for now in names if now not in {name, other}
        )


def _pair(
    grid: Grid,
    names: tuple[str, str, str],
    agrees: Callable[[Figure, Figure, Figure], bool],
    work: Callable[[Fraction, Fraction], Fraction | None],
) -> _Way:
    rate, now, base = names
    rows = []
    for cell, figure, first in _rows(grid, rate, now):
        second = next(one for line, one in grid.figures(base) if line.cells.get(rate) is cell)
        if second is not None and second.unit == first.unit:
            rows.append((cell, figure, first, second))
    return _Way(tuple(rows), agrees, work, f"照“{grid.title(now)}”和“{grid.title(base)}”两栏")


def _rows(grid: Grid, rate: str, other: str) -> Iterator[tuple[Cell, Figure, Figure]]:
    for line in grid.lines.values():
        if rate in line.cells and other in line.cells and not line.computed:
            first, second = line.cells[rate].figure, line.cells[other].figure
            if first is not None and second is not None:
                yield line.cells[rate], first, second


def _is_share_made_whole(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Tell whether a share is right, one last place more or less allowed: shares are made to add up to 100."""
    if whole.value <= 0:
        return True
    low, high = part.low / whole.high * 100, part.high / whole.low * 100 if whole.low > 0 else rate.high
    return low <= rate.high + rate.step and rate.low - rate.step <= high


def _problem(row: tuple[Cell, Figure, Figure, Figure], way: _Way) -> Problem:
    cell, rate, first, second = row
    exact = way.work(first.value, second.value)
    right = rate.like(exact) if exact is not None else "空白"
    words = (
        f"{way.said}算是{right}，这里写的是{cell.passage.text.strip()}",
        f"请核对这几个数；数没有错的，请改成{right}",
    )
    return cell.passage.problem((0, len(cell.passage.text)), RULE, words, Level.ADVICE)
