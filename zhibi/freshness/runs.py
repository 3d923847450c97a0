"""A command line that built everything -> the same words at once, as long as nothing it looked at has changed.

`build.py` asks `replay` before it loads the program. A record holds the states of all that was read and written, and
what is said of a run that changes nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time

from zhibi.freshness.states import TYPE_CHECKING, engine, kept_in, settled, touched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from zhibi.freshness.states import State

KEPT = 40
"""Records of a kind that are kept; the oldest go."""

_VERSION = 2


def replay(words: Sequence[str], out: Callable[[str, object], None]) -> bool:
    """Say again what the same words led to, when nothing has changed since; `out` prints a text on a stream."""
    try:
        path = _path(words)
        record = read_record(path)
        if record["version"] != _VERSION or record["engine"] != engine():
            return False
        states = record["states"]
    except (OSError, ValueError):
        return False
    if (again := touched(states)) is None:
        return False
    for to_stderr, text in record["said"]:
        out(text, sys.stderr if to_stderr else sys.stdout)
    with contextlib.suppress(OSError):
        _add(*record["log"])
        if again and (now := settled(states)) != states:
            keep_record(path, {**record, "states": now})
    return True


def remember(
    words: Sequence[str],
    states: Mapping[str, State],
    said: Sequence[tuple[bool, str]],
    log: tuple[str, str],
) -> None:
    """Keep a run; a folder that cannot be written costs the next run its short way.

    `said` is (to stderr, text) in order; `log` the file that runs are told in, and the line for a run like this one.
    """
    record = {"version": _VERSION, "engine": engine(), "states": states, "said": said, "log": log}
    with contextlib.suppress(OSError):
        keep_record(_path(words), record)


def forget(words: Sequence[str]) -> None:
    """Drop what is known of these words."""
    with contextlib.suppress(OSError):
        os.unlink(_path(words))


def read_record(path: str) -> Any:
    """Return a record; raise `OSError` or `ValueError` when there is none, or it is not as it was written."""
    with open(path, "rb") as file:
        mark, _, body = file.read().partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != mark:
        raise ValueError(path)
    return json.loads(body)


def keep_record(path: str, record: object) -> None:
    """Write a record whole or not at all, under a mark that tells when it is damaged; the oldest beside it go."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    staged = f"{path}.{os.getpid()}.tmp"
    body = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
    try:
        with open(staged, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        os.replace(staged, path)
    except OSError:
        with contextlib.suppress(OSError):  # A full disk has room for a name, and none for what is in it.
            os.unlink(staged)
        raise
    found = sorted(os.scandir(os.path.dirname(path)), key=lambda entry: entry.stat().st_mtime_ns)
    for entry in found[:-KEPT]:
        os.unlink(entry.path)


def standing() -> str:
    """Return where the clerk stands; nowhere in a folder that somebody deleted."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _path(words: Sequence[str]) -> str:
    asked = "\0".join((standing(), *words)).encode("utf-8", "surrogatepass")
    return os.path.join(kept_in("runs"), hashlib.sha256(asked).hexdigest()[:32] + ".json")


def _add(log: str, line: str) -> None:
    """Add a line to a log that is there already."""
    now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    handle = os.open(log, os.O_WRONLY | os.O_APPEND)
    with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"{now[:-2]}:{now[-2:]} {line}\n")
