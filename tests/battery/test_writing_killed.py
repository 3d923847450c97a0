"""Rows 87 and 88: killed at any moment, the next run leaves a whole pair of one version and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_runs import can_trace, run

Rounds = Callable[[int, int], int]


@pytest.mark.parametrize(
    ("name", "few", "every"), [("SIGKILL", 15, 200), ("SIGTERM", 4, 50), ("SIGINT", 4, 50)]
)
def test_killed_at_random_moments(tmp_path: Path, rounds: Rounds, name: str, few: int, every: int) -> None:
    told = run("writing_lab", name, tmp_path, rounds(few, every))
    assert told["bad"] == []
    assert told["tried"] == rounds(few, every)
    if name == "SIGKILL":
        assert told["leftovers"] > 0, "no kill hit a save: the experiment shows nothing"


@pytest.mark.skipif(not can_trace(), reason="strace is not here or may not trace")
def test_killed_at_every_system_call(tmp_path: Path, rounds: Rounds) -> None:
    told = run("writing_lab", "every_kill", tmp_path, rounds(12, 1))
    assert told["bad"] == []
    assert told["tried"] >= rounds(15, 200)
    assert told["halves"] > 0, "no kill hit between journal and manifest"
