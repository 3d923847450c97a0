"""A number or a date and its number format -> the words that a person sees in the cell."""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

Moment = datetime.datetime | datetime.date | datetime.time | datetime.timedelta

_CHINESE_DATES = {
    14: "yyyy/m/d",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"',
    56: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Formats of Chinese Excel that files name by number only."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<locale>\[[^\]]*\])|(?P<field>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+)'
    r"|(?P<half>AM/PM|上午/下午)|(?P<other>.)",
    re.DOTALL,
)
_NUMBER = re.compile(r"[#0?,]*[#0?](?:\.(?P<places>[0#?]+))?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_SHOWN_DIGITS = 15
"""So many digits of a number are its own; the rest is the rounding of the machine."""


def date_format(number: int) -> str | None:
    """Return the format of a date that a file names by number only, None where there is none."""
    return _CHINESE_DATES.get(number)


def number_words(value: float, layout: str) -> str:
    """Return a number as its format shows it: with its places, in percent, with thousands apart."""
    section = layout.split(";")[0]
    exact = Decimal(f"{value:.{_SHOWN_DIGITS}g}")
    bare = _LITERAL.sub("", section)
    found = _NUMBER.search(bare)
    if layout in {"General", "@", ""} or found is None or "E" in bare.upper():
        return _plain(exact)
    if "%" in bare:
        exact *= 100
    places = len(found["places"] or "")
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    words = format(rounded, ",f" if "," in found[0] else "f")
    optional = len(found["places"] or "") - len((found["places"] or "").rstrip("#?"))
    for _ in range(optional):
        words = words.removesuffix("0").removesuffix(".") if "." in words else words
    before, after = section[: section.find(found[0])], section[section.find(found[0]) + len(found[0]) :]
    return _literals(before) + words + _literals(after)


def _literals(words: str) -> str:
    """Return what a format shows beside its digits."""
    kept = _LITERAL.sub(lambda one: one[1] or one[2] or "", words)
    return kept.strip()


def _plain(exact: Decimal) -> str:
    words = format(exact, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def date_words(value: Moment, layout: str) -> str:
    """Return a date or a time as its format shows it."""
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    fields = _fields(value)
    if layout in {"mm-dd-yy", "General", "@"} and isinstance(value, datetime.date):
        layout = "yyyy/m/d"
    words, after_hours = [], False
    for token in _TOKEN.finditer(layout.split(";")[0]):
        if token["field"]:
            letter = token["field"][0].lower()
            minutes = letter == "m" and (after_hours or _seconds_follow(layout, token.end()))
            words.append(_field(fields, "n" if minutes else letter, len(token["field"])))
            after_hours = letter == "h"
        elif not token["locale"]:
            words.append(token["quoted"] or token["escaped"] or token["half"] or token["other"] or "")
    return "".join(words).strip()


def _seconds_follow(layout: str, end: int) -> bool:
    return re.match(r'\s*[:"分]*\s*s', layout[end:], re.IGNORECASE) is not None


def _fields(value: datetime.datetime | datetime.date | datetime.time) -> dict[str, int]:
    """Return the numbers that the letters of a format stand for; n is the minute."""
    names = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
    return {letter: getattr(value, name) for letter, name in names.items() if hasattr(value, name)}


def _field(fields: dict[str, int], letter: str, width: int) -> str:
    number = fields.get(letter)
    if number is None:
        return ""
    if letter == "y":
        return str(number) if width > 2 else f"{number % 100:02}"
    return f"{number:02}" if width == 2 else str(number)
