"""What is said to people (text) or to machines (`--json`, one document), and the exit codes.

0 all built, 1 some reports failed, 2 input or template errors and nothing built, 3 output could not be
written, 4 a fault of the program, 5 another run holds the output folder, 130 interrupted.
"""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO, cast

import click

from zhibi.cli.log import RunLog, scrub
from zhibi.cli.streams import Errors, tell
from zhibi.errors import Level, Location, Problem

OWN_FAULT = "程序"

OK, SOME_FAILED, BAD_INPUT, NOT_WRITTEN, INTERNAL, LOCKED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


def moved_to_top(problem: Problem) -> Problem:
    """Return a problem without its line, which changes as a file is written."""
    return replace(problem, at=Location(problem.at.file), context="", start=-1)


@dataclass
class Bar:
    """The progress bar of a run, or nothing at all."""

    shown: Any

    def step(self, words: str) -> None:
        """Move on by one step that is called `words`."""
        if self.shown is not None:
            self.shown.label = words
            self.shown.update(1)

    def clear(self) -> None:
        """Take the bar off its line, so that a message can stand there."""
        if self.shown is not None:
            tell("\r\x1b[K", err=True, newline=False)


@dataclass
class Screen:
    """What is said to people (stderr and stdout as text) or to machines (`--json`, one document).

    `words` are those typed after build.py; `ended`: the document has been printed; `more` is asked, as it is
    printed, for what a command tells besides. `shown` puts a problem into words; people are not told those of a level
    in `counted` (`--json` and the log are). `again` is all that was printed (to stderr, text), as a run that changes
    nothing would print it. `known` are problems that people have been told, wherever they stand now (`moved_to_top`).
    """

    as_json: bool = False
    quiet: bool = False
    built: list[str] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    substitutes: dict[str, list[str]] = field(default_factory=dict)
    log: RunLog | None = None
    words: tuple[str, ...] = ()
    ended: bool = False
    more: Callable[[], Mapping[str, Any]] = dict
    shown: Callable[[Problem], str] = str
    counted: frozenset[Level] = frozenset()
    again: list[tuple[bool, str]] = field(default_factory=list)
    known: frozenset[Problem] = frozenset()

    def say(self, text: str, again: str | None = None) -> None:
        """Print a line; `again` is what it would be in a run that changes nothing."""
        if self.log and text.strip():
            self.log.add(text)
        if not (self.quiet or self.as_json):
            tell(text)
            self.again.append((False, text if again is None else again))

    @contextmanager
    def progress(self, steps: int) -> Iterator[Bar]:
        """Show a bar of `steps` steps on a terminal; a log file gets finished lines only."""
        if self.quiet or self.as_json or not sys.stderr.isatty():
            yield Bar(None)
            return
        with click.progressbar(length=steps, file=cast("TextIO", Errors()), show_eta=False, width=24) as bar:
            yield Bar(bar)

    def report(self, problems: Iterable[Problem], *, err: bool = True) -> None:
        """Tell problems, each once; those that are what was asked for are no errors and go to stdout."""
        fresh = {problem: None for problem in problems if problem not in self.problems}
        self.problems |= fresh
        for problem in fresh:
            if self.log:
                self.log.add(str(problem))
        if not self.as_json:
            for problem in fresh:
                if problem.level not in self.counted and moved_to_top(problem) not in self.known:
                    tell(self.shown(problem), err=err)
                    self.again.append((err, self.shown(problem)))

    def finish(self, **more: Any) -> None:
        """Print the one document of `--json`; who comes second, after Ctrl-C, finds it printed."""
        problems = [problem.as_json() for problem in self.problems]
        told = {"built": self.built, "problems": problems, "substitutes": self.substitutes}
        self.document({**told, **self.more(), **more})

    def document(self, result: Any) -> None:
        """Print `result` as the document of `--json`, in letters that the stream has."""
        if self.as_json and not self.ended:
            self.ended = True
            plain = (getattr(sys.stdout, "encoding", None) or "").lower() != "utf-8"
            text = json.dumps(result, ensure_ascii=plain, indent=1)
            tell(text)
            self.again.append((False, text))


def this_screen(as_json: bool, quiet: bool) -> Screen:
    """Return the screen of this run, told what was asked of it; a command called on its own gets a fresh one."""
    context = click.get_current_context(silent=True)
    screen = context.find_object(Screen) if context else None
    screen = screen or Screen()
    screen.as_json, screen.quiet = as_json, quiet
    return screen


def exit_code(failed: int, total: int) -> int:
    """Return the exit code of a run in which `failed` of `total` reports failed."""
    if not failed:
        return OK
    return BAD_INPUT if failed == total else SOME_FAILED


def interruption(built: Iterable[str]) -> Problem:
    """Say what Ctrl-C has left; every file is whole, whenever it came."""
    done = len(list(built))
    left = f"已经写好的 {done} 个文件是完整的，其余的没有改动" if done else "原有的文件没有改动"
    return Problem(Location("build.py"), "中断", "已中断", left)


def own_fault(folder: Path, name: str = "", trace: str = "") -> Problem:
    """Keep a traceback in `folder` and return the one line that tells of it; `name` is the report.

    `trace` is that of another process; without it, it is the one that is being handled.
    """
    report = folder / "程序出错记录.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with report.open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(f"{name}\n{scrub(trace or traceback.format_exc())}\n")
        hint = f"您的数据没有改动；请把 {report} 发给维护人员"
    except OSError:
        hint = "您的数据没有改动；请把这一行发给维护人员"
    return Problem(Location(name or "build.py"), OWN_FAULT, "程序自身出错了", hint)
