"""A long title -> lines that keep its sense and its shape (GB/T 9704-2012 cl. 7.3.1).

Lines end between words, never inside one; their lengths make a trapezoid or a diamond. Every way to cut
the title into as few lines as hold it is weighed, and the best one taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise
from math import comb

from zhibi.layout.glyphs import may_break
from zhibi.layout.measure import text_em

_NOT_FIRST = frozenset({"的", "和", "及", "与", "暨", "等", "之"})
_TAILS = frozenset("局委厅部办处室院所会县市区镇乡州年月日号期届次版")
"""A single character that belongs to the word before it: 科学技术局, 2026年."""

_LIGHT_AFTER = frozenset({"的", "》", "、", "，", "：", "）"})
_LIGHT_BEFORE = frozenset({"关于", "《", "（"})
_CONJUNCTIONS = frozenset({"和", "及", "与", "暨"})

MOST_CUTS = 20_000
"""More ways than this are not weighed: such a title is no title, and the line breaker sets it."""

SHORT_TAIL = 4.0
"""Ems below which a last line looks lost."""


def title_lines(text: str, width: float) -> tuple[str, ...]:
    """Cut a title that is wider than `width` ems into lines; one that fits, or cannot be cut, is one line."""
    if text_em(text) <= width:
        return (text,)
    pieces = _pieces(text)
    least = int(text_em(text) // width) + 1
    for count in (least, least + 1):
        if comb(len(pieces) - 1, count - 1) > MOST_CUTS:
            break
        best = min(_cuts(pieces, count, width), default=None)
        if best is not None:
            return best[1]
    return (text,)


def _pieces(text: str) -> tuple[str, ...]:
    """Return the words of a title with what must not be parted from them."""
    pieces: list[str] = []
    for word in _words(text):
        if pieces and (word in _TAILS or word in _NOT_FIRST or not may_break(pieces[-1][-1], word[0])):
            pieces[-1] += word
        else:
            pieces.append(word)
    return tuple(pieces)


@cache
def _words(text: str) -> tuple[str, ...]:
    import rjieba  # Imported late: its dictionary takes a while to load, and few titles are long.

    return tuple(rjieba.cut(text))


def _cuts(pieces: Sequence[str], count: int, width: float) -> Iterator[tuple[float, tuple[str, ...]]]:
    """Yield every way to cut `pieces` into `count` lines that fit, with what speaks against it."""
    for ends in combinations(range(1, len(pieces)), count - 1):
        lines = tuple("".join(pieces[start:end]) for start, end in pairwise((0, *ends, len(pieces))))
        widths = [text_em(line) for line in lines]
        if max(widths) <= width:
            sense = sum(_sense(pieces[end - 1], pieces[end], "".join(pieces[:end])) for end in ends)
            yield sense + _shape(widths), lines


def _sense(before: str, after: str, head: str) -> float:
    """Return how much a line end between two pieces harms the sense."""
    cost = 2.0 if head.count("《") > head.count("》") else 0.0
    if any(before.endswith(mark) for mark in _LIGHT_AFTER) or any(
        after.startswith(mark) for mark in _LIGHT_BEFORE
    ):
        return cost
    if any(before.endswith(word) for word in _CONJUNCTIONS):
        return cost + 1.0
    return cost + 1.5


def _shape(widths: Sequence[float]) -> float:
    """Return how far lines are from a trapezoid or a diamond; lengths that jump or repeat count against."""
    steps = [after - before for before, after in pairwise(widths)]
    turned = any(first < 0 < second for first, second in pairwise(steps))
    equal = sum(abs(step) < 1.0 for step in steps)
    longest = max(widths)
    ragged = sum(longest - width for width in widths) / longest
    lost = max(0.0, SHORT_TAIL - widths[-1])
    return 10.0 * turned + 2.0 * equal + ragged + 3.0 * lost
