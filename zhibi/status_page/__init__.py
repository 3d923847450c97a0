"""Stage 4: the records of a paper -> the blocks of a status page (状态页): where the plan stands, at a glance.

Input: the names that expressions see; output: a heading on a new page, a table of the tasks by unit and status,
a plot of the indicators against their targets. Every figure is one of a record, so that this page, the tables
and the words of the paper agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhibi.body import Fetch
from zhibi.errors import Location, Problem, ReportError
from zhibi.nodes import Block, Heading, PageBreak, Text
from zhibi.records import own_tasks
from zhibi.status_page.indicators import indicator_blocks
from zhibi.status_page.tasks import task_table
from zhibi.statuses import UNKNOWN

HEADING = "重点工作进展一览"


def status_page(names: Mapping[str, Any], heading: str, at: Location, fetch: Fetch) -> tuple[Block, ...]:
    """Return the blocks of a status page; raise `ReportError` where the paper has no records to show."""
    if "统计" not in names:
        hint = "请在模板的“字段”里写一项类型是“计划”的，在数据里写计划文件"
        raise ReportError([Problem(at, "状态页", "这份公文没有计划，做不出状态页", hint)])
    if UNKNOWN not in names["统计"]:
        hint = "请在模板的“进展”的“项”里加一行：状态: {类型: 状态}，在数据里填各项任务的状态"
        raise ReportError([Problem(at, "状态页", "没有各项任务的状态，做不出状态页", hint)])
    return tuple(_blocks(names, heading or HEADING, at, fetch))


def _blocks(names: Mapping[str, Any], heading: str, at: Location, fetch: Fetch) -> Iterator[Block]:
    yield PageBreak()
    yield Heading(1, (Text(heading, at),), scheme="无")
    yield task_table(names["统计"], names["单位统计"], fetch)
    yield from indicator_blocks(_own_indicators(names))


def _own_indicators(names: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the indicators of a paper: in that of one unit, those that the tasks it counts name."""
    every = names["指标"].values()
    if not names.get("单位"):
        return list(every)
    named = {record["名称"] for task in own_tasks(names) for record in task["指标"]}
    return [record for record in every if record["名称"] in named]
