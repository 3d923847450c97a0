"""Ctrl-C and a scheduler's SIGTERM at any moment leave whole papers, no process and no traceback."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.battery.office import INTERRUPTED, OK, OUTPUT, ROOT, lay_out, paper, papers, run
from zhibi import cli
from zhibi.signals import deaf, held


def interrupted(office: Path, words: Sequence[str], what: signal.Signals, delay: float) -> tuple[int, str]:
    """Build, send a signal after `delay` seconds, and return exit code and words; all processes must be gone.

    Ctrl-C reaches every process of the terminal, a scheduler's SIGTERM the first only.
    """
    command = [sys.executable, str(ROOT / "build.py"), *words]
    process = subprocess.Popen(
        command, cwd=office, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    time.sleep(delay)
    if process.poll() is None:
        (os.killpg if what is signal.SIGINT else os.kill)(process.pid, what)
    said = process.communicate(timeout=60)[0].decode("utf-8", "replace")
    end = time.monotonic() + 10
    while time.monotonic() < end and alive(process.pid):
        time.sleep(0.05)
    assert not alive(process.pid), "a process of the run goes on"
    return process.returncode, said


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_signal_leaves_whole_papers(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    first, second = ({name: paper(name, f"请{words}报送。") for name in "甲乙"} for words in ("早", "晚"))
    office = lay_out(tmp_path / "办", first)
    words = ["--config", "config.yaml", "--format", ("docx", "docx,pdf")[rounds(0, 1)]]
    began = time.monotonic()
    assert run(words, office).code == OK
    whole = time.monotonic() - began
    old = papers(office / OUTPUT)
    new: dict[str, str] = {}
    chance = random.Random(4)
    for number in range(rounds(1, 80)):
        what = (signal.SIGINT, signal.SIGTERM)[number % 2]
        shutil.rmtree(tmp_path / "试", ignore_errors=True)
        folder = lay_out(Path(shutil.copytree(office, tmp_path / "试")), second)
        delay = chance.uniform(0.02, whole)
        code, said = interrupted(folder, words, what, delay)
        assert code in {OK, INTERRUPTED, -what, 128 + what}, (what, delay, code, said)
        # Before its first line runs, the interpreter itself says what it likes.
        assert "Traceback" not in said or "build.py" not in said, (delay, said)
        after = papers(folder / OUTPUT)
        again = run(words, folder)
        assert again.code == OK, again
        new = new or papers(folder / OUTPUT)
        assert papers(folder / OUTPUT) == new != old
        assert_whole_pairs(after, old, new)
        assert code != OK or after == new, (delay, said)
        assert left_behind(folder) == [], "the next run sweeps"


def assert_whole_pairs(after: dict[str, str], old: dict[str, str], new: dict[str, str]) -> None:
    """Each report has both its old papers or both its new ones."""
    assert set(after) == set(old)
    for name in "甲乙":
        pair = [file for file in after if file.startswith(f"关于{name}")]
        found = [after[file] for file in pair]
        assert found in ([old[file] for file in pair], [new[file] for file in pair]), name


def left_behind(folder: Path) -> list[str]:
    """Return temporary files directly in the output folder."""
    return [
        file.name for file in (folder / OUTPUT).iterdir() if file.name.startswith(".~") or "tmp" in file.name
    ]


def test_ctrl_c_in_a_destructor_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "unraisablehook", cli._send_again)
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - it comes between the two
        Dying()
        time.sleep(5)


def test_signals_wait_while_a_process_is_started_and_are_not_heard_while_we_say_why() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), held():  # noqa: PT012
        signal.raise_signal(signal.SIGINT)
        done.append("all of it")
    assert done == ["all of it"]
    with deaf():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_stop_before_anything_is_loaded_is_130_in_json_too() -> None:
    code = (
        "import runpy, signal, sys\n"
        "sys.argv = [sys.argv[1], '--json']\n"
        "sys.setprofile(lambda frame, *_: frame.f_code.co_name == 'open_streams'"
        " and (sys.setprofile(None), signal.raise_signal(signal.SIGTERM)))\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    command = [sys.executable, "-c", code, str(ROOT / "build.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (INTERRUPTED, "")
    assert json.loads(done.stdout)["problems"][0]["message"].startswith("build.py：已中断")
