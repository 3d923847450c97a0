"""书名号误用：会议、活动、课程、奖项、证书用引号，不用书名号。

为什么：书名号只标书、报、刊、文件、作品的名称。
依据：GB/T 15834—2011 附录 A.13.1。
错：组织开展《科技活动周》活动。
对：组织开展“科技活动周”活动。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "书名号误用"
SUBJECT = "标点"

_EVENT = Sought(
    r"《([^《》“”]{2,15})》(?=(?:系列)?(?:活动|论坛|大赛|比赛|峰会|博览会|专项行动|奖项|证书)(?!方案|总结|通知|办法|规则|管理))",
    "》",
)
"""A 主题活动, 专题培训班 or 展览 may be about a book or a film: 《习近平谈治国理政》专题培训班."""
_PAPERS = Sought(
    r"(?:法|典|条例|规定|办法|细则|意见|方案|规划|计划|纲要|标准|规范|指南|通知|报告|日报|读本|公约|准则|宣言|决定|决议)$"
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for title marks round the name of an event, a prize or a course."""
    for passage, match in paper.matches(_EVENT):
        if not _PAPERS.search(match[1]) and not re.search(r"[a-zA-Z]", match[1]):
            mended = f"“{match[1]}”"
            words = ("活动、奖项、证书的名称不用书名号", f"请写成{mended}")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=mended)
