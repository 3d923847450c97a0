"""The records of 指标 -> a plot of those that have a rate, and a note that names the others with their figures.

An indicator without a rate (the lower the better, no target, no figure yet) is never drawn as nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhibi.arithmetic import exact_value
from zhibi.errors import Location
from zhibi.nodes import Bar, Block, Paragraph, Plot, Role, Text
from zhibi.plain import place_of
from zhibi.plots import CUT
from zhibi.schema import DIRECTIONS

_HEADS = ("指标", "目标", "累计", "完成率（%）")

_GOAL = "目标"

_ALT = "条形图，各项指标的完成率（竖线为目标）："

_KEY = "注：竖线为目标（100%）；深色的已达到目标，浅色的尚未达到。"

_CUT = f"中间断开的超过{CUT:g}%，没有画全。"

_Record = Mapping[str, Any]


def indicator_blocks(records: Iterable[_Record]) -> Iterator[Block]:
    """Yield the plot and the notes below it; nothing for a plan without indicators."""
    every = list(records)
    bars = tuple(bar for record in every if (bar := _bar(record)))
    others = [_unrated(record) for record in every if _bar(record) is None]
    left_out = f"不计算完成率的指标：{'、'.join(others)}。" if others else ""
    if bars:
        key = _KEY + (_CUT if any(abs(bar.value) > CUT for bar in bars) else "")
        notes = [key, *([left_out] if others else [])]
        yield Plot(_HEADS, _GOAL, bars, _ALT, tuple((Text(note),) for note in notes))
    elif others:
        yield Paragraph((Text(left_out),), Role.TABLE_NOTE)


def _bar(record: _Record) -> Bar | None:
    rate = record["完成率"]
    value = exact_value(rate)
    if value is None:
        return None
    name, unit = record["名称"], record["单位"]
    figures = (str(record["目标"]), str(record["累计"]), str(rate))
    words = f"{name}，{_figures(record)}，完成率{rate}%"
    return Bar(
        f"{name}（{unit}）" if unit else name, figures, value, words, place_of(record["目标"], Location(""))
    )


def _figures(record: _Record) -> str:
    """Return the target and the figure of a record in words, as far as there are any."""
    return "，".join(f"{key}{record[key]}{record['单位']}" for key in ("目标", "累计") if record[key])


def _unrated(record: _Record) -> str:
    """Return an indicator without a rate in words: its figures, and why it has none."""
    if record["方向"] == DIRECTIONS[1]:
        why = "越低越好"
    else:
        why = "没有可比的目标" if record["累计"] else "本期没有数"
    figures = _figures(record)
    return f"{record['名称']}（{figures}{'，' if figures else ''}{why}）"
