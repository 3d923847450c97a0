"""A grid as it went out + the sheets that came back -> where its columns and rows stand now.

Columns are found by their titles, rows by their keys; so what was moved, sorted or renamed does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhibi.errors import Level, Location, Problem
from zhibi.workbooks.opening import RULE
from zhibi.workbooks.sheets import TASKS, Grid, Heading, Part
from zhibi.workbooks.views import View, squeezed

KeyOf = Callable[[str], str]
"""What two keys have in common when they name the same row: 04 and 4."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid found again: heading -> column, key -> rows, and the rows that have no key of the grid."""

    grid: Grid
    view: View
    head: int
    columns: Mapping[int, int]
    rows: Mapping[str, Sequence[int]]
    strays: Sequence[int]


def find_grid(views: Sequence[View], grid: Grid, key_of: KeyOf) -> tuple[Placed | None, list[Problem]]:
    """Return where a grid stands now, None when no sheet looks like it, and what is said of that."""
    ranked = sorted(
        (
            (-score, view.title != grid.sheet, number, head)
            for number, view in enumerate(views)
            for score, head in [_best_row(view, grid)]
            if score * 2 >= len(grid.headings)
        ),
    )
    if not ranked:
        file = views[0].file if views else ""
        return None, [_lost(grid, file)]
    _, _, number, head = ranked[0]
    view = views[number]
    columns, problems = _columns(view, grid, head)
    for _, _, other, _ in ranked[1:]:
        message = f"还有一张表“{views[other].title}”也像“{grid.sheet}”，只收了“{view.title}”"
        problems.append(Problem(views[other].whole, RULE, message, "请只留一张，或改正后再收"))
    if 0 not in columns:
        return None, problems
    rows, strays = _rows(view, grid, (head, columns[0]), key_of)
    return Placed(grid, view, head, columns, rows, strays), problems


def _lost(grid: Grid, file: str) -> Problem:
    message = f"找不到“{grid.sheet}”这张表（删去了，或表头改得认不出来）"
    return Problem(Location(file), RULE, message, "请让单位在原来发的表里填写")


def _names(title: str) -> set[str]:
    """Return what a heading may be known by: its words, and those before what is asked in brackets."""
    return {squeezed(title), squeezed(title.partition("\n")[0])}


def _best_row(view: View, grid: Grid) -> tuple[int, int]:
    """Return how many titles stand in the row that has the most of them, and that row."""
    wanted = {name: index for index, heading in enumerate(grid.headings) for name in _names(heading.title)}
    found: dict[int, set[int]] = {}
    for (row, _), seen in view.cells.items():
        for index in {wanted[name] for name in _names(seen.text) if name in wanted}:
            found.setdefault(row, set()).add(index)
    score, row = max(((len(titles), -row) for row, titles in found.items()), default=(0, 0))
    return score, -row


def _columns(view: View, grid: Grid, head: int) -> tuple[dict[int, int], list[Problem]]:
    """Return the column of each heading; one whose title was changed is found by its neighbours."""
    titles = {column: _names(seen.text) for (row, column), seen in view.cells.items() if row == head}
    columns: dict[int, int] = {}
    for index, heading in enumerate(grid.headings):
        names = _names(heading.title)
        found = next((column for column, title in titles.items() if title & names), None)
        if found is not None:
            columns[index] = found
    problems: list[Problem] = []
    for index, heading in enumerate(grid.headings):
        if index in columns:
            continue
        beside = _beside(view, head, columns, index)
        if beside is None:
            problems.append(_gone(view, heading))
        else:
            columns[index] = beside
            problems.append(_retitled(view, (head, beside), heading))
    return columns, problems


def _beside(view: View, head: int, columns: Mapping[int, int], index: int) -> int | None:
    """Return the column next to a neighbour's, when nothing else stands there and something does."""
    for neighbour, step in ((index - 1, 1), (index + 1, -1)):
        column = columns.get(neighbour, 0) + step
        free = neighbour in columns and column > 0 and column not in columns.values()
        if free and any(row >= head and other == column for row, other in view.cells):
            return column
    return None


def _gone(view: View, heading: Heading) -> Problem:
    name = heading.title.partition("\n")[0]
    if heading.part in (Part.OWN, Part.KEY):
        message = f"没有“{name}”这一栏了，这一栏没有收到"
        return Problem(view.whole, RULE, message, "请让单位在原来发的表里补填这一栏")
    return Problem(view.whole, RULE, f"没有“{name}”这一栏了；以计划为准", "", Level.ADVICE)


def _retitled(view: View, place: tuple[int, int], heading: Heading) -> Problem:
    name, now = heading.title.partition("\n")[0], view.seen(*place).text[:20]
    message = f"表头“{name}”改成了“{now}”，仍当作“{name}”收"
    return Problem(view.at(*place), RULE, message, "请核对这一栏的内容", Level.ADVICE)


def _rows(
    view: View, grid: Grid, corner: tuple[int, int], key_of: KeyOf
) -> tuple[dict[str, list[int]], list[int]]:
    """Return the rows of each key, and the rows below the headings that have none of the grid's keys."""
    head, column = corner
    rows: dict[str, list[int]] = {key_of(row.key): [] for row in grid.rows}
    strays: list[int] = []
    for number in sorted({row for row, _ in view.cells if row > head}):
        key = key_of(view.seen(number, column).text)
        rows.get(key, strays).append(number)
    return rows, strays


def stray_problems(placed: Placed) -> Iterator[Problem]:
    """Yield what stands in rows and columns that did not go out with the form: it is told, never taken."""
    view, own = placed.view, _own_columns(placed)
    for row in placed.strays:
        texts = {column: seen.text for (other, column), seen in view.cells.items() if other == row}
        column, told = min(texts), next(filter(None, (texts.get(one, "") for one in own)), "")
        key = view.seen(row, placed.columns[0]).text.strip()[:20]
        if key:
            message = (
                f"发出的表里没有“{key}”这一{'项' if placed.grid.sheet == TASKS else '指标'}，这一行没有收"
            )
        elif merged := view.merged_at(row, placed.columns[0]):
            message = f"{merged} 合并了，看不出这一行是哪一项，没有收"
        else:
            message = f"这一行没有{placed.grid.headings[0].title}，没有收：“{(told or texts[column])[:30]}”"
        level = Level.ERROR if told else Level.ADVICE
        hint = "请让单位把内容写到原有的行里" if told else "不用收的，不必理会"
        yield Problem(view.at(row, column), RULE, message, hint, level, text=told)
    yield from _stray_columns(placed)


def _own_columns(placed: Placed) -> list[int]:
    return [
        placed.columns[index]
        for index, heading in enumerate(placed.grid.headings)
        if heading.part is Part.OWN and index in placed.columns
    ]


def _stray_columns(placed: Placed) -> Iterator[Problem]:
    view, known = placed.view, set(placed.columns.values())
    rows = {row for found in placed.rows.values() for row in found}
    first: dict[int, tuple[int, str]] = {}
    for (row, column), seen in view.cells.items():
        if column not in known and row in rows and seen.text.strip():
            first.setdefault(column, (row, seen.text))
    for column, (row, text) in sorted(first.items()):
        title = view.seen(placed.head, column).text.strip()
        name = f"“{title[:20]}”" if title else ""
        message = f"多出来的一栏{name}没有收：“{text.strip()[:30]}”"
        yield Problem(view.at(row, column), RULE, message, "要收的请让单位写到原有的栏里", Level.ADVICE)
