"""Jobs -> answers, by processes of this machine: what hangs, dies or fills the memory costs its own report only."""

from __future__ import annotations

import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import connection, resource_tracker
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from zhibi.aside import aside, said
from zhibi.errors import Location, Problem, ReportError, reason
from zhibi.jobs import LIMIT_RULE, Answer, Job, check_job, make_job, measure_job, proofread_job
from zhibi.made import Made
from zhibi.signals import held

CHECK_SECONDS = 60.0
"""Longest time that reading, the template and the checks of one report may take."""

MAKE_SECONDS = 900.0
"""Longest time that layout and both files of one report may take; a thousand pages need a few minutes."""

BYTES_EACH = 1 << 30
"""Memory that a worker should find free before another one is started."""

_QUEUED = 2
"""Jobs that each process has at a time, so that it need not wait while the files of the one before are written."""

_Work: TypeAlias = Callable[[Job], Answer]


class Crew(Protocol):
    """Whoever answers jobs, in the order in which they were asked for."""

    def check(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the answer to each check."""

    def make(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the files of each report."""


def usual_count() -> int:
    """Return how many processes this machine has cores and memory for."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    free = _free_memory()
    return cores if free is None else max(1, min(cores, free // BYTES_EACH))


MEMORY = Path("/proc/meminfo")


def _free_memory() -> int | None:
    """Return the bytes that processes may take, None where no one says; files that Linux keeps in memory make room."""
    with suppress(OSError):
        for line in MEMORY.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


@dataclass
class Workers:
    """Processes of this machine, at most `count`, started with the first jobs.

    A process keeps the papers that it has checked, so a report is made where it was checked if that one is free.
    """

    count: int = 1
    limits: tuple[float, float] = (CHECK_SECONDS, MAKE_SECONDS)
    _pools: list[Any] = field(default_factory=list, repr=False)
    _homes: dict[str, int] = field(default_factory=dict, repr=False)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for pool in self._pools:
            pool.close() if kind is None else pool.stop()
        for pool in self._pools:
            pool.join()

    def renew(self) -> None:
        """Let go of all processes: those that come next know nothing of what these knew, such as fonts."""
        self.__exit__(None)
        self._pools.clear()
        self._homes.clear()

    def check(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the answer to each check, in order."""
        return self.run(check_job, jobs, self.limits[0])

    def proofread(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the answer to each check with the clauses of its findings, in order."""
        return self.run(proofread_job, jobs, self.limits[0])

    def make(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the files of each report, in order; few more than are used lie in memory."""
        return self.run(make_job, jobs, self.limits[1])

    def measure(self, job: Job, made: Made) -> Answer:
        """Return a made report with what its PDF measures."""
        sent = replace(made, files={"pdf": made.files["pdf"]})
        answer = next(self.run(partial(measure_job, made=sent), [job], self.limits[1]))
        return replace(answer, made=answer.made and replace(answer.made, files=made.files))

    def run(self, work: _Work, jobs: Sequence[Job], seconds: float) -> Iterator[Answer]:
        """Yield what `work` makes of each job within `seconds`, in order."""
        self._start(min(self.count, len(jobs)))
        waiting = dict(enumerate(jobs))
        asked: dict[Future[Answer], tuple[int, int]] = {}
        done: dict[int, Answer] = {}
        for number in range(len(jobs)):
            while True:
                self._hand_out(waiting, asked, (number, len(done)), (work, seconds))
                if number in done:
                    break
                for future in wait(asked, return_when=FIRST_COMPLETED).done:
                    which, _ = asked.pop(future)
                    done[which] = _answer(jobs[which], future, seconds)
            yield done.pop(number)

    def _hand_out(
        self,
        waiting: dict[int, Job],
        asked: dict[Future[Answer], tuple[int, int]],
        wanted: tuple[int, int],
        work: tuple[_Work, float],
    ) -> None:
        """Give every process something to do, but no more than so many papers that nobody has used yet.

        `wanted` is the number of the job that is waited for, which has to be done however many others are, and how
        many of these are done.
        """
        (next_one, unused), (function, seconds) = wanted, work
        most = (_QUEUED + 1) * len(self._pools)
        for place in range(len(self._pools)):
            pool = self._living(place)
            busy = sum(own == place for _, own in asked.values())
            for _ in range(_QUEUED - busy):
                full = len(asked) + unused >= most
                if not waiting or (full and next_one not in waiting):
                    return
                number = next_one if full else self._pick(place, waiting)
                job = waiting.pop(number)
                self._homes[str(job.data)] = place
                asked[pool.schedule(function, args=(job,), timeout=seconds)] = (number, place)

    def _pick(self, place: int, waiting: Mapping[int, Job]) -> int:
        """Return the next job for a process: one that it knows, else one that none knows, else the next."""
        homes = {number: self._homes.get(str(job.data)) for number, job in waiting.items()}
        own = (number for number, home in homes.items() if home in (place, None))
        return next(own, next(iter(waiting)))

    def _living(self, place: int) -> Any:
        """Return a process, another one for one that was killed while it had nothing to do."""
        if not self._pools[place].active:
            self._pools[place].join()
            with held(), aside():
                self._pools[place] = _new_pool()
        return self._pools[place]

    def _start(self, count: int) -> None:
        if count <= len(self._pools):
            return
        _stand_somewhere()
        if os.name == "posix":
            with held(), aside(), _told():  # Apart from the workers: it undoes half of what `held` does.
                resource_tracker.ensure_running()
        with held(), aside():
            while len(self._pools) < count:
                try:
                    self._pools.append(_new_pool())
                except ReportError:
                    if not self._pools:
                        raise
                    break  # Fewer do it too.


def _new_pool() -> Any:
    """Start a process; spawn: it starts clean on every system, and no thread of ours is copied in mid-work."""
    from pebble import ProcessPool

    with _told():
        pool = ProcessPool(1, initializer=_die_with_parent, context=multiprocessing.get_context("spawn"))
        assert pool.active, "asking starts it"
    return pool


@contextmanager
def _told() -> Iterator[None]:
    """Say in Chinese that this machine starts no more processes."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # RuntimeError: of threads, and of pools that broke.
        cause = error if isinstance(error, OSError) else error.__cause__
        why = f"（{reason(cause)}）" if isinstance(cause, OSError) else ""
        problem = Problem(Location("build.py"), LIMIT_RULE, f"做报告的进程启动不了{why}", _NO_ROOM)
        raise ReportError([problem]) from error


def _answer(job: Job, future: Future[Answer], seconds: float) -> Answer:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return Answer((time_problem(job, seconds),))
    except ProcessExpired as error:
        if error.exitcode == _KILLED:
            message = f"做这份报告的进程被系统强行停止了（退出码 {_KILLED}），多半是内存不够"
            return Answer((_problem(job, message, _LITTLE_ROOM),))
        return Answer(fault=f"worker process died, exit code {error.exitcode}\n{said()}".rstrip())
    except BrokenProcessPool:
        return Answer((_problem(job, "做这份报告的进程启动不了，多半是内存不够", _NO_ROOM),))
    except Exception:  # What a worker could not even send back.
        return Answer(fault=traceback.format_exc())


_KILLED = -9
"""Exit code of a process that the system ends at once, as Linux does when memory runs out."""

_LITTLE_ROOM = "请关掉别的程序，或用 --jobs 1 一份一份地做；还不行，请把数据拆成几份"

_NO_ROOM = "请关掉别的程序再运行；还不行，请运行 python3 build.py doctor 体检"


def time_problem(job: Job, seconds: float) -> Problem:
    message = f"这份报告 {seconds:g} 秒还没有做完，已停止"
    return _problem(job, message, "请检查模板里的循环，或把数据拆成几份")


def _problem(job: Job, message: str, hint: str) -> Problem:
    return Problem(Location(job.project.shown(job.data)), LIMIT_RULE, message, hint)


def _die_with_parent() -> None:
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
