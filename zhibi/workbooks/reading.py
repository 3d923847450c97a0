"""A workbook that came back -> `Returned`: every own cell that can be taken, and every problem at once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl.utils.escape import unescape

from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.records import bare_number
from zhibi.workbooks.finding import find_grid, stray_problems
from zhibi.workbooks.opening import RULE, Opened, notices, open_book
from zhibi.workbooks.record import RecordError, read_record
from zhibi.workbooks.shapes import Answer, Figure, Form, Returned
from zhibi.workbooks.sheets import RECORD, figure_grid, task_grid
from zhibi.workbooks.taking import Taken, hidden_columns, take
from zhibi.workbooks.views import View, squeezed, views_of

_AROUND = re.compile(r"^第|[项号.、]$")


def read_form(path: Path, shown: str) -> Returned:
    """Read a workbook that came back; raise `ReportError` when it cannot be read at all."""
    opened = open_book(path, shown)
    form = _form(opened, shown)
    views = [view for view in views_of(opened.book, opened.values, shown) if view.title != RECORD]
    problems = list(notices(opened, shown))
    taken: list[list[Taken]] = []
    used: list[View] = []
    for grid, key_of in ((task_grid(form), _number), (figure_grid(form), squeezed)):
        placed, found = find_grid(views, grid, key_of) if grid.rows else (None, [])
        problems += found
        own: list[Taken] = []
        if placed is not None:
            used.append(placed.view)
            for one in (*take(placed, key_of), *hidden_columns(placed), *stray_problems(placed)):
                own.append(one) if isinstance(one, Taken) else problems.append(one)
        taken.append(own)
    problems += _other_sheets(views, used, problems)
    answers = tuple(Answer(one.key, one.column, one.text, one.given, one.at) for one in taken[0])
    figures = tuple(Figure(one.key, one.text, one.given, one.at) for one in taken[1])
    return Returned(shown, form.paper, form.period, form.unit, answers, figures, tuple(problems))


def _form(opened: Opened, shown: str) -> Form:
    """Return the form that a workbook went out with."""
    at = Location(shown)
    lines = _record(opened)
    if not lines:
        message, hint = "这不是执笔发出的表，或是把内容复制到了另一个工作簿", "请让单位在我们发的那份表里填写"
        raise ReportError([Problem(at, RULE, message, hint)])
    try:
        return read_record(lines)
    except RecordError as error:
        message = "表里的发出记录被改动过，对不上发出时的内容" if lines[0] else "表里的发出记录空了"
        hint = "请让单位在原来发的表里重填，或重新发一份表"
        raise ReportError([Problem(at, RULE, message, hint)]) from error


def _record(opened: Opened) -> list[str]:
    """Return the lines of the hidden sheet, none when there is no such sheet."""
    if RECORD not in opened.book.sheetnames:
        return []
    sheet = opened.book[RECORD]
    cells = sorted((row, cell.value) for (row, column), cell in sheet._cells.items() if column == 1)
    return [unescape(str(value)) for _, value in cells if value is not None] or [""]


def _number(text: str) -> str:
    """Return the number of a task however it was typed: 4, 04, 第4项, ４."""
    bare = _AROUND.sub("", unicodedata.normalize("NFKC", text).strip())
    return bare_number(bare) if bare else ""


def _other_sheets(views: Sequence[View], used: Sequence[View], said: Sequence[Problem]) -> Iterator[Problem]:
    """Yield an advice for each other sheet that holds anything."""
    for view in views:
        if view not in used and view.cells and not any(one.at == view.whole for one in said):
            yield Problem(
                view.whole, RULE, "这张表不是发出的，没有收", "里面有要收的内容，请写到“填报”里", Level.ADVICE
            )
