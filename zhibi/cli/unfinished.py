"""The reports asked for -> those that are built, and which of them are of a 定期 whose data are not complete yet.

Who names a report gets it, and is told what it lacks. A build without names takes the newest period that is
complete, so that no empty table goes out because its data file has been begun.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.model import Config, Project, ReportEntry, Series
from zhibi.periods import Period

if TYPE_CHECKING:
    from zhibi.cycle.delivery import Open

RULE = "未交齐"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is built; `unfinished` are the data files of it that are not complete, `problems` what is told of that."""

    reports: tuple[ReportEntry, ...]
    unfinished: frozenset[Path] = frozenset()
    problems: tuple[Problem, ...] = ()


def choose(entries: Sequence[ReportEntry], config: Config, project: Project, *, named: bool) -> Chosen:
    """Return what is built of `entries`; `named`: their names were typed."""
    turns = {
        os.path.realpath(series.data(period)): (series, period)
        for series in config.series
        for period in series.periods()
    }
    reports: list[ReportEntry] = []
    unfinished: set[Path] = set()
    problems: list[Problem] = []
    for entry in entries:
        turn = turns.get(os.path.realpath(entry.data))
        waits = _open(entry, project) if turn else None
        if turn is None or not waits:
            reports.append(entry)
            continue
        at, said = Location(project.shown(entry.data)), f"“{entry.name}”还没有完成：{waits}"
        if named or entry in config.reports:
            reports.append(entry)
            unfinished.add(entry.data)
            hint = "这次照样生成；都齐了以后请再生成一次"
        else:
            other = _newest_complete(*turn, project)
            listed = other is None or any(one.data == other.data for one in config.reports)
            reports += [] if other is None or listed else [other]
            instead = "" if other is None else f"，最近一期齐了的是“{other.name}”"
            said += f"；这次没有生成它{instead}"
            hint = f"要先看样子，请运行 python3 build.py {entry.name}"
        problems.append(Problem(at, RULE, said, hint, Level.ADVICE))
    return Chosen(tuple(reports), frozenset(unfinished), tuple(problems))


def _open(entry: ReportEntry, project: Project) -> Open | None:
    """Return what a report waits for; the build itself tells of data with errors."""
    from zhibi.cycle.delivery import still_open  # Imported late: most papers are of no 定期.

    try:
        return still_open(entry.data, project)
    except ReportError:
        return None


def _newest_complete(series: Series, before: Period, project: Project) -> ReportEntry | None:
    """Return the newest report of a 定期 before a period that waits for nothing."""
    reports = (series.report(period) for period in reversed(series.periods()) if period < before)
    return next((one for one in reports if not _open(one, project)), None)
