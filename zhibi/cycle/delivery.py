"""A validated paper -> the units that have not delivered, of each what is missing, and what nobody has filled in.

A task waits for the unit that leads it, the first under 责任单位. It is complete when its columns that are 必填 and its
状态 have words and each of its indicators that is counted by quarter has the figure of the paper's quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhibi import plain
from zhibi.errors import Location
from zhibi.model import progress_of
from zhibi.paper import Source
from zhibi.records import bare_number, own_tasks, words_in
from zhibi.schema import YES
from zhibi.serials import ranges
from zhibi.statuses import SETTLED

FILL_IN = "（请填写）"
"""Words that stand in for what a clerk has to write into a new data file; no paper goes out with them."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What a unit has not delivered: the numbers of its tasks, and the names of the indicators."""

    unit: str
    tasks: tuple[int, ...]
    indicators: tuple[str, ...]

    def __str__(self) -> str:
        """Return what a message says: 区科技局（第4、7项任务；指标：技术交易额）."""
        parts = [f"第{ranges(list(self.tasks))}项任务"] if self.tasks else []
        parts += [f"指标：{'、'.join(self.indicators)}"] if self.indicators else []
        return f"{self.unit}（{'；'.join(parts)}）"


def undelivered(source: Source) -> list[Missing]:
    """Return the units that have not delivered, in the order of the plan; none for a paper without progress."""
    if progress_of(source) is None:
        return []
    own, columns = own_tasks(source.context), _columns(source.template.spec["字段"])
    tasks: dict[str, list[int]] = {}
    indicators: dict[str, dict[str, None]] = {}
    for task in own:
        unit = str(task["牵头单位"])
        if not _is_told(task, columns):
            tasks.setdefault(unit, []).append(int(bare_number(task["序号"])))
        if names := dict.fromkeys(_without_figure(task, source.context.get("季度"))):
            indicators.setdefault(unit, {}).update(names)
    return [
        Missing(unit, tuple(sorted(tasks.get(unit, ()))), tuple(indicators.get(unit, ())))
        for unit in dict.fromkeys(str(task["牵头单位"]) for task in own)
        if unit in tasks or unit in indicators
    ]


def unfilled(value: Any) -> Iterator[Location]:
    """Yield the places in the data of a paper that are still to be written."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from unfilled(inner)
    elif isinstance(value, plain.Scalar) and FILL_IN in value:
        yield value.at


def _columns(fields: Mapping[str, Any]) -> list[str]:
    """Return the columns of the progress that every task needs."""
    return [
        str(name)
        for spec in fields.values()
        if spec["类型"] == "进展"
        for name, column in spec.get("项", {}).items()
        if column.get("必填") == YES or column["类型"] == "状态"
    ]


def _is_told(task: Mapping[str, Any], columns: list[str]) -> bool:
    """Tell whether nothing is missing of a task; one that was settled last time may be left out."""
    if not task["已填"] and task.get("上期", {}).get("状态") in SETTLED:
        return True
    return all(words_in(task["进展"][column]) for column in columns)


def _without_figure(task: Mapping[str, Any], quarter: Any) -> Iterator[str]:
    """Yield the indicators of a task that have figures by quarter, but none of this one."""
    if quarter is None:
        return
    for record in task["指标"]:
        if record["各季"] and not str(record.get("实际", "")).strip():
            yield str(record["名称"])
