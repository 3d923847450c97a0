"""引号书名号套用：引号里面再用引号，外双内单；书名号里面再用书名号，外双内单。

为什么：里外用一样的符号，分不清哪里是开头、哪里是结尾。
依据：GB/T 15834—2011 4.8.3.4、4.15.3.5。
错：《关于印发《云川区科技创新条例》的通知》已经发布。
对：《关于印发〈云川区科技创新条例〉的通知》已经发布。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage

RULE = "引号书名号套用"
SUBJECT = "标点"

_PAIRS = {"“": "”", "《": "》", "‘": "’", "〈": "〉"}
_CLOSING = frozenset(_PAIRS.values())
_INNER = {"“": ("‘", "’"), "《": ("〈", "〉")}
_DEEP = 8
"""More marks within marks are no writing."""
_NAMES = {"“": "引号", "《": "书名号"}


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each pair of double marks right within a pair of the same; nothing where a half is missing."""
    for passage in paper.holding("“", "《"):
        yield from _check(passage)


def _check(passage: Passage) -> Iterator[Problem]:
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for offset, char in enumerate(passage.text):
        if char in _PAIRS:
            stack.append((char, offset))
            if len(stack) > _DEEP:
                return
        elif char in _CLOSING:
            if not stack or _PAIRS[stack[-1][0]] != char:
                return
            mark, start = stack.pop()
            if mark in _INNER and stack and stack[-1][0] == mark:
                found.append((start, offset + 1))
    for start, end in [] if stack else sorted(found):
        mark = passage.text[start]
        left, right = _INNER[mark]
        mended = f"{left}{passage.text[start + 1 : end - 1]}{right}"
        words = (
            f"{_NAMES[mark]}里面又用了{_NAMES[mark]}“{mark}{_PAIRS[mark]}”",
            f"里面的请改成“{left}{right}”",
        )
        yield passage.problem((start, end), RULE, words, Level.ADVICE, mended=mended)
