"""Nothing has changed: build.py over 50 reports that are all there."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from benchmarks import ours
from benchmarks.comparing import Bench
from benchmarks.measuring import Cost, compared, mean, run
from benchmarks.papers import small
from benchmarks.results import Row, row_of

OF_PASS, OF_FIRST = 4.0, 0.15
REPEATED = 5
"""Times that what takes milliseconds is run in a round."""


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    count = bench.size(50)
    folder = bench.place("many")
    many = ours.project(folder, (small(number, 0) for number in range(count)))
    run(ours.build_all(many), folder)  # The first build of all: nobody's time.
    command = ours.build_all(many)
    costs = []
    for number in range(bench.rounds):
        nothing = mean([run([sys.executable, "-c", "pass"], folder)[0] for _ in range(REPEATED)])
        cost, _ = run(command, folder)
        if cost.wall < 1:
            cost = mean([cost, *(run(command, folder)[0] for _ in range(REPEATED - 1))])
        first = bench.place("one")
        one = ours.project(first, [small(0, number + 1)])
        costs.append((nothing, cost, run(ours.build_all(one), first)[0]))
    yield from _rows(f"no-op build of {count} reports", costs)


def _rows(work: str, costs: Sequence[tuple[Cost, Cost, Cost]]) -> Iterator[Row]:
    """Compare both yardsticks in CPU and in wall time; the CPU is user + system, for a run takes milliseconds."""
    yardsticks = (("python -c pass", 0, OF_PASS), ("first build of one report", 2, OF_FIRST))
    for against, place, most in yardsticks:
        cpu = compared([each[1].cpu for each in costs], [each[place].cpu for each in costs])
        yield replace(row_of(work, against, cpu, measure="user + system CPU"), wanted=most)
        wall = compared([each[1].wall for each in costs], [each[place].wall for each in costs])
        yield replace(row_of(work, against, wall, measure="wall"), wanted=most)
