"""Rows 78, 79, 90, 91: the system refuses; the old pair is intact or the new one complete, and the cause is said."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_runs import ROOT, can_mount, can_trace, run

Rounds = Callable[[int, int], int]


@pytest.mark.skipif(not can_trace(), reason="strace is not here or may not trace")
def test_every_system_call_fails_in_every_way(tmp_path: Path, rounds: Rounds) -> None:
    told = run("writing_lab", "every_fault", tmp_path, rounds(80, 1))
    assert told["bad"] == []
    assert told["tried"] >= rounds(12, 1000)
    assert told["refused"] > 0, "no fault reached the clerk: the experiment shows nothing"


@pytest.mark.skipif(not can_mount(), reason="no disk can be mounted here (needs the administrator)")
def test_a_disk_that_is_full_and_then_read_only(tmp_path: Path) -> None:
    told = run("writing_small_disk", tmp_path, within=("unshare", "--mount"))
    assert "磁盘空间不足，还需约 3 MB" in told["full"]
    assert "请腾出空间" in told["full"]
    assert told["after full"] == "State(docx=0, pdf=0, strange=())"
    assert told["smaller"] == "saved True"
    assert "磁盘是只读的" in told["read-only"]
    assert told["read-only, same"] == "saved False"
    assert told["after read-only"] == "State(docx=2, pdf=2, strange=())"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    script = f"""
import resource
from pathlib import Path
from tests.battery.writing_papers import finished, make_pair, state_of
from zhibi.output import save_report
from zhibi.errors import ReportError
folder = Path({str(tmp_path)!r}) / "成品"
save_report(folder, finished(make_pair(0), folder))
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
try:
    save_report(folder, finished(make_pair(1), folder))
except ReportError as error:
    print(error)
print(state_of(folder))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "文件超过了系统允许的大小" in done.stdout
    assert "State(docx=0, pdf=0, strange=())" in done.stdout
