"""An office's project folder and what the command line says in it: what the batteries that run programs share.

A project is a copy of the program with its own config.yaml, data and templates, as an office has it; five
reports, 甲 to 戊, are what most runs build.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OK, SOME, INPUT, NOT_WRITTEN, INTERNAL, LOCKED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
"""The exit codes."""

LONGEST_RUN = 600
"""Seconds after which a run counts as hanging."""


@dataclass(frozen=True)
class Said:
    """What a run said."""

    code: int
    out: str
    err: str


def copy_program(folder: Path) -> Path:
    """Copy the program and its templates into `folder`; the compiled modules go with it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy2(ROOT / "build.py", folder)
    for part in ("zhibi", "templates"):
        shutil.copytree(ROOT / part, folder / part, dirs_exist_ok=True)
    return folder


def run(
    arguments: Sequence[str],
    folder: Path,
    *,
    program: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Said:
    """Run build.py in `folder`, behind the command `before`; no run may hang or show a traceback."""
    done = subprocess.run(
        [*before, sys.executable, str(program / "build.py"), *arguments],
        cwd=folder,
        env=environment if environment is not None else dict(os.environ),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=LONGEST_RUN,
    )
    out, err = (stream.decode("utf-8", "backslashreplace") for stream in (done.stdout, done.stderr))
    assert "Traceback" not in out + err, out + err
    return Said(done.returncode, out, err)


def papers(folder: Path) -> dict[str, str]:
    """Return the finished papers directly in `folder`: name -> digest; nothing when there is no folder."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
        if file.suffix in {".docx", ".pdf"} and file.is_file()
    }


NAMES = "甲乙丙丁戊"
OUTPUT = "成品"
RUNAWAY = "---\n版本: 1\n说明: 不停\n---\n{% for a in range(99999) %}{% for b in range(99999) %}字{% endfor %}{% endfor %}\n"
UNDEFINED = "---\n版本: 1\n说明: 取错\n---\n{{ 没有这个名称 }}\n"
BUILD = ("--config", "config.yaml", "--format", "docx")


def paper(name: str, words: str = "请按时报送。", more: str = "", template: str = "文稿") -> str:
    body = f"正文: [{words}]\n" if template == "文稿" else ""
    return f"版本: 1\n模板: {template}\n标题: 关于{name}的通知\n{more}{body}成文日期: 2026-09-30\n"


POISONED = {
    "甲": paper("甲").replace("标题: ", '标题: "'),
    "乙": paper("乙", more="主送单位: 各镇：\n"),
    "丙": paper("丙", template="取错"),
    "丁": paper("丁", words="请用\ue123字。"),
}
"""Report -> its data spoiled in its own way; 戊 is sound, but a folder stands where its file goes."""


def lay_out(folder: Path, data: dict[str, str]) -> Path:
    """Write an office's folder: a report for each data file."""
    folder.mkdir(exist_ok=True)
    for name, text in data.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    rows = "".join(f"  - {{名称: {name}, 数据: {name}.yaml}}\n" for name in data)
    (folder / "config.yaml").write_text(f"版本: 1\n输出: {OUTPUT}\n报告:\n{rows}", encoding="utf-8")
    return folder


def file_of(name: str) -> str:
    return f"关于{name}的通知.docx"


def new_words(folder: Path, words: str = "请按新的时间报送。", names: str = NAMES) -> Path:
    """Change every report of an office, so that each run has something to do."""
    return lay_out(folder, {name: paper(name, words) for name in names})


def copy_of_built(base: Path, folder: Path) -> Path:
    """Copy an office whose five reports were built last quarter; the first to ask builds it in `base`."""
    program, built = base / "程序", base / "上季"
    if not built.exists():
        copy_program(program)
        (program / "templates" / "取错.jinja").write_text(UNDEFINED, encoding="utf-8")
        (program / "templates" / "不停.jinja").write_text(RUNAWAY, encoding="utf-8")
        lay_out(built, {name: paper(name) for name in NAMES})
        assert run(BUILD, built, program=program).code == OK
        assert len(papers(built / OUTPUT)) == len(NAMES)
    shutil.copytree(built, folder)
    return folder


def can(*command: str) -> bool:
    """Tell whether this machine lets us run `command`."""
    if not shutil.which(command[0]):
        return False
    return not subprocess.run([*command, "true"], check=False, capture_output=True).returncode
