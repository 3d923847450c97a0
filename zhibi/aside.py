"""What processes of ours print on stderr -> a file of which only they know."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

_STDERR = 2
_MOST_WORDS = 10_000


@contextmanager
def aside() -> Iterator[None]:
    """Start processes that do not print on our stderr.

    Those that lose their parent (kill -9) while Python is still starting them, before any line of ours, would show
    the clerk a traceback.
    """
    if os.name != "posix" or sys.stderr is None:
        yield
        return
    sys.stderr.flush()
    screen = os.dup(_STDERR)
    os.dup2(_words(), _STDERR)
    try:
        yield
    finally:
        os.dup2(screen, _STDERR)
        os.close(screen)


def said() -> str:
    """Return the end of what they have printed."""
    if os.name != "posix":
        return ""
    size = os.fstat(_words()).st_size
    return os.pread(_words(), _MOST_WORDS, max(0, size - _MOST_WORDS)).decode(errors="replace")


@cache
def _words() -> int:
    """Return the file."""
    try:
        with tempfile.TemporaryFile() as file:
            return os.dup(file.fileno())
    except OSError:
        return os.open(os.devnull, os.O_RDWR)
