"""小数缺零：纯小数要写出小数点前面的 0。

为什么：漏了 0，小数点容易看漏，.5 就成了 5。
依据：GB/T 15835—2011 5.1.2。
错：同比提高.5个百分点。
对：同比提高0.5个百分点。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import COUNTED, UNIT
from zhibi.prose.sought import Sought

RULE = "小数缺零"
SUBJECT = "数字和日期"

_WHOLE = "|".join(sorted(COUNTED, key=len, reverse=True))
_BARE = Sought(
    rf"(?<=[\u4e00-\u9fff，、（：])\.\d+(?=\s?[万亿](?!年)|\s?(?!(?:{_WHOLE})(?!百分点)){UNIT})",
    ".",
    flags=re.ASCII,
)
"""Half a thing is seldom counted: before 家 or 项 the dot is a full stop that was typed small."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for each decimal without its nought, where a unit shows that it is one."""
    for passage, match in paper.matches(_BARE):
        if not passage.is_quoted(match.start()):
            words = (f"“{match[0]}”少了小数点前面的0", f"请改成“0{match[0]}”")
            yield passage.problem(match.span(), RULE, words, Level.ERROR, mended=f"0{match[0]}")
