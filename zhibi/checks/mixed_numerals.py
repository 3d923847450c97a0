"""数字混写：除“万”“亿”外，阿拉伯数字不和“十”“百”“千”连写。

为什么：一个数一半用数字、一半用汉字，读起来不顺，也容易看错位。
依据：GB/T 15835—2011；“万”“亿”可以和阿拉伯数字连写，千克、千米、千瓦和统计用的千公顷、千吨不算。
错：惠及群众4千人。
对：惠及群众4000人。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from zhibi.arithmetic import read_figure
from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import UNIT
from zhibi.prose.sought import Sought

RULE = "数字混写"
SUBJECT = "数字和日期"

_TENS = {"十": 10, "百": 100, "千": 1000}
_MIXED = Sought(
    rf"(?<![\dA-Za-z.,第～~—–-])(?!(?:19|20)\d\d[十百千])(?P<digits>\d{{1,4}}(?:\.\d{{1,2}})?)(?P<tens>[十百千])(?![克米瓦伏赫帕焦卡安牛字吨升]|公顷)"
    rf"(?P<after>[多余]?[万亿]?[多余]?{UNIT})",
    *"十百千",
    flags=re.ASCII,
)
_CHAIN = Sought(
    r"(?<![\d.,])(?P<large>\d+)亿(?P<small>\d{1,4})(?P<thousand>千)?万(?![\d])", "亿", flags=re.ASCII
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each figure that goes on in Han numerals smaller than 万."""
    for passage in paper.holding(*_MIXED.clues, *_CHAIN.clues):
        for match in _MIXED.clued(passage.text):
            if (
                not passage.is_quoted(match.start())
                and passage.text[match.start() - 1 : match.start()] != "亿"
            ):
                plain = _plain(match["digits"], _TENS[match["tens"]])
                words = (f"“{match['digits']}{match['tens']}”把数字和汉字混写了", f"请改成“{plain}”")
                span = (match.start(), match.end("tens"))
                yield passage.problem(span, RULE, words, Level.ADVICE, mended=plain)
        for match in _CHAIN.clued(passage.text):
            if not passage.is_quoted(match.start()):
                ten_thousands = int(match["small"]) * (1000 if match["thousand"] else 1)
                whole = f"{int(match['large']) + ten_thousands / 10**4:.4f}".rstrip("0").rstrip(".")
                words = (f"“{match[0]}”用了两个单位", f"请改成“{whole}亿”")
                yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _plain(digits: str, tens: int) -> str:
    value = (read_figure(digits) or Fraction(0)) * tens
    return str(value.numerator) if value.denominator == 1 else str(float(value))
