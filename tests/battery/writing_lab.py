"""Experiments on writing that need processes to kill: run as a program, told by one line of JSON.

A program of its own because it forks: a test runner has threads. Every experiment starts from a folder with
version 0 of a pair and has a child write others.
"""

from __future__ import annotations

import json
import mmap
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.battery.writing_papers import VERSIONS, Pair, State, finished, make_pair, state_of
from zhibi.errors import ReportError
from zhibi.output import recover, save_report

SAVED, REFUSED, CRASHED = 0, 3, 4
OLD, NEW = 0, 1
SYSCALLS = ("openat", "write", "fsync", "close", "rename", "link", "unlink", "mkdir", "chmod", "flock")
"""What a save asks of the system; strace takes each as a pattern, so that linkat counts as link."""

FAILING = SYSCALLS[:7]
CAUSES = {"EIO": "磁盘读写出错", "ENOSPC": "空间不足", "EACCES": "权限", "EROFS": "只读", "EBUSY": "占用"}
STARTS = ("old", "fresh", "edited")
Task = Callable[[], None]


class Child:
    """A forked process that waits to be started, runs a task and leaves its words in shared memory."""

    def __init__(self, task: Task) -> None:
        self._line = mmap.mmap(-1, 65536)
        self.pid = os.fork()
        if self.pid == 0:
            os._exit(self._run(task))
        os.waitpid(self.pid, os.WUNTRACED)

    def _run(self, task: Task) -> int:
        try:
            os.kill(os.getpid(), signal.SIGSTOP)
            task()
        except ReportError as error:
            self._line.write(str(error).encode())
            return REFUSED
        except BaseException:
            self._line.write(traceback.format_exc().encode()[-60000:])
            return CRASHED
        return SAVED

    def start(self) -> None:
        """Let it run."""
        os.kill(self.pid, signal.SIGCONT)

    def wait(self) -> tuple[int, str]:
        """Return how it ended (minus the signal, when it was killed) and what it said."""
        _, status = os.waitpid(self.pid, 0)
        said = self._line[:].rstrip(b"\0").decode()
        self._line.close()
        return os.waitstatus_to_exitcode(status), said


