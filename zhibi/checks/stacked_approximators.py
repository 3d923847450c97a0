"""约数重复：约、近、超过和左右、余、以上，只用一个。

为什么：“约100人左右”说了两遍大概；“近20余次”又说不到、又说多，自相矛盾。
依据：惯例（语法）。“近三年”“近10多年”里的“近”指时间，不算。
错：约100人左右参加了培训。
对：约100人参加了培训。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import UNIT
from zhibi.prose.sought import Sought

RULE = "约数重复"
SUBJECT = "数字和日期"

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)"
_STACKED = Sought(
    rf"(?P<before>大约|(?<![节预合违契条签相制公特简集邀履续解守婉赴租誓订缔])约(?!定)|将近|(?<![最附临靠邻远就走贴相亲拉逼新])近|接近|超过|(?<![高反])超|突破|逾|不少于|不低于|至少|不超过|多达)"
    rf"(?P<number>{_NUMBER})(?P<more>[余多])?(?P<unit>[万亿]?(?P<more2>[余多])?(?:{UNIT})?)(?P<after>左右|上下|以上|以下|以内)?",
    *"约近超逾",
    "接近",
    "突破",
    "不少于",
    "不低于",
    "至少",
    "多达",
)
_TIME = Sought(r"年|载|个?月|天|日|周|世纪|代")
_UP = frozenset({"超过", "超", "突破", "逾", "不少于", "不低于", "至少", "多达"})
_AROUND = frozenset({"大约", "约", "将近", "近", "接近"})


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each figure with one approximator before it and another behind it."""
    for passage, match in paper.matches(_STACKED):
        if not _is_stacked(match) or passage.is_quoted(match.start()):
            continue
        if match["before"] == "近" and _TIME.match(
            passage.text, match.end("number") + len(match["more"] or "")
        ):
            continue
        behind = _behind(match)
        words = (
            f"“{match['before']}”和“{behind}”重复或矛盾",
            f"请只留一个，如“{_without(match)}”",
        )
        yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _behind(match: re.Match[str]) -> str:
    return match["after"] or match["more"] or match["more2"] or ""


def _is_stacked(match: re.Match[str]) -> bool:
    before, behind = match["before"], _behind(match)
    if before == "突破" and match["unit"] in ("项", "个"):
        return False  # What is broken through: 突破20余项关键核心技术.
    others = {"不超过"} if behind in {"以下", "以内"} else _UP
    return bool(behind) and before in _AROUND | others


def _without(match: re.Match[str]) -> str:
    """Return the words with the first approximator only."""
    behind = _behind(match)
    return match[0][::-1].replace(behind[::-1], "", 1)[::-1]
