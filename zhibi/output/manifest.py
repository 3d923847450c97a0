"""What was written last: file name -> its digest and the data file it was made from.

The manifest tells a finished file from one that a clerk has changed since, and one report's file from
another's. A manifest that is lost or broken is an empty one: then every file that stands counts as a clerk's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhibi.output.faults import Shown, told
from zhibi.output.names import folded
from zhibi.output.workspace import Workspace, plain_name, read_json, write_json

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One finished file: `data` is relative to the output folder; `instead_of` is set when saved beside.

    `unfinished`: its data were not complete yet when it was made.
    """

    name: str
    sha256: str
    data: str
    instead_of: str = ""
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """All finished files of a folder by their folded names; `last` is the mark of the last journal kept."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    last: str = ""

    def of(self, name: str) -> Entry | None:
        """Return the entry of a file, in whatever spelling of its name."""
        return self.entries.get(folded(name))


def read_manifest(desk: Workspace) -> Manifest:
    """Read the folder's manifest; empty when there is none or it is broken."""
    raw = read_json(desk.manifest)
    try:
        if raw["版本"] != _VERSION:
            return Manifest()
        entries = entries_of(raw["文件"])
        return Manifest(entries, str(raw["收尾"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return Manifest()


def entries_of(raw: Any) -> dict[str, Entry]:
    """Return the entries that `as_json` wrote; raise one of the errors of a wrong shape."""
    return {
        folded(name): Entry(
            plain_name(name), str(one["sha256"]), str(one["数据"]), str(one.get("代替", "")), "未交齐" in one
        )
        for name, one in raw.items()
    }


def as_json(entries: Mapping[str, Entry]) -> dict[str, dict[str, str]]:
    """Return entries as they stand in a record."""
    return {
        one.name: {"sha256": one.sha256, "数据": one.data}
        | ({"代替": one.instead_of} if one.instead_of else {})
        | ({"未交齐": "是"} if one.unfinished else {})
        for one in sorted(entries.values(), key=lambda one: one.name)
    }


def write_manifest(desk: Workspace, manifest: Manifest) -> None:
    """Write the manifest without the files that are gone."""
    there = {folded(name) for name in os.listdir(desk.folder)}
    kept = {key: one for key, one in manifest.entries.items() if key in there}
    record = {"版本": _VERSION, "收尾": manifest.last, "文件": as_json(kept)}
    write_json(desk, desk.manifest, record, indent=1)


def data_mark(folder: Path, data: Path) -> str:
    """Return how the manifest names a data file, so that a project can be moved as a whole."""
    whole = os.path.realpath(data)
    try:
        return Path(os.path.relpath(whole, os.path.realpath(folder))).as_posix()
    except ValueError:  # Another drive of Windows.
        return Path(whole).as_posix()


def data_path(folder: Path, mark: str) -> Path:
    """Return the data file that a mark names."""
    return Path(os.path.normpath(os.path.join(os.path.realpath(folder), mark)))


def same_data(folder: Path, mark: str, other: str) -> bool:
    """Tell whether two marks name one data file."""
    if mark == other:
        return True
    try:
        return os.path.samefile(data_path(folder, mark), data_path(folder, other))
    except (OSError, ValueError):  # A mark of a damaged manifest may be no name at all.
        return False


@dataclass(frozen=True, slots=True)
class Standing:
    """The finished files of a data file; `unfinished`: one of them was made before its data were complete."""

    files: tuple[Path, ...] = ()
    unfinished: bool = False


def made_from(folder: Path, data: Path, shown: Shown = str) -> Standing:
    """Return the finished files of a data file that stand in `folder`; this reads and never writes.

    Raise `ReportError` when what stands there cannot be looked at.
    """
    mark = data_mark(folder, data)
    with told(folder, shown, 0):
        entries = [
            one
            for one in read_manifest(Workspace(folder)).entries.values()
            if same_data(folder, one.data, mark) and (folder / one.name).exists()
        ]
    newer = {folded(one.instead_of) for one in entries}  # What was saved beside a file that was open.
    unfinished = any(one.unfinished and folded(one.name) not in newer for one in entries)
    return Standing(tuple(folder / one.name for one in entries), unfinished)
