"""Quarters and years: 2026Q3, 2026年第三季度, 2026 -> a `Period` that knows its days and its neighbours.

Days are those of the calendar; which instant a day begins at is for the caller to say (Beijing time, UTC+8).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from zhibi.serials import format_han

_WRITTEN = re.compile(r"((?:19|20)\d\d)\s*(?:年度?)?\s*(?:Q\s*([1-4])|第?([一二三四1-4])季度)?", re.ASCII)
_NARROW = str.maketrans("０１２３４５６７８９Ｑｑq", "0123456789QQQ")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter of a year, or with `quarter` None the whole year; only like can be compared with like."""

    year: int
    quarter: int | None = None

    def __str__(self) -> str:
        """Return what messages call it: 2026年第三季度, 2026年."""
        return f"{self.year}年" + (f"第{format_han(self.quarter)}季度" if self.quarter else "")

    @property
    def code(self) -> str:
        """Return what the command line calls it: 2026Q3, 2026."""
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def end(self) -> datetime.date:
        """Return its last day."""
        month = (self.quarter or 4) * 3
        return datetime.date(self.year, month, 31 if month in {3, 12} else 30)

    @property
    def next(self) -> Period:
        """Return the one after it."""
        if not self.quarter:
            return Period(self.year + 1)
        return Period(self.year + self.quarter // 4, self.quarter % 4 + 1)

    @property
    def previous(self) -> Period:
        """Return the one before it."""
        if not self.quarter:
            return Period(self.year - 1)
        return Period(self.year - (self.quarter == 1), (self.quarter + 2) % 4 + 1)


def read_period(words: str) -> Period | None:
    """Return the period that `words` name (2026Q3, 2026年第三季度, 2026年3季度, 2026), None for anything else."""
    match = _WRITTEN.fullmatch(words.strip().translate(_NARROW))
    if not match:
        return None
    year, letter, word = match.groups()
    sign = letter or word
    return Period(int(year), ("一二三四".find(sign) + 1 or int(sign)) if sign else None)
