"""括号引号末尾标点：句子里的括号，末尾不用句号、逗号；引文只是句子的一部分，末尾不用句号。

为什么：句号表示全句结束，后面还有话时不能用。
依据：GB/T 15834—2011 附录 B.2.1（引号）、B.2.2（括号）。
错：坚持“谁主管、谁负责。”的原则。
对：坚持“谁主管、谁负责”的原则。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "括号引号末尾标点"
SUBJECT = "标点"

_BRACKETS = Sought(
    r"(?<=[^。！？…\s：])(?:[”’》]?)（[^（）。]{2,}([。，；、])）", "。）", "，）", "；）", "、）"
)
_QUOTES = Sought(
    r"“[^“”。]{2,40}([。，；])”(?=的|[，、；。]|(?:是|为|和|与|等)[^，。；]*[。，；])", "。”", "，”", "；”"
)
_SAYS = Sought(r"(?:：|[说道讲称问答])$")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each mark of a sentence right before a closing bracket or quotation mark within a sentence."""
    for passage in paper.holding(*_BRACKETS.clues, *_QUOTES.clues):
        for match in _BRACKETS.clued(passage.text):
            if not passage.is_quoted(match.start(1)):
                words = (f"句内括号的末尾不用“{match[1]}”", f"请删去“{match[1]}”")
                yield passage.problem(match.span(1), RULE, words, Level.ADVICE, mended="")
        for match in _QUOTES.clued(passage.text):
            if _SAYS.search(passage.text, max(0, match.start() - 3), match.start()):
                continue
            words = (f"引文是句子的一部分，末尾不用“{match[1]}”", f"请删去“{match[1]}”")
            yield passage.problem(match.span(1), RULE, words, Level.ADVICE, mended="")
