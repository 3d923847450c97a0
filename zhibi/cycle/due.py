"""The series of config.yaml, a moment and the output folder -> every paper that is due, and what it waits for.

All periods that are over are looked at, from the first of a series on, so a quarter that nobody made is due until it
is made of complete data. What was made of complete data stays as it is: a change afterwards is told and left to a
person.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from zhibi.cycle.deadlines import Deadline, beijing_day, deadline
from zhibi.cycle.delivery import Open, still_open
from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.model import Project, ReportEntry, Series
from zhibi.output import Standing, made_from
from zhibi.periods import Period
from zhibi.reading import exists

RULE = "期限"


class State(StrEnum):
    """How far a paper is that is due."""

    READY = "可以生成"
    NO_DATA = "缺数据文件"
    UNDELIVERED = "未交齐"
    FAULTY = "有错误"
    MADE = "已生成"


@dataclass(frozen=True, slots=True)
class Due:
    """A paper of a period that is over: how many days are `left`, its state, and what it waits for.

    `made` are the files that were made of its data before, whatever the state is now.
    """

    series: Series
    period: Period
    deadline: Deadline
    left: int
    state: State
    waits: Open
    problems: tuple[Problem, ...]
    made: Standing

    @property
    def report(self) -> ReportEntry:
        """Return the report as the command line builds it."""
        return self.series.report(self.period)

    @property
    def overdue(self) -> bool:
        """Tell whether the deadline has passed and there is no paper."""
        return self.left < 0 and self.state is not State.MADE


def list_due(
    series: Iterable[Series], moment: datetime.datetime, output: Path, project: Project
) -> list[Due]:
    """Return the papers of all periods that are over, made ones too, by their deadlines.

    A paper counts as ready when its data are valid and delivered; templates and rules have not run yet.
    """
    found = []
    for one in series:
        for period in periods_over(one, moment):
            last = deadline(one, period)
            made = made_from(output, one.data(period), project.shown)
            state, waits, problems = _state(one.report(period), made, project)
            found.append(Due(one, period, last, last.days_left(moment), state, waits, problems, made))
    return sorted(found, key=lambda due: due.deadline.day)


def periods_over(series: Series, moment: datetime.datetime) -> Iterator[Period]:
    """Yield the periods of a series whose last day is over in Beijing, the oldest first."""
    period, today = series.first, beijing_day(moment)
    while period.end < today:
        yield period
        period = period.next


def _state(report: ReportEntry, made: Standing, project: Project) -> tuple[State, Open, tuple[Problem, ...]]:
    """Return how far a paper is, what it waits for, and what is wrong or to be told.

    It is done when it was made of complete data that nobody has spoilt since.
    """
    if made.files and not made.unfinished and not _changed_since(report.data, made.files):
        return State.MADE, Open(), ()
    if not exists(report.data):
        return State.MADE if made.files else State.NO_DATA, Open(), ()
    try:
        waits = still_open(report.data, project)
    except ReportError as error:
        return State.FAULTY, Open(), error.problems
    if waits:
        return State.UNDELIVERED, waits, waits.blanks
    if made.files and not made.unfinished:
        return State.MADE, waits, (_changed_advice(report, project),)
    return State.READY, waits, ()


def _changed_since(data: Path, made: Iterable[Path]) -> bool:
    """Tell whether the data file is newer than each file that was made of it."""
    try:
        return data.stat().st_mtime > max(file.stat().st_mtime for file in made)
    except OSError:  # The data were put away after the paper was made.
        return False


def _changed_advice(report: ReportEntry, project: Project) -> Problem:
    message = f"“{report.name}”生成以后，数据文件又改过；成品没有动"
    hint = f"要按新的数据重做，请运行 python3 build.py {report.name}；不用重做，就不必理会"
    return Problem(Location(project.shown(report.data)), RULE, message, hint, Level.ADVICE)


def guessed_advice(due: Due) -> Iterator[Problem]:
    """Yield an advice when a deadline was reckoned without the arrangement of its year."""
    if due.deadline.guessed:
        years = "、".join(f"{year}年" for year in due.deadline.guessed)
        message = f"“{due.report.name}”的截止日是推算的：程序里还没有{years}的放假调休安排"
        hint = (
            "先按周一至周五上班、法定节假日休息算；国务院公布安排以后请更新程序（见 docs/schedule/README.md）"
        )
        yield Problem(due.series.at, RULE, message, hint, Level.ADVICE)
