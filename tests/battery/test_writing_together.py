"""Row 86: eight writers and two readers on one folder; nobody reads half a file, nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.battery.writing_runs import run


def test_writers_and_readers_on_one_folder(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    told = run("writing_crowd", tmp_path, rounds(3, 60))
    assert told["invalid"] == 0
    assert told["broken"] == 0, "a writer or reader failed, or did not end"
    assert told["left"] == []
    assert told["last"] == [True, True]
    assert min(told["saves"]) > 0, "a writer never had its turn"
    assert told["reads"] > 100
    assert told["kills"] >= rounds(4, 80)
