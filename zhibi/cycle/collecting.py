"""Workbooks that came back, the papers of a period -> what becomes of every cell, and the files as they would be.

Nothing is written here. Each answer is taken alone: one that the model would refuse leaves the others in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.cells import Cell, cells_of, wanted_value
from zhibi.cycle.delivery import Missing, undelivered
from zhibi.cycle.held_paper import HeldPaper
from zhibi.cycle.ledger import Ledger, ledger_bytes, ledger_path, noted, read_ledger
from zhibi.cycle.merging import LEFT, TAKEN, Decision, Verdict, decide
from zhibi.errors import Level, Location, Problem, ReportError
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


@dataclass(frozen=True, slots=True)
class Collected:
    """What becomes of one paper: its cells, its files as they would be, and who is still missing."""

    paper: HeldPaper
    units: frozenset[str]
    outcomes: tuple[Outcome, ...]
    files: tuple[Replaced, ...]
    notes: Mapping[Path, bytes]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class _Merged:
    """Cells, the paper as it would be, and the content of the files that change."""

    outcomes: tuple[Outcome, ...]
    source: Source
    contents: Mapping[Path, bytes] = field(default_factory=dict)


def collect_paper(paper: HeldPaper, period: Period, returned: Sequence[Returned]) -> Collected:
    """Return what becomes of a paper when these workbooks come back; raise `ReportError` when nothing can."""
    path = ledger_path(paper.data)
    ledger = read_ledger(path)
    cells = cells_of(paper, period, returned)
    decided = tuple(one for cell in cells if (one := _decided(cell, ledger)) is not None)
    merged = _merged(paper, decided)
    files = tuple(
        Replaced(changed.resolve(), paper.contents[changed], content)
        for changed, content in merged.contents.items()
    )
    new = noted(ledger, {one.cell.key: _of_units(one) for one in merged.outcomes if not one.left})
    notes = {path: ledger_bytes(new)} if new != ledger else {}
    units = frozenset(book.unit for book in returned)
    return Collected(paper, units, merged.outcomes, files, notes, tuple(undelivered(merged.source)))


def _decided(cell: Cell, ledger: Ledger) -> Outcome | None:
    decision = decide(cell.now, cell.said, ledger.get(cell.key, {}))
    if decision is None:  # Only serials were typed anew.
        return None
    if cell.refusal and decision.verdict is not Verdict.SAME:
        decision = Decision(Verdict.REFUSED, decision.text, cell.refusal)
    return Outcome(cell, decision)


def _of_units(outcome: Outcome) -> dict[str, str]:
    """Return what was taken, or stood there already, by the units that said it."""
    return {said.unit: outcome.decision.text for said in outcome.cell.said}


def _merged(paper: HeldPaper, outcomes: tuple[Outcome, ...]) -> _Merged:
    """Return the files with everything taken that the model lets pass; what it refuses is refused."""
    while any(one.taken for one in outcomes):
        contents = _contents(paper, outcomes)
        try:
            return _Merged(outcomes, paper.tried(contents), contents)
        except ReportError as error:
            refused = _blamed(paper, contents, outcomes, error.problems)
            if not refused:
                raise
            outcomes = tuple(
                replace(
                    one, decision=replace(one.decision, verdict=Verdict.REFUSED, why=refused[one.cell.key])
                )
                if one.cell.key in refused
                else one
                for one in outcomes
            )
    return _Merged(outcomes, paper.source)


def _contents(paper: HeldPaper, outcomes: Iterable[Outcome]) -> dict[Path, bytes]:
    """Return the content of the files that change when all that is taken is written."""
    changes: dict[Path, list[tuple[tuple[str, ...], Any]]] = {paper.data: [], paper.plan_file: []}
    taken = [one for one in outcomes if one.taken]
    for one in taken:
        file = paper.plan_file if one.cell.in_plan else paper.data
        changes[file].append((one.cell.path, wanted_value(one.cell, one.decision.text, paper.fetch)))
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


def _blamed(
    paper: HeldPaper, contents: Mapping[Path, bytes], outcomes: Iterable[Outcome], problems: Iterable[Problem]
) -> dict[str, str]:
    """Return the cells that brought errors in, with what the model says of them.

    An error that stands at a value is that cell's; one of a task or an indicator is of all its cells.
    """
    typed = {path: paper.parsed(path, content) for path, content in contents.items()}
    taken = [one.cell for one in outcomes if one.taken]
    blamed: dict[str, str] = {}
    for problem in (one for one in problems if one.level is Level.ERROR):
        for whole in (False, True):
            own = [
                cell
                for cell in taken
                if problem.at
                in _places(
                    typed[paper.plan_file if cell.in_plan else paper.data], cell.entry if whole else cell.path
                )
            ]
            if own:
                mend = f"（{problem.suggestion}）" if problem.suggestion else ""
                blamed |= {cell.key: f"{problem.message}{mend}" for cell in own}
                break
    return blamed


def _places(data: plain.Mapping | None, path: Sequence[str]) -> set[Location]:
    """Return every place of the value at `path`, that of its key included."""
    here: Any = data
    key = Location("")
    for step in path:
        if not isinstance(here, plain.Mapping) or step not in here:
            return set()
        key, here = here.place_of(step), here[step]
    return {key, *_inside(here)}


def _inside(value: Any) -> Iterator[Location]:
    if isinstance(value, plain.Scalar | plain.Mapping | plain.Sequence):
        yield value.at
    if isinstance(value, plain.Mapping):
        for key, inner in value.items():
            yield from (*_inside(key), *_inside(inner))
    elif isinstance(value, plain.Sequence):
        for inner in value:
            yield from _inside(inner)
