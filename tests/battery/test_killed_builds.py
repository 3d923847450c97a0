"""Whole builds killed at any moment: the finished pair is of one version, and the next run leaves nothing behind.

Row 87 and 88 of the fault table: kill -9, power loss, the end of a session in the middle of a build.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from zhibi.output import WORKSPACE, recover

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = "版本: 1\n模板: 文稿\n文件名: 通知\n标题: 关于报送第{0}稿的通知\n正文: [请报送第{0}稿。]\n"
KEPT = {"清单.json", "运行记录.txt", "锁"}
"""What the program's own folder holds between two runs."""


def build(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "build.py"), "甲.yaml", "--out", "成品", "--quiet"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(folder: Path) -> None:
    run = build(folder)
    _, said = run.communicate()
    assert run.returncode == 0, said.decode()


def write(folder: Path, version: int) -> None:
    (folder / "甲.yaml").write_text(TEXT.format(version), encoding="utf-8")


def pair(folder: Path) -> tuple[bytes, bytes]:
    return tuple((folder / "成品" / f"通知.{end}").read_bytes() for end in ("docx", "pdf"))  # type: ignore[return-value]


def litter(folder: Path) -> list[str]:
    """Return what lies about that should not."""
    output = folder / "成品"
    own = {path.name for path in (output / WORKSPACE).iterdir()}
    return sorted({path.name for path in output.iterdir()} - {"通知.docx", "通知.pdf", WORKSPACE}) + sorted(
        own - KEPT
    )


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, list[tuple[bytes, bytes]], float]:
    """A folder, the two pairs that can be made in it, and the seconds that one build takes."""
    pairs = []
    for version in (1, 2):
        write(tmp_path, version)
        began = time.monotonic()
        finish(tmp_path)
        took = time.monotonic() - began
        pairs.append(pair(tmp_path))
    assert pairs[0] != pairs[1]
    return tmp_path, pairs, took


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_build_leaves_one_version_of_the_pair(
    versions: tuple[Path, list[tuple[bytes, bytes]], float],
    how: signal.Signals,
    rounds: Callable[[int, int], int],
) -> None:
    folder, pairs, took = versions
    source = random.Random(int(how))
    seen = []
    stopped = 0
    for number in range(rounds(4, 200 if how is signal.SIGKILL else 50)):
        write(folder, number % 2 + 1)
        run = build(folder)
        # The last quarter of a build is when files are written; half of the kills fall there.
        late = source.random() < 0.5
        time.sleep(took * (source.uniform(0.75, 1.1) if late else source.uniform(0, 1)))
        run.send_signal(how)
        _, said = run.communicate(timeout=60)
        assert b"Traceback" not in said
        assert run.returncode in {0, 130, -how}
        stopped += run.returncode != 0
        recover(folder / "成品")  # What every run does first.
        assert pair(folder) in pairs, number
        assert litter(folder) == [], number
        seen.append(pair(folder))
    assert stopped
    write(folder, 1)
    finish(folder)
    assert pair(folder) == pairs[0]
    assert litter(folder) == []
