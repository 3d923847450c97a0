"""Files that a clerk keeps -> the same files changed, all or none; the old ones are kept in 备份/.

Nothing is written over what somebody changed since it was read; two runs at once take turns at the folder's lock.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError
from zhibi.output.disk import digest, digest_of, keep
from zhibi.output.faults import WRITE_RULE, Shown, told
from zhibi.output.plain import write_files
from zhibi.output.workspace import Workspace, locked, make_folder
from zhibi.output.write import backup_place


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file, its content as it was read, and its content now."""

    path: Path
    old: bytes
    new: bytes


def replace_inputs(
    folder: Path, files: Sequence[Replaced], notes: Mapping[Path, bytes], shown: Shown
) -> list[Path]:
    """Write files over their old content, then notes of our own; return where the old files are kept.

    Raise `ReportError`, with the files as they were, when they cannot be written or changed meanwhile.
    """
    needed = sum(len(one.new) for one in files) + sum(map(len, notes.values()))
    with told(folder, shown, needed), locked(Workspace(folder), shown):
        if changed := [one for one in files if digest_of(one.path) != digest(one.old)]:
            message, hint = "这个文件刚刚有人改过，没有写入", "请再运行一次"
            raise ReportError(
                [Problem(Location(shown(one.path)), WRITE_RULE, message, hint) for one in changed]
            )
        kept = [_kept(one, shown) for one in files]
        _write(files)
        for path, content in notes.items():
            write_files(path.parent, {path.name: content})
    return kept


def _kept(one: Replaced, shown: Shown) -> Path:
    """Keep the old content of a file; a backup that says the same is there already is enough."""
    desk = Workspace(one.path.parent)
    make_folder(desk, desk.root, shown)
    make_folder(desk, desk.backups, shown)
    backup = backup_place(desk, one.path, digest(one.old))
    if not os.path.lexists(backup):
        keep(one.path, backup, desk.fresh())
    return backup


def _write(files: Sequence[Replaced]) -> None:
    """Write all files or none, wherever they lie."""
    done: list[Replaced] = []
    ordered = sorted(files, key=lambda one: str(one.path))
    try:
        for folder, group in groupby(ordered, key=lambda one: one.path.parent):
            own = list(group)
            write_files(folder, {one.path.name: one.new for one in own})
            done += own
    except ReportError:
        for one in done:
            write_files(one.path.parent, {one.path.name: one.old})
        raise
