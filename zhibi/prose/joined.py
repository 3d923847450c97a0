"""Amounts that a list joins (博士62名、硕士46名): what they make together may be the whole of what comes after them."""

from __future__ import annotations

from zhibi.prose.figures import FIGURE, PLAIN, Figure, Reading
from zhibi.prose.sought import Sought

_JOINED = Sought(rf"{PLAIN}{{0,12}}(?:（[^（）]*）)?(?:、|，?(?:和|及|与|以及)){PLAIN}{{0,20}}")
_LISTED = Sought(r"分为|分别|包括|其中|由")
_SIGN = Sought(FIGURE)


def list_before(reading: Reading, place: int) -> list[Figure]:
    """Return the figures of the list that ends with the one at `place` of the outline; of no list, only this one."""
    last = reading.figure(reading.outline[place])
    found, end = [last], place
    for match in reversed(list(_SIGN.finditer(reading.outline, reading.clause(place), place))):
        figure = reading.figure(match[0])
        if figure.unit != last.unit or not _JOINED.fullmatch(reading.outline, match.end(), end):
            break
        found.insert(0, figure)
        end = match.start()
    return found


def wholes_before(reading: Reading, place: int) -> list[Figure]:
    """Return what may be the whole of what a sentence says next: the figure at `place`, or the totals before its list."""
    last = reading.figure(reading.outline[place])
    before = [one for one in reading.within(reading.clause(place), place) if one.unit == last.unit]
    start = max(
        (one.end() for one in _LISTED.finditer(reading.outline, reading.clause(place), place)), default=0
    )
    named = [one for one in reading.within(start, place) if one.unit == last.unit] if start else []
    return [last, *before] if named or len(list_before(reading, place)) > 1 else [last]
