"""An office's project folder and what the command line says in it: what the batteries that run programs share.

A project is a copy of the program with its own config.yaml, data and templates, as an office has it.
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
