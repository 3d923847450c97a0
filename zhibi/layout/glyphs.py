"""Runs -> glyphs: characters with their widths, and the pairs that a line end may part.

Breaks follow GB/T 15834-2011 cl. 5.1 (避头尾); numbers stay whole with their sign or 万/亿 (GB/T 15835-2011
cl. 5.1.7); —— and …… are never parted. Where LibreOffice never ends a line we do not either.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, chain, compress, pairwise

from zhibi.layout.runs import Run
from zhibi.layout.scripts import HAN, LATIN, has_shared_marks, split_scripts
from zhibi.typography import AUTOSPACE

NOT_FIRST = frozenset("。，、；：？！”’）〕］】》〉」』｝·～—…％‰℃°,.;:?!)]}%‐-")
"""Marks that begin no line (GB/T 15834-2011 cl. 5.1.1-5.1.9)."""

NOT_LAST = frozenset("“‘（〔［【《〈「『｛([{￥¥$№")
"""Marks that end no line."""

SCALES = frozenset("万亿萬億")
"""What a number counts in, in both scripts: it is a part of the number."""

_WITH_NUMBER = SCALES | frozenset("％%‰℃°")
_WHOLE = frozenset("—…")

BEFORE_LATIN = frozenset("，。、）〕］】》〉」』｝”’·％‰℃°①②③④⑤⑥⑦⑧⑨⑩≥≤≈±×÷√§′″※")
"""LibreOffice 7.4 never ends a line between one of these and a digit or Latin letter; so do we not."""

_QUOTES = frozenset("“‘")
_QUOTE = re.compile("[“‘]")

Advances = Callable[[Run], Iterable[float]]
"""Widths in points of the characters of a run, without letter-spacing."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Characters as they are set, a column for each thing that is known of them.

    `runs` are the runs, equal neighbours as one, and `starts` where each begins. `space` points stand before
    the places in `meets`, where Han meets Latin. `latin` is 1 where LibreOffice sees Latin: marks
    and blanks that no script owns belong to the letter before them. At `joints` a portion of a line begins:
    a new run or a new script. `breaks` tells whether a line may end before a place.
    """

    text: str
    runs: Sequence[Run]
    starts: Sequence[int]
    widths: Sequence[float]
    space: float
    meets: Sequence[int]
    latin: bytearray
    joints: Sequence[int]
    breaks: list[bool]


def to_glyphs(runs: Iterable[Run], size: float, advances: Advances) -> Glyphs:
    """Return every character of `runs`, set in type of `size` points."""
    parts = [run for run in runs if run.text]
    text = "".join([run.text for run in parts])
    places = list(accumulate([len(run.text) for run in parts], initial=0))
    latin, joints, marks = _scripts(text, places, parts)
    own = [n for n, run in enumerate(parts) if not n or parts[n - 1] != run]
    glyphs = Glyphs(
        text,
        [parts[n] for n in own],
        [places[n] for n in own],
        list(chain.from_iterable(map(advances, parts))),
        AUTOSPACE * size,
        [places[n] for n in own if n and _meet(text, places[n], parts[n - 1], parts[n])],
        latin,
        joints,
        [False, *map(_BREAKS.__getitem__, pairwise(text))],
    )
    if 1 in latin:
        quotes = [found.start() for found in _QUOTE.finditer(text, 1)]
        for place in (*(mark + 1 for mark in marks if mark + 1 < len(text)), *quotes):
            glyphs.breaks[place] = may_part(glyphs, place)
    return glyphs


def _meet(text: str, place: int, before: Run, run: Run) -> bool:
    """Tell whether Han meets a Latin letter or digit where `run` begins."""
    if before.script is run.script:
        return False
    return _is_letter(text[place - 1]) and _is_letter(text[place])


@cache
def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LN"


def _scripts(
    text: str, places: Sequence[int], parts: Sequence[Run]
) -> tuple[bytearray, list[int], list[int]]:
    """Return for each character whether it is Latin to LibreOffice, where portions begin, and where marks stand.

    `places` are those where `parts` begin, and the end. Marks are those in Han words that could be Latin.
    """
    latin = bytearray(len(text))
    joints: list[int] = []
    marks: list[int] = []
    for run, start, end in zip(parts, places, places[1:], strict=False):
        if start:
            joints.append(start)
        odd: Sequence[int] = ()
        if run.script is LATIN:
            latin[start:end] = b"\1" * (end - start)
            if start and text[start] == " ":
                odd = range(start, end - len(run.text.lstrip(" ")))
        elif has_shared_marks(run.text):
            odd = [*compress(range(start, end), map(_KINDS.__getitem__, run.text))]
            marks += odd
        if not odd:
            continue
        for place in odd:
            wide = run.script is HAN and _KINDS[text[place]] == _OWN
            latin[place] = wide or (place > 0 and latin[place - 1])
        if 0 < sum(latin[start:end]) < end - start:
            joints.extend(place for place in range(start + 1, end) if latin[place] != latin[place - 1])
    return latin, joints, marks


_OWN = 2


class _Kinds(dict[str, int]):
    """Characters in Han runs: 0 is Han, 1 belongs to what stands before it, `_OWN` is Latin all the same."""

    def __missing__(self, char: str) -> int:
        weak = char == " " or has_shared_marks(char)
        self[char] = kind = _OWN if "\u00a1" <= char <= "\u024f" else int(weak)
        return kind


_KINDS = _Kinds()


def shown_end(glyphs: Glyphs, start: int, end: int) -> int:
    """Return where a line ends without the blanks at its end, which no one sees."""
    if glyphs.text[end - 1] != " ":
        return end
    return start + len(glyphs.text[start:end].rstrip(" "))


def natural_width(glyphs: Glyphs, start: int, end: int) -> float:
    """Return the width of a line without letter-spacing."""
    return sum(glyphs.widths[start:end]) + glyphs.space * inside(glyphs.meets, start, end)


def inside(places: Sequence[int], start: int, end: int) -> int:
    """Count the `places` inside of a line, its beginning not among them."""
    if not places:
        return 0
    return max(bisect_left(places, end) - bisect_right(places, start), 0)


def stands_at(places: Sequence[int], place: int) -> bool:
    """Tell whether `place` is one of `places`, which are in order."""
    found = bisect_left(places, place)
    return found < len(places) and places[found] == place


def may_part(glyphs: Glyphs, place: int, start: int = 0) -> bool:
    """Tell whether a line may end before `place`, for one who sees what stands from `start` on.

    Marks after Latin are Latin to LibreOffice: 5”（ is one word, and so is 5，“.
    """
    before, after = glyphs.text[place - 1], glyphs.text[place]
    if not _BREAKS[before, after]:
        return False
    if glyphs.latin[place - 1] and before not in " —…～" and run_at(glyphs, place - 1).script is HAN:
        return _is_han(after)
    return after not in _QUOTES or before not in NOT_FIRST or not _ends_latin(glyphs, place - 1, start)


def run_at(glyphs: Glyphs, place: int) -> Run:
    """Return the run that the character at `place` belongs to."""
    return glyphs.runs[bisect_right(glyphs.starts, place) - 1]


def _ends_latin(glyphs: Glyphs, place: int, start: int) -> bool:
    """Tell whether the marks that end at `place` follow Latin words."""
    while place > start and glyphs.text[place] in NOT_FIRST:
        place -= 1
    return bool(glyphs.latin[place]) and glyphs.text[place].isalnum()


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after == " " or after in NOT_FIRST or before in NOT_LAST:
        return False
    if before == " ":
        return True
    if before in _WHOLE and after in _WHOLE:
        return False
    if before in BEFORE_LATIN and is_latin(after):
        return False
    if not is_latin(before):
        return True
    if before.isdecimal() and after in _WITH_NUMBER:
        return False
    return _is_han(after) or (before in "%)" and after in NOT_LAST - _QUOTES and not is_latin(after))


class _Breaks(dict[tuple[str, str], bool]):
    """Pairs of characters -> whether a line may end between them; a paper has the same few again and again."""

    def __missing__(self, pair: tuple[str, str]) -> bool:
        self[pair] = may = may_break(*pair)
        return may


_BREAKS = _Breaks()


@cache
def _is_han(char: str) -> bool:
    """Tell whether this is a character that a line may always begin with."""
    return unicodedata.category(char)[0] in "LN" and unicodedata.east_asian_width(char) in "WF"


@cache
def is_latin(char: str) -> bool:
    """Tell whether this stands in Latin words."""
    return char.isascii() or next(split_scripts(char))[0] is LATIN
