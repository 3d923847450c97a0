"""A report one of whose files is open elsewhere -> both files under names beside it, and what to do then."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.output.disk import digest_of
from zhibi.output.faults import WRITE_RULE, problem_of
from zhibi.output.held import Holder, holder
from zhibi.output.journal import HeldError
from zhibi.output.manifest import Entry, Manifest
from zhibi.output.names import folded, split
from zhibi.output.plan import Target, plan
from zhibi.output.workspace import Workspace
from zhibi.output.write import Job, Saved, check_free, write

BESIDE = "（新）"
"""What the stem of a file ends with that was saved beside one that another program has open."""

_RULE = "另存"


def save_beside(job: Job, manifest: Manifest, files: Mapping[str, bytes], held: HeldError) -> Saved:
    """Save both files under a name beside the one that is open, and say what to do."""
    names = {f"{split(name)[0]}{BESIDE}{split(name)[1]}": name for name in files}
    beside = {new: files[old] for new, old in names.items()}
    targets = plan(job.desk, manifest, beside, job.data, job.shown)
    instead = dict(zip((target.name for target in targets), names.values(), strict=True))
    try:
        check_free(job, targets)
        saved = write(job, manifest, targets, instead)
    except HeldError as again:
        problem = _open_twice(job, held, again)
        if again.error is not None:
            problem = problem_of(again.error, job.desk.folder, job.shown, 0)  # Never of a full disk.
        raise ReportError([problem]) from again
    return replace(saved, problems=(*saved.problems, _held_problem(job, held, tuple(beside))))


def _held_problem(job: Job, held: HeldError, beside: Sequence[str]) -> Problem:
    found = _holder_of(job, held)
    message = f"{_opened(found)}，原来的文件没有动；新的存成了“{'”“'.join(beside)}”"
    hint = "请关闭它再生成一次"
    if found is not None:
        hint += f"；如果没有人开着它，请删除“{found.file}”再生成"
    return Problem(Location(job.shown(job.desk.folder / held.name)), WRITE_RULE, message, hint)


def _open_twice(job: Job, held: HeldError, again: HeldError) -> Problem:
    message = f"{_opened(_holder_of(job, held))}，“{again.name}”也是，两个都没有动"
    return Problem(
        Location(job.shown(job.desk.folder / held.name)), WRITE_RULE, message, "请关闭它们再生成一次"
    )


def _holder_of(job: Job, held: HeldError) -> Holder | None:
    return holder(job.desk.folder, os.listdir(job.desk.folder), held.name)


def _opened(found: Holder | None) -> str:
    if found is None:
        return "这个文件正被别的程序打开（如 Word、WPS、PDF 阅读器）"
    who = f"{found.who} 用 {found.program}" if found.who else found.program
    return f"这个文件正被 {who} 打开"


def beside_of(manifest: Manifest, name: str, desk: Workspace) -> list[Entry]:
    """Return the files that were saved beside `name` and still stand."""
    return [
        entry
        for entry in manifest.entries.values()
        if folded(entry.instead_of) == folded(name) and os.path.lexists(desk.folder / entry.name)
    ]


def give_up_edited(
    job: Job, manifest: Manifest, targets: Sequence[Target]
) -> tuple[Manifest, tuple[Problem, ...]]:
    """Leave files saved beside these to whoever changed them; return the manifest without, and advice."""
    folder = job.desk.folder
    changed = [
        entry
        for target in targets
        for entry in beside_of(manifest, target.name, job.desk)
        if digest_of(folder / entry.name) != entry.sha256
    ]
    entries = {key: entry for key, entry in manifest.entries.items() if entry not in changed}
    message, hint = "这个文件改过，没有删", "要保留的改动请写进数据，再把它删掉"
    advice = [
        Problem(Location(job.shown(folder / one.name)), _RULE, message, hint, Level.ADVICE) for one in changed
    ]
    return replace(manifest, entries=entries), tuple(advice)


def remove_beside(job: Job, manifest: Manifest, targets: Sequence[Target]) -> None:
    """Remove what was saved beside these files, now that they are up to date."""
    folder = job.desk.folder
    for target in targets:
        for entry in beside_of(manifest, target.name, job.desk):
            with contextlib.suppress(OSError):
                if digest_of(folder / entry.name) != entry.sha256:
                    continue  # Changed this very moment; the next run leaves it to its owner.
                if holder(folder, os.listdir(folder), entry.name) is None:
                    (folder / entry.name).unlink()
