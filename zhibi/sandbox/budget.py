"""What the templates of one paper may use up: steps, characters, depth and seconds.

Steps and characters are counted, so that a runaway ends at the same place on every machine; the clock is for
what counting cannot see. One `Budget` serves a whole paper: its body, its 取数, its columns, its file name.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

MAX_STEPS = 3_000_000
"""Turns of loops, calls and items gone through."""

MAX_OUTPUT = 20_000_000
"""Characters printed; a data file holds at most a quarter of that."""

MAX_SECONDS = 20.0
"""Wall-clock time of all templates and expressions of a paper."""

MAX_CALLS = 100
"""Calls of macros within each other."""

MAX_LENGTH = 1_000_000
"""Longest text (characters) and longest list (items) that a template can make."""

_PER_STEP = 100
"""Characters or items that cost as much as one step when they are copied as a whole."""

_AGAIN = 2.0
"""Seconds after which the alarm rings again, should the first have been swallowed."""

_Item = TypeVar("_Item")


class RefusedError(Exception):
    """Something that templates may not do or have; `message` and `hint` are Chinese."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


def too_long(what: str) -> RefusedError:
    """Return the refusal of a text or list that would be too long."""
    return RefusedError(
        f"{what}太长（超过 {MAX_LENGTH // 10_000} 万）", "请检查次数和长度是不是写错了，或把内容拆开"
    )


@dataclass(slots=True)
class Budget:
    """What is left for one paper; `told` when a problem has said that something is used up."""

    steps: int = MAX_STEPS
    chars: int = MAX_OUTPUT
    seconds: float = MAX_SECONDS
    calls: int = 0
    told: bool = False

    def step(self, count: int = 1) -> None:
        """Take steps off the budget."""
        self.steps -= count
        if self.steps < 0:
            message = f"循环、调用和印出的次数太多（折合超过 {MAX_STEPS // 10_000} 万步）"
            raise RefusedError(message, "请检查循环的次数，或循环里面套的循环")

    def handle(self, value: object) -> None:
        """Take off what a long text or list costs to make or to go through."""
        if isinstance(value, str | list | tuple):
            self.step(len(value) // _PER_STEP)

    def write(self, count: int) -> None:
        """Take printed characters off the budget."""
        self.chars -= count
        if self.chars < 0:
            message = f"印出的字太多（超过 {MAX_OUTPUT // 10_000} 万字）"
            raise RefusedError(message, "请检查循环里印的内容，或把公文拆成几份")

    def take(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield `items`, a step each."""
        for item in items:
            self.step()
            yield item

    def listed(self, items: Iterable[_Item]) -> list[_Item]:
        """Return `items` as a list of bounded length."""
        found = []
        for item in self.take(items):
            found.append(item)
            if len(found) > MAX_LENGTH:
                raise too_long("列表")
        return found

    @property
    def spent(self) -> bool:
        """Tell whether something is used up, so that nothing more can run."""
        return self.steps < 0 or self.chars < 0 or self.seconds <= 0

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Count a call within calls."""
        self.calls += 1
        try:
            if self.calls > MAX_CALLS:
                message = f"宏一层层调用超过 {MAX_CALLS} 层"
                raise RefusedError(message, "多半是宏调用了自己，请检查它在什么时候停下")
            yield
        finally:
            self.calls -= 1


def _ring(number: int, frame: Any) -> None:
    raise RefusedError(f"模板运行超过 {MAX_SECONDS:.0f} 秒，已停下", "请检查循环的次数，或把公文拆成几份")


@contextmanager
def time_limit(budget: Budget) -> Iterator[None]:
    """Stop what runs inside when the seconds of `budget` are used up, from within, so that its line is known.

    Where there is no alarm (Windows, threads) the counts must do, and the limit of the whole process.
    """
    if budget.seconds <= 0:
        _ring(0, None)
    began = time.monotonic()
    try:
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            with _alarm(budget.seconds):
                yield
        else:
            yield
    finally:
        budget.seconds -= time.monotonic() - began


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Ring after `seconds`; an alarm that someone else has set goes on where it was."""
    began = time.monotonic()
    handler = signal.signal(signal.SIGALRM, _ring)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # Should it ring in this very moment: it will not ring again here.
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL if handler is None else handler)
            if left:
                rest = max(left - (time.monotonic() - began), 1e-3)
                signal.setitimer(signal.ITIMER_REAL, rest, interval)
