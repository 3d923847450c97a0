"""A period and a series -> the day by which its paper is due; a moment -> the day it is in Beijing.

Working days are those of the State Council's arrangement as the library `holidays` has it: weekends that are
worked (调休) count. A deadline ends at 24:00 of its day, by the clock of Beijing, whatever the machine's zone is.
"""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhibi.model import Series
from zhibi.periods import Period

if TYPE_CHECKING:
    from holidays import HolidayBase

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
"""China has one zone and no summer time, so no table of zones is asked."""

_DAY = datetime.timedelta(days=1)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?P<zone>Z|[+-]\d\d:\d\d)?)?", re.ASCII | re.IGNORECASE
)
_YEARS = range(1950, 2100)
"""Years that can be asked for: as far as the library counts, and as file names are searched for."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a deadline; `guessed` are the years whose arrangement is not known yet."""

    day: datetime.date
    guessed: tuple[int, ...] = ()

    def days_left(self, moment: datetime.datetime) -> int:
        """Return how many days are left at `moment`: 0 on the last day, less when it is over."""
        return (self.day - beijing_day(moment)).days


def beijing_day(moment: datetime.datetime) -> datetime.date:
    """Return the day that it is in Beijing at `moment`, which must know its offset."""
    assert moment.tzinfo is not None, "a moment without an offset is another one on each machine"
    return moment.astimezone(BEIJING).date()


def read_moment(words: str) -> datetime.datetime | None:
    """Return the moment that `words` name (2026-10-15, 2026-10-15T08:00, …+08:00, …Z), None for anything else.

    A moment without an offset is one of Beijing, a day without a time is its beginning.
    """
    match = _MOMENT.fullmatch(words.strip())
    if not match:
        return None
    try:
        moment = datetime.datetime.fromisoformat(words.strip().upper())
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    return moment if match["zone"] else moment.replace(tzinfo=BEIJING)


def deadline(series: Series, period: Period) -> Deadline:
    """Return when the paper of a period is due; a calendar day may be a day off."""
    if not series.working:
        return Deadline(period.end + series.days * _DAY)
    day, walked = period.end, set()
    for _ in range(series.days):
        day += _DAY
        while not _is_working_day(day):
            walked.add(day.year)
            day += _DAY
        walked.add(day.year)
    return Deadline(day, tuple(sorted(year for year in walked if not is_arranged(year))))


def is_arranged(year: int) -> bool:
    """Tell whether the library knows the arrangement of a year: every one so far has weekends that are worked."""
    return any(day.year == year for day in _calendar(year).weekend_workdays)


def _is_working_day(day: datetime.date) -> bool:
    return _calendar(day.year).is_working_day(day)


@functools.cache
def _calendar(year: int) -> HolidayBase:
    """Return the days off and the worked weekends of a year."""
    from holidays import country_holidays  # Imported late: only a deadline needs it.

    return country_holidays("CN", years=year)
