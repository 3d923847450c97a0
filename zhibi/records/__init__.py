"""Stage 2: a validated plan + the progress of a paper -> the records that expressions see.

任务 (`tasks`), 指标 (`indicators`), 统计 and 单位统计 (`counts`). Everything a clerk would count by hand is worked
out here, exactly, and rounded half up once where it is printed.
"""

from __future__ import annotations

from typing import Any

from zhibi import plain
from zhibi.records.counts import count_tasks, count_units
from zhibi.records.indicators import PERCENT, indicator_record, read_quarter
from zhibi.records.plan_faults import plan_faults
from zhibi.records.tasks import (
    NEXT,
    RESULT,
    Progress,
    as_texts,
    column_of,
    own_tasks,
    task_records,
    words_in,
)
from zhibi.sandbox.tasks import Tasks, bare_number

__all__ = [
    "NEXT",
    "PERCENT",
    "RESULT",
    "Progress",
    "Tasks",
    "as_texts",
    "bare_number",
    "column_of",
    "own_tasks",
    "plan_faults",
    "records_of",
    "words_in",
]


def records_of(plan: plain.Mapping, progress: Progress, quarter: Any, unit: Any) -> dict[str, Any]:
    """Return 任务, 指标, 统计 and 单位统计 of a paper.

    `quarter` is the paper's 季度 (None: the whole year). A paper of one `unit` counts the tasks that
    name it under 责任单位: those its table lists.
    """
    number = read_quarter(quarter)
    indicators = {
        str(name): indicator_record(str(name), raw, number) for name, raw in plan.get("指标", {}).items()
    }
    tasks = task_records(plan, progress, indicators, number)
    own = own_tasks({"任务": tasks, "单位": unit})
    return {
        "任务": tasks,
        "指标": indicators,
        "统计": count_tasks(own),
        "单位统计": count_units(own),
    }
