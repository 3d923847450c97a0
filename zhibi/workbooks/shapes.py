"""What goes out to a unit as a workbook, and what is read out of one that came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhibi.errors import Location, Problem

LEADS, HELPS = "牵头", "配合"
"""What a unit is to a task."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the unit fills in; `limit` is the greatest number of characters, blanks not counted."""

    name: str
    status: bool
    required: bool
    limit: int | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of the unit: the plan's words, what is filled in so far (`own`) and last quarter's (`last`).

    `role` is `LEADS` or `HELPS`. `plan` and `last` name their columns in the order they are shown in.
    """

    number: str
    role: str
    plan: Mapping[str, str]
    own: Mapping[str, str]
    last: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """An indicator that a task led by the unit names; `before` is the quarter's before, `own` to be filled in.

    `counts` says how figures are counted (口径): from the start of the year, or each quarter alone.
    """

    name: str
    unit: str
    target: str
    last_year: str
    before: str
    own: str
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """All that one unit is asked; `paper` is the name of the series, `period` its code (2026Q3).

    `back` says by which day it goes back to whom.
    """

    paper: str
    period: str
    unit: str
    title: str
    columns: tuple[Column, ...]
    tasks: tuple[TaskRow, ...]
    figures: tuple[FigureRow, ...]
    back: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in an own cell now (`text`) and what stood there when the form went out (`given`)."""

    number: str
    column: str
    text: str
    given: str
    at: Location


@dataclass(frozen=True, slots=True)
class Figure:
    """What stands in the own cell of an indicator now, and what stood there when the form went out."""

    name: str
    text: str
    given: str
    at: Location


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back. A cell that is refused or gone has a problem and no answer.

    All cells that could be read have one, changed or not. `paper`, `period` and `unit` are those that the
    form went out with, whatever its sheets show now.
    """

    file: str
    paper: str
    period: str
    unit: str
    answers: tuple[Answer, ...]
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...]

    @property
    def untouched(self) -> bool:
        """Tell whether nobody has filled in or changed anything since it went out."""
        answers: tuple[Answer | Figure, ...] = (*self.answers, *self.figures)
        return not self.problems and all(one.text == one.given for one in answers)
