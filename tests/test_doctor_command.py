"""`build.py doctor` as a clerk meets it: before the set-up, with half a set-up, with all of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from zhibi.doctor import BAD

ROOT = Path(__file__).resolve().parent.parent


def run(folder: Path, *arguments: str, python: Sequence[str] = (sys.executable,)) -> tuple[int, str, str]:
    done = subprocess.run(
        [*python, str(folder / "build.py"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(folder / "libraries")},
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of what a user has before the set-up."""
    for name in ("zhibi", "templates", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "config.yaml", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_command(office: Path) -> None:
    code, out, err = run(office, "doctor")
    assert (code, err) == (0, "")
    assert re.search(r"^共查 \d+ 项：有问题 0 项", out, re.MULTILINE)
    (office / "config.yaml").write_text("版本: 1\n", encoding="utf-8")
    code, out, _ = run(office, "doctor", "--json")
    assert code == 1
    assert [row["item"] for row in json.loads(out)["findings"] if row["result"] == BAD] == [
        "配置 config.yaml"
    ]


def test_quiet_tells_what_ails_only(office: Path) -> None:
    said = run(office, "doctor")[1].split("\n")
    at_fault = [line for line in said if line.startswith(("[提醒]", "[有问题]", "    怎么办"))]
    assert run(office, "doctor", "--quiet") == (0, "".join(f"{line}\n" for line in at_fault), "")
    (office / "config.yaml").write_text("版本: 1\n", encoding="utf-8")
    code, out, err = run(office, "doctor", "--quiet")
    assert (code, err) == (1, "")
    assert "[有问题] 配置 config.yaml" in out
    assert "[正常]" not in out
    assert "共查" not in out
    assert json.loads(run(office, "doctor", "--quiet", "--json")[1])["findings"]


def test_before_the_set_up(office: Path) -> None:
    code, out, err = run(office, "doctor", python=(sys.executable, "-S"))
    assert code == 1
    assert "请先运行 make" in err
    assert "[有问题] 程序库：没有安装 anyio、" in out
    assert "make setup" in out
    assert "[提醒] 项目环境 .venv：还没有建立" in out
    assert run(office, "list", python=(sys.executable, "-S"))[0] == 2


def test_a_broken_environment(office: Path) -> None:
    (office / ".venv").mkdir()
    code, out, err = run(office, "doctor", "--json")
    assert code == 1
    assert "已损坏" in err
    assert [row["item"] for row in json.loads(out)["findings"] if row["result"] == BAD] == ["项目环境 .venv"]


def test_a_library_that_breaks_the_command_line(office: Path) -> None:
    (office / "libraries").mkdir()
    (office / "libraries" / "click.py").write_text("raise ImportError('half of it')", encoding="utf-8")
    code, out, err = run(office, "doctor")
    assert code == 1
    assert "half of it" in err
    assert "[有问题] 程序库 click：不能启动（ImportError：half of it）" in out
    assert run(office, "list")[0] == 2


def test_half_of_the_program(office: Path) -> None:
    shutil.rmtree(office / "zhibi" / "doctor")
    code, out, err = run(office, "doctor")
    assert (code, out) == (1, "")
    assert "程序的文件不全" in err
