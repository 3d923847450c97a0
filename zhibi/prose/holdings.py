"""Which passages of a paper hold which words: each word is looked for once, in all passages at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from zhibi.prose.passages import Passage
from zhibi.prose.sought import DIGIT

_DIGIT = re.compile(DIGIT)


class Holdings:
    """The passages of one paper by the words that they hold."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = passages
        self._whole = "\n".join(one.text for one in passages)
        self._letters = frozenset(self._whole)
        self._starts = [0, *accumulate(len(one.text) + 1 for one in passages)]
        self._numbers: dict[str, list[int]] = {}
        self._found: dict[tuple[str, ...], list[Passage]] = {}

    def of(self, words: tuple[str, ...]) -> Sequence[Passage]:
        """Return the passages that hold any of `words`, in reading order."""
        if words not in self._found:
            numbers = {number for word in words for number in self._holding(word)}
            self._found[words] = [self.passages[number] for number in sorted(numbers)]
        return self._found[words]

    def _holding(self, word: str) -> list[int]:
        """Return the numbers of the passages that hold a word."""
        if word not in self._numbers:
            absent = word != DIGIT and word[0] not in self._letters
            self._numbers[word] = [] if absent else list(self._numbers_of(word))
        return self._numbers[word]

    def _numbers_of(self, word: str) -> Iterator[int]:
        at = self._place(word, 0)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            at = self._place(word, self._starts[number + 1])  # Once is enough: on with the next passage.

    def _place(self, word: str, start: int) -> int:
        if word != DIGIT:
            return self._whole.find(word, start)
        match = _DIGIT.search(self._whole, start)
        return match.start() if match else -1
