"""减少几倍：减少、下降、缩短不说几倍。

为什么：减少1倍就没有了，“减少2倍”算不出来；减到三分之一是“减少三分之二”。
依据：惯例（倍数的用法）。
错：办理时间缩短了2倍。
对：办理时间缩短了三分之二。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "减少几倍"
SUBJECT = "数字和日期"

_LESS = Sought(
    r"(?:减少|下降|降低|缩短|压缩|缩小|缩减|减小|削减|减轻|下跌|降|减)(?:了|近|约|超过|超|至少)*(?P<times>\d+(?:\.\d+)?|[一二两三四五六七八九十几数]+)(?:多|余)?倍(?!数|率|频|的[风危])",
    "倍",
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each decrease that is counted in times."""
    for passage, match in paper.matches(_LESS):
        if not passage.is_quoted(match.start()):
            words = (
                f"“{match[0]}”说不通：减少不用倍数",
                "请改成减少百分之几、几分之几，或“减少到几分之一”",
            )
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)
