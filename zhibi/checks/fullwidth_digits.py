"""全角数字：阿拉伯数字用半角，不用全角。

为什么：全角数字排出来松散难看，查找、求和时程序也认不出。
依据：GB/T 15835—2011。
错：全年立项１３２项。
对：全年立项132项。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "全角数字"
SUBJECT = "数字和日期"

_WIDE = Sought(r"[０-９]{1,3}(?:，[０-９]{3})+(?![０-９])|[０-９]+(?:．[０-９]+)*", *"０１２３４５６７８９")
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for each run of full-width digits that is not quoted."""
    for passage, match in paper.matches(_WIDE):
        if not passage.is_quoted(match.start()):
            narrow = match[0].translate(_NARROW)
            words = (f"“{match[0]}”是全角数字", f"请改成半角“{narrow}”")
            # A comma may group thousands (１，２００家) or part two numbers (表１，２００家).
            mended = None if "，" in match[0] else narrow
            yield passage.problem(match.span(), RULE, words, Level.ERROR, mended=mended)
