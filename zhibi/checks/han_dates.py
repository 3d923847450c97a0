"""汉字日期：汉字年份用“〇”，同一个日期不混用数字和汉字。

为什么：“二○二六”里的圆圈、“二零二六”里的零都不是年份用字；“二〇二六年3月”前后不一致。
依据：GB/T 15835—2011 5.2.5、4.3。2012年以前的旧件当时没有“〇”字可用，不算；引文和书名不算。
错：二零二六年三月五日
对：二〇二六年三月五日
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "汉字日期"
SUBJECT = "数字和日期"

OLD = "二〇一二"
"""Years up to this one stand in old papers as these wrote them."""

_ZEROS = str.maketrans("○Ｏ零0O０oΟО◯", "〇" * 10)
_YEAR = Sought(
    r"(?<![一二三四五六七八九〇○零\dA-Za-z])(?P<year>[一二](?:[一二三四五六七八九〇○Ｏ零0O０oΟО◯]){3})(?=年)"
)
_HAN_FIRST = Sought(r"(?P<year>[一二][一二三四五六七八九〇]{3}年)\d{1,2}月(?:\d{1,2}日)?", flags=re.ASCII)
_MONTH_DAY = Sought(
    r"(?<![\d一二三四五六七八九十])(?:\d{1,2}月[一二三四五六七八九十]{1,3}日|(?<=\d年)[一二三四五六七八九十]{1,2}月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)",
    flags=re.ASCII,
)
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each Han year with a wrong nought and each date that mixes the two forms."""
    for passage in paper.holding("年", "月"):
        yield from _years(passage)
        yield from _mixed(passage)


def _years(passage: Passage) -> Iterator[Problem]:
    for match in _YEAR.finditer(passage.text):
        own = match["year"].translate(_ZEROS)
        if own != match["year"] and _after_old(own) and not passage.is_quoted(match.start()):
            words = (f"“{match['year']}”里的零写法不对", f"请改成“{own}”")
            yield passage.problem(match.span("year"), RULE, words, Level.ADVICE, mended=own)


def _after_old(year: str) -> bool:
    return year.translate(_DIGITS) > OLD.translate(_DIGITS)


def _mixed(passage: Passage) -> Iterator[Problem]:
    for match in _HAN_FIRST.finditer(passage.text):
        if not passage.is_quoted(match.start()):
            own = match["year"].translate(_DIGITS)
            words = (f"“{match[0]}”一半汉字一半数字", f"请把“{match['year']}”改成“{own}”")
            yield passage.problem(match.span("year"), RULE, words, Level.ADVICE, mended=own)
    for match in _MONTH_DAY.finditer(passage.text):
        if not passage.is_quoted(match.start()):
            words = (f"日期“{match[0]}”混用了数字和汉字", "请统一用阿拉伯数字")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)
