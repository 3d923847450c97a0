"""金额缺单位：金额写到“万”“亿”为止，少了“元”。

为什么：“资金5000万”是口头说法，公文里金额要写单位；外币、亩数也靠单位分清。
依据：GB/T 9704—2012 第9章（计量单位）；惯例。
错：拨付省级资金5000万。
对：拨付省级资金5000万元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "金额缺单位"
SUBJECT = "数字和日期"
FOLDED = True

_MONEY = Sought(
    r"(?:资金|資金|金额|金額|经费|經費|交易[额額]|投资|投資|产值|產值|营收|收入|支出|税收|贷款|貸款|融资额|授信|补助|奖励|预算)(?:[额額])?"
    r"(?:[为是达達]|总计|共计|约|近|超|超过|突破|完成|达到|到位)*(?P<figure>\d[\d,]*(?:\.\d+)?(?P<more>[余多])?[万亿萬億](?P<after>[余多])?)(?=[，。；、）！？]|$|以上|左右)",
    *"万亿萬億",
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each sum of money without its unit."""
    for passage, match in paper.matches(_MONEY):
        listed = passage.text[match.end() : match.end() + 1] == "、" and re.match(
            r"、\d[\d,.]*[万亿]?元", passage.text[match.end() :]
        )
        if not listed and not passage.is_quoted(match.start()):
            own = f"{match['figure']}元"
            words = (f"“{match['figure']}”没有写单位", f"是人民币的，请改成“{own}”")
            yield passage.problem(match.span("figure"), RULE, words, Level.ADVICE)
