"""The command line: the only place that prints."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Sequence

import click

from zhibi.cli.commands import cli
from zhibi.cli.screen import BAD_INPUT, INTERNAL, INTERRUPTED, OK, Screen, interruption, own_fault
from zhibi.cli.starting import REPORTS
from zhibi.cli.words import usage_problem
from zhibi.errors import Problem, ReportError
from zhibi.signals import deaf

__all__ = ["cli", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; no traceback ever reaches a clerk.

    Raises ImportError where files of the program are missing.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Known before anything is understood: whoever asked for JSON gets it even when nothing else was right.
    screen = Screen(as_json="--json" in words, words=tuple(words))
    try:
        _use_utf8()
        _take_a_stop_for_ctrl_c()
        with cli.make_context("build.py", words, obj=screen) as context:  # click's own main prints.
            return int(cli.invoke(context) or OK)
    except click.exceptions.Exit as done:  # --help
        return done.exit_code
    except click.ClickException as error:
        return _end(screen, [usage_problem(error)], BAD_INPUT)
    except ReportError as error:
        return _end(screen, error.problems, BAD_INPUT)
    except (KeyboardInterrupt, click.Abort):
        return _end(screen, [interruption(screen.built)], INTERRUPTED)
    except Exception as error:
        if _was_ctrl_c(error):
            return _end(screen, [interruption(screen.built)], INTERRUPTED)
        if isinstance(error, ImportError):  # The program is not whole: build.py says what to do.
            raise
        return _end(screen, [own_fault(REPORTS)], INTERNAL)


def _end(screen: Screen, problems: Sequence[Problem], code: int) -> int:
    """Say why nothing more is done and return the exit code; a second Ctrl-C does not break the words off."""
    with deaf():
        screen.report(problems)
        screen.finish()
    return code


def _was_ctrl_c(error: BaseException | None) -> bool:
    """Tell whether Ctrl-C is behind an error: Python 3.11 wraps it where it comes while a class is made."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def _take_a_stop_for_ctrl_c() -> None:
    """A scheduler that stops a run sends SIGTERM, a terminal that is closed SIGHUP: as tidy as Ctrl-C."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP
            signal.signal(number, signal.default_int_handler)
    sys.unraisablehook = _send_again


def _send_again(lost: sys.UnraisableHookArgs) -> None:
    """Ctrl-C that came while a destructor ran, where nothing can be raised, comes once more a moment later."""
    if lost.exc_type is KeyboardInterrupt:
        threading.Timer(0.05, signal.raise_signal, (signal.SIGINT,)).start()
    else:
        sys.__unraisablehook__(lost)


def _use_utf8() -> None:
    """A console in another encoding must not stop a build: what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
