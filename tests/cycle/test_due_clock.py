"""`due` by the clock of the machine, set to moments around midnight in Beijing, in three zones."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.battery.test_same_bytes import CLOCK, PATIENT, needs_faketime
from tests.cycle.due_office import THIRD, Office
from zhibi.cli.screen import OK, SOME_FAILED

ROOT = Path(__file__).resolve().parents[2]


def run_at(office: Office, clock: str, zone: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a scheduler does, by a clock that is set and in another zone."""
    office.write("sitecustomize.py", PATIENT)
    own: Mapping[str, str] = {**os.environ, **CLOCK, "TZ": zone, "PYTHONPATH": str(office.folder)}
    config = str(office.folder / "config.yaml")
    command = [sys.executable, str(ROOT / "build.py"), "due", "--config", config, *words]
    return subprocess.run(
        ["faketime", "-f", f"@{clock}", *command], env=own, capture_output=True, text=True, check=False
    )


@needs_faketime
def test_the_clock_of_the_machine_is_read_in_beijing(
    office: Office, rounds: Callable[[int, int], int]
) -> None:
    office.write("config.yaml", THIRD)
    clocks = (
        ("2026-09-30 12:00:00", "America/New_York", True),
        ("2026-09-30 15:59:30", "UTC", False),
        ("2026-09-30 16:00:00", "UTC", True),
        ("2026-10-01 00:00:00", "Asia/Shanghai", True),
        ("2026-09-30 11:59:30", "America/New_York", False),
    )
    for clock, zone, listed in clocks[: rounds(2, len(clocks))]:
        said = run_at(office, clock, zone)
        assert (said.returncode, said.stderr) == (OK, "")
        assert ("季度表2026Q3" in said.stdout) == listed


@needs_faketime
def test_a_machine_that_was_off_makes_the_quarter_it_missed(
    office: Office, rounds: Callable[[int, int], int]
) -> None:
    if not rounds(0, 1):
        pytest.skip(
            "a build by another clock: full battery only; test_what_is_complete does the same by --on"
        )
    office.write("config.yaml", THIRD)
    office.quarter(3)
    said = run_at(office, "2027-02-03 23:30:00", "UTC", "--build")
    assert list(office.papers()) == ["云川区2026年度重点工作三季度完成情况.docx"]
    assert "[1/1] 季度表2026Q3 ✓" in said.stdout
    assert "季度表2026Q4：还没有数据文件，请运行 python3 build.py new 2026Q4" in said.stdout
    assert said.returncode == SOME_FAILED, said.stderr
