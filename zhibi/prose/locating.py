"""The paragraphs of a file as it was sent + the passages made of them -> where in the file the words of a passage stand.

Importing takes out serials, joins broken lines, restores full-width marks and drops blanks; so both sides are compared
letter by letter without blanks and with one form for each mark, in reading order.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

SHORT = 8
"""A passage of fewer letters stands in many places: it is looked for near the one before it only."""

NEAR = 400
"""How many letters ahead that is."""

_WINDOWS = (16, 8, 4, 1)
"""Letters on either side of a fault that find it when its passage is not in the file letter by letter."""

_ALIKE = str.maketrans("，；：？！（）。“”‘’„—–－〔〕", ',;:?!().""\'\'"---[]')


@lru_cache(maxsize=16384)
def _form(char: str) -> str:
    """Return the letters that a character counts as; nothing for blanks and what nobody sees."""
    form = unicodedata.normalize("NFKC", char).translate(_ALIKE)
    return "".join(one for one in form if not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc"))


@lru_cache(maxsize=4096)  # Of the findings in a passage.
def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters of a text, and where in it each stands."""
    forms = [_form(char) for char in text]
    return "".join(forms), [offset for offset, form in enumerate(forms) for _ in form]


@dataclass(frozen=True, slots=True)
class Found:
    """Characters of one paragraph (from 0) of the file."""

    paragraph: int
    start: int
    end: int


class Original:
    """The file's paragraphs and cells in reading order, as they were typed."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Take the paragraphs."""
        self.texts = texts
        parts: list[str] = []
        self.starts = [0]
        self.offsets: list[int] = []
        for text in texts:
            letters, offsets = _letters(text)
            parts.append(letters)
            self.offsets += offsets
            self.starts.append(len(self.offsets))
        self.letters = "".join(parts)

    def follow(self, passages: Iterable[str]) -> list[tuple[int, bool]]:
        """Return for each passage, in reading order, where its letters begin and whether they are all there."""
        cursor = 0
        places = []
        for passage in passages:
            letters, _ = _letters(passage)
            limit = cursor + NEAR if len(letters) < SHORT else len(self.letters)
            at = self.letters.find(letters, cursor, limit)
            if at < 0 and len(letters) >= SHORT:
                at = self.letters.find(letters)
            places.append((at if at >= 0 else cursor, at >= 0))
            cursor = at + len(letters) if at >= 0 else cursor
        return places

    def find(self, passage: str, place: tuple[int, bool], span: tuple[int, int]) -> Found | None:
        """Return where the characters of a passage stand; `place` is what `follow` says of the passage."""
        letters, offsets = _letters(passage)
        first, last = bisect_left(offsets, span[0]), bisect_left(offsets, span[1])
        if place[1]:
            return self._found(place[0] + first, place[0] + last)
        for width in _WINDOWS:
            begin = max(first - width, 0)
            piece = letters[begin : last + width]
            if len(piece) < 2:
                continue
            at = self.letters.find(piece, place[0])
            at = at if at >= 0 else self.letters.find(piece)
            if at >= 0:
                return self._found(at + first - begin, at + last - begin)
        return None

    def _found(self, first: int, last: int) -> Found | None:
        """Return the characters of the letters from `first` to `last`; of none, those between their neighbours."""
        if first == last:
            return self._between(first)
        paragraph, start = self._place(first)
        other, end = self._place(last - 1)
        return Found(paragraph, start, end + 1 if other == paragraph else len(self.texts[paragraph]))

    def _between(self, letter: int) -> Found | None:
        """Return the blanks before a letter, or its neighbour where the file has none."""
        if not self.offsets:
            return None
        around = [self._place(one) for one in (letter - 1, letter) if 0 <= one < len(self.offsets)]
        for (paragraph, before), (other, after) in pairwise(around):
            if paragraph == other and after > before + 1:
                return Found(paragraph, before + 1, after)
        paragraph, at = around[-1]
        return Found(paragraph, at, at + 1)

    def _place(self, letter: int) -> tuple[int, int]:
        paragraph = bisect_left(self.starts, letter + 1) - 1
        return paragraph, self.offsets[letter]
