"""The command line: the only place that prints."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import NoReturn

import click

from zhibi.cli.commands import REPORTS, cli
from zhibi.cli.measure import measure
from zhibi.cli.screen import BAD_INPUT, INTERNAL, INTERRUPTED, OK, own_fault
from zhibi.cli.words import usage_problem

__all__ = ["cli", "main"]

cli.add_command(measure)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; no traceback ever reaches a clerk."""
    _use_utf8()
    _take_a_stop_for_ctrl_c()
    try:
        return int(cli.main(arguments, prog_name="build.py", standalone_mode=False) or OK)
    except click.ClickException as error:
        click.echo(usage_problem(error), err=True)
        return BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n已中断；原有的文件没有改动。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
    except Exception:
        click.echo(str(own_fault(REPORTS)), err=True)
        return INTERNAL


def _silence() -> NoReturn:
    """The reader of our output went away: leave without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(OK)


def _take_a_stop_for_ctrl_c() -> None:
    """A scheduler that stops a run sends SIGTERM: leave as tidily as after Ctrl-C."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def _use_utf8() -> None:
    """A console in another encoding must not stop a build: what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
