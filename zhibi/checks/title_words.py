"""公文标题用词：一个标题只用一个“关于”、一个文种，中间不用标点（书名号除外）。

为什么：“关于转发关于……的通知的通知”读不通；“请示报告”不知道要不要批。
依据：《党政机关公文处理工作条例》第八条（文种）、第九条（标题由发文机关名称、事由和文种组成）、第十五条（不得在报告里夹带请示）；其余是惯例。
错：标题: 关于转发关于开展科技创新工作检查的通知的通知
对：标题: 关于转发《关于开展科技创新工作检查的通知》的通知
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "公文标题用词"
SUBJECT = "要素"

_CLOSED = Sought(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|“[^“”]*”|（[^（）]*）")
_GENRES = "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_TWICE = Sought(rf"的({_GENRES})的?\1$")
_MERGED = Sought(r"(?:请示报告|报告请示|请示函)$")
_NO_GENRE = Sought(r"关于.*的(?:事宜|有关事宜|事项|有关事项|问题|有关问题|情况|有关情况)$")
_URGENT = Sought(r"^(?:特急|加急|急件|特提|平急)[：:]")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for the title of the paper when its words do not make one."""
    for passage in paper.passages:
        if passage.role is Role.TITLE:
            yield from _title(passage)


def _title(passage: Passage) -> Iterator[Problem]:
    plain = _CLOSED.sub(lambda found: "□" * len(found.group()), passage.text.rstrip())
    about = [match.start() for match in re.finditer("关于", plain)]
    if len(about) > 1:
        words = ("标题里有两个“关于”", "转发、印发的文件名请加书名号，或改写成一个“关于”")
        yield passage.problem((about[1], about[1] + 2), RULE, words, Level.ADVICE)
    if match := _TWICE.search(plain):
        words = (
            f"标题末尾“{match.group()[1:]}”，文种重复",
            f"请只留一个“{match[1]}”，或给里面的文件名加书名号",
        )
        yield passage.problem(match.span(), RULE, words, Level.ADVICE)
    if match := _MERGED.search(plain):
        words = (
            f"“{match.group()}”把两个文种合在了一起",
            "请只用一个：要上级批复的用“请示”，只汇报的用“报告”",
        )
        yield passage.problem(match.span(), RULE, words, Level.ADVICE)
    if match := _URGENT.search(plain):
        words = ("紧急程度不写在标题里", "请从标题里删去，写在版头的紧急程度处")
        yield passage.problem(match.span(), RULE, words, Level.ADVICE)
    yield from _marks(passage, plain)


def _marks(passage: Passage, plain: str) -> Iterator[Problem]:
    """关于…的通知 is one phrase; speeches and reports to a congress may have their sentences."""
    official = re.search(rf"关于.*的(?:{_GENRES})$", plain)
    match = re.search("[，；。]", plain[official.start() :]) if official else None
    if official and match:
        at = official.start() + match.start()
        words = (f"标题中间用了“{match.group()}”", "标题里除书名号外一般不用标点，请改写")
        yield passage.problem((at, at + 1), RULE, words, Level.QUERY)
    if match := _NO_GENRE.search(plain):
        words = ("标题末尾没有文种", "请补上，如“…的通知”“…的报告”“…的函”；不是正式发文的可以不管")
        yield passage.problem((len(plain) - 2, len(plain)), RULE, words, Level.QUERY)
