"""What was named on the command line -> the workbooks of a period, sorted by the paper that they belong to.

A workbook that belongs nowhere, or that asks for tasks that are not its unit's, is refused whole; the others go on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zhibi.cycle.collecting.cells import strange_tasks
from zhibi.cycle.collecting.held_paper import RULE, HeldPaper, read_held
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Project, Series
from zhibi.periods import Period, read_period
from zhibi.serials import ranges
from zhibi.styles import Look
from zhibi.workbooks import Returned, read_form


@dataclass(frozen=True, slots=True)
class Gathered:
    """The series that workbooks came back for, each with its own, and every problem met."""

    books: tuple[tuple[Series, tuple[Returned, ...]], ...]
    problems: tuple[Problem, ...]


def workbook_paths(paths: Iterable[Path]) -> list[Path]:
    """Return the files that are meant; a folder stands for the files in it, but for those of open programs."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            names = sorted(name for name in os.listdir(path) if not name.startswith((".", "~$")))
            found += [path / name for name in names if (path / name).is_file()]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def gather(paths: Iterable[Path], period: Period, series: Sequence[Series], project: Project) -> Gathered:
    """Read workbooks and sort them by the series that they belong to."""
    problems: list[Problem] = []
    books: dict[str, list[Returned]] = {}
    asked = [one for one in series if one.quarterly == (period.quarter is not None) and period >= one.first]
    known = {one.name: one for one in asked}
    for path in paths:
        try:
            book = read_form(path, project.shown(path))
        except ReportError as error:
            problems += error.problems
            continue
        if problem := _of_another(book, period, known):
            problems.append(problem)
        else:
            problems += book.problems
            books.setdefault(book.paper, []).append(book)
    return Gathered(tuple((known[name], tuple(own)) for name, own in books.items()), tuple(problems))


def own_books(
    paper: HeldPaper, books: Iterable[Returned]
) -> tuple[tuple[Returned, ...], tuple[Problem, ...]]:
    """Return the workbooks whose unit and tasks the paper knows, and a problem for each other one."""
    strange = {book: list(_strange(paper, book)) for book in books}
    kept = tuple(book for book, problems in strange.items() if not problems)
    return kept, tuple(problem for problems in strange.values() for problem in problems)


def held(series: Series, period: Period, project: Project, look: Look) -> HeldPaper:
    """Read the paper of a series; say how to make its data file when there is none."""
    data = series.data(period)
    if not data.exists():
        message, hint = "还没有这一期的数据文件", f"请先运行 python3 build.py new {period.code}"
        raise ReportError([Problem(Location(project.shown(data)), RULE, message, hint)])
    return read_held(series.report(period).name, data, project, look)


def _of_another(book: Returned, period: Period, known: Iterable[str]) -> Problem | None:
    """Return a problem for a workbook of another period or of a paper that is not collected."""
    if book.period != period.code:
        named = read_period(book.period) or book.period
        hint = f"请与单位核对；确实要收那一期的，请运行 python3 build.py collect {book.period} …"
        return _refusal(book, f"这是{named}的表，这次收的是{period}，没有收", hint)
    if book.paper not in known:
        hint = f"这一期有：{'、'.join(known)}" if known else "请检查 config.yaml 的“定期”"
        return _refusal(book, f"config.yaml 的“定期”里，{period}没有“{book.paper[:40]}”，没有收", hint)
    return None


def _strange(paper: HeldPaper, book: Returned) -> Iterator[Problem]:
    """Yield a problem for a unit or for tasks that the plan does not know."""
    plan = paper.project.shown(paper.plan_file)
    if all(book.unit not in units for units in paper.units_of.values()):
        message = f"计划（{plan}）里没有哪一项任务的责任单位是“{book.unit}”，这份表没有收"
        yield _refusal(book, message, "请核对单位的名称，或重新发表")
        return
    numbers = sorted({int(answer.number) for answer in strange_tasks(paper, book)})
    if numbers:
        message = f"计划（{plan}）里没有归“{book.unit}”的第{ranges(numbers)}项任务，这份表没有收"
        yield _refusal(book, message, "计划改过的，请重新发表，或把这几项的内容手工填进数据")


def _refusal(book: Returned, message: str, hint: str) -> Problem:
    return Problem(Location(book.file), RULE, message, hint, text=book.unit)
