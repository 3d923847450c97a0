"""Eight writers and two readers on one folder, writers killed now and then; run as a program, told in JSON."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.battery.writing_papers import STEM, VERSIONS, Pair, finished, make_pair, state_of
from zhibi.output import save_report

WRITERS, READERS = 8, 2
KILL_EVERY = 0.4
"""Seconds between two kills of a writer; its place is taken by a new one."""


def _write(folder: Path, pairs: list[Pair], counts: Any, place: int, stop: Any) -> None:
    dice = random.Random(os.getpid())
    while not stop.value:
        save_report(folder, finished(dice.choice(pairs), folder))
        counts[place] += 1
        time.sleep(dice.uniform(0, 0.02))


def _read(folder: Path, known: frozenset[str], counts: Any, place: int, stop: Any) -> None:
    """Read both files again and again; count the reads, and those that are of no known version."""
    while not stop.value:
        for ending in ("docx", "pdf"):
            content = (folder / f"{STEM}.{ending}").read_bytes()
            counts[2 * place] += 1
            counts[2 * place + 1] += hashlib.sha256(content).hexdigest() not in known
        time.sleep(0.001)


def crowd(folder: Path, seconds: float) -> dict[str, object]:
    """Let the crowd work; return what they did and how the folder looks when they have gone."""
    pairs = [make_pair(version) for version in range(VERSIONS)]
    known = frozenset(hashlib.sha256(content).hexdigest() for pair in pairs for content in pair.values())
    save_report(folder, finished(pairs[0], folder))
    context = get_context("fork")
    stop = context.Value("b", lock=False)  # A lock would die with a killed writer.
    saves, reads = context.Array("l", WRITERS, lock=False), context.Array("l", 2 * READERS, lock=False)

    def start(task: Any, *parts: Any) -> Any:
        process = context.Process(target=task, args=(folder, *parts, stop))
        process.start()
        return process

    writers = [start(_write, pairs, saves, place) for place in range(WRITERS)]
    readers = [start(_read, known, reads, place) for place in range(READERS)]
    until, dice, kills, broken = time.monotonic() + seconds, random.Random(1), 0, 0
    while time.monotonic() < until:
        time.sleep(KILL_EVERY)
        place = dice.randrange(WRITERS)
        broken += not writers[place].is_alive()
        os.kill(writers[place].pid, signal.SIGKILL)
        writers[place].join()
        kills += 1
        writers[place] = start(_write, pairs, saves, place)
    stop.value = 1
    for process in (*writers, *readers):
        process.join(40)
        broken += process.exitcode != 0
    saved = save_report(folder, finished(pairs[1], folder))
    return {
        "saves": list(saves),
        "reads": sum(reads[::2]),
        "invalid": sum(reads[1::2]),
        "kills": kills,
        "broken": broken,
        "left": state_of(folder).strange,
        "last": [path.read_bytes() == pairs[1][path.suffix[1:]] for path in saved.files],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(crowd(Path(sys.argv[1]) / "成品", float(sys.argv[2])), ensure_ascii=False))
