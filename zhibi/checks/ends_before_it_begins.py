"""起止日期颠倒：起止日期、起止年份要前早后晚。

为什么：起止写反了，期限就没有了，多半是年份没有改。
依据：惯例。后一个日期没有写年份的，可能说的是次年，只作询问。
错：有效期为2026年9月1日至2025年8月31日。
对：有效期为2026年9月1日至2027年8月31日。
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "起止日期颠倒"
SUBJECT = "数的核算"

_RANGE = Sought(
    r"(?<![\d.-])(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日?(?:至|到|——|[—～~–-])"
    r"(?:(?P<year2>(?:19|20)\d\d)年|(?P<next>次年|翌年|第二年))?(?:(?P<month2>\d{1,2})月)?(?P<day2>\d{1,2})日",
    "月",
    flags=re.ASCII,
)
_YEARS = Sought(
    r"(?<![\d.-])(?P<year>(?:19|20)\d\d)年?(?:至|到|——|[—～~–-])(?P<year2>(?:19|20)\d\d)年",
    "19",
    "20",
    flags=re.ASCII,
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each range that ends before it begins."""
    for passage in paper.holding("月", "年"):
        yield from _backwards(passage)


def _backwards(passage: Passage) -> Iterator[Problem]:
    for match in _RANGE.clued(passage.text):
        if match["next"] or passage.is_quoted(match.start()):
            continue
        year, year2 = match["year"], match["year2"]
        first = _date(int(year or 2000), match["month"], match["day"])
        last = _date(int(year2 or year or 2000), match["month2"] or match["month"], match["day2"])
        if first is None or last is None or last >= first or (year is None and year2 is not None):
            continue
        same_month = match["month2"] is None
        if year2 or same_month:
            words = (f"“{match[0]}”的终止日期早于起始日期", "请核对这两个日期")
            yield passage.problem(match.span(), RULE, words, Level.ERROR if year2 else Level.ADVICE)
        elif year:
            words = (f"“{match[0]}”的终止日期早于起始日期，是次年吗？", "是次年的，请在后面写明年份或“次年”")
            yield passage.problem(match.span(), RULE, words, Level.QUERY)
    for match in _YEARS.clued(passage.text):
        if int(match["year2"]) < int(match["year"]) and not passage.is_quoted(match.start()):
            words = (f"“{match[0]}”的年份倒了", "请核对这两个年份")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _date(year: int, month: str, day: str) -> datetime.date | None:
    try:
        return datetime.date(year, int(month), int(day))
    except ValueError:
        return None
