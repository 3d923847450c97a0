"""Room -> widths: divides the width of a table among columns by what they hold, in millimetres.

First every column gets its floor; what is left is shared by weight among the columns whose words must
break; then millimetres are moved between those for as long as that saves lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import permutations
from math import ceil

STEPS = (8.0, 4.0, 2.0)
"""Millimetres that are moved at a time, from coarse to fine."""

SAMPLE = 100
"""Rows that are looked at: more of them change the result little and cost time."""


AFFORDABLE = 0.8
"""The floors may take this part of the room; where they want more, the least widths have to do."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a column asks for in millimetres.

    Below `least` it looks bad, from `floor` on it looks well, at `full` nothing in it breaks. `weight`
    is how much text waits to break, `lines` are the ems of the lines in each of its cells. A column that
    does not `stretch` takes no room that nobody needs.
    """

    least: float
    floor: float
    full: float
    weight: float
    lines: tuple[tuple[float, ...], ...]
    stretch: bool = True


def divide(demands: Sequence[Demand], room: float, capacity: Callable[[float], float]) -> list[float]:
    """Return widths that add up to `room`; `capacity` tells how many ems a width holds."""
    full = sum(demand.full for demand in demands)
    if full <= room:
        return _stretch(demands, room)
    least = sum(demand.least for demand in demands)
    if least >= room:
        return [demand.least * room / least for demand in demands]
    floors = [demand.floor for demand in demands]
    if sum(floors) > AFFORDABLE * room:
        floors = [demand.least for demand in demands]
    return _save_lines(demands, _spread(demands, floors, room), floors, capacity)


def _stretch(demands: Sequence[Demand], room: float) -> list[float]:
    """Give every column all it can use, and the rest of `room` in proportion to that."""
    stiff = sum(demand.full for demand in demands if not demand.stretch)
    elastic = sum(demand.full for demand in demands if demand.stretch)
    if not elastic:
        return [demand.full * room / stiff for demand in demands]
    factor = (room - stiff) / elastic
    return [demand.full * (factor if demand.stretch else 1) for demand in demands]


def _spread(demands: Sequence[Demand], floors: Sequence[float], room: float) -> list[float]:
    """Share `room` by weight, but give no column less than its floor or more than it can use."""
    widths = list(floors)
    waiting = [n for n, demand in enumerate(demands) if demand.full > floors[n]]
    while True:
        left = room - sum(width for n, width in enumerate(widths) if n not in waiting)
        weight = sum(demands[n].weight for n in waiting)
        shares = {n: left * demands[n].weight / weight for n in waiting}
        low = [n for n in waiting if shares[n] < floors[n]]
        high = [n for n in waiting if shares[n] > demands[n].full]
        if not low and not high:
            break
        for n in low or high:
            widths[n] = floors[n] if low else demands[n].full
            waiting.remove(n)
    for n in waiting:
        widths[n] = shares[n]
    return widths


def _save_lines(
    demands: Sequence[Demand],
    widths: Sequence[float],
    floors: Sequence[float],
    capacity: Callable[[float], float],
) -> list[float]:
    """Move room from column to column as long as the rows come out lower."""

    @cache
    def lines(number: int, width: float) -> tuple[int, ...]:
        ems = max(capacity(width), 1.0)
        cells = demands[number].lines
        return tuple(
            sum(max(1, ceil(em / ems)) for em in cell) for cell in cells[:: len(cells) // SAMPLE + 1]
        )

    def height(tried: Sequence[float]) -> int:
        return sum(map(max, *(lines(number, width) for number, width in enumerate(tried))))

    best = list(widths)
    open_columns = [n for n, demand in enumerate(demands) if demand.full > floors[n]]
    if len(open_columns) < 2:
        return best
    lowest = height(best)
    for step in STEPS:
        moved = True
        while moved:
            moved = False
            for taker, giver in permutations(open_columns, 2):
                if best[giver] - step < floors[giver]:
                    continue
                tried = best.copy()
                tried[taker] += step
                tried[giver] -= step
                if (tried_height := height(tried)) < lowest:
                    best, lowest, moved = tried, tried_height, True
    return best
