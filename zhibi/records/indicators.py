"""An indicator of the plan and a quarter -> the record that expressions see.

What was typed stays as typed, with its place; what is worked out is rounded half up once, and is blank where it
makes no sense. A quarter that has no figure yet leaves 实际 out, so that naming it is a problem, not an old figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from zhibi.arithmetic import (
    Rounded,
    completion,
    difference,
    exact_value,
    growth,
    places_of,
    read_figure,
    total,
)
from zhibi.schema import DIRECTIONS, SUMS
from zhibi.serials import read_han

PERCENT = frozenset({"%", "％"})

PLACES = 1
"""Decimal places of a worked-out rate where the plan does not say."""

LAST_QUARTER = 4

_NO_QUARTER = 0
"""Stands for a 季度 that names no quarter: no figure is of it."""


def read_quarter(typed: Any) -> int | None:
    """Return the number of a paper's 季度 (3, 三, 第三季度), None for a paper without one."""
    if typed is None or typed == "":
        return None
    word = re.sub(r"^第|季度$", "", str(typed).strip())
    number = int(word) if word.isdecimal() and len(word) < 3 else read_han(word)
    return number if number is not None and 1 <= number <= 4 else _NO_QUARTER


def indicator_record(
    name: str, raw: Mapping[str, Any], quarter: int | None, until: int = LAST_QUARTER
) -> dict[str, Any]:
    """Return the record of one indicator as it stood at the end of `quarter`.

    With `quarter` None it is the newest figure, none later than quarter `until`.
    """
    typed, unit = raw.get("实际"), raw.get("单位", "")
    last = _newest(typed, until) if quarter is None else quarter
    adds = raw.get("口径") == SUMS[1]
    actual = _of_quarter(typed, last)
    reached, before = _reached(typed, last, adds=adds), _reached(raw.get("上年同期"), last, adds=adds)
    record = {
        "名称": name,
        "单位": unit,
        "目标": raw.get("目标", ""),
        "方向": raw.get("方向", DIRECTIONS[0]),
        **({} if actual is None else {"实际": actual}),
        "累计": reached,
        "上年同期": before,
        "各季": _by_quarter(typed, last),
    }
    return record | _worked_out(raw, unit in PERCENT, reached, before)


def _worked_out(raw: Mapping[str, Any], percent: bool, reached: str, before: str) -> dict[str, str]:
    """Return the rates of an indicator; two percentages differ by points and have no growth rate."""
    places = int(raw.get("小数", PLACES))
    now, then, target = exact_value(reached), exact_value(before), read_figure(raw.get("目标", ""))
    lower = raw.get("方向") == DIRECTIONS[1]
    return {
        "完成率": _printed(completion(now, target, lower_is_better=lower), places),
        "增幅": "" if percent else _printed(growth(now, then), places),
        "增减": _printed(difference(now, then), max(places_of(reached), places_of(before))),
        "增减单位": "个百分点" if percent else raw.get("单位", ""),
    }


def _printed(value: Fraction | None, places: int) -> str:
    return "" if value is None else Rounded(value, places)


def _newest(typed: Any, until: int) -> int | None:
    """Return the last quarter that has a figure, None for a figure of the whole year."""
    if not isinstance(typed, Mapping):
        return None
    return max((int(one) for one, figure in typed.items() if figure and int(one) <= until), default=until)


def _of_quarter(typed: Any, quarter: int | None) -> Any:
    return typed.get(str(quarter)) if isinstance(typed, Mapping) else typed


def _reached(typed: Any, last: int | None, *, adds: bool) -> str:
    """Return the figure of the year up to quarter `last`; the sum of the quarters where each counts alone."""
    if not isinstance(typed, Mapping) or not adds or last is None:
        return _of_quarter(typed, last) or ""
    figures = [typed.get(str(quarter), "") for quarter in range(1, last + 1)]
    values = [read_figure(figure) for figure in figures]
    if not figures or None in values:
        return ""
    return Rounded(total(values), max(map(places_of, figures)))


def _by_quarter(typed: Any, last: int | None) -> dict[int, Any]:
    """Return quarter -> figure up to the paper's quarter: what came later is not this paper's business."""
    if not isinstance(typed, Mapping):
        return {}
    ordered = sorted((int(quarter), figure) for quarter, figure in typed.items())
    return {quarter: figure for quarter, figure in ordered if last is None or quarter <= last}
