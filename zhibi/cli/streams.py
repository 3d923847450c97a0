"""Words -> stdout and stderr, which may be full, closed or read by nobody: that costs the words, never a build."""

from __future__ import annotations

import contextlib
import os
import sys

import click

from zhibi.errors import Level, Location, Problem, reason


def tell(text: str, *, err: bool = False, newline: bool = True) -> None:
    """Print; a stream that takes no words is told nothing more."""
    stream = sys.stderr if err else sys.stdout
    try:
        click.echo(text, file=stream, nl=newline)
    except (OSError, ValueError) as error:  # ValueError: somebody closed it.
        _silence(stream)
        # A reader that went away, as in `| head`, wants to hear nothing; a full disk is worth a word.
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError) and not err:
            tell(str(_lost(error)), err=True)


def _silence(stream: object) -> None:
    """Send what is left in a stream, and what comes, to nowhere: the interpreter flushes it once more."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[attr-defined]
        os.close(nowhere)


def _lost(error: OSError) -> Problem:
    message = f"屏幕上的话写不出去（{reason(error)}）"
    return Problem(Location("命令行"), "输出", message, "成品不受影响", Level.ADVICE)


class Errors:
    """stderr as a file for those who draw on it themselves."""

    def write(self, text: str) -> int:
        tell(text, err=True, newline=False)
        return len(text)

    def flush(self) -> None:
        """Nothing waits: `tell` flushes."""

    def isatty(self) -> bool:
        return sys.stderr.isatty()
