"""A period and the series of config.yaml -> the files that `new` is asked for, each with what makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from zhibi.cycle.beginning.new_file import NewFile, YearSoFar, year_so_far
from zhibi.cycle.beginning.next_plan import next_plan, plan_path
from zhibi.cycle.beginning.next_quarter import next_quarter
from zhibi.cycle.beginning.next_year import fitting, next_year
from zhibi.errors import Problem, ReportError
from zhibi.model import Project, Series
from zhibi.periods import Period


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is asked for: what makes it, where none is there."""

    path: Path
    make: Callable[[], NewFile]


def of_quarter(period: Period, chosen: Sequence[Series], project: Project, plan: str = "") -> list[Wanted]:
    """Return the data files of a quarter; `plan` names that of a series' first one."""
    return [
        Wanted(one.data(period), partial(next_quarter, one, period, project, plan))
        for one in chosen
        if one.quarterly
    ]


def of_year(
    year: Period, chosen: Sequence[Series], series: Sequence[Series], project: Project
) -> tuple[list[Wanted], list[Problem]]:
    """Return the plans of a new year and the papers on the year before, and what stands in their way.

    While a quarterly paper has errors no paper on the year is made: it might read another one.
    """
    before = year.previous
    quarterly = [one for one in chosen if one.quarterly]
    found: list[YearSoFar] = []
    wanted: dict[Path, Wanted] = {}
    problems: list[Problem] = []
    for one in quarterly or [one for one in series if one.quarterly]:
        try:
            so_far = year_so_far(one, before.year, project)
            path = plan_path(so_far)
        except ReportError as error:
            problems += error.problems
            continue
        found.append(so_far)
        if one in quarterly:
            wanted.setdefault(path, Wanted(path, partial(next_plan, so_far)))
    for one in chosen if not problems else ():
        if not one.quarterly:
            wanted[one.data(before)] = Wanted(one.data(before), partial(_annual, one, before, found, project))
    return list(wanted.values()), problems


def _annual(series: Series, period: Period, found: Sequence[YearSoFar], project: Project) -> NewFile:
    return next_year(series, period, fitting(series, period, found, project), project)
