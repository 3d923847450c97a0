"""列举与数目不符：“甲实验室、乙实验室、丙实验室等2家”，列出来的比说的还多。

为什么：名单里添了一家，后面的数没有改。
依据：惯例。“等”可以表示没有列完，列得少不算错；只看各项末一个字相同（都是……室、都是……院）的，免得数错。
错：云川实验室、青屏实验室、岚桥实验室等2家实验室通过评估。
对：云川实验室、青屏实验室、岚桥实验室等3家实验室通过评估。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.lists import number_said
from zhibi.prose.sought import Sought

RULE = "列举与数目不符"
SUBJECT = "数的核算"

_COUNT = Sought(
    r"等(?P<number>\d{1,2}|[两二三四五六七八九十])(?P<unit>家|所|座|名|位|个(?!方面|环节|领域|类|层面|行业|维度|部分|阶段|月))",
    "等",
)
_BREAKS = "，。；：（）"
_AND = Sought(r"、|和|以及|及")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each list that names more than the number behind it says."""
    for passage, match in paper.matches(_COUNT):
        start = max(passage.text.rfind(mark, 0, match.start()) for mark in _BREAKS) + 1
        items = _AND.split(passage.text[start : match.start()])
        listed = len(items) if _are_of_one_kind(items) else 0
        if listed > number_said(match["number"]) and not passage.is_quoted(match.start()):
            said = f"{match['number']}{match['unit']}"
            words = (f"前面列出了{listed}个，这里说是{said}", "请核对名单和数目，改正不对的一处")
            yield passage.problem((start, match.end()), RULE, words, Level.ADVICE)


def _are_of_one_kind(items: list[str]) -> bool:
    """Tell whether items end alike and hold no figures: then they can be counted safely."""
    return len({item[-1:] for item in items}) == 1 and all(
        len(item) > 2 and not any(char.isdigit() for char in item) for item in items
    )
