"""Reports as jobs of worker processes: what a template or a paper does there can be stopped.

Input: a `Job`; output: an `Answer`. A worker has limits of time and memory, and when it hangs, dies or
fills the memory, only its own report is lost. Workers write no files; the caller does that.
"""

from __future__ import annotations

import copyreg
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from zhibi.errors import Location, Problem, ReportError
from zhibi.foreign import is_foreign
from zhibi.freshness.seen import libraries_used, watching
from zhibi.freshness.states import all_still
from zhibi.made import Made
from zhibi.model import Project
from zhibi.reading import held_in_memory
from zhibi.reading.collector import collector_at_rest
from zhibi.styles import Look

if TYPE_CHECKING:
    from zhibi.freshness.states import State
    from zhibi.pipeline import Checked

CHECK_BYTES, MAKE_BYTES = 2 << 30, 6 << 30
"""Memory that a job may take beyond what its process has."""

KEPT_BYTES = 8 << 20
"""Data of the checked papers that a worker keeps, so that making one need not check it again: 700 small ones in 200 MB.

A larger one is kept until the next paper is checked.
"""

LIMIT_RULE = "超限"


def _proxy(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


copyreg.pickle(MappingProxyType, lambda proxy: (_proxy, (dict(proxy),)))  # A look is made of them.


@dataclass(frozen=True, slots=True)
class Job:
    """One report: its data file, the project it lies in, and what is asked for.

    `held` are files that are to be read as if they said this. The PDF is `measured` with the making, or later.
    """

    data: Path
    project: Project
    today: str
    look: Look
    formats: tuple[str, ...] = ()
    held: tuple[tuple[Path, bytes], ...] = ()
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: the stem of a checked report, the files of a made one, or why there is none.

    `fault` is the traceback of a fault of the program. `steps` are the names of the stages that were run, `states` those
    of the files and folders that were looked at. `clauses` tells what the rules of a proofread report's problems rest on.
    """

    problems: tuple[Problem, ...] = ()
    stem: str = ""
    made: Made | None = None
    fault: str = ""
    steps: tuple[str, ...] = ()
    seconds: float = 0.0
    states: Mapping[str, State] = field(default_factory=dict)
    clauses: Mapping[str, str] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Tell whether the job came to its end."""
        return bool(self.stem or self.made)


class _Kept(NamedTuple):
    """A paper that this process has checked, the states of what was read for it, and the bytes of its data file."""

    job: Job
    checked: Checked
    states: Mapping[str, State]
    size: int


_checked: dict[str, _Kept] = {}
"""By data file."""


def check_job(job: Job) -> Answer:
    """Run stages 1-6 of a report in this process."""

    def run(step: Callable[[str], None]) -> Answer:
        if is_foreign(job.data):
            from zhibi.foreign.checking import check_foreign

            return Answer(check_foreign(job.data, job.project, job.today), job.data.name)
        for name in [name for name, kept in _checked.items() if kept.size > KEPT_BYTES]:
            del _checked[name]
        with held_in_memory(dict(job.held)), watching() as seen:
            checked = _check(job, step)
        _keep(_Kept(job, checked, seen.states(), _size(job)))
        return Answer(checked.problems, checked.stem)

    return _answer(run, job, CHECK_BYTES)


def proofread_job(job: Job) -> Answer:
    """Check a report, and say what its findings rest on: who asks need not load the rules."""
    answer = check_job(job)
    return replace(answer, clauses=clauses_of(answer.problems)) if answer.problems else answer


def clauses_of(problems: Iterable[Problem]) -> dict[str, str]:
    """Return the clause of each rule that has found something; problems of other kinds have none."""
    from zhibi.rule_pages import clauses

    return {rule: clauses()[rule] for rule in {problem.rule for problem in problems} if rule in clauses()}


def make_job(job: Job) -> Answer:
    """Run stages 7-8 of a report in this process, after stages 1-6 when another process has run these."""

    def run(step: Callable[[str], None]) -> Answer:
        from zhibi.pipeline import make_report

        kept = _checked.pop(str(job.data), None)
        # An edit since then may have been checked by another process.
        fresh = kept and replace(kept.job, formats=job.formats) == job and all_still(kept.states)
        checked = kept.checked if kept and fresh else _check(job, step)
        made = make_report(checked, job.formats, step, measured=job.measured)
        libraries_used()
        return Answer(made.problems, made.stem, made)

    return _answer(run, job, MAKE_BYTES)


def measure_job(job: Job, made: Made) -> Answer:
    """Measure the PDF of a report in this process."""

    def run(step: Callable[[str], None]) -> Answer:
        from zhibi.pipeline import measure_made

        measured = measure_made(made, made.files["pdf"], job.look, step)
        return Answer(measured.problems, measured.stem, replace(measured, files={}))

    return _answer(run, job, MAKE_BYTES)


def _check(job: Job, step: Callable[[str], None]) -> Checked:
    from zhibi.pipeline import check_report  # Imported late: only workers need the stages.

    return check_report(job.data, job.project, job.today, step, job.look)


def _size(job: Job) -> int:
    held = sum(len(content) for _, content in job.held)
    try:
        return held + job.data.stat().st_size
    except OSError:  # Only held in memory, or gone since.
        return held


def _keep(new: _Kept) -> None:
    """Keep a checked paper where there is room; papers are made in the order of their checks, so the first ones stay."""
    name = str(new.job.data)
    _checked.pop(name, None)
    taken = sum(kept.size for kept in _checked.values())
    if new.size > KEPT_BYTES or taken + new.size <= KEPT_BYTES:
        _checked[name] = new


def _answer(run: Callable[[Callable[[str], None]], Answer], job: Job, room: int) -> Answer:
    steps: list[str] = []
    began = time.monotonic()
    with watching() as seen:
        try:
            with memory_limit(room), collector_at_rest():
                answer = run(steps.append)
        except ReportError as error:
            answer = Answer(error.problems)
        except MemoryError:
            answer = Answer((_memory_problem(job),))
        except Exception:
            answer = Answer(fault=traceback.format_exc())
    return replace(answer, steps=tuple(steps), seconds=time.monotonic() - began, states=seen.states())


def _memory_problem(job: Job) -> Problem:
    hint = "请检查模板里的循环，或把数据拆成几份"
    return Problem(Location(job.project.shown(job.data)), LIMIT_RULE, "这份报告用的内存太多，已停止", hint)


@contextmanager
def memory_limit(room: int) -> Iterator[None]:
    """Let this process take at most `room` bytes more than it has; nothing where systems cannot do that."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    except (ImportError, OSError, ValueError, IndexError):
        yield
        return
    wanted = pages * resource.getpagesize() + room
    caps = [wanted, *(cap for cap in (soft, hard) if cap != resource.RLIM_INFINITY)]
    resource.setrlimit(resource.RLIMIT_AS, (min(caps), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