def prepare(folder: Path, pairs: list[Pair], start: str) -> None:
    """Make the folder as an experiment finds it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if start == "fresh":
        return
    save_report(folder, finished(pairs[OLD], folder))
    if start == "edited":
        docx = next(folder.glob("*.docx"))
        docx.write_bytes(pairs[VERSIONS - 1]["docx"])


def traced(task: Task, options: list[str], log: Path) -> tuple[int, str]:
    """Run a task under strace with these options."""
    child = Child(task)
    tracer = subprocess.Popen(
        ["strace", "-qq", "-o", log, *options, "-p", str(child.pid)], stderr=subprocess.PIPE
    )
    status = Path(f"/proc/{child.pid}/status")
    for _ in range(1000):
        if "TracerPid:\t0\n" not in status.read_text() or tracer.poll() is not None:
            break
        time.sleep(0.002)
    child.start()
    ended = child.wait()
    _, said = tracer.communicate()
    if tracer.returncode and ended[0] >= 0 and said:
        raise RuntimeError(f"strace: {said.decode()}")
    return ended


def counts(task: Task, log: Path) -> Counter[str]:
    """Return how often a task makes each system call."""
    asked = ",".join(f"/^{name}" for name in SYSCALLS)
    ended = traced(task, ["-e", f"trace={asked}"], log)
    assert ended[0] == SAVED, ended
    made: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        made.update(name for name in SYSCALLS if line.startswith(name))
    return made


def every_kill(folder: Path, step: int) -> dict[str, object]:
    """Kill a save at every `step`-th boundary of every system call; look after the next run."""
    pairs = [make_pair(version) for version in range(VERSIONS)]
    bad, tried, halves = [], 0, 0
    for start in STARTS:
        prepare(folder, pairs, start)
        made = counts(lambda: _save(folder, pairs[NEW]), folder.parent / "strace.txt")
        for call in SYSCALLS:
            for number in range(1 + tried % step, made[call] + 1, step):
                prepare(folder, pairs, start)
                option = f"inject=/^{call}:signal=KILL:when={number}"
                ended = traced(
                    lambda: _save(folder, pairs[NEW]), ["-e", option], folder.parent / "strace.txt"
                )
                halves += (folder / ".执笔" / "未完成.json").exists()
                tried += 1
                recover(folder)
                after = state_of(folder)
                fits = after.docx in {None if start == "fresh" else OLD, NEW, _edited(start, after)}
                if ended[0] != -signal.SIGKILL or not fits or not _sound(start, after):
                    bad.append(f"{start} {call} {number}: {ended} {after}")
                save_report(folder, finished(pairs[2], folder))
                if state_of(folder) != State(2, 2, ()) or not _kept(folder, pairs, start):
                    bad.append(f"{start} {call} {number}, next run: {state_of(folder)}")
    return {"tried": tried, "halves": halves, "bad": bad}


def every_fault(folder: Path, step: int) -> dict[str, object]:
    """Let every `step`-th system call fail with every error; old pair intact or new one complete."""
    pairs = [make_pair(version) for version in range(VERSIONS)]
    bad, tried, refused = [], 0, 0
    for start in STARTS:
        prepare(folder, pairs, start)
        made = counts(lambda: _save(folder, pairs[NEW]), folder.parent / "strace.txt")
        cases = [(c, n, e) for c in FAILING for n in range(1, made[c] + 1) for e in CAUSES]
        for call, number, error in cases[len(start) % step :: step]:
            prepare(folder, pairs, start)
            option = f"inject=/^{call}:error={error}:when={number}"
            code, said = traced(
                lambda: _save(folder, pairs[NEW]), ["-e", option], folder.parent / "strace.txt"
            )
            after = state_of(folder)
            tried += 1
            refused += code == REFUSED
            if not _as_told(start, code, said, after, CAUSES[error]):
                bad.append(f"{start} {call} {number} {error}: {code} {said} {after}")
            save_report(folder, finished(pairs[2], folder))
            if state_of(folder) != State(2, 2, ()) or not _kept(folder, pairs, start):
                bad.append(f"{start} {call} {number} {error}, next run: {state_of(folder)}")
    return {"tried": tried, "refused": refused, "bad": bad}


def _as_told(start: str, code: int, said: str, after: State, cause: str) -> bool:
    """Tell whether the files are what the outcome says, and the message names the cause."""
    if code == SAVED:
        return (after.docx, after.pdf) == (NEW, NEW)
    old = {"old": (OLD, OLD), "fresh": (None, None), "edited": (VERSIONS - 1, OLD)}[start]
    return code == REFUSED and (after.docx, after.pdf) == old and cause in said and "Traceback" not in said


def _edited(start: str, after: State) -> int | None:
    return VERSIONS - 1 if start == "edited" and after.pdf == OLD else NEW


def _sound(start: str, after: State) -> bool:
    """Tell whether a pair is of one version; an edited file stands beside the old one of its pair."""
    edited = start == "edited" and (after.docx, after.pdf) == (VERSIONS - 1, OLD)
    return not after.strange if edited else after.whole


def _kept(folder: Path, pairs: list[Pair], start: str) -> bool:
    """Tell whether the edited file is among the backups, once."""
    if start != "edited":
        return not (folder / "备份").exists()
    kept = [path.read_bytes() for path in (folder / "备份").iterdir()]
    return kept == [pairs[VERSIONS - 1]["docx"]]


def _save(folder: Path, pair: Pair) -> None:
    save_report(folder, finished(pair, folder))


def random_kill(folder: Path, rounds: int, name: str) -> dict[str, object]:
    """Kill a child that saves again and again, at random moments; look after the next run."""
    pairs = [make_pair(version) for version in range(VERSIONS)]
    prepare(folder, pairs, "old")
    dice, bad, halves, leftovers = random.Random(name), [], 0, 0
    for number in range(rounds):
        child = Child(lambda: _save_on(folder, pairs))
        child.start()
        time.sleep(dice.uniform(0.005, 0.06))
        os.kill(child.pid, signal.Signals[name])
        code, said = child.wait()
        before = state_of(folder)
        leftovers += bool(before.strange)
        halves += "未完成.json" in before.strange
        if number % 2:
            recover(folder)
        else:
            save_report(folder, finished(pairs[number % VERSIONS], folder))
        after = state_of(folder)
        interrupted = code == CRASHED and "KeyboardInterrupt" in said and name == "SIGINT"
        if not after.whole or after.docx is None or not (interrupted or code == -signal.Signals[name]):
            bad.append(f"{number}: {code} {said} {after}")
    return {"tried": rounds, "halves": halves, "leftovers": leftovers, "bad": bad}


def _save_on(folder: Path, pairs: list[Pair]) -> None:
    number = os.getpid()
    while True:
        number += 1
        save_report(folder, finished(pairs[number % VERSIONS], folder))


EXPERIMENTS = {"every_kill": every_kill, "every_fault": every_fault}


def main(name: str, folder: str, size: str) -> None:
    """Run one experiment and print what came of it."""
    place = Path(folder) / "成品"
    if name in EXPERIMENTS:
        # Once before anything is counted: modules that are imported late are in memory then.
        prepare(place, [make_pair(OLD)], "old")
        sys.stdout.write(json.dumps(EXPERIMENTS[name](place, int(size)), ensure_ascii=False))
    else:
        sys.stdout.write(json.dumps(random_kill(place, int(size), name), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
