"""Checking a paper of 50,000 characters against building its Word file, and the rules alone against layout and writing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from benchmarks import ours
from benchmarks.comparing import Bench
from benchmarks.measuring import compared, run
from benchmarks.methods import Desk
from benchmarks.papers import prose
from benchmarks.results import Row, row_of


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    characters = bench.size(50_000)
    checks, builds, calls = list[float](), list[float](), list[dict[str, float]]()
    for number in range(bench.rounds):
        desk = Desk(bench.place("desk"), prose(characters, number))
        checks.append(run(ours.check(desk.data), desk.folder)[0].user)
        builds.append(run(ours.build(desk.data, "docx", desk.out("made")), desk.folder)[0].user)
        said = run(ours.stage("proofread", desk.data), desk.folder)[1]
        calls.append(json.loads(said.splitlines()[-1]))
    work = f"checking {characters} characters"
    yield replace(row_of(work, "building its DOCX", compared(checks, builds)), wanted=1.0)
    ratio = compared([one["rules"] for one in calls], [one["docx"] for one in calls])
    measure = "user CPU of the call"
    yield row_of(f"{work}, the rules alone", "laying out and writing its DOCX", ratio, measure=measure)
