"""省略号破折号：省略号是六个点“……”，破折号是“——”，都占两格；“……”和“等”不连用。

为什么：用句点、连字符拼出来的省略号和破折号，排版时会断在行末，长短也不对。
依据：GB/T 15834—2011 4.10、4.11（形式），附录 A.9（省略号与“等”不并用）。
错：建设水、电、气...各类管网。
对：建设水、电、气……各类管网。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "省略号破折号"
SUBJECT = "标点"

_HAN = r"[\u3400-\u9fff，。；：、！？“”‘’《》（）]"
_DOTS = Sought(
    rf"(?<={_HAN})(?:\.{{3,}}|·{{3,}}|•{{3,}}|⋯+)|(?:\.{{3,}}|·{{3,}}|•{{3,}}|⋯+)(?={_HAN})|(?<!…)(?!(?<=[,，、])…[,，、])(?:……)*…(?!…)",
    "...",
    "···",
    "•••",
    "⋯",
    "…",
)
"""One of three dots between commas leaves out terms of a row: 1，2，…，n."""
_DASH = Sought(
    rf"(?<={_HAN})(?:-{{2,}}|－{{2,}}|–{{2,}}|─{{2,}}|―{{1,2}}|—{{3,}})(?={_HAN})|^(?:-{{2,}}|－{{2,}}|─{{2,}}|―{{2}})(?={_HAN})",
    "--",
    "－－",
    "––",
    "──",
    "―",
    "———",
)
_BOTH = Sought(r"……[，、]?等(?![待于级候同到])|等[，、]?……", "……")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each ellipsis or dash made of other signs, and for 等 beside an ellipsis."""
    for passage in paper.holding(*_DOTS.clues, *_DASH.clues):
        for match in _DOTS.clued(passage.text):
            words = (f"省略号写成了“{match.group()}”", "请改成“……”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended="……")
        for match in _DASH.clued(passage.text):
            words = (f"破折号写成了“{match.group()}”", "请改成“——”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended="——")
        for match in _BOTH.clued(passage.text):
            if passage.text[match.start() : match.start() + 1] == "等" and _is_word(
                passage.text, match.start()
            ):
                continue
            words = ("“……”和“等”意思一样，不连用", "请只留一个")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _is_word(text: str, place: int) -> bool:
    """Tell whether 等 ends a word: 平等, 同等, 高等."""
    return place > 0 and text[place - 1] in "平同高中初上下均相对何不优特一二三四五"
