"""The total row of a table: recognised only when the program would make the very same one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_LABEL = re.compile(r"[合总總小][\s]*[计計]")


@dataclass(frozen=True, slots=True)
class Total:
    """The label of a total row and the columns that it adds up."""

    label: str
    columns: frozenset[int]


def is_total_label(text: str) -> bool:
    """Tell whether a cell is the label of a total row."""
    return bool(_LABEL.fullmatch(text))


def read_total(rows: Sequence[Sequence[str]], *, marked: bool) -> Total | None:
    """Read the last of `rows` as a total of the others; None unless every number in it is the sum of its column.

    A row that is `marked` as a total may have any label.
    """
    if not rows or not rows[-1] or not (marked or (len(rows) > 2 and _LABEL.fullmatch(rows[-1][0]))):
        return None
    *body, last = rows
    columns = frozenset(number for number, text in enumerate(last) if number and text)
    if (
        not (columns or marked)
        or not last[0]
        or any(not _adds_up([row[number] for row in body], last[number]) for number in columns)
    ):
        return None
    return Total(last[0], columns)


def _adds_up(cells: Sequence[str], total: str) -> bool:
    """Compare with the sum as `zhibi.tables` writes it: as many places as the longest number shows."""
    found = Decimal(0)
    for cell in cells:
        try:
            found += Decimal(cell.replace(",", "").replace("，", "") or "0")
        except InvalidOperation:
            continue
    return f"{found:f}" == total
