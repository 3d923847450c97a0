"""Long names of a paper that stand in it in two forms: a word or character swapped, left out or turned round.

A name is known by what stands round the difference: the same characters before it and after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from zhibi.prose.alike import tells_apart
from zhibi.prose.sought import Sought

_RUN = Sought(r"[\u3400-\u9fff“”0-9A-Za-z]{8,}")
BEFORE, AFTER, LONGEST = 6, 3, 4
_END = BEFORE + LONGEST + AFTER
_MOST_FORMS = 12
_SHAPES = ((1, 1), (2, 2), (0, 2), (2, 0), (0, 1), (1, 0), (4, 4))


class Place(NamedTuple):
    """Where a run of characters stands: the number of its passage, and its offset there."""

    passage: int
    offset: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Two forms of a name: `rare` with its middle and place, `often` the other, and how many times each stands.

    `shared` counts the characters that both have, `after` are the first of them behind the difference.
    """

    rare: str
    often: str
    place: Place
    counts: tuple[int, int]
    middles: tuple[str, str]
    shared: int
    after: str


def variants(texts: Sequence[str]) -> Iterator[Variant]:
    """Yield the names of a paper that stand in it in two forms."""
    seen: set[tuple[str, str]] = set()
    for forms in _by_head(texts).values():
        if len(forms) < 2 or len(forms) > _MOST_FORMS:
            continue
        for one, other in combinations(forms, 2):
            if (found := _variant(one, other, forms, texts)) and (found.rare, found.often) not in seen:
                seen.add((found.rare, found.often))
                yield found


def _by_head(texts: Sequence[str]) -> Mapping[str, Mapping[str, list[Place]]]:
    """Return head -> what follows it -> places, for heads that more than one thing follows."""
    runs = [(number, run.start(), run[0]) for number, text in enumerate(texts) for run in _RUN.finditer(text)]
    first: dict[str, str] = {}
    several = {
        head
        for _, _, run in runs
        for start in range(len(run) - BEFORE - AFTER + 1)
        if first.setdefault(head := run[start : start + BEFORE], tail := run[start + BEFORE : start + _END])
        != tail
    }
    found: defaultdict[str, dict[str, list[Place]]] = defaultdict(dict)
    for number, offset, run in runs if several else ():
        for start in range(len(run) - BEFORE - AFTER + 1):
            if (head := run[start : start + BEFORE]) in several:
                tail = run[start + BEFORE : start + _END]
                found[head].setdefault(tail, []).append(Place(number, offset + start))
    return found


def _variant(one: str, other: str, forms: Mapping[str, list[Place]], texts: Sequence[str]) -> Variant | None:
    for first, second in _SHAPES:
        middles = one[:first], other[:second]
        if one[first : first + AFTER] != other[second : second + AFTER] or len(one) < first + AFTER:
            continue
        if middles[0][:1] == middles[1][:1] or tells_apart(*middles):
            continue
        if first == LONGEST and middles[0] != middles[1][2:] + middles[1][:2]:
            continue
        # The rarer form, else the later one: what was written first is more often meant.
        pairs = sorted(
            zip((one, other), middles, strict=True),
            key=lambda pair: (len(forms[pair[0]]), -forms[pair[0]][0].passage, -forms[pair[0]][0].offset),
        )
        (rare, rare_middle), (often, often_middle) = pairs
        place, elsewhere = forms[rare][-1], forms[often][0]
        left = _shared_left(texts, place, elsewhere)
        right = _shared_right(texts, place, elsewhere, len(rare_middle), len(often_middle))
        return Variant(
            _named(texts, place, left, rare_middle, right),
            _named(texts, elsewhere, left, often_middle, right),
            Place(place.passage, place.offset - left),
            (len(forms[rare]), len(forms[often])),
            (rare_middle, often_middle),
            BEFORE + left + right,
            one[first : first + AFTER],
        )
    return None


def _shared_left(texts: Sequence[str], one: Place, other: Place) -> int:
    first, second, count = texts[one.passage], texts[other.passage], 0
    while (
        min(one.offset, other.offset) > count
        and first[one.offset - count - 1] == second[other.offset - count - 1]
        and _RUN.match(first[one.offset - count - 1] * 8)
    ):
        count += 1
    return count


def _shared_right(texts: Sequence[str], one: Place, other: Place, first: int, second: int) -> int:
    here = texts[one.passage][one.offset + BEFORE + first :]
    there = texts[other.passage][other.offset + BEFORE + second :]
    count = 0
    for left, right in zip(here, there, strict=False):
        if left != right or not _RUN.match(left * 8):
            break
        count += 1
    return count


def _named(texts: Sequence[str], place: Place, left: int, middle: str, right: int) -> str:
    end = place.offset + BEFORE + len(middle) + right
    return texts[place.passage][place.offset - left : end]
