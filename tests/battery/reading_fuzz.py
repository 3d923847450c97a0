"""Files broken at random, and the judge: a problem with file and line or a paper, within time and memory.

`mutate` breaks a real file as editors, drives, input methods and hands do; `judge` reads it as a build would.
"""

from __future__ import annotations

import random
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from zhibi.errors import Problem, ReportError
from zhibi.model import Project, read_config
from zhibi.pipeline import check_report

SECONDS = 5
"""Longest time of the processor that one file may take; on the clock it is twelve times that, for a busy machine."""

ROOM = 1 << 30
"""Bytes of address space that reading may take beyond what the process has."""

_SLIPS = {
    ":": "：", ",": "，", " ": "\u3000", "-": "－", "1": "１", "2": "２", "(": "（", "[": "【", "]": "】", '"': "“",
    "#": "＃", "：": ":", "，": ",", "（": "(", "。": ".", "“": '"', "年": " 年 ", "是": "yes", "{": "｛", "}": "｝",
}  # fmt: skip
_HOSTILE = (
    *(
        "\t",
        "\u3000",
        "\u00a0",
        "\x00",
        "\x0b",
        "\u0085",
        "\u2028",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\ud7ff",
        "\ue000",
    ),
    *(
        "'",
        '"',
        ":",
        ": ",
        " #",
        "# ",
        "- ",
        "-",
        "? ",
        "|",
        ">",
        "|2",
        ">-",
        "&a ",
        "*a",
        "!!int ",
        "!x ",
        "<<: *a",
        "%",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        "{{",
        "{%",
        "}}",
        "---\n",
        "...\n",
        "\n",
        "\r",
        "~",
        "null",
        "9" * 400,
        "@",
        "`",
        ",",
        "\\",
        "\\x",
    ),
    *("𠮷", "😀", "é", "e\u0301", "1e999", ".nan", "0x1F", "2026-13-45", "=", "::", "\\#"),
)


@dataclass
class Tally:
    """What a run of cases came to."""

    accepted: int = 0
    refused: int = 0
    slowest: float = 0.0
    slowest_case: str = ""
    rules: dict[str, int] = field(default_factory=dict)

    def add(self, case: str, problems: tuple[Problem, ...], passed: bool, seconds: float) -> None:
        """Count one case."""
        self.accepted += passed
        self.refused += not passed
        for problem in problems[:1]:
            self.rules[problem.rule] = self.rules.get(problem.rule, 0) + 1
        if seconds > self.slowest:
            self.slowest, self.slowest_case = seconds, case


class HangError(Exception):
    """A case took longer than `SECONDS`."""


