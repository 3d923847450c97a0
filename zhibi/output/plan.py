"""Finished bytes and a folder -> what has to be done for each file; files that must not be touched refused.

A file that stands there under another spelling (case, NFC or NFD) is the same file, as on Windows and macOS.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError
from zhibi.output.disk import digest, digest_of, odd_kind
from zhibi.output.faults import NAME_RULE, WRITE_RULE, Shown
from zhibi.output.manifest import Entry, Manifest, data_path, same_data
from zhibi.output.names import folded, split
from zhibi.output.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Target:
    """One file to be written: `name` as it stands in the folder, digests of what comes and what is there."""

    name: str
    content: bytes
    new: str
    old: str
    ours: bool

    @property
    def same(self) -> bool:
        """Tell whether the file stands there already."""
        return self.new == self.old

    @property
    def edited(self) -> bool:
        """Tell whether something is lost by writing over what stands there."""
        return bool(self.old) and not self.same and not self.ours


def plan(
    desk: Workspace, manifest: Manifest, files: Mapping[str, bytes], data: str, shown: Shown
) -> list[Target]:
    """Return the targets; raise `ReportError` with every file that cannot be written."""
    listing = os.listdir(desk.folder)
    targets, problems = [], []
    for asked, content in files.items():
        name = standing(listing, asked)
        path, entry = desk.folder / name, manifest.of(name)
        problem = refusal(path, shown) or _of_another(desk, path, entry, data, shown)
        if problem is not None:
            problems.append(problem)
            continue
        old = digest_of(path) or ""
        ours = entry is not None and entry.sha256 == old and same_data(desk.folder, entry.data, data)
        targets.append(Target(name, content, digest(content), old, ours))
    if problems:
        raise ReportError(problems)
    return targets


def standing(listing: Collection[str], asked: str) -> str:
    """Return the spelling in which a name stands in its folder, or the name itself."""
    if asked in listing:
        return asked
    return min((name for name in listing if folded(name) == folded(asked)), default=asked)


def refusal(path: Path, shown: Shown) -> Problem | None:
    """Return a problem when what stands at `path` is no file, or one that must not be changed."""
    kind = odd_kind(path)
    if kind:
        hint = "请把它移走，或在数据里用“文件名”另起一个名字"
        return Problem(Location(shown(path)), WRITE_RULE, f"同名的{kind}已经存在", hint)
    try:
        writable = os.stat(path).st_mode & 0o222 and os.access(path, os.W_OK)
    except FileNotFoundError:
        return None
    if not writable:
        message, hint = (
            "这个文件（或它所在的磁盘）是只读的，或没有改它的权限",
            "请检查文件的属性和权限，或把它移走",
        )
        return Problem(Location(shown(path)), WRITE_RULE, message, hint)
    return None


def _of_another(desk: Workspace, path: Path, entry: Entry | None, data: str, shown: Shown) -> Problem | None:
    """Return a problem when the file was made from another data file that still stands."""
    if entry is None or not os.path.lexists(path) or same_data(desk.folder, entry.data, data):
        return None
    other = data_path(desk.folder, entry.data)
    if not other.exists():
        return None
    message = f"这个文件是由另一个数据文件 {shown(other)} 生成的"
    hint = "请在数据里用“文件名”另起一个名字；不再要那一份的，请先移走这个旧文件"
    return Problem(Location(shown(path)), NAME_RULE, message, hint, text=split(path.name)[0])
