"""All proofreading rules on 50,000 characters against laying out and writing the same paper's Word file."""

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
    """Yield the row of results."""
    characters = bench.size(50_000)
    found = []
    for number in range(bench.rounds):
        desk = Desk(bench.place("desk"), prose(characters, number))
        said = run(ours.stage("proofread", desk.data), desk.folder)[1]
        found.append(json.loads(said.splitlines()[-1]))
    ratio = compared([one["rules"] for one in found], [one["docx"] for one in found])
    work = f"proofreading {characters} characters"
    row = row_of(work, "laying out and writing its DOCX", ratio, measure="user CPU of the call")
    yield replace(row, wanted=1.0)
