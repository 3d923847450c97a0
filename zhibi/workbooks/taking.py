"""A grid found again -> the texts of its own cells, and what is said of every cell that was touched.

What cannot be taken for certain is an error at its cell and has no text; what is taken but wants a look is advice.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhibi.errors import Level, Location, Problem, has_errors
from zhibi.statuses import STATUSES
from zhibi.typed_text import clean_value
from zhibi.workbooks.cells import MAX_TEXT, Seen
from zhibi.workbooks.figures import read_typed_figure
from zhibi.workbooks.finding import KeyOf, Placed
from zhibi.workbooks.opening import RULE
from zhibi.workbooks.sheets import Heading, Part, Row
from zhibi.workbooks.views import squeezed

_SHOWN = 30
"""Characters of a text that a message shows."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The text of one own cell now, and as it went out."""

    key: str
    column: str
    text: str
    given: str
    at: Location


def take(placed: Placed, key_of: KeyOf) -> Iterator[Taken | Problem]:
    """Yield the own cells of a grid that can be taken, and the problems of all cells."""
    for row in placed.grid.rows:
        found = placed.rows[key_of(row.key)]
        if not found:
            message = f"{row.label}没有了（这一行被删去，或序号、名称改了），没有收到它的内容"
            yield Problem(placed.view.whole, RULE, message, "请让单位在原来发的表里补填", text=row.key)
            continue
        yield from _hidden(placed, row, found)
        for index, heading in enumerate(placed.grid.headings):
            if index in placed.columns and heading.part is Part.OWN:
                yield from _own(placed, row, index, found)
            elif index in placed.columns and index:
                yield from _locked(placed, row, index, found)
        yield from _comments(placed, row, found)


def _hidden(placed: Placed, row: Row, found: Sequence[int]) -> Iterator[Problem]:
    for number in found:
        if number in placed.view.hidden_rows:
            yield _advice(placed, (number, placed.columns[0]), f"{row.label}这一行隐藏了，照样收了")


def hidden_columns(placed: Placed) -> Iterator[Problem]:
    """Yield an advice for each column that is hidden."""
    for index, column in placed.columns.items():
        if column in placed.view.hidden_columns:
            name = placed.grid.headings[index].title.partition("\n")[0]
            yield _advice(placed, (placed.head, column), f"“{name}”这一栏隐藏了，照样收了")


def _comments(placed: Placed, row: Row, found: Sequence[int]) -> Iterator[Problem]:
    for number in found:
        for (other, column), words in placed.view.comments.items():
            if other == number:
                message = f"{row.label}这里有批注，没有收：“{words[:_SHOWN]}”"
                yield _advice(placed, (number, column), message, "批注里有要写的内容，请写进数据")


def _locked(placed: Placed, row: Row, index: int, found: Sequence[int]) -> Iterator[Problem]:
    """Yield an advice for each locked cell that says something else than the plan."""
    name, given = placed.grid.headings[index].title, row.texts[index]
    for number in found:
        place = (number, placed.columns[index])
        merged = placed.view.merged_at(*place)
        if merged:
            yield _advice(placed, place, f"{row.label}的“{name}”所在的 {merged} 合并了；以计划为准")
        elif squeezed(now := placed.view.seen(*place).text) != squeezed(given):
            message = f"{row.label}的“{name}”被改动，没有收：原来是“{given[:_SHOWN]}”，现在是“{now[:_SHOWN]}”"
            yield _advice(placed, place, message, "以计划为准；计划确实要改的，请改计划文件")


def _own(placed: Placed, row: Row, index: int, found: Sequence[int]) -> Iterator[Taken | Problem]:
    """Yield what was taken from one own cell, or from all cells of a task that stands there twice."""
    heading, given = placed.grid.headings[index], row.texts[index]
    texts: dict[str, Location] = {}
    refused = False
    for number in found:
        place = (number, placed.columns[index])
        at, seen = placed.view.at(*place), placed.view.seen(*place)
        merged = placed.view.merged_at(*place)
        if merged:
            seen = Seen("", fault=f"{merged} 合并成了一格，分不清是哪一项、哪一栏的")
        text, problems = _text_of(seen, at, heading, given)
        if heading.column is None and not has_errors(problems):
            text, more = read_typed_figure(text, row, at)
            problems += more
        yield from (_of_row(problem, row, heading) for problem in problems)
        if has_errors(problems):
            refused = True
        else:
            texts.setdefault(text, at)
    said = {text: at for text, at in texts.items() if text} or texts
    if len(said) > 1:
        yield _twice(row, heading, list(said.items()))
    elif said and not refused:
        text, at = next(iter(said.items()))
        yield Taken(row.key, heading.name, text, given, at)


def _twice(row: Row, heading: Heading, said: list[tuple[str, Location]]) -> Problem:
    (one, first), (other, at) = said[0], said[-1]
    where = first.file.rpartition(" ")[2]
    message = f"{row.label}写了两行，“{heading.name}”不一样，没有收：“{one[:_SHOWN]}”（{where}）和“{other[:_SHOWN]}”"
    return Problem(at, RULE, message, "请让单位只留一行", text=other)


def _text_of(seen: Seen, at: Location, heading: Heading, given: str) -> tuple[str, list[Problem]]:
    """Return the text of an own cell as it may be printed, and what is said of it."""
    if seen.fault:
        hint = "请让单位在这一格里打成文字"
        return "", [Problem(at, RULE, f"{seen.fault}，没有收", hint, text=seen.text)]
    if _lines(seen.text) == _lines(given[:MAX_TEXT]):
        return given, []  # An office program may have turned blanks and line ends.
    text, problems = clean_value(seen.text, at)
    text = "\n".join(_lines(text))
    if seen.advice:
        problems.append(Problem(at, RULE, seen.advice, "请核对", Level.ADVICE, text=text))
    column = heading.column
    if column is not None and column.status:
        text, more = _status(text, at)
        problems += more
    elif column is not None and column.limit is not None:
        problems += _too_long(text, column.limit, at)
    return text, problems


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _status(typed: str, at: Location) -> tuple[str, list[Problem]]:
    """Return a status of the list; stray blanks and marks are taken off, anything else is refused."""
    bare = squeezed(typed).strip("。.；;，,、")
    if bare in STATUSES or not bare:
        return bare, []
    close = difflib.get_close_matches(bare, STATUSES, n=1, cutoff=0.5)
    hint = f"只能填 {'、'.join(STATUSES)}" + (f"；是不是“{close[0]}”？" if close else "")
    message = f"“{typed[:_SHOWN]}”不是能选的状态，没有收"
    return "", [Problem(at, RULE, message, hint, text=typed)]


def _too_long(text: str, limit: int, at: Location) -> list[Problem]:
    count = len("".join(text.split()))
    if count <= limit:
        return []
    message = f"写了 {count} 字，超过 {limit} 字；先照样收了"
    return [Problem(at, RULE, message, f"请让单位删去至少 {count - limit} 字", Level.ADVICE)]


def _of_row(problem: Problem, row: Row, heading: Heading) -> Problem:
    """Return a problem of a cell that says of which task and column it is."""
    return Problem(
        problem.at,
        problem.rule,
        f"{row.label}的“{heading.name}”：{problem.message}",
        problem.suggestion,
        problem.level,
        problem.text,
        problem.context,
    )


def _advice(placed: Placed, place: tuple[int, int], message: str, hint: str = "") -> Problem:
    return Problem(placed.view.at(*place), RULE, message, hint, Level.ADVICE)
