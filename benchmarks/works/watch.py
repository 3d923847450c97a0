"""`build.py watch` runs, one row of a table of 100 is edited: until both files are new, beside a cold build."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from benchmarks import ours
from benchmarks.comparing import Bench
from benchmarks.content import differences, read, wanted
from benchmarks.measuring import NotMeasuredError, compared, run
from benchmarks.papers import Paper, table
from benchmarks.results import Row, row_of

PATIENCE = 600
"""Seconds that a build under watch may take."""

LOOK_EVERY = 0.005
AT_REST = 2.0
"""Seconds after a build before the next edit: a clerk's hand is not faster, and the watcher may tidy up."""

State = tuple[tuple[int, int, int], ...]


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the row of results."""
    rows = bench.size(100)
    work, against = f"watch: one row of {rows} edited until both files are new", "cold build"
    if not ours.has_command("watch"):
        yield Row(work, against, None, 0.35, "wall", "build.py has no command watch")
        return
    paper = table(rows, 0)
    folder = bench.place("watched")
    config = ours.project(folder, [paper])
    warm, cold = [], []
    with _watching(config):
        for number in range(bench.rounds):
            edited = _edited(paper, number)
            warm.append(_seconds_until_new(folder, edited))
            _check(folder, edited)
            time.sleep(AT_REST)
            other = bench.place("cold")
            cold.append(run(ours.build_all(ours.project(other, [edited])), other)[0].wall)
    yield replace(row_of(work, against, compared(warm, cold), measure="wall"), wanted=0.35)


def _check(folder: Path, paper: Paper) -> None:
    """Refuse files that are new but do not say what was typed."""
    for path in ours.papers_in(folder / "reports"):
        if faults := differences(read(path, paper), wanted(paper)):
            raise NotMeasuredError(f"watch made {path.suffix} without the edit: {'; '.join(faults)}")


def _edited(paper: Paper, number: int) -> Paper:
    """Return the paper with other words in one row in the middle, others each time."""
    at = len(paper.rows) // 2
    row = (*table(1, 1000 + number).rows[0],)
    return replace(paper, rows=(*paper.rows[:at], row, *paper.rows[at + 1 :]))


@contextmanager
def _watching(config: Path) -> Iterator[None]:
    """Let watch run, from the end of its first build on."""
    said = config.with_name("watch.txt")
    with said.open("wb") as stream:
        watcher = subprocess.Popen(
            [*ours.PROGRAM, "watch", "--config", str(config)],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(config.parent, None, watcher)
        time.sleep(AT_REST)
        yield
    finally:
        watcher.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            watcher.wait(20)
        if watcher.poll() is None:
            watcher.kill()


def _seconds_until_new(folder: Path, paper: Paper) -> float:
    """Save the edited data file as an editor does and wait for both files."""
    before = _state(folder)
    part = folder / "data" / ".000.yaml.swp"
    part.write_text(paper.as_yaml(), encoding="utf-8")
    began = time.perf_counter()
    os.replace(part, folder / "data" / "000.yaml")
    _wait(folder, before)
    return time.perf_counter() - began


def _wait(folder: Path, before: State | None, watcher: subprocess.Popen[bytes] | None = None) -> None:
    """Wait until both files are there, and other than before."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        now = _state(folder)
        if len(now) == 2 and (before is None or not set(now) & set(before)):
            return
        if watcher is not None and watcher.poll() is not None:
            raise NotMeasuredError(f"watch ended at once with exit code {watcher.returncode}")
        time.sleep(LOOK_EVERY)
    raise NotMeasuredError(f"watch had not built after {PATIENCE} s")


def _state(folder: Path) -> State:
    """Return what tells a new file from an old one, for the Word file and the PDF."""
    found = []
    for path in ours.papers_in(folder / "reports"):
        with suppress(FileNotFoundError):  # Put in place just now.
            stat = path.stat()
            found.append((stat.st_ino, stat.st_mtime_ns, stat.st_size))
    return tuple(found)
