"""What a command costs, and what a handful of costs say."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REAPER = Path(__file__).with_name("reaper.py")
LIMIT = 1800
"""Seconds after which a command is given up."""


class NotMeasuredError(Exception):
    """Why there is no figure."""


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes of one run; `user` and `system` of the whole process tree, `peak` of its largest process."""

    user: float
    system: float = 0.0
    wall: float = 0.0
    peak: int = 0

    @property
    def cpu(self) -> float:
        """User and system time: what is left of a run of a few milliseconds when the split of the two is chance."""
        return self.user + self.system


def run(command: Sequence[str | Path], folder: Path) -> tuple[Cost, str]:
    """Run a command in `folder`; return its cost and what it printed. Raise NotMeasuredError when it fails."""
    result, said = folder / ".cost.json", folder / ".said.txt"
    result.unlink(missing_ok=True)
    words = [str(word) for word in command]
    with said.open("wb") as stream:
        subprocess.run(
            [sys.executable, "-I", "-S", str(REAPER), str(result), str(LIMIT), *words],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
        )
    text = said.read_text(encoding="utf-8", errors="replace")
    if not result.exists():
        raise NotMeasuredError(f"{Path(words[0]).name} could not be run: {_last_line(text)}")
    found = json.loads(result.read_text(encoding="utf-8"))
    if found["timed_out"]:
        raise NotMeasuredError(f"given up after {LIMIT} s")
    if found["code"] != 0:
        raise NotMeasuredError(f"exit code {found['code']}: {_last_line(text)}")
    return Cost(found["user"], found["system"], found["wall"], found["peak"]), text


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else "it said nothing"


def mean(costs: Sequence[Cost]) -> Cost:
    """Return the cost of one of several like runs."""
    count = len(costs)
    return Cost(
        sum(one.user for one in costs) / count,
        sum(one.system for one in costs) / count,
        sum(one.wall for one in costs) / count,
        max(one.peak for one in costs),
    )


@dataclass(frozen=True)
class Compared:
    """Two methods over several rounds: the median of the ratios of the rounds, the least and the greatest."""

    ratio: float
    spread: tuple[float, float]
    ours: float
    theirs: float
    rounds: int


def compared(ours: Sequence[float], theirs: Sequence[float]) -> Compared:
    """Compare two methods round by round, for load that comes and goes meets both of a round alike."""
    ratios = [own / other for own, other in zip(ours, theirs, strict=True)]
    return Compared(
        statistics.median(ratios),
        (min(ratios), max(ratios)),
        statistics.median(ours),
        statistics.median(theirs),
        len(ratios),
    )


def exponent(measured: Mapping[int, float]) -> float:
    """Return how a cost grows with the size, from three sizes; start-up costs cancel.

    1 is in proportion: log((c3 - c1) / (c2 - c1)) / log((n3 - n1) / (n2 - n1)).
    """
    (first, low), (second, middle), (third, high) = sorted(measured.items())
    if middle <= low or high <= low:
        raise NotMeasuredError(f"from {first} to {second} nothing grew beyond the noise")
    return math.log((high - low) / (middle - low)) / math.log((third - first) / (second - first))
