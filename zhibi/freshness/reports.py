"""Finished reports of an output folder -> which of them need not be made again.

A report is kept with the states of all it was made from and of its files, and with what is told of it, so that a run in
which it did not change tells the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibi.errors import Level, Location, Problem
from zhibi.freshness.runs import keep_record, read_record, standing
from zhibi.freshness.states import all_still, engine, is_still, kept_in, settled

if TYPE_CHECKING:
    from zhibi.freshness.states import State

_VERSION = 2


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was made: `states` of what it was made from and of its files; `told` is the caller's own, as JSON has it."""

    asked: str
    states: Mapping[str, State]
    problems: tuple[Problem, ...]
    told: Mapping[str, Any]


class Records:
    """The records of one output folder, by data file; read once, written by `save`."""

    def __init__(self, output: Path) -> None:
        name = hashlib.sha256(os.path.realpath(output).encode("utf-8", "surrogatepass")).hexdigest()
        self._path = os.path.join(kept_in("reports"), f"{name[:32]}.json")
        self._engine = engine()
        self._kept = self._read()
        self._asked_states: dict[str, tuple[State, bool]] = {}
        self._changed = False

    def fresh(self, data: Path, asked: str) -> Kept | None:
        """Return what is known of a report that was made as `asked` and of which nothing has changed since."""
        kept = self._kept.get(_whole(data))
        if kept is None or kept.asked != asked:
            return None
        return kept if all(self._is_still(path, state) for path, state in kept.states.items()) else None

    def keep(self, data: Path, kept: Kept) -> None:
        """Keep a report that has just been made."""
        self._kept[_whole(data)] = kept
        self._changed = True

    def drop(self, data: Path) -> None:
        """Forget a report that could not be made."""
        if self._kept.pop(_whole(data), None) is not None:
            self._changed = True

    def save(self, common: Mapping[str, State]) -> None:
        """Write the records with the states of what all reports share; a folder that cannot be written costs the
        next run more work."""
        if not self._changed:
            return
        reports = {
            data: [
                kept.asked,
                settled(kept.states),
                [_packed(problem) for problem in kept.problems],
                kept.told,
            ]
            for data, kept in self._kept.items()
            if os.path.exists(data)
        }
        try:
            head = {"version": _VERSION, "engine": self._engine, "common": common}
            keep_record(self._path, {**head, "reports": reports})
        except OSError:
            return

    def _read(self) -> dict[str, Kept]:
        try:
            record = read_record(self._path)
            if record["version"] != _VERSION or record["engine"] != self._engine:
                return {}
            if not all_still(record["common"]):
                return {}
            return {
                data: Kept(asked, states, tuple(map(_unpacked, problems)), told)
                for data, (asked, states, problems, told) in record["reports"].items()
            }
        except (OSError, ValueError):
            return {}

    def _is_still(self, path: str, state: State) -> bool:
        """Ask the system once a run for what many reports share."""
        known = self._asked_states.get(path)
        if known is None or known[0] != state:
            known = self._asked_states[path] = (state, is_still(path, state))
        return known[1]


def _whole(data: Path) -> str:
    """Return the whole name of a data file; where a link stands in it, the plan is looked for beside the link."""
    return os.path.join(standing(), data)


def _packed(problem: Problem) -> list[Any]:
    return [list(astuple(problem.at)), *astuple(problem)[1:]]


def _unpacked(raw: list[Any]) -> Problem:
    at, rule, message, suggestion, level, *rest = raw
    return Problem(Location(*at), rule, message, suggestion, Level(level), *rest)
