"""Zhibi as a user runs it: the commands, what of them is there, and a project of many papers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benchmarks.papers import Paper, dump

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = (sys.executable, str(ROOT / "build.py"))
BOTH = "docx,pdf"


def build(data: Path, formats: str, out: Path) -> list[str]:
    """Return the command that builds one data file."""
    return [*PROGRAM, str(data), "--format", formats, "--out", str(out)]


def check(data: Path) -> list[str]:
    """Return the command that proofreads one data file."""
    return [*PROGRAM, "check", str(data)]


def build_all(config: Path, *options: str) -> list[str]:
    """Return the command that builds all reports of a project."""
    return [*PROGRAM, "build", "--config", str(config), *options]


def stage(*words: str | Path) -> list[str]:
    """Return the command that runs bare stages in one process, as `stages` knows them."""
    start = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from benchmarks.stages import main; main()"
    return [sys.executable, "-c", start, *map(str, words)]


def project(folder: Path, papers: Iterable[Paper], formats: str = BOTH) -> Path:
    """Write a project of these papers and return its config.yaml."""
    (folder / "data").mkdir(parents=True)
    reports = []
    for number, paper in enumerate(papers):
        name = f"data/{number:03}.yaml"
        (folder / name).write_text(paper.as_yaml(), encoding="utf-8")
        reports.append({"名称": f"第{number + 1}份", "数据": name})
    config = folder / "config.yaml"
    text = dump({"版本": 1, "输出": "reports", "格式": formats.split(","), "报告": reports})
    config.write_text(text, encoding="utf-8")
    return config


def papers_in(folder: Path) -> list[Path]:
    """Return the finished files of a folder, without the program's own."""
    found = [path for path in folder.glob("*") if path.suffix in {".docx", ".pdf"}]
    return sorted(path for path in found if not path.name.startswith("."))


def has_command(name: str) -> bool:
    """Tell whether build.py knows a command."""
    return re.search(rf"(?m)^ +{name} ", _help()) is not None


def has_option(name: str) -> bool:
    """Tell whether `build.py build` knows an option."""
    return re.search(rf"(?m)^ .*{name}\b", _help("build")) is not None


@cache
def _help(*command: str) -> str:
    done = subprocess.run([*PROGRAM, *command, "--help"], capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace")
