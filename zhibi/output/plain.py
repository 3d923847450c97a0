"""Bytes -> files in any folder, all of them or none: for what no clerk edits (schemas, imported data).

Each file is written beside its target, flushed to disk and then renamed over it. There is no manifest and no
journal: a reader or a crash sees the old file or the new one, never half of one.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from zhibi.errors import ReportError
from zhibi.output.disk import odd_kind, put, write_new
from zhibi.output.faults import told
from zhibi.output.plan import refusal

_LEFTOVER = re.compile(r"\.~(?P<name>.+)\.(?P<pid>\d+)\.(tmp|old)")


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write `files` (name -> bytes) into `folder`, all or none; raise `ReportError` when that fails."""
    with told(folder, str, sum(len(content) for content in files.values())):
        folder.mkdir(parents=True, exist_ok=True)
        problems = [problem for name in files if (problem := refusal(folder / name, str)) is not None]
        if problems:
            raise ReportError(problems)
        for path in plain_leftovers(folder, files):
            path.unlink(missing_ok=True)
        _write(folder, files)
    return tuple(folder / name for name in files)


def plain_leftovers(folder: Path, names: Collection[str] | None = None) -> list[Path]:
    """Return temporary files that a dead run left beside its targets, of all names or of these."""
    try:
        listing = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = []
    for name in sorted(listing):
        match = _LEFTOVER.fullmatch(name)
        if match and (names is None or match["name"] in names) and not _runs(int(match["pid"])):
            found.append(folder / name)
    return [path for path in found if odd_kind(path) == ""]


def _runs(pid: int) -> bool:
    """Tell whether another process of this number runs; Windows itself protects the files of one that does."""
    if pid == os.getpid() or os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (ProcessLookupError, OverflowError):
        return False
    return True


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    staged: list[tuple[Path, Path]] = []
    try:
        for name, content in files.items():
            temporary, target = folder / f".~{name}.{os.getpid()}.tmp", folder / name
            staged.append((temporary, target))
            write_new(temporary, content, like=target)
        _swap(staged)
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _swap(staged: Sequence[tuple[Path, Path]]) -> None:
    """Put every staged file in place; when one fails, those before it get their old content back."""
    done: list[tuple[Path, Path, bool]] = []
    try:
        for temporary, target in staged:
            old = target.with_name(f".~{target.name}.{os.getpid()}.old")
            done.append((target, old, target.exists()))
            with contextlib.suppress(OSError):  # A disk without hard links: then without a way back.
                os.link(target, old)
            put(temporary, target)
    except BaseException:
        for target, old, existed in reversed(done):
            with contextlib.suppress(OSError):
                if old.exists():
                    os.replace(old, target)
                elif not existed:
                    target.unlink()
        raise
    finally:
        for _, old, _ in done:
            with contextlib.suppress(OSError):
                old.unlink()
