"""Workbooks that came back, the papers of a period -> what becomes of every cell, and the files as they would be.

Nothing is written here. Each answer is taken alone: one that the model would refuse leaves the others in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.collecting.cells import Cell, cells_of, change_of
from zhibi.cycle.collecting.held_paper import HeldPaper
from zhibi.cycle.collecting.ledger import Ledger, ledger_bytes, ledger_path, noted, read_ledger
from zhibi.cycle.collecting.merging import (
    LEFT,
    TAKEN,
    Decision,
    Dispute,
    Verdict,
    decide,
    disputed,
)
from zhibi.cycle.delivery import Missing, undelivered
from zhibi.errors import Problem, ReportError
from zhibi.output import Replaced
from zhibi.paper import Source
from zhibi.periods import Period
from zhibi.round_trip import rewrite
from zhibi.workbooks import Returned


@dataclass(frozen=True, slots=True)
class Outcome:
    """A cell and what becomes of it."""

    cell: Cell
    decision: Decision

    @property
    def taken(self) -> bool:
        """Tell whether the file changes."""
        return self.decision.verdict in TAKEN

    @property
    def left(self) -> bool:
        """Tell whether somebody must still do something."""
        return self.decision.verdict in LEFT

    @property
    def newly_settled(self) -> bool:
        """Tell whether it was a conflict that a person has settled since, which is told once."""
        return self.decision.verdict is Verdict.SETTLED and bool(self.decision.why)


@dataclass(frozen=True, slots=True)
class Collected:
    """What becomes of one paper: its cells, its files as they would be, and who is still missing.

    `units` have filled in something; the forms of those under `blank` came back as they went out.
    """

    paper: HeldPaper
    units: frozenset[str]
    outcomes: tuple[Outcome, ...]
    files: tuple[Replaced, ...]
    notes: Mapping[Path, bytes]
    missing: tuple[Missing, ...]
    blank: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Trial:
    """Files with some cells taken, the paper that they make, and the errors that they bring in."""

    contents: Mapping[Path, bytes]
    source: Source | None
    errors: Sequence[Problem]


def collect_paper(paper: HeldPaper, period: Period, returned: Sequence[Returned]) -> Collected:
    """Return what becomes of a paper when these workbooks come back; raise `ReportError` when nothing can."""
    path = ledger_path(paper.data)
    ledger = read_ledger(path)
    cells = cells_of(paper, period, returned)
    decided = tuple(one for cell in cells if (one := _decided(cell, ledger)) is not None)
    outcomes, trial = _merged(paper, decided)
    files = tuple(
        Replaced(changed.resolve(), paper.contents[changed], content)
        for changed, content in trial.contents.items()
    )
    taken = {one.cell.key: _of_units(one) for one in outcomes if not one.left}
    new = noted(ledger, taken, dict(_disputes(outcomes, ledger)))
    notes = {path: ledger_bytes(new)} if new != ledger else {}
    units = frozenset(book.unit for book in returned if not book.untouched)
    blank = frozenset(book.unit for book in returned) - units
    missing = tuple(undelivered(trial.source or paper.source))
    return Collected(paper, units, outcomes, files, notes, missing, blank)


def _disputes(outcomes: Sequence[Outcome], ledger: Ledger) -> Iterator[tuple[str, Dispute]]:
    """Yield what is to be remembered of each cell that is in conflict, or settled now."""
    for one in outcomes:
        key, dispute = one.cell.key, ledger.disputes.get(one.cell.key)
        if one.decision.verdict is Verdict.CONFLICT:
            yield (
                key,
                disputed(one.cell.now, one.cell.said, ledger.taken.get(key, {}), dispute, one.cell.typed),
            )
        elif one.decision.verdict is Verdict.SETTLED and dispute:
            yield key, replace(dispute, settled=one.cell.now)


def _decided(cell: Cell, ledger: Ledger) -> Outcome | None:
    decision = decide(
        cell.now, cell.said, ledger.taken.get(cell.key, {}), ledger.disputes.get(cell.key), cell.typed
    )
    if decision is None:  # Only serials were typed anew.
        return None
    if cell.refusal and decision.verdict is not Verdict.SAME:
        decision = Decision(Verdict.REFUSED, decision.text, cell.refusal)
    return Outcome(cell, decision)


def _of_units(outcome: Outcome) -> dict[str, str]:
    """Return what was taken, or stood there already, by the units that said it."""
    text, settled = outcome.decision.text, outcome.decision.verdict is Verdict.SETTLED
    return {said.unit: text for said in outcome.cell.said if not settled or said.text == text}


def _merged(paper: HeldPaper, outcomes: tuple[Outcome, ...]) -> tuple[tuple[Outcome, ...], _Trial]:
    """Return the files with everything taken that a build lets pass; what it refuses is refused."""
    trial = _tried(paper, [one for one in outcomes if one.taken])
    if trial.errors:
        refused = _culprits(paper, [one for one in outcomes if one.taken], trial)
        outcomes = tuple(
            replace(one, decision=replace(one.decision, verdict=Verdict.REFUSED, why=refused[one.cell.key]))
            if one.cell.key in refused
            else one
            for one in outcomes
        )
        trial = _tried(paper, [one for one in outcomes if one.taken])
    if trial.errors:
        raise ReportError(trial.errors)
    return outcomes, trial


def _tried(paper: HeldPaper, taken: Sequence[Outcome]) -> _Trial:
    """Return the paper with these cells taken, as a build would see it."""
    if not taken:
        return _Trial({}, paper.source, ())
    try:
        contents = _contents(paper, taken)
    except ReportError as error:
        return _Trial({}, None, error.problems)
    return _Trial(contents, *paper.tried(contents))


def _culprits(paper: HeldPaper, taken: Sequence[Outcome], trial: _Trial) -> dict[str, str]:
    """Return the cells that bring errors in, with the words of the build; halves tell which they are."""
    if not trial.errors:
        return {}
    if len(taken) == 1:
        first = trial.errors[0]
        mend = f"（{first.suggestion}）" if first.suggestion else ""
        return {taken[0].cell.key: f"{first.message}{mend}"}
    found: dict[str, str] = {}
    for half in (taken[: len(taken) // 2], taken[len(taken) // 2 :]):
        found |= _culprits(paper, half, _tried(paper, half))
    return found


def _contents(paper: HeldPaper, taken: Sequence[Outcome]) -> dict[Path, bytes]:
    """Return the content of the files that change when these cells are written."""
    changes: dict[Path, list[tuple[tuple[str, ...], Any]]] = {paper.data: [], paper.plan_file: []}
    for one in taken:
        file = paper.plan_file if one.cell.in_plan else paper.data
        changes[file].append(change_of(one.cell, one.decision.text, paper))
    paths = {one.cell.path for one in taken}
    for entry in dict.fromkeys(one.cell.entry for one in taken if not one.cell.in_plan):
        if not isinstance(paper.progress.get(entry[-1]), plain.Mapping):
            blank = [(*entry, column) for column in paper.required if (*entry, column) not in paths]
            changes[paper.data] += [(path, "") for path in blank]
    return {
        path: rewrite(paper.contents[path], paper.project.shown(path), own, paper.words_of(path))
        for path, own in changes.items()
        if own
    }