@contextmanager
def limits() -> Iterator[None]:
    """Stop what takes too long, and refuse memory beyond `ROOM`."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise HangError

    def used() -> int:
        status = Path("/proc/self/statm").read_text(encoding="ascii")
        return int(status.split()[0]) * resource.getpagesize()

    before = resource.getrlimit(resource.RLIMIT_AS)
    was = {which: signal.signal(which, stop) for which in (signal.SIGPROF, signal.SIGALRM)}
    resource.setrlimit(resource.RLIMIT_AS, (used() + ROOM, before[1]))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(SECONDS * 12)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for which, handler in was.items():
            signal.signal(which, handler)
        resource.setrlimit(resource.RLIMIT_AS, before)


def judge(case: str, read: Callable[[], tuple[Problem, ...]], tally: Tally) -> None:
    """Read one file: whatever it is, nothing but a `ReportError` whose problems name file and line."""
    began = time.process_time()
    passed = True
    with limits():
        try:
            problems = read()
        except ReportError as error:
            passed, problems = False, error.problems
    tally.add(case, problems, passed, time.process_time() - began)
    for problem in problems:
        assert problem.at.file, f"{case}: {problem}"
        assert problem.at.line, f"{case}: {problem}"
        assert problem.message, f"{case}: {problem}"


def reader(project: Project, data: Path) -> Callable[[], tuple[Problem, ...]]:
    """Return what reads a data file as a build does."""
    return lambda: check_report(data, project).problems


def config_reader(project: Project, config: Path) -> Callable[[], tuple[Problem, ...]]:
    """Return what reads a config as a build does."""
    return lambda: read_config(config, project).problems


def mutate(raw: bytes, source: random.Random) -> bytes:
    """Return `raw` broken in one to three ways."""
    for _ in range(source.choice((1, 1, 1, 2, 3))):
        raw = source.choice(_WAYS)(raw, source)
    return raw


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _lines(raw: bytes, source: random.Random) -> tuple[list[bytes], int]:
    lines = raw.split(b"\n")
    return lines, source.randrange(len(lines))


def _flip(raw: bytes, source: random.Random) -> bytes:
    if not raw:
        return b"\xff"
    out = bytearray(raw)
    for _ in range(source.choice((1, 1, 2, 8))):
        out[source.randrange(len(out))] ^= 1 << source.randrange(8)
    return bytes(out)


def _drop_line(raw: bytes, source: random.Random) -> bytes:
    lines, number = _lines(raw, source)
    return b"\n".join(lines[:number] + lines[number + source.choice((1, 1, 2, 9)) :])


def _double_line(raw: bytes, source: random.Random) -> bytes:
    lines, number = _lines(raw, source)
    return b"\n".join(lines[: number + 1] + lines[number:])


def _swap_lines(raw: bytes, source: random.Random) -> bytes:
    lines, number = _lines(raw, source)
    other = source.randrange(len(lines))
    lines[number], lines[other] = lines[other], lines[number]
    return b"\n".join(lines)


def _slip(raw: bytes, source: random.Random) -> bytes:
    text = _text(raw)
    places = [number for number, char in enumerate(text) if char in _SLIPS]
    for place in sorted(source.sample(places, min(len(places), source.choice((1, 1, 3)))), reverse=True):
        text = text[:place] + _SLIPS[text[place]] + text[place + 1 :]
    return _bytes(text)


def _all_slips(raw: bytes, source: random.Random) -> bytes:
    char = source.choice(tuple(_SLIPS))
    return _bytes(_text(raw).replace(char, _SLIPS[char]))


def _insert(raw: bytes, source: random.Random) -> bytes:
    text = _text(raw)
    place = source.randrange(len(text) + 1)
    return _bytes(text[:place] + source.choice(_HOSTILE) + text[place:])


def _cut_char(raw: bytes, source: random.Random) -> bytes:
    text = _text(raw)
    place = source.randrange(len(text) + 1)
    return _bytes(text[:place] + text[place + source.choice((1, 1, 2, 20)) :])


def _indent(raw: bytes, source: random.Random) -> bytes:
    lines, number = _lines(raw, source)
    body = lines[number].lstrip()
    spaces = len(lines[number]) - len(body)
    head = source.choice((b" " * (spaces + 1), b" " * max(spaces - 1, 0), b"\t" * max(spaces // 2, 1), b""))
    lines[number] = head + body
    return b"\n".join(lines)


def _tabs(raw: bytes, source: random.Random) -> bytes:
    return raw.replace(b"    " if source.random() < 0.5 else b"  ", b"\t")


def _encode(raw: bytes, source: random.Random) -> bytes:
    encoding = source.choice(("gb18030", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "big5"))
    return _text(raw).encode(encoding, "ignore")


def _ends(raw: bytes, source: random.Random) -> bytes:
    return raw.replace(b"\n", source.choice((b"\r\n", b"\r", b"\n\n", b"\xc2\x85", b" \n")))


def _truncate(raw: bytes, source: random.Random) -> bytes:
    return raw[: source.randrange(len(raw) + 1)]


def _tight(raw: bytes, source: random.Random) -> bytes:
    lines, number = _lines(raw, source)
    lines[number] = lines[number].replace(b": ", b":", 1).replace(b"- ", b"-", 1)
    return b"\n".join(lines)


_WAYS = (
    *(_flip, _drop_line, _double_line, _swap_lines, _slip, _all_slips, _insert, _insert, _cut_char, _indent),
    *(_tabs, _encode, _ends, _truncate, _tight),
)
