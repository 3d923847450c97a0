"""A value of the wrong form -> what it most likely should read, for the line that a message shows.

Nothing is changed by this: the clerk sees the mended value and types it.
"""

from __future__ import annotations

import re
import unicodedata

from zhibi.dates import parse_date
from zhibi.serials import read_han

_YES = frozenset({"yes", "true", "on", "y", "√", "✓", "1"})
_NO = frozenset({"no", "false", "off", "n", "×", "0"})
_HAN_YEAR = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


def mend_number(text: str, *, whole: bool) -> str:
    """Return the number that `text` means (１０, 1_000, 三, 第3季度, 3.0), or the empty text."""
    plain = _narrow(text)[:40]
    plain = re.sub(r"^第|[年月日号个项级字季度磅毫米]+$", "", plain)
    if re.fullmatch(r"[-+]?[0-9]+([,_][0-9]{3})*(\.[0-9]+)?", plain):
        plain = plain.replace(",", "").replace("_", "").removeprefix("+")
        plain = re.sub(r"\.0*$", "", plain)
    elif re.fullmatch(r"[〇○零一二三四五六七八九]{2,9}", plain):
        plain = plain.translate(_HAN_YEAR)
    elif (value := read_han(plain)) is not None:
        plain = str(value)
    form = _WHOLE if whole else _DECIMAL
    return plain if form.fullmatch(plain) else ""


def mend_date(text: str) -> str:
    """Return the date that `text` means (2026/9/30, 二〇二六年九月三十日, 20260930), or the empty text."""
    plain = _narrow(text)[:20]
    if match := re.fullmatch(r"([〇○零一二三四五六七八九]{4})年(.{1,3})月(.{1,3})[日号]", plain):
        parts = (read_han(part) or 0 for part in match.group(2, 3))
        plain = "-".join((match[1].translate(_HAN_YEAR), *map(str, parts)))
    match = re.fullmatch(
        r"(\d{4})(?:(\d\d)(\d\d)|[年/.—–－-](\d{1,2})[月/.—–－-](\d{1,2})[日号]?)(T.*)?", plain, re.ASCII
    )
    if not match:
        return ""
    year, month, day = match[1], match[2] or match[4], match[3] or match[5]
    date = parse_date(f"{year}-{month}-{day}")
    return f"{date.year}年{date.month}月{date.day}日" if date else ""


def mend_yes_no(text: str) -> str:
    """Return 是 or 否 for what other programs write, or the empty text."""
    plain = _narrow(text).casefold()
    return "是" if plain in _YES else "否" if plain in _NO else ""


def _narrow(text: str) -> str:
    """Return `text` without blanks, its full-width signs as ASCII."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:200]))
