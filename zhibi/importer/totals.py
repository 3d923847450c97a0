"""The total row of a table: recognised only when the program would make the very same one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_LABEL = re.compile(r"[合总總小][\s]*[计計]")
_NUMBER = re.compile(r"-?\d[\d,，]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Total:
    """The label of a total row and the columns that it adds up."""

    label: str
    columns: frozenset[int]


def read_total(rows: Sequence[Sequence[str]]) -> Total | None:
    """Read the last of `rows` as a total of the others; None unless every number in it is the sum of its column."""
    if len(rows) < 3:
        return None
    *body, last = rows
    if not last or not _LABEL.fullmatch(last[0]):
        return None
    columns = frozenset(number for number, text in enumerate(last) if number and text)
    if not columns or any(not _adds_up([row[number] for row in body], last[number]) for number in columns):
        return None
    return Total(last[0], columns)


def _adds_up(cells: Sequence[str], total: str) -> bool:
    """Compare with the sum as `zhibi.tables` writes it: as many places as the longest number shows."""
    if not _NUMBER.fullmatch(total) or any(cell and not _NUMBER.fullmatch(cell) for cell in cells):
        return False
    try:
        found = sum((Decimal(re.sub(r"[,，]", "", cell)) for cell in cells if cell), Decimal(0))
    except InvalidOperation:
        return False
    return f"{found:f}" == total
