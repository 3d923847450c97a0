"""Dates as running text writes them: 2026年3月5日, 3月5日（星期四）."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from zhibi.prose.sought import Sought

_DATE = Sought(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?!元|均)"
    r"(?:[（(]?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])"
    r"(?=[）)，,。；\s\d]|[上下中]午|凌晨|[晚早起前止召举]|$))?"
)
"""A weekday in brackets may be no day's own but one of every week: （周六、周日除外）, （周一闭馆）."""
_DAYS = "一二三四五六日"
_LEAP = 2024


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date in a text; `year` is None and `weekday` (from 0, Monday) is -1 where none is written."""

    span: tuple[int, int]
    text: str
    year: int | None
    month: int
    day: int
    weekday: int

    def on(self, year: int) -> datetime.date | None:
        """Return the day in that year, None when the year has no such day."""
        try:
            return datetime.date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def is_real(self) -> bool:
        """Tell whether the calendar has the day; 29 February without a year may be right."""
        return self.on(self.year or _LEAP) is not None


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Yield the dates of a text with month and day."""
    if "月" not in text:
        return
    for match in _DATE.finditer(text):
        weekday = match["weekday"]
        yield WrittenDate(
            match.span(),
            match.group(),
            int(match["year"]) if match["year"] else None,
            int(match["month"]),
            int(match["day"]),
            _DAYS.index(weekday.replace("天", "日")) if weekday else -1,
        )


def weekday_words(day: datetime.date) -> str:
    """Return 一 for a Monday … 日 for a Sunday."""
    return _DAYS[day.weekday()]
