"""What a unit typed as the figure of an indicator -> the number in the plan's own unit, or why it is none.

Only the very unit is taken off, and that is told. Another unit is never taken for the plan's: 38000米 are not 38000公里.
"""

from __future__ import annotations

import re
import unicodedata

from zhibi.arithmetic import read_figure
from zhibi.errors import Level, Location, Problem
from zhibi.records import PERCENT
from zhibi.schema import SUMS
from zhibi.workbooks.opening import RULE
from zhibi.workbooks.sheets import Row

_SHOWN = 30
"""Characters of a text that a message shows."""

_BLANKS = frozenset({"", "—", "——", "-", "/", "无"})
"""What stands for a figure that there is not."""

_DIGIT = re.compile(r"\d")


def read_typed_figure(text: str, row: Row, at: Location) -> tuple[str, list[Problem]]:
    """Return a figure in plain digits without its unit, and what is said of it; an error when it is none."""
    _, unit, counts, *others, given = row.texts
    if text in _BLANKS or text == given:
        return text, []
    figure = unicodedata.normalize("NFKC", text).strip()
    if read_figure(figure) is not None:
        return figure, []
    bare = _without_unit(figure, unit)
    if bare is not None:
        message = f"“{text[:_SHOWN]}”去掉了计量单位，收成“{bare}”"
        return bare, [Problem(at, RULE, message, "以后只写数字就行", Level.ADVICE, text=text)]
    if _DIGIT.search(figure) or any(read_figure(one) is not None for one in others):
        message = f"“{text[:_SHOWN]}”不只是数字，没有收"
        return "", [Problem(at, RULE, message, _hint(text, unit, counts), text=text)]
    return text, [Problem(at, RULE, f"“{text[:_SHOWN]}”不是数", "请核对", Level.ADVICE, text=text)]


def _without_unit(figure: str, unit: str) -> str | None:
    """Return the digits before the unit itself, None when anything else stands there."""
    for ending in (unit, unicodedata.normalize("NFKC", unit), *(PERCENT if unit in PERCENT else ())):
        bare = figure.removesuffix(ending).strip()
        if ending and bare != figure and read_figure(bare) is not None:
            return bare
    return None


def _hint(text: str, unit: str, counts: str) -> str:
    """Say what to write instead; who named how it counts is told how the plan does."""
    if counts and any(one in text for one in SUMS):
        return f"这个指标的口径是“{counts}”，请按这个口径只写数字"
    return f"单位是{unit}，请换算后只写数字" if unit else "请只写数字"
