"""Targets of one save -> files in their places: staged, what was edited kept, committed."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from zhibi.errors import Level, Location, Problem
from zhibi.output.disk import BUSY, digest_of, keep, probe, write_new
from zhibi.output.faults import Shown
from zhibi.output.held import holder
from zhibi.output.journal import HeldError, Move, commit
from zhibi.output.manifest import Entry, Manifest, write_manifest
from zhibi.output.names import folded, split
from zhibi.output.plan import Target
from zhibi.output.workspace import Workspace, make_folder

_RULE = "备份"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where a report's files stand, whether any was written, and what there is to say."""

    files: tuple[Path, ...]
    changed: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One save: the folder's places, what its messages call files, and the report's data file.

    `unfinished`: these data are not complete yet.
    """

    desk: Workspace
    shown: Shown
    data: str
    unfinished: bool = False


def check_free(job: Job, targets: Sequence[Target]) -> None:
    """Raise `HeldError` when a file that must be replaced is open elsewhere."""
    listing = os.listdir(job.desk.folder)
    for target in targets:
        if not target.old or target.same:
            continue
        if holder(job.desk.folder, listing, target.name) is not None:
            raise HeldError(target.name)
        try:
            probe(job.desk.folder / target.name)
        except OSError as error:
            if error.errno in BUSY:
                raise HeldError(target.name, error) from error
            raise


def write(job: Job, manifest: Manifest, targets: Sequence[Target], beside: Mapping[str, str]) -> Saved:
    """Stage, keep and commit; `beside` is target -> the file that it was saved beside."""
    entries = dict(manifest.entries)
    for target in targets:
        entry = Entry(target.name, target.new, job.data, beside.get(target.name, ""), job.unfinished)
        entries[folded(target.name)] = entry
    files = tuple(job.desk.folder / target.name for target in targets)
    waiting = [target for target in targets if not target.same]
    if not waiting:
        if entries != manifest.entries:
            write_manifest(job.desk, replace(manifest, entries=entries))
        return Saved(files, False, ())
    staged = [_stage(job.desk, target) for target in waiting]
    advice = [_keep_edited(job, target) for target in waiting if target.edited]
    commit(job.desk, staged, replace(manifest, entries=entries))
    return Saved(files, True, tuple(advice))


def _stage(desk: Workspace, target: Target) -> Move:
    """Write a file's content into the workspace, and hold on to what stands in its place."""
    staged, path = desk.fresh(), desk.folder / target.name
    write_new(staged, target.content, like=path if target.old else None)
    if not target.old:
        return Move(target.name, staged.name, target.new)
    kept = desk.fresh()
    keep(path, kept, desk.fresh())
    return Move(target.name, staged.name, target.new, kept.name, target.old)


def _keep_edited(job: Job, target: Target) -> Problem:
    """Keep a file that somebody changed in 备份/ before it is replaced, and say so."""
    desk, path = job.desk, job.desk.folder / target.name
    make_folder(desk, desk.backups, job.shown)
    backup = backup_place(desk, path, target.old)
    if not os.path.lexists(backup):
        keep(path, backup, desk.fresh())
    message = f"这个文件在上次生成以后有人改过（或不是由这份数据生成的），原来的已经存成 {job.shown(backup)}"
    hint = "要保留的改动请写进数据，再生成一次"
    return Problem(Location(job.shown(path)), _RULE, message, hint, Level.ADVICE, text=backup.name)


def backup_place(desk: Workspace, path: Path, content: str) -> Path:
    """Return the name that a backup gets, or has already: file, time of the change, number when taken."""
    stem, ending = split(path.name)
    try:
        stamp = time.strftime("%Y-%m-%d %H%M", time.localtime(os.stat(path).st_mtime))
    except (OverflowError, ValueError):
        stamp = "时间不明"
    number = 1
    while True:
        count = f" {number}" if number > 1 else ""
        backup = desk.backups / f"{stem}（{stamp} 改{count}）{ending}"
        if digest_of(backup) in {None, content}:
            return backup
        number += 1
