"""标点不成对：引号、书名号、括号有开有合，交叉也不行。

为什么：少一半的引号或书名号，从这里起整段的意思都会读错。
依据：GB/T 15834—2011 4.8、4.9、4.15。
错：印发《关于加强作风建设的意见。
对：印发《关于加强作风建设的意见》。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage

RULE = "标点不成对"
SUBJECT = "标点"

_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each mark without its partner in the same passage."""
    for passage in paper.passages:
        yield from _check(passage)


def _check(passage: Passage) -> Iterator[Problem]:
    stack: list[int] = []
    for offset, char in enumerate(passage.text):
        if char in _PAIRS:
            stack.append(offset)
        elif char in _CLOSING and not _is_serial(passage.text, offset):
            if stack and passage.text[stack[-1]] == _CLOSING[char]:
                stack.pop()
            else:
                yield _problem(passage, offset, f"前面没有与它成对的“{_CLOSING[char]}”")
    for offset in stack:
        yield _problem(passage, offset, f"后面没有与它成对的“{_PAIRS[passage.text[offset]]}”")


def _is_serial(text: str, offset: int) -> bool:
    """Tell whether a closing bracket ends a serial such as 1） that has no other half."""
    start = offset
    while start and text[start - 1] in "0123456789一二三四五六七八九十":
        start -= 1
    return text[offset] == "）" and start < offset and (start == 0 or text[start - 1] in "。；：，")


def _problem(passage: Passage, offset: int, what: str) -> Problem:
    mark = passage.text[offset]
    return passage.problem(
        (offset, offset + 1), RULE, (f"“{mark}”{what}", "请补上另一半，或删去这一个"), Level.ERROR
    )
