"""A form to send out, and ways to do to its workbook what units do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from zhibi.errors import Level
from zhibi.workbooks import Column, FigureRow, Form, Returned, TaskRow, read_form, write_form

STATUS, DONE, NEXT = "状态", "完成情况", "下一步计划"
COLUMNS = (
    Column(STATUS, True, True, None),
    Column(DONE, False, True, 30),
    Column(NEXT, False, False, None),
)
_LAST = {STATUS: "按序推进", DONE: "一季度已启动。", NEXT: ""}


def task(number: str, **own: str) -> TaskRow:
    plan = {
        "任务内容": f"第{number}件事，办好。",
        "目标": "" if number == "12" else "办成3家。",
        "完成时限": "第四季度",
    }
    return TaskRow(
        number, "配合" if number == "12" else "牵头", plan, {STATUS: "", DONE: "", NEXT: "", **own}, _LAST
    )


FORM = Form(
    "区季度表",
    "2026Q3",
    "区科技局",
    "云川区2026年重点工作计划第三季度进展填报表",
    COLUMNS,
    (task("4", 状态="滞后", 完成情况="已办2家；\n已印发。"), task("7"), task("12")),
    (
        FigureRow("技术交易额", "亿元", "96", "70.1", "51.3", "81.60", "累计"),
        FigureRow("研发投入强度", "%", "3.9", "3.75", "", "", "累计"),
    ),
)

HEAD = 6
ROWS = {"4": 7, "7": 8, "12": 9}
LETTERS = dict(
    zip(
        (
            "序号",
            "角色",
            "任务内容",
            "目标",
            "完成时限",
            "上季状态",
            "上季完成情况",
            "上季下一步",
            STATUS,
            DONE,
            NEXT,
        ),
        "ABCDEFGHIJK",
        strict=True,
    )
)

Change = Callable[[Worksheet], Any]


def cell(number: str, column: str) -> str:
    """Return where a task's column goes out."""
    return f"{LETTERS[column]}{ROWS[number]}"


def saved(
    folder: Path, change: Callable[[Workbook], Any], form: Form = FORM, name: str = "区科技局.xlsx"
) -> Path:
    """Write the workbook of a form as it comes back after `change`."""
    book = load_workbook(BytesIO(write_form(form)))
    change(book)
    path = folder / name
    book.save(path)
    return path


def returned(folder: Path, change: Change, form: Form = FORM) -> Returned:
    """Return what is read after `change` of the sheet of tasks."""
    path = saved(folder, lambda book: change(book["填报"]), form)
    return read_form(path, path.name)


def read(path: Path) -> Returned:
    return read_form(path, path.name)


def texts(back: Returned) -> dict[tuple[str, str], str]:
    """Return what was changed: (number, column) -> text."""
    return {(one.number, one.column): one.text for one in back.answers if one.text != one.given}


def told(back: Returned, level: Level | None = None) -> list[str]:
    return [str(problem) for problem in back.problems if level in (None, problem.level)]


def repacked(raw: bytes, change: Callable[[dict[str, bytes]], Any]) -> bytes:
    """Return the package after `change` of its parts."""
    with ZipFile(BytesIO(raw)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def without_figures() -> Form:
    return replace(FORM, figures=())
