"""Reports as jobs of worker processes: what a template or a paper does there can be stopped.

Input: a `Job`; output: an `Answer`. A worker has limits of time and memory, and when it hangs, dies or
fills the memory, only its own report is lost. Workers write no files; the caller does that.
"""

from __future__ import annotations

import copyreg
import multiprocessing
import os
import threading
import time
import traceback
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import connection, resource_tracker
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from zhibi.errors import Location, Problem, ReportError
from zhibi.foreign import is_foreign
from zhibi.freshness.states import watching
from zhibi.model import Project
from zhibi.reading import held_in_memory
from zhibi.signals import held
from zhibi.styles import Look

if TYPE_CHECKING:
    from zhibi.freshness.states import State
    from zhibi.pipeline import Checked, Made

CHECK_SECONDS = 60.0
"""Longest time that reading, the template and the checks of one report may take."""

MAKE_SECONDS = 900.0
"""Longest time that layout and both files of one report may take; a thousand pages need a few minutes."""

CHECK_BYTES, MAKE_BYTES = 2 << 30, 6 << 30
"""Memory that a job may take beyond what its process has."""

KEPT = 64
"""Checked papers that a worker keeps, so that making one need not check it again."""

LIMIT_RULE = "超限"


def _proxy(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


copyreg.pickle(MappingProxyType, lambda proxy: (_proxy, (dict(proxy),)))  # A look is made of them.


@dataclass(frozen=True, slots=True)
class Job:
    """One report: its data file, the project it lies in, and what is asked for.

    `held` are files that are to be read as if they said this.
    """

    data: Path
    project: Project
    today: str
    look: Look
    formats: tuple[str, ...] = ()
    held: tuple[tuple[Path, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a job: the stem of a checked report, the files of a made one, or why there is none.

    `fault` is the traceback of a fault of the program. `steps` are the names of the stages that were run, `states` those
    of the files and folders that were looked at.
    """

    problems: tuple[Problem, ...] = ()
    stem: str = ""
    made: Made | None = None
    fault: str = ""
    steps: tuple[str, ...] = ()
    seconds: float = 0.0
    states: Mapping[str, State] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Tell whether the job came to its end."""
        return bool(self.stem or self.made)


_checked: OrderedDict[str, tuple[Job, Checked]] = OrderedDict()


def check_job(job: Job) -> Answer:
    """Run stages 1-6 of a report in this process."""

    def run(step: Callable[[str], None]) -> Answer:
        if is_foreign(job.data):
            from zhibi.foreign.checking import check_foreign

            return Answer(check_foreign(job.data, job.project, job.today), job.data.name)
        with held_in_memory(dict(job.held)):
            checked = _check(job, step)
        return Answer(checked.problems, checked.stem)

    return _answer(run, job, CHECK_BYTES)


def make_job(job: Job) -> Answer:
    """Run stages 7-8 of a report in this process, after stages 1-6 when another process has run these."""

    def run(step: Callable[[str], None]) -> Answer:
        from zhibi.pipeline import make_report

        known, checked = _checked.pop(str(job.data), (None, None))
        if checked is None or known is None or replace(known, formats=job.formats) != job:
            checked = _check(job, step)
        made = make_report(checked, job.formats, step)
        return Answer(made.problems, made.stem, made)

    return _answer(run, job, MAKE_BYTES)


def _check(job: Job, step: Callable[[str], None]) -> Checked:
    from zhibi.pipeline import check_report  # Imported late: only workers need the stages.

    checked = check_report(job.data, job.project, job.today, step, job.look)
    _checked[str(job.data)] = job, checked
    if len(_checked) > KEPT:
        _checked.popitem(last=False)
    return checked


def _answer(run: Callable[[Callable[[str], None]], Answer], job: Job, room: int) -> Answer:
    steps: list[str] = []
    states: Mapping[str, State] = {}
    began = time.monotonic()
    try:
        with memory_limit(room), watching() as seen:
            answer = run(steps.append)
        states = seen.states()
    except ReportError as error:
        answer = Answer(error.problems)
    except MemoryError:
        answer = Answer((_memory_problem(job),))
    except Exception:
        answer = Answer(fault=traceback.format_exc())
    return replace(answer, steps=tuple(steps), seconds=time.monotonic() - began, states=states)


def _memory_problem(job: Job) -> Problem:
    hint = "请检查模板里的循环，或把数据拆成几份"
    return Problem(Location(job.project.shown(job.data)), LIMIT_RULE, "这份报告用的内存太多，已停止", hint)


def _time_problem(job: Job, seconds: float) -> Problem:
    message = f"这份报告 {seconds:g} 秒还没有做完，已停止"
    hint = "请检查模板里的循环，或把数据拆成几份"
    return Problem(Location(job.project.shown(job.data)), LIMIT_RULE, message, hint)


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


def die_with_parent() -> None:
    """End this worker when its parent has gone, even one that was killed in the middle of a job."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: Any = parent.sentinel) -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _stand_somewhere() -> None:
    """Leave a working folder that somebody deleted: no process can be started from one."""
    try:
        os.getcwd()
    except OSError:
        os.chdir(os.sep)


@dataclass
class Workers:
    """The worker processes of a run, started with the first job; jobs are answered in the order in which they were asked for."""

    count: int = 1
    limits: tuple[float, float] = (CHECK_SECONDS, MAKE_SECONDS)
    pool: Any = field(default=None, repr=False)

    def __enter__(self) -> Workers:
        return self

    def _start(self) -> None:
        from pebble import ProcessPool

        # spawn: a worker starts clean on every system, and no thread of ours is copied in mid-work.
        context = multiprocessing.get_context("spawn")
        self.pool = ProcessPool(self.count, initializer=die_with_parent, context=context)
        _stand_somewhere()
        if os.name == "posix":
            # It would start with the first worker, and with that undo what `held` does.
            resource_tracker.ensure_running()
        with held():
            assert self.pool.active, "asking starts it"

    def __exit__(self, kind: object, *_: object) -> None:
        if self.pool is None:
            return
        if kind is None:
            self.pool.close()
        else:
            self.pool.stop()
        self.pool.join()

    def check(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the answer to each check, in order."""
        return self._run(check_job, jobs, self.limits[0])

    def make(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the files of each report, in order; at most two more than are used lie in memory."""
        return self._run(make_job, jobs, self.limits[1])

    def _run(self, work: Callable[[Job], Answer], jobs: Sequence[Job], seconds: float) -> Iterator[Answer]:
        ahead = self.count + 1
        asked: deque[tuple[Job, Future[Answer]]] = deque()
        rest = iter(jobs)
        if self.pool is None and jobs:
            self._start()
        while True:
            for job in islice(rest, ahead - len(asked)):
                asked.append((job, self.pool.schedule(work, args=(job,), timeout=seconds)))
            if not asked:
                return
            yield self._wait(*asked.popleft(), seconds)

    def _wait(self, job: Job, future: Future[Answer], seconds: float) -> Answer:
        from pebble import ProcessExpired

        try:
            return future.result()
        except TimeoutError:
            return Answer((_time_problem(job, seconds),))
        except ProcessExpired as error:
            return Answer(fault=f"worker process died, exit code {error.exitcode}")
        except Exception:  # What a worker could not even send back.
            return Answer(fault=traceback.format_exc())
