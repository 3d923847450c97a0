"""空表：套用计划的表至少有一行。

为什么：单位名称少写一个字，就会印出只有表头的空表。
依据：惯例。
错：单位: 科技局（计划里写的是“区科技局”）
对：单位: 区科技局
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from zhibi import plain
from zhibi.checks import Paper
from zhibi.errors import Problem
from zhibi.nodes import RowKind, Table, TableLook

RULE = "空表"
SUBJECT = "计划和进展"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error when the paper's unit has no task and its table therefore no row."""
    unit = paper.source.data.get("单位")
    tasks = paper.source.context.get("任务") or ()
    tables = [
        block for section in paper.flow.sections for block in section.blocks if isinstance(block, Table)
    ]
    ruled = [table for table in tables if table.look is TableLook.RULED]
    if isinstance(unit, plain.Scalar) and tasks and ruled and not any(_has_body(table) for table in ruled):
        yield _problem(unit, sorted({str(one) for task in tasks for one in task["责任单位"]}))


def _has_body(table: Table) -> bool:
    return any(row.kind is RowKind.BODY for row in table.rows)


def _problem(unit: plain.Scalar, units: list[str]) -> Problem:
    close = difflib.get_close_matches(unit, units, n=1, cutoff=0.4)
    hint = f"您是不是想写“{close[0]}”？" if close else "计划里的责任单位有：" + "、".join(units)
    return Problem(unit.at, RULE, f"计划里没有“{unit}”负责的任务，表是空的", hint, text=unit)
