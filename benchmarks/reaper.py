"""Runs one command and writes down what it and all its descendants took: python -I -S reaper.py RESULT SECONDS COMMAND….

A process of its own, and a small one: the kernel counts a started program's peak memory from that of its parent,
and only who reaps a process is told its time. Orphans come to this process (a subreaper), so that a helper that
nobody waits for is counted too.
"""

import ctypes
import json
import os
import signal
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
GRACE = 20
"""Seconds that orphans may live on after the command itself has ended."""


def become_subreaper() -> bool:
    """Take the orphans; only Linux can."""
    try:
        return bool(ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def end_all(*_: object) -> None:
    """Kill what still runs below this process."""
    global timed_out
    timed_out = True
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as children:
        for child in children.read().split():
            os.kill(int(child), signal.SIGKILL)
    signal.alarm(1)  # Their own children come to us next.


def start(command: "list[str]") -> int:
    """Start the command and return its process id."""
    child = os.fork()
    if child == 0:
        try:
            os.execvp(command[0], command)
        finally:
            os._exit(127)
    return child


timed_out = False


def main() -> None:
    """Start the command, reap until nothing is left, write the sums."""
    result, limit, *command = sys.argv[1:]
    become_subreaper()
    signal.signal(signal.SIGALRM, end_all)
    signal.alarm(int(limit))
    sums = {"user": 0.0, "system": 0.0, "wall": 0.0, "peak": 0, "code": -1}
    began = time.perf_counter()
    child = start(command)
    while True:
        try:
            pid, status, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        sums["user"] += used.ru_utime
        sums["system"] += used.ru_stime
        sums["peak"] = max(sums["peak"], used.ru_maxrss * 1024)
        if pid == child:
            sums["wall"] = time.perf_counter() - began
            sums["code"] = os.waitstatus_to_exitcode(status)
            if not timed_out:
                signal.alarm(GRACE)
    with open(result, "w", encoding="utf-8") as file:
        json.dump({**sums, "timed_out": timed_out}, file)


if __name__ == "__main__":
    main()
