"""Dates of papers: 2026-02-18 and 2026年02月18日 -> 2026年2月18日 (GB/T 9704-2012 cl. 7.3.5.4)."""

from __future__ import annotations

import datetime
import re

_DATE = re.compile(r"(\d{4})[年-](\d{1,2})[月-](\d{1,2})日?")


def parse_date(text: str) -> datetime.date | None:
    """Return the date that `text` writes, or None when it writes none or an impossible one."""
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def format_date(text: str) -> str:
    """Return a date as papers print it; a text that is no date raises ValueError."""
    date = parse_date(text)
    if date is None:
        raise ValueError(f"“{text}”不是日期")
    return f"{date.year}年{date.month}月{date.day}日"


def epoch_date(epoch: str | None) -> str:
    """Return SOURCE_DATE_EPOCH as an ISO date, or the empty text."""
    if not epoch or not epoch.isdecimal():
        return ""
    try:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""  # A date beyond the calendar tells nothing.
