"""空表：套用计划的表至少有一行。

为什么：单位名称少写一个字，就会印出只有表头的空表。
依据：惯例。
错：单位: 科技局（计划里写的是“区科技局”）
对：单位: 区科技局
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

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
        yield without_tasks(unit, tasks)


def _has_body(table: Table) -> bool:
    return any(row.kind is RowKind.BODY for row in table.rows)


def without_tasks(unit: plain.Scalar, tasks: Iterable[Mapping[str, Any]]) -> Problem:
    """Say that none of the tasks is the unit's, and which units have some; it may just be still to be written."""
    if any(plain.unfilled(unit)):
        message, hint = f"“单位”还写着“{plain.FILL_IN}”，计划里没有它负责的任务", "请填上本单位的名称"
        return Problem(unit.at, RULE, message, hint, text=unit)
    units = sorted({str(one) for task in tasks for one in task["责任单位"]})
    close = difflib.get_close_matches(unit, units, n=1, cutoff=0.4)
    hint = f"您是不是想写“{close[0]}”？" if close else "计划里的责任单位有：" + "、".join(units)
    return Problem(unit.at, RULE, f"计划里没有“{unit}”负责的任务，表是空的", hint, text=unit)
