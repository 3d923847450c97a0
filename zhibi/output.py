"""Finished bytes -> files: names that every system takes, all files of a report or none.

Each file is written beside its target, flushed to disk and then renamed over it, so that a reader or a
crash sees the old file or the new one, never half of one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError, reason

_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
WRITE_RULE = "写文件"
"""Rule of the problems that mean: the input was right, the files could not be written."""

MAX_NAME_BYTES = 200
"""Longest stem in UTF-8 bytes; ends and the temporary name's frame fit into 255 with it."""


def safe_stem(name: str) -> str:
    """Return `name` as a file name that Windows, macOS and Linux all take."""
    stem = re.sub(r"[\x00-\x1f\x7f]", "", name.replace("\n", "")).translate(_FORBIDDEN).strip(" .")
    if not stem:
        stem = "未命名"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    if len(stem.encode()) <= MAX_NAME_BYTES:
        return stem
    digest = hashlib.sha256(stem.encode()).hexdigest()[:8]
    kept = stem.encode()[: MAX_NAME_BYTES - len(digest) - 1].decode(errors="ignore")
    return f"{kept}-{digest}"


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write `files` (name -> bytes) into `folder`, all or none; raise `ReportError` when that fails."""
    staged: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            target = folder / name
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(target))
            staged.append((_stage(target, content), target))
        _swap(staged)
    except OSError as error:
        raise ReportError([_write_problem(error, folder)]) from error
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(target for _, target in staged)


def _swap(staged: Sequence[tuple[Path, Path]]) -> None:
    """Put every staged file in place; when one fails, those before it get their old content back."""
    done: list[tuple[Path, Path, bool]] = []
    try:
        for temporary, target in staged:
            old = target.with_name(f".~{target.name}.{os.getpid()}.old")
            done.append((target, old, target.exists()))
            with contextlib.suppress(OSError):  # A disk without hard links: then without a way back.
                os.link(target, old)
            os.replace(temporary, target)
    except OSError:
        for target, old, existed in reversed(done):
            with contextlib.suppress(OSError):
                if old.exists():
                    os.replace(old, target)
                elif not existed:
                    target.unlink(missing_ok=True)
        raise
    finally:
        for _, old, _ in done:
            with contextlib.suppress(OSError):
                old.unlink(missing_ok=True)


def _stage(target: Path, content: bytes) -> Path:
    temporary = target.with_name(f".~{target.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _write_problem(error: OSError, folder: Path) -> Problem:
    file = str(error.filename or folder)
    if isinstance(error, PermissionError):
        message, hint = "没有写入的权限，或文件正被 Word、WPS 打开", "请关闭打开它的程序，或检查文件夹的权限"
    elif error.errno == errno.ENOSPC:
        message, hint = "磁盘空间不足", "请腾出空间再试"
    else:
        message, hint = f"写不进去（{reason(error)}）", "请检查这个文件夹"
    return Problem(Location(file), WRITE_RULE, message, hint)


# shim
from collections.abc import Callable
from dataclasses import dataclass

LOCK_RULE = "占用"
NAME_RULE = "重名"


@dataclass(frozen=True, slots=True)
class Finished:
    stem: str
    data: Path
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Saved:
    files: tuple[Path, ...]
    changed: bool
    problems: tuple[Problem, ...]


def name_problems(asked: str, at: Location) -> list[Problem]:
    return []


def save_report(folder: Path, finished: Finished, shown: Callable[[Path], str] = str) -> Saved:
    return Saved(
        write_files(folder, {f"{finished.stem}.{end}": c for end, c in finished.files.items()}), True, ()
    )


def recover(folder: Path, shown: Callable[[Path], str] = str) -> list[Problem]:
    return []


WORKSPACE = ".执笔"
