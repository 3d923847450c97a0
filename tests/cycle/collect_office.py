"""Workbooks as units fill them in, for the office of the tests of the year."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.cycle.due_office import Office, Told
from zhibi.workbooks import LEADS, Column, FigureRow, Form, TaskRow, write_form
from zhibi.workbooks.sheets import FIGURES, HEAD_ROW, TASKS, figure_grid, task_grid

COLUMNS = (
    Column("状态", status=True, required=False, limit=None),
    Column("完成情况", status=False, required=True, limit=300),
    Column("存在问题", status=False, required=False, limit=None),
)
TASKS_OF = {"区科技局": ("1", "3", "4"), "区教育局": ("1",), "区经信局": ("2",), "区科协": ("3",)}
"""Unit -> the tasks of the plan in `due_office` that name it."""

Told3 = Mapping[tuple[str, str], str]
"""(number, column) -> text; an indicator's number is 指标."""


class Desk:
    """The office at the end of the third quarter: forms that went out, workbooks that came back."""

    def __init__(self, office: Office) -> None:
        self.office, self.folder = office, office.folder
        self.data = office.folder / "data" / "2026年第三季度.yaml"
        self.plan = office.folder / "data" / "计划.yaml"

    def book(self, name: str, unit: str, said: Told3, given: Told3 | None = None, **other: str) -> Path:
        """Write a workbook of a unit that says so; `given` is what stood there when it went out."""
        form = make_form(unit, given or {}, **other)
        path = self.folder / name
        path.write_bytes(filled(form, said))
        return path

    def collect(self, *words: Any, period: str = "2026Q3") -> Told:
        return self.office.run("collect", period, *map(str, words))

    def cells(self, *words: Any) -> dict[str, str]:
        """Collect, and return what became of each cell: 1/状态 -> 新填."""
        (paper,) = self.collect(*words, "--json").json["collected"]
        return {f"{one['task'] or '指标'}/{one['column']}": one["result"] for one in paper["cells"]}

    def text(self) -> str:
        return self.data.read_text(encoding="utf-8")


def make_form(unit: str, given: Told3, **other: str) -> Form:
    """Return the form of a unit; `other` replaces paper, period or the numbers of its tasks (1,3)."""
    numbers = other["tasks"].split(",") if "tasks" in other else TASKS_OF[unit]
    tasks = tuple(
        TaskRow(
            number,
            LEADS,
            {"内容": "略"},
            {one.name: given.get((number, one.name), "") for one in COLUMNS},
            {},
        )
        for number in numbers
    )
    name = other.get("figure", "技术交易额")
    row = FigureRow(name, "亿元", "96", "", "51.3", given.get(("指标", name), ""))
    figures = (row,) if unit == "区经信局" or "figure" in other else ()
    paper, period = other.get("paper", "季度表"), other.get("period", "2026Q3")
    return Form(paper, period, unit, "填报表", COLUMNS, tasks, figures)


def filled(form: Form, said: Told3) -> bytes:
    """Return the workbook of a form with the unit's words typed in."""
    book = load_workbook(BytesIO(write_form(form)))
    for name, grid in ((TASKS, task_grid(form)), (FIGURES, figure_grid(form))):
        for line, row in enumerate(grid.rows, HEAD_ROW + 1):
            for index, heading in enumerate(grid.headings, 1):
                key = (row.key, heading.name) if name == TASKS else ("指标", row.key)
                if str(heading.part) == "本季" and key in said:
                    book[name].cell(line, index).value = said[key] or None
    out = BytesIO()
    book.save(out)
    return out.getvalue()
