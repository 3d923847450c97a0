"""A form -> what its two sheets show: the columns and the rows, the same for who writes and who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhibi.workbooks.shapes import HELPS, Column, Form

TASKS, FIGURES, RECORD = "填报", "指标", "执笔记录"
"""The names of the sheets; the last one is very hidden."""

HEAD_ROW = 6
"""The row of the headings; the rows below it are tasks or indicators."""


class Part(StrEnum):
    """What a column is: the key of its row, the plan's, last quarter's, or the unit's own."""

    KEY = "主键"
    PLAN = "计划"
    LAST = "上季"
    OWN = "本季"


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: `name` is what the form calls it, `title` what stands above it."""

    part: Part
    name: str
    title: str
    column: Column | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `key` finds it again, `label` is what messages call it, `texts` has one for each column."""

    key: str
    label: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it goes out."""

    sheet: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]


def task_grid(form: Form) -> Grid:
    """Return the sheet of tasks."""
    plan = list(dict.fromkeys(name for task in form.tasks for name in task.plan))
    last = [one.name for one in form.columns if any(one.name in task.last for task in form.tasks)]
    taken = {"序号", "角色", *plan}
    helps = [task.role == HELPS for task in form.tasks]
    must = "" if all(helps) else "牵头必填" if any(helps) else "必填"
    headings = (
        Heading(Part.KEY, "序号", "序号"),
        Heading(Part.PLAN, "角色", "角色"),
        *(Heading(Part.PLAN, name, name) for name in plan),
        *(Heading(Part.LAST, name, f"上季{name}") for name in last),
        *(Heading(Part.OWN, one.name, _own_title(one, taken, must), one) for one in form.columns),
    )
    rows = tuple(
        Row(
            task.number,
            f"第 {task.number} 项",
            (
                *(task.number, task.role),
                *(task.plan.get(name, "") for name in plan),
                *(task.last.get(name, "") for name in last),
                *(task.own.get(one.name, "") for one in form.columns),
            ),
        )
        for task in form.tasks
    )
    return Grid(TASKS, headings, rows)


def figure_grid(form: Form) -> Grid:
    """Return the sheet of indicators; it has no rows when the unit has none."""
    headings = (
        Heading(Part.KEY, "指标", "指标"),
        *(Heading(Part.PLAN, name, name) for name in ("单位", "口径", "目标", "上年同期")),
        Heading(Part.LAST, "上季", "上季"),
        Heading(Part.OWN, "本季", "本季（请填写）"),
    )
    rows = tuple(
        Row(
            one.name,
            f"“{one.name}”",
            (one.name, one.unit, one.counts, one.target, one.last_year, one.before, one.own),
        )
        for one in form.figures
    )
    return Grid(FIGURES, headings, rows)


def _own_title(column: Column, taken: set[str], must: str) -> str:
    """Return the heading of an own column: its name, and in brackets what is asked of it."""
    asked = [must] if column.required and must else []
    if column.limit is not None:
        asked.append(f"不超过{column.limit}字")
    name = f"本季{column.name}" if column.name in taken else column.name
    return f"{name}\n（{'，'.join(asked)}）" if asked else name
