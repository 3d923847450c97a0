"""What a rule looks for: a pattern, compiled when it is first needed, and its clues.

Most rules concern few passages. A rule says beside its pattern what a text cannot do without for it to match
(`Sought("百分之[一二三]", "百分之")`); of the paper it then sees only the passages that hold that (`holdings`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

DIGIT = r"\d"
"""The one clue that stands for many: any digit. Only `holdings` looks for it; a single text is searched at once."""


class Sought:
    """A pattern that is compiled when it is first needed.

    A text without any of its `clues`, if it has some, cannot match it.
    """

    def __init__(self, pattern: str, *clues: str, flags: int = 0) -> None:
        self.pattern, self.clues, self.flags = pattern, clues, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Return the pattern itself."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """Return the method of the compiled pattern, as all that follow."""
        return self.compiled.search

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Return match."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """Return fullmatch."""
        return self.compiled.fullmatch

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """Return finditer."""
        return self.compiled.finditer

    @cached_property
    def findall(self) -> Callable[..., list[Any]]:
        """Return findall."""
        return self.compiled.findall

    @cached_property
    def sub(self) -> Callable[..., str]:
        """Return sub."""
        return self.compiled.sub

    @cached_property
    def split(self) -> Callable[..., list[str]]:
        """Return split."""
        return self.compiled.split

    def clued(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in one text, which is searched only if it may hold a clue."""
        for clue in self.clues:
            if clue in text or clue == DIGIT:
                return self.finditer(text)
        return iter(()) if self.clues else self.finditer(text)
