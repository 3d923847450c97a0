"""Where words begin and end in a passage, by the segmenter's dictionary."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate


@lru_cache(maxsize=512)
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text`; what the dictionary does not know is cut into single characters."""
    import rjieba  # Imported late: its dictionary takes a while to load, and most papers need it for few words.

    return tuple(rjieba.cut(text, False))


@lru_cache(maxsize=512)
def _ends(text: str) -> frozenset[int]:
    return frozenset(accumulate(map(len, words_of(text)), initial=0))


def is_word(text: str, start: int, end: int) -> bool:
    """Tell whether the characters from `start` to `end` are one word of `text`."""
    ends = _ends(text)
    return start in ends and end in ends and not any(inner in ends for inner in range(start + 1, end))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether no word of `text` reaches over either end of the characters from `start` to `end`."""
    ends = _ends(text)
    return start in ends and end in ends
