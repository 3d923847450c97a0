"""Methods on the same papers, one after another in each round, each round with papers of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.content import Content, differences, read, wanted
from benchmarks.measuring import Cost, NotMeasuredError, compared, run
from benchmarks.methods import Desk, Method, finished
from benchmarks.papers import Paper, table
from benchmarks.results import Row, row_of


@dataclass(frozen=True)
class Bench:
    """One run: its folder for what is made, how many rounds, and whether sizes are only to be tried."""

    folder: Path
    rounds: int = 5
    small: bool = False

    def say(self, text: str) -> None:
        """Tell how it goes; a full run takes long."""
        print(text, flush=True)

    def size(self, full: int) -> int:
        """Return the size of a work; a tenth of it when the harness itself is tried."""
        return max(2, full // 10) if self.small else full

    def place(self, *names: object) -> Path:
        """Return a folder that is not there yet."""
        path = self.folder.joinpath(*map(str, names))
        shutil.rmtree(path, ignore_errors=True)
        return path


@dataclass
class Runs:
    """What one method took, round by round, and what it wrote; `why` it is out of the comparison."""

    method: Method
    why: str = ""
    costs: list[Cost] = field(default_factory=list)
    content: Content | None = None


Against = Sequence[tuple[Method, float | None]]


def compare(
    bench: Bench,
    work: str,
    ending: str,
    methods: tuple[Mapping[Method, str], Against],
    paper: Callable[[int], Paper],
) -> Iterator[Row]:
    """Yield a row for each of our ways and other method: what ours takes to what theirs takes, in user CPU.

    Our ways are told with what their rows say beyond `work`. Each round has its own papers (`paper` of the round's
    number), so that nothing kept from a round before helps.
    """
    own, others = methods
    runs = [Runs(method, method.missing) for method in (*own, *(other for other, _ in others))]
    _warm_up(bench, runs)
    for number in range(bench.rounds):
        desk = Desk(bench.place("desk"), paper(number))
        for one in runs:
            if not one.why and not runs[0].why:
                one.why = _round(one, desk, ending, runs[0].content)
    for ours, said in zip(runs, own.values(), strict=False):
        for one, (_, most) in zip(runs[len(own) :], others, strict=True):
            yield replace(_row(work + said, ours, one), wanted=most)


def _warm_up(bench: Bench, runs: Sequence[Runs]) -> None:
    """Let each method run once in nobody's time: files come into memory, a user profile is made."""
    desk = Desk(bench.place("desk"), table(2, 0))
    for one in runs:
        if not one.why:
            with suppress(NotMeasuredError):  # Said when it comes to the measuring.
                run(one.method.command(desk, desk.out("made")), desk.folder)


def _round(one: Runs, desk: Desk, ending: str, ours: Content | None) -> str:
    """Let a method make the paper once; return why it is out of the comparison, nothing when it is not."""
    out = desk.out("made")
    try:
        cost, _ = run(one.method.command(desk, out), desk.folder)
        found = read(finished(out, ending), desk.paper)
    except (NotMeasuredError, FileNotFoundError) as error:
        return str(error)
    expected = wanted(desk.paper)
    pages = ours.pages if ours else None
    if faults := differences(found, replace(expected, pages=pages)):
        return f"not the same content: {'; '.join(faults)}"
    one.costs.append(cost)
    one.content = found
    return ""


def _row(work: str, own: Runs, other: Runs) -> Row:
    if own.why or other.why:
        why = f"Zhibi: {own.why}" if own.why else other.why
        return Row(work, other.method.name, why=why)
    found = compared([cost.user for cost in own.costs], [cost.user for cost in other.costs])
    with_system = compared([cost.cpu for cost in own.costs], [cost.cpu for cost in other.costs])
    pairs = [(one.method.name, one) for one in (own, other)]
    return row_of(
        work,
        other.method.name,
        found,
        with_system=round(with_system.ratio, 4),
        content={name: one.content.facts for name, one in pairs if one.content},
        versions={name: one.method.version() for name, one in pairs},
    )
