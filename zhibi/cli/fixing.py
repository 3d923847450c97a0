"""`check --fix`: findings that a machine can mend -> the data files mended, each place shown before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhibi.cli.findings import mend_told
from zhibi.cli.starting import is_data
from zhibi.errors import Level, Problem, ReportError
from zhibi.model import Project
from zhibi.output import Replaced, replace_inputs
from zhibi.round_trip.mending import Mend, mended
from zhibi.workers import Workers

if TYPE_CHECKING:
    from zhibi.cli.check import _Check

ROUNDS = 8
"""A mend can uncover another; that many rounds are enough for what stands in one place."""


def fix_all(run: _Check, workers: Workers) -> tuple[dict[Path, bytes], list[dict[str, Any]]]:
    """Mend the data files of a run; return them as they are now, and each mend as `--json` tells it."""
    project, screen = run.batch.project, run.screen
    old: dict[Path, bytes] = {}
    new: dict[Path, bytes] = {}
    done: list[Mend] = []
    left: dict[str, Problem] = {}
    for _ in range(ROUNDS):
        answers = workers.check([run.job(entry, new) for entry in run.entries])
        wanted: dict[Path, list[Problem]] = defaultdict(list)
        for entry, answer in zip(run.entries, answers, strict=True):
            for problem in run.kept(answer, entry):
                path = _data_file(problem, entry.data, project)
                if path is not None and problem not in wanted[path]:
                    wanted[path].append(problem)
        mends, left = _round(wanted, old, new, project)
        done += mends
        if not mends:
            break
    for mend in done:
        screen.say(mend_told(mend.problem))
    if left:
        places = "、".join(str(problem.at) for problem in left.values())
        screen.say(
            f"有 {len(left)} 处的写法（引号里的转义、折行的文字）程序拿不准，没有改，请自己改：{places}"
        )
    _write(old, new, run)
    return {path: new[path] for path in new if new[path] != old[path]}, [_as_json(mend) for mend in done]


def _data_file(problem: Problem, data: Path, project: Project) -> Path | None:
    """Return the data file that a mend goes into, None for what is not to be mended here; `data` is the report's."""
    if problem.mended is None or problem.level is Level.QUERY:
        return None
    places = [folder / problem.at.file for folder in (project.root, Path.cwd())]
    if project.shown(data) == problem.at.file:  # The project may have a file that is called so too.
        places = [data]
    found = {path.resolve(): path for path in places if path.is_file() and is_data(path)}
    templates = project.templates.resolve()
    if len(found) != 1 or any(real.is_relative_to(templates) for real in found):
        return None
    [(real, path)] = found.items()
    return real if path.is_symlink() else path


def _round(
    wanted: dict[Path, list[Problem]], old: dict[Path, bytes], new: dict[Path, bytes], project: Project
) -> tuple[list[Mend], dict[str, Problem]]:
    """Mend every file once, in memory; return the mends and what is left."""
    from zhibi.schema import general_schema, words

    done: list[Mend] = []
    left: dict[str, Problem] = {}
    for path, problems in wanted.items():
        raw = old.setdefault(path, path.read_bytes())
        result = mended(new.get(path, raw), project.shown(path), problems, words(general_schema()))
        new[path] = result.raw
        done += result.done
        left |= {str(problem.at): problem for problem in result.left}
    return done, left


def _write(old: dict[Path, bytes], new: dict[Path, bytes], run: _Check) -> None:
    """Write what has changed over the old files, folder by folder, and say where these are kept."""
    shown, screen = run.batch.project.shown, run.screen
    folders: dict[Path, list[Replaced]] = defaultdict(list)
    for path, raw in new.items():
        if raw != old[path]:
            folders[path.parent].append(Replaced(path, old[path], raw))
    if not folders:
        screen.say("没有程序能替您改的。")
    for folder, files in folders.items():
        try:
            kept = replace_inputs(folder, files, {}, shown)
        except ReportError as error:
            screen.report(error.problems)
            for one in files:
                new[one.path] = one.old
            continue
        screen.built.extend(shown(one.path) for one in files)
        screen.say(f"改了 {_names(one.path for one in files)}；原来的存成 {'、'.join(map(shown, kept))}。")


def _names(paths: Iterable[Path]) -> str:
    return "、".join(path.name for path in paths)


def _as_json(mend: Mend) -> dict[str, Any]:
    at = mend.problem.at
    return {
        "file": at.file,
        "line": at.line,
        "column": at.column,
        "rule": mend.problem.rule,
        "text": mend.problem.text,
        "mended": mend.problem.mended,
        "before": mend.before,
        "after": mend.after,
    }
