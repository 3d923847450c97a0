"""题内附注：“（试行）”“（暂行）”“（草案）”是文件名的一部分，写在书名号里面。

为什么：放在外面，文件名就不全，引用时对不上。
依据：GB/T 15834—2011 附录 A.13。
错：执行《云川区科技项目管理办法》（试行）。
对：执行《云川区科技项目管理办法（试行）》。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "题内附注"
SUBJECT = "要素"

_NOTE = Sought(r"》（(试行|暂行|草案)）", "》（")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each note on the state of a paper that stands behind its title."""
    for passage, match in paper.matches(_NOTE):
        mended = f"（{match[1]}）》"
        words = (f"“（{match[1]}）”写在了书名号外面", f"请移到里面，写成“…{mended}”")
        yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=mended)
