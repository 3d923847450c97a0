"""What a run said -> a text file that a person can send on: no path of this machine's homes, no surroundings.

It lies in the hidden folder beside the finished files, one line a fact, newest last; a log that cannot be
written never stops a build.
"""

from __future__ import annotations

import contextlib
import datetime
import platform
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from zhibi import __version__
from zhibi.errors import Level, Location, Problem, reason
from zhibi.output import LOGS, WORKSPACE

NAME, OLD_NAME = LOGS
MAX_BYTES = 1_000_000
"""Size at which a log is put aside, in place of the one before."""

_ROOT = Path(__file__).resolve().parent.parent.parent
_HOMES = re.compile(
    r"(?:/home/|/Users/)[^/\\\s:，。；”\"]+|/root\b"
    r"|[A-Za-z]:[/\\]Users[/\\](?:[^/\\\r\n:，。；”\"]+(?=[/\\])|[^/\\\s:，。；”\"]+)"
)
"""Homes of people; on Windows their names hold blanks."""

_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of characters that end a line, move the cursor, or are half of one."""


def scrub(text: str) -> str:
    """Return `text` with the project's folder and people's homes taken out of its paths."""
    for folder, words in ((_ROOT, "执笔"), *((home, "~") for home in _homes())):
        if len(folder.parts) > 1:
            text = re.sub(rf"{re.escape(str(folder))}(?![A-Za-z0-9_-])", words, text)
    return _HOMES.sub("~", text)


def _homes() -> list[Path]:
    """Return the home of whoever runs this, as it is called and where its links lead."""
    try:
        return [Path.home(), Path.home().resolve()]
    except (RuntimeError, OSError):  # A service without a home.
        return []


def _one_line(text: str) -> str:
    """Return `text` with what would make two lines of it written out."""
    return "".join(ascii(char)[1:-1] if unicodedata.category(char) in _BREAKING else char for char in text)


class RunLog:
    """The log of a run over `output`; it is opened with the first line that the folder is there for."""

    def __init__(self, output: Path, typed: Sequence[str]) -> None:
        self.output = output
        self.typed = typed
        self.waiting: list[str] = []
        self.stream: TextIO | None = None
        self.failed = ""
        self.ended = False

    def __enter__(self) -> RunLog:
        words = " ".join(self.typed) or "（全部）"
        self.add(
            f"开始：{words}；执笔 {__version__}，Python {platform.python_version()}，{platform.system()}"
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.add(f"没有做完：{kind.__name__}")
        self.ended = True
        if self.stream is not None:
            with contextlib.suppress(OSError):
                self.stream.close()

    def add(self, line: str) -> None:
        """Write a line with its time; what is said after the run has no place in it."""
        if self.ended:
            return
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        self.waiting.append(f"{now} {_one_line(scrub(line))}\n")
        if self.failed or not self.output.is_dir():
            return
        try:
            if self.stream is None:
                self.stream = self._open()
            self.stream.writelines(self.waiting)
            self.stream.flush()
        except OSError as error:
            self.failed = reason(error)
        self.waiting.clear()

    def problems(self) -> list[Problem]:
        """Return the advice that a log which could not be written asks for."""
        if not self.failed:
            return []
        at, hint = Location(f"{WORKSPACE}/{NAME}"), "成品不受影响；请检查成品文件夹里这个文件的权限"
        return [Problem(at, "记录", f"运行记录写不进去（{self.failed}）", hint, Level.ADVICE)]

    def _open(self) -> TextIO:
        folder = self.output / WORKSPACE
        folder.mkdir(exist_ok=True)
        file = folder / NAME
        if file.exists() and file.stat().st_size > MAX_BYTES:
            file.replace(folder / OLD_NAME)
        return file.open("a", encoding="utf-8", errors="backslashreplace")
