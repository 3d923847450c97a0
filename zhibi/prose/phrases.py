"""Fixed phrases: words that begin as a known phrase does and then go another way.

Marks, quotes and blanks do not count: a passage is squeezed to its characters first, and every character
remembers where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zhibi.errors import Level
from zhibi.prose.openings import Openings
from zhibi.prose.sought import Sought
from zhibi.prose.words import stands_alone

_LIGHT = frozenset("、，,“”‘’《》（）() \u3000\t—-·")
_LIGHT_MARKS = Sought(f"[{re.escape(''.join(sorted(_LIGHT)))}]+")
_START = 4
_LONG_TAIL = 8


@dataclass(frozen=True)
class Squeezed:
    """A text without its light marks; `whole` is the text with them."""

    whole: str

    @cached_property
    def text(self) -> str:
        """Return the characters that are left."""
        return _LIGHT_MARKS.sub("", self.whole)

    @cached_property
    def _offsets(self) -> Sequence[int]:
        return [offset for offset, char in enumerate(self.whole) if char not in _LIGHT]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to `end` stand in the whole text."""
        return self._offsets[start], self._offsets[end - 1] + 1


def squeeze(text: str) -> Squeezed:
    """Return `text` without its light marks; 。；：！？ stay and end every phrase."""
    return Squeezed(text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it should stand: `start` and `tail` squeezed, `also` other squeezed forms that are right."""

    whole: str
    start: str
    tail: str
    also: tuple[str, ...]
    level: Level
    source: str

    @property
    def tolerance(self) -> int:
        """Return in how many characters words may differ and still be meant for this phrase."""
        return 2 if len(self.tail) >= _LONG_TAIL else 1


def phrase_of(raw: Mapping[str, Any]) -> Phrase:
    """Return the phrase that a row of a list states."""
    whole = squeeze(str(raw["全"])).text
    length = min(int(raw.get("起", _START)), len(whole) - 1)
    also = raw.get("也可", ())
    also = (also,) if isinstance(also, str) else tuple(also)
    level = Level(raw.get("级", Level.ADVICE))
    rest = tuple(squeeze(str(one)).text for one in also)
    return Phrase(
        str(raw["全"]), whole[:length], whole[length:], rest, level, str(raw.get("源", "本单位的词表"))
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """Words that were meant for a phrase: where they stand in the squeezed text, and the phrase."""

    start: int
    end: int
    phrase: Phrase


class Phrases:
    """Finds slips of many phrases in one pass over a text."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.by_start: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            self.by_start.setdefault(phrase.start, []).append(phrase)
        self._openings = Openings(self.by_start)

    def slips(self, squeezed: str) -> Iterator[Slip]:
        """Yield each place that begins as a phrase does and ends nearly as it does."""
        taken = 0
        for begin in self._openings.places(squeezed):
            if begin >= taken and (slip := self._slip(squeezed, begin)):
                taken = slip.end
                yield slip

    def _slip(self, squeezed: str, begin: int) -> Slip | None:
        # Phrases that begin alike share their starts, a longer one hides a shorter one.
        rows = [one for key, same in self.by_start.items() if squeezed.startswith(key, begin) for one in same]
        forms = [form for row in rows for form in (row.start + row.tail, *row.also)]
        if any(squeezed.startswith(form, begin) for form in forms):
            return None
        for row in rows:
            after = begin + len(row.start)
            length, distance = nearest(squeezed, after, row.tail, row.tolerance)
            if 0 < distance <= row.tolerance:
                end = _word_end(squeezed, (begin, after, after + length), row.tail, distance)
                return Slip(begin, end, row)
        return None


def _word_end(text: str, places: tuple[int, int, int], tail: str, distance: int) -> int:
    """Return the end of a slip; where that cuts a word (为指导) and words before it are as near, the end of these."""
    begin, after, end = places
    if stands_alone(text[begin : end + _LONG_TAIL], 0, end - begin):
        return end
    for shorter in range(max(end - distance, after + 1), end):
        as_near = nearest(text[:shorter], after, tail, distance) == (shorter - after, distance)
        if as_near and stands_alone(text[begin : end + _LONG_TAIL], 0, shorter - begin):
            return shorter
    return end


_END = Sought("[。；：！？]")


def nearest(text: str, start: int, wanted: str, most: int) -> tuple[int, int]:
    """Return the length of the characters from `start` on that are nearest to `wanted`, and their distance."""
    limit = start + len(wanted) + most
    end = _END.search(text, start, limit)
    found = text[start : end.start() if end else limit]
    row = list(range(len(found) + 1))
    for count, char in enumerate(wanted, 1):
        before, row[0] = row[0], count
        for place, other in enumerate(found, 1):
            before, row[place] = row[place], min(before + (char != other), row[place] + 1, row[place - 1] + 1)
    # Of two lengths that are equally near, the one nearer to what is wanted.
    best = min(range(len(found) + 1), key=lambda place: (row[place], abs(place - len(wanted))))
    return best, row[best]
