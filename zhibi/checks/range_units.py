"""范围缺单位：百分数和带“万”“亿”的数表示范围，前后都要写全。

为什么：“10～20%”可以读成10到20%，“5～10万”可以读成5到10万，差了一万倍。
依据：GB/T 15835—2011 5.1.3（10%～30%不写为10～30%，13万元～17万元不写为13～17万元）。
错：企业所得税减免10～20%。
对：企业所得税减免10%～20%。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.arithmetic import read_figure
from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "范围缺单位"
SUBJECT = "数字和日期"

_NUMBER = r"\d+(?:\.\d+)?"
_RANGE = Sought(
    rf"(?<![\dA-Za-z.,/％%年月第—～~–－-])(?P<low>{_NUMBER})(?P<sign>——|[～~—–－-])(?P<high>{_NUMBER})(?P<unit>[%％‰]|[万亿])(?![\d.])",
    *"%％‰万亿",
    flags=re.ASCII,
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for each percentage range, advice for each range in 万 or 亿, whose first half lacks the unit."""
    for passage, match in paper.matches(_RANGE):
        low, high = read_figure(match["low"]), read_figure(match["high"])
        if passage.is_quoted(match.start()) or low is None or high is None or low >= high:
            continue
        sign = "～" if match["sign"] in "~-－–" else match["sign"]
        own = f"{match['low']}{match['unit']}{sign}{match['high']}{match['unit']}"
        level = Level.ERROR if match["unit"] in "%％‰" and low else Level.ADVICE
        words = (f"“{match[0]}”前一个数少了“{match['unit']}”", f"请改成“{own}”")
        mended = own if level is Level.ERROR else None
        yield passage.problem(match.span(), RULE, words, level, mended=mended)
