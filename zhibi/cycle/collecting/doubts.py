"""Figures that were taken -> what is asked about them: ten times the target, a tenth of the quarter before.

A unit that counts in metres where the plan has kilometres types a number like any other; its size tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhibi.arithmetic import read_figure
from zhibi.cycle.collecting.held_paper import HeldPaper
from zhibi.cycle.collecting.paper import Outcome
from zhibi.errors import Level, Problem
from zhibi.periods import Period

RULE = "数相差大"

_TIMES = 10


def doubts(paper: HeldPaper, period: Period, outcomes: Iterable[Outcome]) -> Iterator[Problem]:
    """Yield a query for each figure taken that is far from its target and from the quarter before."""
    for one in outcomes:
        if one.taken and one.cell.in_plan:
            raw, figure = paper.plan["指标"][one.cell.column], one.decision.text
            if why := _far(figure, str(raw.get("目标", "")), _before(raw.get("实际"), period)):
                unit = str(raw.get("单位", ""))
                message = f"{one.cell.shown}报的是 {figure}{unit}，{why}；已经收了"
                hint = "请与单位核对数和计量单位；确实是这么多的不必理会"
                yield Problem(one.cell.said[0].at, RULE, message, hint, Level.QUERY, text=figure)


def _before(typed: Any, period: Period) -> str:
    """Return the figure of the quarter before, the empty text without one."""
    return str(typed.get(str((period.quarter or 0) - 1), "")) if isinstance(typed, Mapping) else ""


def _far(figure: str, target: str, before: str) -> str:
    """Say from what a figure is far; the empty text when it is near enough."""
    now = read_figure(figure)
    if now is None:
        return ""
    known = {
        name: abs(value)
        for name, typed in (("上季", before), ("目标", target))
        if (value := read_figure(typed))
    }
    for name, value in known.items():
        if abs(now) > value * _TIMES:
            return f"比{name}（{before if name == '上季' else target}）大十倍以上"
    # Nothing yet is no slip where there is only a target.
    for name, value in list(known.items())[:1]:
        if abs(now) * _TIMES < value and (now or name == "上季"):
            return f"不到{name}（{before if name == '上季' else target}）的十分之一"
    return ""
