"""Ctrl-C, SIGTERM and SIGHUP -> later, or not at all, where they would leave something half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


def _in_charge() -> bool:
    """Tell whether signals are ours to handle: Python gives them to the main thread only."""
    return threading.current_thread() is threading.main_thread()


@contextmanager
def held() -> Iterator[None]:
    """Start processes that Ctrl-C and a closed terminal do not reach, and let no signal stop us with one half started.

    The terminal sends these to everyone; a worker that is still being loaded would answer with a traceback.
    """
    if not _in_charge() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, handler)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number in came:
            signal.raise_signal(number)


@contextmanager
def deaf() -> Iterator[None]:
    """Do something short to its end, whoever asks us to stop meanwhile: we are stopping already."""
    if not _in_charge():
        yield
        return
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
