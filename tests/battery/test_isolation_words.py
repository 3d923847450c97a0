"""What a run says and leaves: one JSON document, one form of messages, a log without secrets, nothing written twice.

Rows 95, 108, 115 of the fault table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from tests.battery.office import (
    BUILD,
    INPUT,
    INTERRUPTED,
    LOCKED,
    NOT_WRITTEN,
    OK,
    OUTPUT,
    POISONED,
    SOME,
    new_words,
    run,
)
from zhibi import cli
from zhibi.cli import log
from zhibi.output import WORKSPACE, workspace


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with five reports of which one is wrong."""
    new_words(tmp_path / "办")
    (tmp_path / "办" / "乙.yaml").write_text(POISONED["乙"], encoding="utf-8")
    return tmp_path / "办"


SPOKEN: Sequence[tuple[Sequence[str], int]] = (
    (["--config", "config.yaml"], SOME),
    (["--config", "没有.yaml"], INPUT),
    (["--formt", "docx"], INPUT),
    (["没有", "--config", "config.yaml"], INPUT),
    (["乙", "--config", "config.yaml"], INPUT),
    (["--config", "config.yaml", "--format", "doc"], INPUT),
    (["甲", "--config", "config.yaml", "--out", "config.yaml"], NOT_WRITTEN),
    (["check", "--config", "config.yaml"], SOME),
    (["list", "--config", "config.yaml"], OK),
    (["list", "--config", "没有.yaml"], INPUT),
    (["import", "没有.docx"], INPUT),
    (["import"], INPUT),
    (["measure", "没有.pdf"], INPUT),
)


def told(out: str, err: str, code: int) -> None:
    """Judge one run with --json."""
    document = json.loads(out or "无")
    assert isinstance(document, dict)
    assert err == ""
    if code:
        assert document["problems"]
        assert all(problem["message"] for problem in document["problems"])


@pytest.mark.parametrize(("words", "code"), SPOKEN)
def test_json_is_one_document_whatever_is_typed(
    words: Sequence[str],
    code: int,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rounds: Callable[[int, int], int],
) -> None:
    """Run in this process, which is quick, and in full as a clerk does."""
    if rounds(0, 1):
        said = run([*words, "--json"], office)
        assert said.code == code, said
        told(said.out, said.err, code)
        return
    if code == SOME:
        pytest.skip("starts workers: full battery only; tests/test_cli.py has one")
    monkeypatch.chdir(office)
    assert cli.main([*words, "--json"]) == code
    said_here = capsys.readouterr()
    told(said_here.out, said_here.err, code)


@pytest.mark.parametrize(
    ("fault", "code"), [(KeyboardInterrupt(), INTERRUPTED), (RuntimeError("planted"), 4)]
)
def test_json_is_one_document_after_ctrl_c_and_own_faults(
    fault: BaseException,
    code: int,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.chdir(office)
    monkeypatch.setattr(cli, "REPORTS", office / "记")
    monkeypatch.setattr("zhibi.cli.build.build_all", fail)
    assert cli.main(["--config", "config.yaml", "--json"]) == code
    said = capsys.readouterr()
    told(said.out, said.err, code)


def test_json_is_json_in_a_terminal_of_other_letters(office: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    said = run(["list", "--formté甲", "--json"], office, environment=environment)
    assert json.loads(said.out)["problems"][0]["text"] == "--formté甲"


def test_another_run_that_holds_the_folder_is_exit_5(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(office)
    monkeypatch.setattr(workspace, "LOCK_SECONDS", 0.2)
    (office / OUTPUT / WORKSPACE).mkdir(parents=True)
    with FileLock(office / OUTPUT / WORKSPACE / "锁"):
        assert cli.main(["甲", *BUILD]) == LOCKED
    assert "另一个执笔正在往这个文件夹写 —— 请等它结束再运行" in capsys.readouterr().err


def test_a_second_run_writes_nothing(office: Path) -> None:
    """Row 108: a timer and a person run the same thing."""
    assert run(["甲", *BUILD], office).code == OK
    log_file = office / OUTPUT / WORKSPACE / "运行记录.txt"
    before = states(office / OUTPUT, log_file)
    assert len(before) >= 3
    said = run(["甲", *BUILD], office)
    assert "没有变化，不用重做" in said.out
    assert states(office / OUTPUT, log_file) == before


def states(folder: Path, but: Path) -> dict[str, tuple[int, int, int]]:
    """Return inode, time of change and size of every file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and path != but]
    return {
        str(path): (found.st_ino, found.st_mtime_ns, found.st_size)
        for path in files
        for found in [path.stat()]
    }


def test_the_log_holds_no_home_no_environment_and_one_line_a_fact(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "人"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("令牌", "不可外传")
    typed = [
        "名\n9999-01-01 假的一行",
        "\udcff",
        f"{home}/甲.yaml",
        "/home/zhang/乙.yaml",
        r"C:\Users\Zhang San\丙",
    ]
    with log.RunLog(tmp_path, typed) as run_log:
        run_log.add(f"坏了 {Path(log.__file__)}，/root/丁，/Users/li")
    text = (tmp_path / WORKSPACE / "运行记录.txt").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2
    assert r"开始：名\n9999-01-01 假的一行 \udcff ~/甲.yaml ~/乙.yaml ~\丙；" in text
    assert "坏了 执笔/zhibi/cli/log.py，~/丁，~" in text
    assert not any(secret in text for secret in ("不可外传", "zhang", "Zhang", "San", "/root", str(home)))


def test_a_log_that_grows_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 10)
    for _ in range(3):
        with log.RunLog(tmp_path, ()) as run_log:
            run_log.add("一行")
    assert {path.name for path in (tmp_path / WORKSPACE).iterdir()} == {"运行记录.旧.txt", "运行记录.txt"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_the_log_is_an_advice(tmp_path: Path) -> None:
    (tmp_path / WORKSPACE).mkdir()
    (tmp_path / WORKSPACE / "运行记录.txt").symlink_to("/dev/full")
    with log.RunLog(tmp_path, ()) as run_log:
        run_log.add("一行")
        (problem,) = run_log.problems()
    assert "运行记录写不进去（磁盘空间不足）" in str(problem)
