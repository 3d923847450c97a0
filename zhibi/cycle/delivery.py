"""A paper -> what it still waits for: units that have not delivered, of each what is missing, and unwritten places.

A task waits for the unit that leads it, the first under 责任单位. It is complete when its columns that are 必填 and its
状态 have words and each of its indicators that is counted by quarter has the figure of the paper's quarter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibi.checks.to_be_written import blanks_of
from zhibi.errors import Problem
from zhibi.model import Project
from zhibi.model.source import progress_of, read_source
from zhibi.paper import Source
from zhibi.reading import find_file
from zhibi.records import bare_number, own_tasks, words_in
from zhibi.schema import YES
from zhibi.serials import ranges
from zhibi.statuses import SETTLED


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


@dataclass(frozen=True, slots=True)
class Open:
    """What a paper waits for: units, and places that are still to be written; false when it is complete."""

    missing: tuple[Missing, ...] = ()
    blanks: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.blanks)

    def __str__(self) -> str:
        """Return what a message says; empty for a paper that waits for nothing."""
        parts = [f"没有交齐：{'、'.join(map(str, self.missing))}"] if self.missing else []
        parts += [f"有 {len(self.blanks)} 处还没有填写，见“提醒”"] if self.blanks else []
        return "；".join(parts)


def still_open(data: Path, project: Project) -> Open:
    """Return what the paper of a data file waits for; raise `ReportError` when its data have errors."""
    source, _ = read_source(data, project)
    told = undelivered(_told_by_units(source, data, project))
    return Open(tuple(told), tuple(blanks_of(source)))


def _told_by_units(source: Source, data: Path, project: Project) -> Source:
    """Return the paper that units fill in: of a paper on the year the quarterly one that its 季度表 names."""
    fields = source.template.spec.get("字段", {})
    name = next((source.data.get(key) for key, spec in fields.items() if spec["类型"] == "季度表"), None)
    return read_source(find_file(data.parent / name), project)[0] if name else source


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
