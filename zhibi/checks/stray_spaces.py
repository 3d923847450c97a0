"""多余空格：汉字之间、标点旁边、括号和引号里侧不留空格；汉字与数字之间，全篇不空就都不空。

为什么：空格多是从网页、PDF 带来的，排版时会在字里行间留出缺口。
依据：惯例。表头、姓名、“第一章　总则”和待填的空白不算。
错：为加强科技项目管理， 现将有关事项通知如下。
对：为加强科技项目管理，现将有关事项通知如下。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.excerpt import around
from zhibi.prose.sought import Sought
from zhibi.prose.spacing import parted_by_slip

RULE = "多余空格"
SUBJECT = "文字"

_HAN = r"[\u3400-\u9fff]"
_BLANK = r"[ \u00a0]"
_MARKS = Sought(
    rf"(?<=[（《“‘〈〔【])[ \u00a0\u3000]+(?=[^\s）》”’〉〕】])|(?<=[^\s（《“‘〈〔【])[ \u00a0\u3000]+(?=[）》”’〉〕】])"
    rf"|(?<=[、，。；！？]){_BLANK}(?=[\u3400-\u9fff“《（])|(?<=[\u3400-\u9fff0-9”》）]){_BLANK}(?=[、，。；：！？])"
    rf"|(?<={_HAN}){_BLANK}(?=[“《（])|(?<=[”》）]){_BLANK}(?={_HAN})",
    *" \u00a0\u3000",
)
_PERCENT = Sought(rf"(?<=[0-9]){_BLANK}(?=[%％‰])", *"%％‰")
_BETWEEN = Sought(rf"(?<={_HAN}){_BLANK}(?={_HAN})", *" \u00a0")
_NAMED = Sought(
    r"第[一二三四五六七八九十百]+[编章节条款]$|^[附图表][件录]?[一二三四五六七八九十\d]*$|[长任记授员师士理监席表]$"
)
"""What a blank may follow: 第一章, 附件一, and 局长 before a name."""
_LONGEST_NAME = 16
_RUN = Sought(rf"{_HAN}+")
_SHOWN = 4
_LEAST_RUN = 5
"""Names and labels are shorter than this; what is parted by a blank from a longer run is a sentence."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each blank that nobody has meant."""
    for passage in paper.holding(*_MARKS.clues):
        if passage.kind is not Kind.HEAD_CELL:
            for match in _MARKS.clued(passage.text):
                if not _is_named(passage.text, match.start()):
                    yield _problem(passage, match.span(), "标点旁边")
            yield from _between(passage)
            for match in _PERCENT.clued(passage.text):
                yield _problem(passage, match.span(), "数字与百分号之间")
    for passage, span in parted_by_slip(paper.passages):
        if not _is_named(passage.text, span[0]):
            yield _problem(passage, span, "汉字与数字、字母之间")


def _is_named(text: str, place: int) -> bool:
    return bool(_NAMED.search(text, max(place - _LONGEST_NAME, 0), place))


def _between(passage: Passage) -> Iterator[Problem]:
    """Blanks between Han characters: one or two of them in a sentence; more are a list of names."""
    found = [match for match in _BETWEEN.clued(passage.text) if not passage.is_quoted(match.start())]
    if len(found) > 2 or (passage.kind is Kind.ELEMENT or passage.kind is Kind.TITLE):
        return
    for match in found:
        before = passage.text[: match.start()]
        left = _RUN.findall(before)[-1]
        right = _RUN.match(passage.text, match.end())
        longest = max(len(left), len(right.group()) if right else 0)
        if (
            longest >= _LEAST_RUN
            and not _is_named(passage.text, match.start())
            and re.search("[，。；]", passage.text)
        ):
            yield _problem(passage, match.span(), "汉字之间")


def _problem(passage: Passage, span: tuple[int, int], where: str) -> Problem:
    words = (f"{where}有空格", f"请删去，写成“{''.join(around(passage.text, span, _SHOWN))}”")
    return passage.problem(span, RULE, words, Level.ADVICE, mended="")
