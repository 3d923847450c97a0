"""日期不存在：日期要是日历上有的一天，星期要和日期对得上。

为什么：“2月30日”“9月31日”和错了的星期，会让人错过会议和期限。
依据：惯例（日历）。
错：会议定于2026年9月31日召开。
对：会议定于2026年9月30日召开。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.dates import parse_date
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought
from zhibi.prose.written_dates import WrittenDate, weekday_words, written_dates

RULE = "日期不存在"
SUBJECT = "数字和日期"

_LUNAR = Sought(r"[农阴夏旧]历[^，。；]{0,6}$")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for a day that no calendar has and for a weekday that is not that of its date."""
    signed = parse_date(str(paper.source.element("成文日期")))
    for passage in paper.holding("月"):
        for date in written_dates(passage.text):
            start = date.span[0]
            if passage.is_quoted(start) or _LUNAR.search(passage.text, max(start - 8, 0), start):
                continue
            if not date.is_real:
                words = (f"日历上没有“{date.text}”这一天", "请核对月份和日子")
                yield passage.problem(date.span, RULE, words, Level.ERROR)
            elif date.weekday >= 0:
                yield from _weekday(passage, date, signed.year if signed else None)


def _weekday(passage: Passage, date: WrittenDate, signed: int | None) -> Iterator[Problem]:
    """With a year the weekday is certain; without one the paper's own year and its neighbours may be meant."""
    years = [date.year] if date.year else [signed - 1, signed, signed + 1] if signed else []
    days = [day for day in map(date.on, years) if day]
    if not days or any(day.weekday() == date.weekday for day in days):
        return
    day = days[len(days) // 2]
    words = (
        f"“{date.text}”的星期不对，{day.year}年{day.month}月{day.day}日是星期{weekday_words(day)}",
        "请核对日期和星期",
    )
    yield passage.problem(date.span, RULE, words, Level.ERROR if date.year else Level.ADVICE)
