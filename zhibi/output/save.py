"""One finished report -> its files in the output folder: verified, all or none, nobody's work lost.

    same as there? -> verify -> lock -> settle -> plan -> stage -> keep what was edited -> commit -> sweep

The journal (`journal.py`) covers the moments between the first rename and the last.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from zhibi.errors import Level, Location, Problem
from zhibi.output.beside import beside_of, give_up_edited, remove_beside, save_beside
from zhibi.output.disk import digest, digest_of
from zhibi.output.faults import Shown, told
from zhibi.output.journal import HeldError, settle
from zhibi.output.manifest import data_mark, read_manifest, same_data
from zhibi.output.names import safe_stem
from zhibi.output.plain import plain_leftovers
from zhibi.output.plan import plan
from zhibi.output.verify import verify
from zhibi.output.workspace import Workspace, leftovers, locked, sweep
from zhibi.output.write import Job, Saved, check_free, write

_RULE = "续写"


@dataclass(frozen=True, slots=True)
class Finished:
    """One finished report: `files` is ending ("docx", "pdf") -> content, `data` the file it was made from.

    `unfinished`: these data are not complete yet, which the manifest keeps.
    """

    stem: str
    data: Path
    files: Mapping[str, bytes]
    unfinished: bool = False


def save_report(folder: Path, finished: Finished, shown: Shown = str) -> Saved:
    """Save a report's files, all or none; raise `ReportError` when they could not be written.

    Raise `DamagedError` before anything is written when one of them would not open.
    """
    job = Job(Workspace(folder), shown, data_mark(folder, finished.data), finished.unfinished)
    stem = safe_stem(finished.stem)
    files = {f"{stem}.{ending}": content for ending, content in finished.files.items()}
    standing = _unchanged(job, files)
    if standing is not None:
        return Saved(standing, False, ())
    for name, content in files.items():
        verify(name, content)
    with told(folder, shown, sum(len(content) for content in files.values())), locked(job.desk, shown):
        advice = _clear(job)
        try:
            saved = _save(job, files)
        finally:
            with contextlib.suppress(OSError):
                sweep(job.desk)
    return replace(saved, problems=(*advice, *saved.problems))


def recover(folder: Path, shown: Shown = str) -> list[Problem]:
    """Finish or undo what a killed run left in an output folder and sweep its leftovers; say what was done."""
    job = Job(Workspace(folder), shown, "")
    with told(folder, shown, 0):
        if not folder.is_dir() or _tidy(job.desk):
            return []
        if not job.desk.root.is_dir():
            for path in plain_leftovers(folder):
                path.unlink(missing_ok=True)
            return []
        with locked(job.desk, shown):
            return _clear(job)


def _tidy(desk: Workspace) -> bool:
    """Tell whether no killed run left anything."""
    return not (os.path.lexists(desk.journal) or leftovers(desk) or plain_leftovers(desk.folder))


def _unchanged(job: Job, files: Mapping[str, bytes]) -> tuple[Path, ...] | None:
    """Return where the files stand when nothing at all is to be done; this reads and never writes."""
    try:
        if not _tidy(job.desk):
            return None
        manifest = read_manifest(job.desk)
        found = []
        for name, content in files.items():
            entry = manifest.of(name)
            if entry is None or not same_data(job.desk.folder, entry.data, job.data):
                return None
            if entry.unfinished != job.unfinished:
                return None
            path = job.desk.folder / entry.name
            if not entry.sha256 == digest(content) == digest_of(path) or beside_of(
                manifest, entry.name, job.desk
            ):
                return None
            found.append(path)
    except OSError:  # Said by the way that writes, if it is still so then.
        return None
    return tuple(found)


def _clear(job: Job) -> list[Problem]:
    """Settle a killed run's journal and sweep; the lock is ours."""
    settled = settle(job.desk)
    sweep(job.desk)
    for path in plain_leftovers(job.desk.folder):
        with contextlib.suppress(OSError):
            path.unlink()
    if not settled.names:
        return []
    done = "已经补完" if settled.finished else "已经退回原样"
    message = f"上次运行中断，没有写完“{'”“'.join(settled.names)}”，现在{done}"
    return [Problem(Location(job.shown(job.desk.folder)), _RULE, message, level=Level.ADVICE)]


def _save(job: Job, files: Mapping[str, bytes]) -> Saved:
    manifest = read_manifest(job.desk)
    targets = plan(job.desk, manifest, files, job.data, job.shown)
    known, advice = give_up_edited(job, manifest, targets)
    try:
        check_free(job, targets)
        saved = write(job, known, targets, {})
    except HeldError as held:
        return save_beside(job, manifest, files, held)
    remove_beside(job, known, targets)
    return replace(saved, problems=(*saved.problems, *advice))
