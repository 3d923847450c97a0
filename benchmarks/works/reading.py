"""Reading a plan of 5,000 tasks; each call is timed in a process of its own, imports and start not counted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import ours
from benchmarks.comparing import Bench
from benchmarks.measuring import compared, run
from benchmarks.methods import package
from benchmarks.papers import plan
from benchmarks.results import Row, row_of

ROWS = (
    ("cold, with places", "places", 1.5),
    ("cold, read and validated", "validated", None),
    ("warm, read and validated again", "again", 0.2),
    ("read and validated in the next process", "next", None),
)
STAGE = {"next": "validated"}


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    tasks = bench.size(5000)
    ways = ("c-loader", *(way for _, way, _ in ROWS))
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for number in range(bench.rounds):
        folder = bench.place("plan")
        folder.mkdir()
        file = folder / "计划.yaml"
        file.write_text(plan(tasks, number), encoding="utf-8")  # New words each round: nothing is known yet.
        for way in ways:
            seconds[way].append(_seconds(STAGE.get(way, way), file))
    versions = {"PyYAML": package("pyyaml")()}
    for name, way, most in ROWS:
        found = compared(seconds[way], seconds["c-loader"])
        work = f"reading {tasks} tasks, {name}"
        row = row_of(work, "yaml.CSafeLoader", found, measure="user CPU of the call", versions=versions)
        yield replace(row, wanted=most)


def _seconds(way: str, file: Path) -> float:
    said = run(ours.stage(way, file), file.parent)[1]
    return float(json.loads(said.splitlines()[-1])["user"])
