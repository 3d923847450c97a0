"""Deadlines by the calendar and by the State Council's arrangement; days are those of Beijing on every machine."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from zhibi.cycle.deadlines import BEIJING, beijing_day, deadline, is_arranged, read_moment
from zhibi.cycle.due import periods_over
from zhibi.errors import Location
from zhibi.model import Series
from zhibi.periods import Period

_DAY, _SECOND = datetime.timedelta(days=1), datetime.timedelta(seconds=1)

OFF_2026 = (
    ("01-01", "01-03"),
    ("02-15", "02-23"),
    ("04-04", "04-06"),
    ("05-01", "05-05"),
    ("06-19", "06-21"),
    ("09-25", "09-27"),
    ("10-01", "10-07"),
)
WORKED_2026 = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
"""The arrangement that the State Council announced for 2026: days off, and weekends that are worked."""

QUARTERS = [Period(2026, quarter) for quarter in (1, 2, 3, 4)]


def series(days: int = 10, *, working: bool = True, first: Period = QUARTERS[0]) -> Series:
    return Series("表", "{年度}{季}.yaml", Path(), first, days, working, Location("config.yaml", 5, 1))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def works(one: datetime.date) -> bool:
    """Tell by the announcement whether a day of 2026 is a working day."""
    short = one.isoformat()[5:]
    off = any(first <= short <= last for first, last in OFF_2026)
    return short in WORKED_2026 or (one.weekday() < 5 and not off)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The machine stands in another zone."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_working_days_are_those_that_were_announced() -> None:
    for quarter in (Period(2025, 4), *QUARTERS[:3]):
        own, reached = quarter.end, 0
        for count in range(1, 60):
            own += _DAY
            while not works(own):
                own += _DAY
            reached = deadline(series(count), quarter).day.toordinal()
            assert reached == own.toordinal(), (quarter, count)


@pytest.mark.parametrize(
    ("period", "days", "wanted"),
    [
        (Period(2026, 3), 1, "2026-10-08"),  # 国庆: the 1st to the 7th are off,
        (Period(2026, 3), 3, "2026-10-10"),  # and Saturday the 10th is worked.
        (Period(2026, 3), 4, "2026-10-12"),
        (Period(2026, 3), 10, "2026-10-20"),
        (Period(2025, 4), 1, "2026-01-04"),  # 元旦: Sunday the 4th is worked.
        (Period(2025, 4), 32, "2026-02-14"),  # 春节: Saturday the 14th is worked,
        (Period(2025, 4), 33, "2026-02-24"),  # the 15th to the 23rd are off,
        (Period(2025, 4), 37, "2026-02-28"),  # Saturday the 28th is worked.
        (Period(2025, 4), 38, "2026-03-02"),
        (Period(2025), 10, "2026-01-15"),
        (Period(2011, 3), 63, "2011-12-31"),  # A Saturday, worked for the New Year of 2012.
        (Period(2026, 3), 0, "2026-09-30"),
    ],
)
def test_known_deadlines(period: Period, days: int, wanted: str) -> None:
    found = deadline(series(days), period)
    assert (found.day, found.guessed) == (day(wanted), ())


def test_a_calendar_day_stays_though_it_is_a_day_off() -> None:
    assert deadline(series(5, working=False), Period(2026, 3)).day == day("2026-10-05")
    assert deadline(series(0, working=False), Period(2026)).day == day("2026-12-31")
    assert deadline(series(366, working=False), Period(2026)).day == day("2028-01-01")


def test_a_year_that_is_not_announced_is_said_and_reckoned_with_what_is_known() -> None:
    assert [year for year in range(2002, 2027) if not is_arranged(year)] == []
    assert not is_arranged(2050)
    first = deadline(series(1), Period(2049, 4))
    assert first.guessed == (2050,)
    assert first.day == day("2050-01-04")  # The 1st, a Saturday, is made up for on Monday.
    assert deadline(series(3), Period(2050, 3)).day == day("2050-10-10")  # 国庆 is a weekend and three days.
    assert deadline(series(60), Period(2049, 3)).guessed == (2049,)
    assert deadline(series(60, working=False), Period(2049, 3)).guessed == ()


@pytest.mark.parametrize("days", [0, 1, 10])
@pytest.mark.parametrize("working", [True, False])
@pytest.mark.parametrize("offset", [0, 8])
def test_every_boundary_is_midnight_in_beijing(days: int, working: bool, offset: int, zone: str) -> None:
    assert time.tzname[0] == {"UTC": "UTC", "Asia/Shanghai": "CST", "America/New_York": "EST"}[zone]
    told = datetime.timezone(datetime.timedelta(hours=offset))
    for first in (*QUARTERS, Period(2026)):
        own = series(days, working=working, first=first)
        over = midnight_after(first.end).astimezone(told)
        assert [list(periods_over(own, over + step)) for step in (-_SECOND, 0 * _SECOND, _SECOND)] == [
            [],
            [first],
            [first],
        ]
        last = deadline(own, first)
        end = midnight_after(last.day).astimezone(told)
        assert [last.days_left(end + step) for step in (-_SECOND, 0 * _SECOND, _SECOND)] == [0, -1, -1]
        assert last.days_left(end - _DAY - _SECOND) == 1


def midnight_after(one: datetime.date) -> datetime.datetime:
    """Return 24:00 of a day in Beijing, as UTC: 16:00 of the same day."""
    return datetime.datetime(one.year, one.month, one.day, 16, tzinfo=datetime.UTC)


def test_all_periods_that_are_over_are_listed_in_order() -> None:
    moment = datetime.datetime(2027, 5, 1, tzinfo=BEIJING)
    listed = list(periods_over(series(), moment))
    assert [period.code for period in listed] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1"]
    assert all(one.next == other for one, other in pairwise(listed))
    years = list(periods_over(replace(series(), first=Period(2024)), moment))
    assert [period.code for period in years] == ["2024", "2025", "2026"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("2026-10-15", "2026-10-14T16:00:00+00:00"),
        (" 2026-10-15T08:00", "2026-10-15T00:00:00+00:00"),
        ("2026-10-15T08:00+08:00", "2026-10-15T00:00:00+00:00"),
        ("2026-10-15t08:00:30z", "2026-10-15T08:00:30+00:00"),
        ("2026-10-15T23:59:59-05:00", "2026-10-16T04:59:59+00:00"),
    ],
)
def test_moments_are_read_alike_on_every_machine(words: str, wanted: str, zone: str) -> None:
    moment = read_moment(words)
    assert moment is not None
    assert moment.astimezone(datetime.UTC).isoformat() == wanted
    assert beijing_day(moment) in {day("2026-10-15"), day("2026-10-16")}


@pytest.mark.parametrize(
    "words",
    [
        *("", "明天", "2026Q3", "20261015", "2026-13-01", "2026-02-30", "2026-W42-4"),
        *("2026-10-15T25:00", "2026-10-15 08:00", "2026-10-15T08:00+8", "2026-10-15T08:00+25:00"),
        *("0001-01-01", "9999-12-31T23:59Z"),
    ],
)
def test_other_words_name_no_moment(words: str) -> None:
    assert read_moment(words) is None
