"""Stage 2: a validated plan + the progress of a paper -> the records that expressions see.

任务 (`tasks`), 指标 (`indicators`), 统计 and 单位统计 (`counts`). Everything a clerk would count by hand is worked
out here, exactly, and rounded half up once where it is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhibi import plain
from zhibi.records.counts import count_tasks, count_units
from zhibi.records.indicators import LAST_QUARTER, PERCENT, indicator_record, read_quarter
from zhibi.records.plan_faults import plan_faults
from zhibi.records.sentences import Words, resolved, sentence
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
    "Words",
    "as_texts",
    "bare_number",
    "column_of",
    "own_tasks",
    "plan_faults",
    "records_of",
    "resolved",
    "words_in",
    "year_records",
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


def year_records(quarter: Mapping[str, Any], plan: plain.Mapping, words: Words) -> dict[str, Any]:
    """Return the records of a paper on the year that reads those of a `quarter`: the names of that quarter's paper.

    Counts are the quarter's own; what it says of a task is one sentence, for that is where it is told. An indicator
    that has no figure of the quarter yet shows the newest one before it.
    """
    until = read_quarter(quarter.get("季度")) or LAST_QUARTER
    indicators = {
        str(name): indicator_record(str(name), raw, None, until) for name, raw in plan.get("指标", {}).items()
    }
    tasks = [
        {key: value for key, value in task.items() if key != "上期"}
        | {
            "进展": {name: sentence(resolved(cell, words)) for name, cell in task["进展"].items()},
            "指标": tuple(indicators[one["名称"]] for one in task["指标"]),
        }
        for task in quarter["任务"]
    ]
    counts = {name: quarter[name] for name in ("统计", "单位统计")}
    return {"任务": Tasks(tasks), "指标": indicators, **counts}
