"""Staged files -> files in their places, all of them or none, also when the run is killed half-way.

    journal written -> every file renamed into its place -> manifest written -> journal away

The manifest is the moment of truth: it carries the journal's mark. A journal that is found later and whose
mark the manifest does not carry is finished when its staged files are sound, and undone when they are not.
"""

from __future__ import annotations

import contextlib
import os
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibi.output.disk import BUSY, digest_of, put, sync_folder
from zhibi.output.manifest import Manifest, as_json, entries_of, read_manifest, write_manifest
from zhibi.output.workspace import Workspace, plain_name, read_json, write_json


class HeldError(Exception):
    """Raised when another program has a finished file open; nothing has been changed."""

    def __init__(self, name: str, error: OSError | None = None) -> None:
        self.name, self.error = name, error
        super().__init__(name)


@dataclass(frozen=True, slots=True)
class Move:
    """One file on its way: `staged` takes the place of `name`, whose old content `kept` holds.

    `new` and `old` are digests; `kept` and `old` are empty when nothing stood there.
    """

    name: str
    staged: str
    new: str
    kept: str = ""
    old: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """What one save does, and the entries that the manifest gets by it."""

    mark: str
    moves: tuple[Move, ...]
    manifest: Manifest


def commit(desk: Workspace, moves: Sequence[Move], manifest: Manifest) -> None:
    """Put every staged file in place and write the manifest; when anything fails, all is as it was.

    Raise `HeldError` when another program has a file open, or has changed it this very moment.
    """
    mark = uuid.uuid4().hex
    try:
        _write(desk, Journal(mark, tuple(moves), manifest))
        for move in moves:
            _replace(desk, move)
        write_manifest(desk, replace(manifest, last=mark))
    except BaseException:
        with contextlib.suppress(OSError):  # When this fails too, the journal stays for the next run.
            _undo(desk, moves)
            desk.journal.unlink()
        raise
    with contextlib.suppress(OSError):
        desk.journal.unlink()
    sync_folder(desk.folder)
    sync_folder(desk.root)


def _replace(desk: Workspace, move: Move) -> None:
    target = desk.folder / move.name
    if (digest_of(target) or "") != move.old:
        raise HeldError(move.name)
    try:
        put(desk.root / move.staged, target)
    except OSError as error:
        if error.errno in BUSY:
            raise HeldError(move.name, error) from error
        raise


@dataclass(frozen=True, slots=True)
class Settled:
    """What was done about a killed run: the files concerned, and whether they are the new ones now."""

    names: tuple[str, ...] = ()
    finished: bool = False


def settle(desk: Workspace) -> Settled:
    """Finish or undo what a killed run left; the lock is ours."""
    journal = _read(desk)
    if journal is None or read_manifest(desk).last == journal.mark:
        desk.journal.unlink(missing_ok=True)
        return Settled()
    moves = journal.moves
    finished = False
    if all(_can_finish(desk, move) for move in moves):
        with contextlib.suppress(OSError):
            _finish(desk, journal)
            finished = True
    if not finished:
        _undo(desk, moves)
    desk.journal.unlink(missing_ok=True)
    sync_folder(desk.folder)
    return Settled(tuple(move.name for move in moves), finished)


def _can_finish(desk: Workspace, move: Move) -> bool:
    """Tell whether a file is in place already, or can be put there without hurting what was done since."""
    staged = digest_of(desk.root / move.staged)
    there = digest_of(desk.folder / move.name) or ""
    if staged == move.new:
        return there in {move.old, move.new}
    # Gone: it was put in place, unless the old content is back, which is a half-finished undo.
    return staged is None and there not in {"", move.old}


def _finish(desk: Workspace, journal: Journal) -> None:
    for move in journal.moves:
        staged = desk.root / move.staged
        if os.path.lexists(staged):
            put(staged, desk.folder / move.name)
    known = read_manifest(desk)
    write_manifest(desk, Manifest({**known.entries, **journal.manifest.entries}, journal.mark))


def _undo(desk: Workspace, moves: Sequence[Move]) -> None:
    """Give every file its old content back; one that was changed since stays as it is."""
    for move in reversed(moves):
        target = desk.folder / move.name
        if digest_of(target) != move.new:
            continue
        if not move.kept:
            target.unlink(missing_ok=True)
        elif os.path.lexists(desk.root / move.kept):
            put(desk.root / move.kept, target)


def _write(desk: Workspace, journal: Journal) -> None:
    moves = [
        {"名": one.name, "暂存": one.staged, "新": one.new, "原样": one.kept, "旧": one.old}
        for one in journal.moves
    ]
    write_json(
        desk, desk.journal, {"号": journal.mark, "文件": moves, "清单": as_json(journal.manifest.entries)}
    )


def _read(desk: Workspace) -> Journal | None:
    """Read the journal; None when there is none or it is broken."""
    raw = read_json(desk.journal)
    try:
        moves = tuple(
            Move(
                plain_name(one["名"]),
                plain_name(one["暂存"]),
                str(one["新"]),
                plain_name(one["原样"]) if one["原样"] else "",
                str(one["旧"]),
            )
            for one in raw["文件"]
        )
        return Journal(str(raw["号"]), moves, Manifest(entries_of(raw["清单"])))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
