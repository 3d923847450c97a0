"""An output folder -> its workspace `.执笔/`: the lock, what is being written, what was written last.

All that is the program's own lies in there, so that the folder shows papers only; all of it that is neither
lock, manifest, journal nor log is a leftover as soon as the lock is ours.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibi.errors import Location, Problem, ReportError
from zhibi.output.disk import odd_kind, put, sync_folder, write_new
from zhibi.output.faults import LOCK_RULE, WRITE_RULE, Shown

LOCK_SECONDS = 30.0
"""How long a run waits for another that writes into the same folder; one pair takes far below a second."""

WORKSPACE = ".执笔"
LOGS = ("运行记录.txt", "运行记录.旧.txt")
"""What runs said, and what those before said; the command line writes them."""

_LOCK, _MANIFEST, _JOURNAL = "锁", "清单.json", "未完成.json"
_KEPT = frozenset({_LOCK, _MANIFEST, _JOURNAL, *LOGS})


@dataclass(frozen=True, slots=True)
class Workspace:
    """The places of one output folder."""

    folder: Path

    @property
    def root(self) -> Path:
        """Where the program's own files lie."""
        return self.folder / WORKSPACE

    @property
    def backups(self) -> Path:
        """Where files that a clerk changed are kept."""
        return self.folder / "备份"

    @property
    def lock(self) -> Path:
        """The file that a writer holds locked; it stays, since a lock on a deleted file guards nothing."""
        return self.root / _LOCK

    @property
    def manifest(self) -> Path:
        """What was written last, of which data."""
        return self.root / _MANIFEST

    @property
    def journal(self) -> Path:
        """What is being written just now."""
        return self.root / _JOURNAL

    def fresh(self) -> Path:
        """Return a name in the workspace that nothing has."""
        return self.root / f"{uuid.uuid4().hex}.tmp"


def leftovers(desk: Workspace) -> list[Path]:
    """Return the files of the workspace that a killed run left; none when there is no workspace."""
    try:
        names = sorted(os.listdir(desk.root))
    except (FileNotFoundError, NotADirectoryError):
        return []
    found = [desk.root / name for name in names if name not in _KEPT]
    return [path for path in found if odd_kind(path) != "文件夹"]


def sweep(desk: Workspace) -> None:
    """Remove the leftovers; a journal that still stands needs them."""
    if os.path.lexists(desk.journal):
        return
    for path in leftovers(desk):
        with contextlib.suppress(OSError):
            path.unlink()


def make_folder(desk: Workspace, path: Path, shown: Shown) -> None:
    """Make one of the program's own folders, open to the same people as the output folder."""
    kind = odd_kind(path)
    if kind == "文件夹":
        return
    if kind or os.path.lexists(path):
        message = f"这个名字要用来放程序自己的文件，现在是{kind or '文件'}"
        raise ReportError([Problem(Location(shown(path)), WRITE_RULE, message, "请把它移走再运行")])
    path.mkdir(exist_ok=True)
    with contextlib.suppress(OSError):
        os.chmod(path, stat.S_IMODE(os.stat(desk.folder).st_mode) & 0o777)


@contextlib.contextmanager
def locked(desk: Workspace, shown: Shown) -> Iterator[None]:
    """Hold the folder's lock; raise `ReportError` when another run does not let go of it."""
    from filelock import FileLock, Timeout  # Imported late: a check never needs it.

    desk.folder.mkdir(parents=True, exist_ok=True)
    make_folder(desk, desk.root, shown)
    mode = stat.S_IMODE(os.stat(desk.folder).st_mode) & 0o666 | 0o600  # Of a folder that is read-only too.
    # A lock that is a mere file outlives its owner: better refused than waited for without end.
    lock = FileLock(desk.lock, timeout=LOCK_SECONDS, mode=mode, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        message = "另一个执笔正在往这个文件夹写"
        problem = Problem(Location(shown(desk.folder)), LOCK_RULE, message, "请等它结束再运行")
        raise ReportError([problem]) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            lock.release()


def write_json(desk: Workspace, path: Path, data: Any, *, indent: int | None = None) -> None:
    """Write one of the workspace's own records, whole or not at all; `indent` is for people, and slow."""
    staged = desk.fresh()
    write_new(staged, json.dumps(data, ensure_ascii=False, indent=indent).encode("utf-8", "surrogatepass"))
    put(staged, path)
    sync_folder(desk.root)


def read_json(path: Path) -> Any:
    """Return a record, or None when there is none or it is no JSON."""
    try:
        return json.loads(path.read_bytes().decode("utf-8", "surrogatepass"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return None


def plain_name(name: Any) -> str:
    """Return `name` when it names something inside its folder; raise `ValueError` for anything else."""
    if not isinstance(name, str) or name in {"", ".", ".."} or set(name) & set("/\\\0"):
        raise ValueError(f"no plain name: {name!r}")
    return name
