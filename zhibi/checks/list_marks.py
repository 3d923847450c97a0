"""并列标点：并列的书名号之间、引号之间不加顿号；“等”前面不加标点。

为什么：书名号和引号本身已经把各项分开；“水、电、等”多了一个停顿。
依据：GB/T 15834—2011 4.5.3.5（标有引号、书名号的并列成分之间通常不用顿号，中间插有其他成分的除外）、附录 B.1.2。
错：印发《科技项目管理办法》、《创新券实施办法》。
对：印发《科技项目管理办法》《创新券实施办法》。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "并列标点"
SUBJECT = "标点"

_RUN = Sought(r"(《[^《》]*》)(?:、《[^《》]*》)+|(“[^“”]*”)(?:、“[^“”]*”)+", "》、《", "”、“")
_ITEM = Sought(r"《[^《》]*》|“[^“”]*”")
_LONG = 20
"""Longer items, and those with marks of their own, may be parted for the eye."""
_ETC = Sought(
    r"(?<=[^、，。；：]、)[^、，。；：]{1,15}(、)等(?!级|待|离子|额|效|同|于|高|次|价|身|距|量|候|比|号|宽|腰|温|式)",
    "、等",
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for rows of quoted items with 、 between all of them, and advice for 、 before 等."""
    rows: list[tuple[Passage, re.Match[str]]] = []
    joined = 0
    for passage in paper.holding("》《", "”“", *_RUN.clues, *_ETC.clues):
        joined += passage.text.count("》《") + passage.text.count("”“")
        for match in _RUN.clued(passage.text):
            if _is_whole(passage, match.span()) and all(
                _is_short(item) for item in _ITEM.findall(match.group())
            ):
                rows.append((passage, match))
        for match in _ETC.clued(passage.text):
            if not passage.is_quoted(match.start(1)):
                words = ("“等”前面不用顿号", "请删去“、”")
                yield passage.problem(match.span(1), RULE, words, Level.ADVICE, mended="")
    # A paper that always writes 、 has its manner: one question is enough.
    manner = joined < len(rows)
    for passage, match in rows[:1] if manner else rows:
        yield _row(passage, match, len(rows) if manner else 0)


def _is_whole(passage: Passage, span: tuple[int, int]) -> bool:
    """Tell whether nothing but the quoted items is in the row, and the row itself is not quoted."""
    start, end = span
    before = re.split("[，。；：]", passage.text[max(0, start - _LONG * 3) : start])[-1]
    after = re.split("[，。；：]", passage.text[end : end + _LONG])[0]
    quotes = [one for one in passage.quoted if one[0] < start and end < one[1]]
    return "、" not in before + after and not after.startswith("（") and not quotes


def _is_short(item: str) -> bool:
    return len(item) <= _LONG and not re.search("[，；。：]", item)


def _row(passage: Passage, match: re.Match[str], times: int) -> Problem:
    kind = "书名号" if match[1] else "引号"
    right = re.sub("(?<=[》”])、(?=[《“])", "", match.group())
    mend = right if len(right) <= 40 else f"{right[:40]}…"
    more = f"，全文共 {times} 处" if times > 1 else "" if times else "，本文其他地方多数不用"
    words = (f"并列的{kind}之间通常不用顿号{more}", f"请写成{mend}")
    return passage.problem(match.span(), RULE, words, Level.QUERY if times else Level.ADVICE)
