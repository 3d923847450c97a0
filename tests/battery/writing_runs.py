"""Start the programs of the writing battery, each in a process of its own, and read what they tell."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
MODULES = "tests.battery."


def run(program: str, *args: object, within: tuple[str, ...] = ()) -> dict[str, Any]:
    """Run one program and return its line of JSON."""
    words = [*within, sys.executable, "-m", MODULES + program, *(str(arg) for arg in args)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@functools.cache
def can_trace() -> bool:
    """Tell whether strace is here and may trace (containers can forbid it)."""
    if shutil.which("strace") is None:
        return False
    return (
        subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode
        == 0
    )


@functools.cache
def can_mount() -> bool:
    """Tell whether a small disk of our own can be mounted, seen by its own process only."""
    if shutil.which("unshare") is None:
        return False
    words = ["unshare", "--mount", "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
