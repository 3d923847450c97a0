"""What a valid plan file says wrongly: indicators that are not there, words where figures are counted with."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from zhibi import plain
from zhibi.arithmetic import read_figure
from zhibi.errors import Problem
from zhibi.records.tasks import as_texts
from zhibi.schema import DIRECTIONS

RULE = "指标"

_COUNTED = frozenset({"上年同期", "口径", "小数", "方向"})
"""Keys that ask for arithmetic: an indicator with any of them holds figures only."""

_GUESSED = 200
"""So many wrong names are compared with all that there are: each comparison takes its time."""

_BLANK = frozenset({"", "—", "——", "-", "/"})

_DIGITS = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?", re.ASCII)


def plan_faults(plan: plain.Mapping) -> Iterator[Problem]:
    """Yield a problem for each indicator that a task misnames and each figure that cannot be counted with."""
    indicators = plan.get("指标", {})
    known = [str(one) for one in indicators]
    hints: dict[str, str] = {}
    for task in plan["任务"]:
        for name in as_texts(task.get("指标", ())):
            if name in indicators:
                continue
            if name not in hints:
                hints[name] = _hint(name, known if len(hints) < _GUESSED else [], known)
            message = f"计划里没有叫“{name[:40]}”的指标"
            yield Problem(name.at, RULE, message, hints[name], text=name[:40])
    for raw in indicators.values():
        if _COUNTED & set(raw):
            yield from _not_figures(raw)
            yield from _other_shape(raw)


def _hint(name: str, alike: list[str], known: list[str]) -> str:
    """Say which indicator is meant: the one of `alike` that is most like the name, else one of the `known`."""
    if not known:
        return "请在计划文件里写“指标”，或删去这一行"
    close = difflib.get_close_matches(name, alike, n=1, cutoff=0.4)
    return f"您是不是想写“{close[0]}”？" if close else "请写下面“指标”里有的名称：" + "、".join(known)


def _not_figures(raw: plain.Mapping) -> Iterator[Problem]:
    target_counts = raw.get("方向") != DIRECTIONS[1]
    for key in ("目标", "实际", "上年同期") if target_counts else ("实际", "上年同期"):
        for figure in _figures(raw.get(key, "")):
            if figure not in _BLANK and read_figure(figure) is None:
                digits = _DIGITS.search(unicodedata.normalize("NFKC", figure[:40]))
                hint = f"请只写数字{f'，如 {digits[0]}' if digits else ''}；计量单位写在“单位”里"
                message = f"“{key}”要用来计算，但“{figure[:20]}”不是数"
                yield Problem(plain.place_of(figure, raw.at), RULE, message, hint, text=figure[:40])


def _figures(typed: Any) -> list[str]:
    return list(typed.values()) if isinstance(typed, Mapping) else [typed]


def _other_shape(raw: plain.Mapping) -> Iterator[Problem]:
    """Yield a problem when this year is typed by quarter and last year as one figure, or the other way round."""
    if "实际" in raw and "上年同期" in raw:
        by_quarter = isinstance(raw["实际"], Mapping)
        if by_quarter != isinstance(raw["上年同期"], Mapping):
            one = "按季写的" if by_quarter else "一个数"
            message = f"“实际”是{one}，“上年同期”不是，比不了"
            hint = "请把“上年同期”" + ("也按季写：{1: …, 2: …}" if by_quarter else "也写成一个数")
            yield Problem(raw.place_of("上年同期"), RULE, message, hint)
