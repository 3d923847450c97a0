"""标点不成对：引号、书名号、括号有开有合，交叉也不行。

为什么：少一半的引号或书名号，从这里起整段的意思都会读错。
依据：GB/T 15834—2011 4.8、4.9、4.15。
错：印发《关于加强作风建设的意见。
对：印发《关于加强作风建设的意见》。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "标点不成对"
SUBJECT = "标点"

_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】"}
_OVER_PARAGRAPHS = "“‘（"
_PARAGRAPHS = 3
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_MARK = Sought(f"[{''.join((*_PAIRS, *_CLOSING))}]")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each mark without its partner in its paragraph or, for quotations, in the next ones."""
    opened: list[_Opened] = []
    for number, passage in enumerate(paper.passages):
        alone, left = _lone(passage.text)
        # Each paragraph of a long quotation opens it anew; the last one closes them all.
        opened = [one for one in opened if not (one.runs_to(number) and passage.text.startswith(one.mark))]
        for offset in alone:
            mark = _CLOSING[passage.text[offset]]
            if not any(one.mark == mark and one.runs_to(number) for one in opened):
                yield _problem(passage, offset, f"前面没有与它成对的“{mark}”")
            opened = [one for one in opened if not (one.mark == mark and one.runs_to(number))]
        opened += [_Opened(number, passage, offset) for offset in left]
    for one in opened:
        yield _problem(one.passage, one.offset, f"后面没有与它成对的“{_PAIRS[one.mark]}”")


@dataclass(frozen=True, eq=False)
class _Opened:
    """An opening mark that its paragraph does not close."""

    number: int
    passage: Passage
    offset: int

    @property
    def mark(self) -> str:
        """Return the mark itself."""
        return self.passage.text[self.offset]

    def runs_to(self, number: int) -> bool:
        """Tell whether it may be closed in the passage `number`: titles of documents never run over paragraphs."""
        return self.mark in _OVER_PARAGRAPHS and number - self.number <= _PARAGRAPHS


def _lone(text: str) -> tuple[list[int], list[int]]:
    """Return where marks stand alone; a bracket behind a number may end a serial: 1）, or not: （代码：12）."""
    way = _alone(text, serials=True)
    if not any(way):
        return way
    return min(way, _alone(text, serials=False), key=lambda way: len(way[0]) + len(way[1]))


def _alone(text: str, *, serials: bool) -> tuple[list[int], list[int]]:
    """Return where closing marks stand without an opening one, and opening marks without a closing one."""
    alone: list[int] = []
    stack: list[int] = []
    for match in _MARK.finditer(text):
        char, offset = match[0], match.start()
        if char in _PAIRS:
            stack.append(offset)
        elif not (serials and _is_serial(text, offset)):
            if stack and text[stack[-1]] == _CLOSING[char]:
                stack.pop()
            else:
                alone.append(offset)
    return alone, stack


def _is_serial(text: str, offset: int) -> bool:
    """Tell whether a closing bracket ends a serial such as 1） that has no other half."""
    start = offset
    while start and text[start - 1] in "0123456789一二三四五六七八九十":
        start -= 1
    return text[offset] == "）" and start < offset and (start == 0 or text[start - 1] in "。；：，")


def _problem(passage: Passage, offset: int, what: str) -> Problem:
    mark = passage.text[offset]
    return passage.problem(
        (offset, offset + 1), RULE, (f"“{mark}”{what}", "请补上另一半，或删去这一个"), Level.ADVICE
    )
