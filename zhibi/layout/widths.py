"""Table -> column widths in millimetres that fill the type area.

An explicit width is a share in which every column without one counts as 1. The others divide what is
left by what is in them: serials, numbers and short words get a line of their own wherever that can be
afforded, long words share the rest so that the rows come out about as low as they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from zhibi.layout.measure import cell_lines, column_cells, ems_in, in_column, text_em
from zhibi.nodes import ColumnKind, Row, RowKind, Table
from zhibi.styles import ROW_LOOK

LEAST_EM = 4.0
"""Words are not pressed into lines shorter than this many characters, if that can be helped."""

HEAD_EM = 4
"""A heading may take several lines, but of up to four characters each rather than one or two."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a column asks for in millimetres.

    `weight` is how much text is waiting to break, `headings` are the lines of its heading in ems.
    """

    least: float
    full: float
    weight: float
    headings: tuple[float, ...] = ()


def column_widths(
    table: Table, header: Sequence[Row], rows: Sequence[Row], total: float
) -> tuple[float, ...]:
    """Return one width a column, in tenths of a millimetre, that add up to `total`."""
    shares = [column.width for column in table.columns]
    unit = total / sum(1.0 if share is None else share for share in shares)
    demands = [_demand(table, header, rows, number) for number in range(len(shares))]
    free = [number for number, share in enumerate(shares) if share is None]
    widths = [0.0 if share is None else share * unit for share in shares]
    for number, width in zip(free, divide([demands[n] for n in free], unit * len(free)), strict=True):
        widths[number] = width
    for number in free:
        _mend_heading(number, widths, demands, free)
    return _rounded(widths, total)


def _demand(table: Table, header: Sequence[Row], rows: Sequence[Row], number: int) -> Demand:
    """Measure one column; a cell over several columns counts for none of them."""
    column = table.columns[number]
    size = ROW_LOOK[RowKind.BODY].size
    lines = [text_em(line) for cell in column_cells(rows, number) for line in cell_lines(cell)]
    longest = max(lines, default=0.0)
    headings = tuple(text_em(line) for cell in column_cells(header, number) for line in cell_lines(cell))
    heading = max(map(_balanced, headings), default=0.0)
    firm = column.kind is not ColumnKind.TEXT
    least = max(longest if firm else min(longest, LEAST_EM), heading)
    weight = sqrt(sum(em * em for em in lines) / max(len(lines), 1))
    full = max(longest, heading)
    return Demand(in_column(least, size), in_column(full, size), max(weight, 1.0), headings)


def _balanced(ems: float) -> float:
    """Return the width of a heading set in as few equal lines of at most `HEAD_EM` as will hold it."""
    return ems if ems <= HEAD_EM else ceil(ems / ceil(ems / HEAD_EM))


def divide(demands: Sequence[Demand], room: float) -> list[float]:
    """Divide `room` among columns: least widths first, then short columns, then long ones."""
    least = sum(demand.least for demand in demands)
    if least >= room:
        return [demand.least * room / least for demand in demands]
    widths = [demand.least for demand in demands]
    left = room - least
    waiting = sorted(range(len(demands)), key=lambda number: demands[number].full)
    # Fair shares: a column that asks for no more than an equal part of the room gets all it asks for.
    while waiting and demands[waiting[0]].full <= (left + _sum(widths, waiting)) / len(waiting):
        number = waiting.pop(0)
        wish = min(demands[number].full - widths[number], left)
        widths[number] += wish
        left -= wish
    if waiting:
        return _spread(demands, widths, waiting, left)
    full = sum(widths)
    return [width * room / full for width in widths]


def _spread(demands: Sequence[Demand], widths: list[float], waiting: list[int], left: float) -> list[float]:
    """Bring the waiting columns as near as their least widths allow to shares by weight."""
    while True:
        room = left + _sum(widths, waiting)
        weight = sum(demands[number].weight for number in waiting)
        narrow = [n for n in waiting if demands[n].weight * room / weight < widths[n]]
        if not narrow:
            break
        waiting = [number for number in waiting if number not in narrow]
    for number in waiting:
        widths[number] = demands[number].weight * room / weight
    return widths


def _mend_heading(number: int, widths: list[float], demands: Sequence[Demand], free: Sequence[int]) -> None:
    """Widen a column whose heading would leave one character on a line, at the cost of the widest."""
    size = ROW_LOOK[RowKind.HEAD].size
    wish = max((_unbroken(line, widths[number], size) for line in demands[number].headings), default=0.0)
    missing = wish - widths[number]
    giver = max(free, key=lambda other: widths[other])
    if missing > 0 and giver != number and widths[giver] - missing >= demands[giver].least:
        widths[number] += missing
        widths[giver] -= missing


def _unbroken(ems: float, width: float, size: float) -> float:
    """Return the least width from `width` on whose last line is not one character."""
    room = max(int(ems_in(width, size)), 1)
    if ems <= room or not 0 < ems - room * int(ems / room) <= 1:
        return width
    better = next(r for r in range(room + 1, ceil(ems) + 1) if ems <= r or ems - r * int(ems / r) > 1)
    return in_column(better, size)


def _sum(widths: Sequence[float], numbers: Sequence[int]) -> float:
    return sum(widths[number] for number in numbers)


def _rounded(widths: Sequence[float], total: float) -> tuple[float, ...]:
    """Round the column edges, not the widths, so that nothing is lost at the right edge."""
    edges = [0.0]
    for width in widths:
        edges.append(edges[-1] + width)
    edges[-1] = total
    return tuple(round(round(right, 1) - round(left, 1), 1) for left, right in pairwise(edges))
