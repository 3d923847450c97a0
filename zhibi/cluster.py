"""Jobs -> answers, by the workers of a Dask cluster: the same jobs, and answers in the same order, as `workers`.

Every worker starts in the project's folder with the project's own .venv, so that it reads the same files with the same
program; `docs/多台电脑.md` says how. What a worker that is lost had to do, another one does again.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Any

from zhibi.errors import Location, Problem, ReportError
from zhibi.font_folders import installed_fonts
from zhibi.freshness.states import program
from zhibi.jobs import Answer, Job, check_job, make_job
from zhibi.workers import CHECK_SECONDS, MAKE_SECONDS, time_problem

CLUSTER_RULE = "集群"

ANSWER_SECONDS = 10
"""How long the scheduler may take to answer the first call."""

_LOOK_SECONDS = 1
"""How often it is asked who works on what is waited for."""

_one_at_a_time = threading.Lock()
"""A job has its process for itself: limits of memory and the files it looks at are those of the process."""


def alone(work: Callable[[Job], Answer], job: Job, wanted: tuple[str, str]) -> Answer | None:
    """Run a job in a worker of the cluster; nothing comes of it in one that would make another paper than asked for."""
    with _one_at_a_time:
        return work(job) if mark() == wanted else None


@cache
def mark() -> tuple[str, str]:
    """Return what must be the same everywhere for the papers to be the same: the program and the fonts.

    As they were at first: a worker keeps what it knows of them until it is started again.
    """
    return program(), installed_fonts()


def _whole(job: Job) -> Job:
    """Return a job that does not depend on where anybody stands."""
    project = job.project
    whole = replace(project, root=project.root.absolute(), templates=project.templates.absolute())
    return replace(job, data=job.data.absolute(), project=whole)


async def _reach(address: str) -> None:
    """Connect once, as a client does: it never gives up a service that is silent, and one that is made for no
    address at all cannot be closed.
    """
    from distributed.comm.core import connect
    from distributed.security import Security

    security: Any = Security
    link: Any = connect
    wanted = link(address, timeout=ANSWER_SECONDS, **security().get_connection_args("client"))
    comm = await asyncio.wait_for(wanted, ANSWER_SECONDS)
    comm.abort()


@dataclass
class Cluster:
    """The workers behind the scheduler at `address`."""

    address: str
    limits: tuple[float, float] = (CHECK_SECONDS, MAKE_SECONDS)
    _client: Any = field(default=None, repr=False)

    def __enter__(self) -> Cluster:
        try:
            from distributed import Client
        except ImportError as error:
            hint = "请运行 make setup-cluster 安装 distributed，或去掉 --cluster"
            raise ReportError([self._problem("没有装 distributed，不能用集群", hint)]) from error
        # It would tell of a lost connection in English, besides what we say.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            asyncio.run(_reach(self.address))
            client: Any = Client
            self._client = client(self.address, timeout=ANSWER_SECONDS, set_as_default=False)
        except Exception as error:  # Of many kinds: nobody there, no address, another service behind it.
            hint = "请检查地址（如 tcp://10.0.0.5:8786），并确认调度程序 dask scheduler 已经启动"
            raise ReportError([self._problem(f"连不上集群“{self.address}”", hint)]) from error
        if problem := self._unlike():
            self._client.close()
            raise ReportError([problem])
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def check(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the answer to each check, in order."""
        return self._run(check_job, jobs, self.limits[0])

    def make(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """Yield the files of each report, in order; few more than are used lie in memory."""
        return self._run(make_job, jobs, self.limits[1])

    def _unlike(self) -> Problem | None:
        """Return a problem when there is no worker, or one that would make other papers than this program."""
        try:
            marks = self._client.run(mark)
        except Exception:  # One that has not got the program answers with whatever it trips over.
            hint = "请在每台电脑的项目文件夹里、用其中的 .venv 启动 worker，写法见 docs/多台电脑.md"
            return self._problem(f"集群“{self.address}”里有 worker 找不到执笔的程序", hint)
        if not marks:
            hint = "请在每台电脑的项目文件夹里启动 worker，写法见 docs/多台电脑.md"
            return self._problem(f"集群“{self.address}”里没有 worker", hint)
        other = [address for address, found in marks.items() if found != mark()]
        return self._other(f"worker {'、'.join(sorted(other))} ") if other else None

    def _other(self, who: str) -> Problem:
        hint = "请让每个 worker 用同一个项目文件夹（共享盘）和其中的 .venv，装同样的字体；改过程序或字体后重新启动 worker"
        return self._problem(f"{who}的程序或字体与本机不同", hint)

    def _run(self, work: Callable[[Job], Answer], jobs: Sequence[Job], seconds: float) -> Iterator[Answer]:
        ahead = 2 * max(1, len(self._client.nthreads()))
        rest, asked = iter(jobs), deque[tuple[Job, Any]]()
        while True:
            for job in islice(rest, ahead - len(asked)):
                asked.append((job, self._submit(work, job)))
            if not asked:
                return
            yield self._wait(*asked.popleft(), seconds)

    def _submit(self, work: Callable[[Job], Answer], job: Job) -> Any:
        try:
            return self._client.submit(alone, work, _whole(job), mark(), pure=False)
        except Exception as error:  # Of many kinds, as the connection breaks off here or there.
            raise self._lost() from error

    def _lost(self) -> ReportError:
        hint = "请检查调度程序 dask scheduler，再运行一次（已经做好的不会重做），或去掉 --cluster"
        return ReportError([self._problem(f"与集群“{self.address}”的连接断了，其余的没有做", hint)])

    def _wait(self, job: Job, future: Any, seconds: float) -> Answer:
        """Return an answer; one that takes too long once a worker has begun is given up with its worker."""
        began: dict[str, float] = {}
        while True:
            try:
                answer: Answer | None = future.result(timeout=_LOOK_SECONDS)
            except TimeoutError:
                now = time.monotonic()
                late = [name for name in self._who(future) if now - began.setdefault(name, now) > seconds]
                if late:
                    self._client.restart_workers(late, raise_for_error=False)
                    future.cancel()
                    return Answer((time_problem(job, seconds),))
            except Exception as error:  # Lost with several workers in a row, or nothing that can be sent.
                # A connection that breaks shows here before the client says that it is alone; jobs raise neither.
                if isinstance(error, OSError | CancelledError) or self._client.status != "running":
                    raise self._lost() from error
                return Answer(fault=traceback.format_exc())
            else:
                if answer is None:
                    raise ReportError([self._other("后来加入的 worker ")])
                return answer

    def _who(self, future: Any) -> list[str]:
        """Return the workers that have a job before them."""
        try:
            return [name for name, keys in self._client.processing().items() if future.key in keys]
        except Exception as error:
            raise self._lost() from error

    def _problem(self, message: str, hint: str) -> Problem:
        return Problem(Location("命令行"), CLUSTER_RULE, message, hint, text=self.address)
