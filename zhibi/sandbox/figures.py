"""Filters that count: figures in (typed or numbers), words out, exact in between and rounded half up once.

A blank figure gives a blank rate; what is no figure at all is refused with its value. Ranges and grouping are
GB/T 15835-2011, 5.1.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from zhibi.arithmetic import Rounded, completion, difference, exact_value, growth, places_of, share, total
from zhibi.sandbox.guards import words
from zhibi.statuses import STATUSES, UNKNOWN
from zhibi.values import UnprintableError, shown

MAX_PLACES = 10

_Rate = Callable[[Fraction | None, Fraction | None], Fraction | None]

_TIMES = "年"
_REPEATED = re.compile(r"[%％‰万亿]")
"""Units that both ends of a range carry (5.1.3): 3%～5%, 13万元～17万元."""


def _figure(value: Any) -> tuple[Fraction | None, int]:
    """Return the number that `value` is and its decimal places; None for a blank."""
    text = value if isinstance(value, Rounded) else words(value).strip()
    if not text:
        return None, 0
    number = exact_value(text)
    if number is None or isinstance(value, bool):
        raise UnprintableError(f"“{shown(value)}”不是数，不能计算；请只写数字，单位写在外面")
    return number, places_of(text)


def _places(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_PLACES:
        raise UnprintableError(f"小数位数“{shown(value)}”不对，请写 0 到 {MAX_PLACES} 的整数")
    return value


def _rate(work: _Rate) -> Callable[..., str]:
    """Return the filter of a rate in per cent, with one decimal place where none is asked for."""

    def run(value: Any, other: Any, places: Any = 1) -> str:
        rate = work(_figure(value)[0], _figure(other)[0])
        return "" if rate is None else Rounded(rate, _places(places))

    return run


def _points(value: Any, before: Any, places: Any = None) -> str:
    """3.01 | 百分点(2.87) -> 0.14: a difference, with the places that were typed."""
    (now, own), (then, other) = _figure(value), _figure(before)
    found = difference(now, then)
    if found is None:
        return ""
    return Rounded(found, max(own, other) if places is None else _places(places))


def _round(value: Any, places: Any = 0) -> str:
    """72.97 | 小数(1) -> 73.0."""
    number, _ = _figure(value)
    return "" if number is None else Rounded(number, _places(places))


def _grouped(value: Any) -> str:
    """12345.6 -> 12,345.6 (5.1.1)."""
    number, places = _figure(value)
    if number is None:
        return ""
    sign, whole, rest = re.fullmatch(r"(-?)(\d+)(.*)", Rounded(number, places)).groups()  # type: ignore[union-attr]
    return f"{sign}{int(whole):,}{rest}"


def _sum(values: Any, attribute: Any = None) -> str:
    """Add up a list, or one item of each of its records; blanks are left out."""
    if not isinstance(values, list | tuple):
        raise UnprintableError("“求和”只能用于列表")
    figures = [_figure(value if attribute is None else _item(value, words(attribute))) for value in values]
    return Rounded(total(number for number, _ in figures), max((places for _, places in figures), default=0))


def _item(record: Any, path: str) -> Any:
    for key in path.split("."):
        if not isinstance(record, Mapping) or key not in record:
            raise UnprintableError(f"“求和”的各项里没有“{shown(path)}”")
        record = record[key]
    return record


def _between(low: Any, high: Any, unit: Any = "") -> str:
    """Write a range: 10～20家, 3%～5%, 5万～10万; of years 1998—2006年."""
    (least, _), (most, _), unit = _figure(low), _figure(high), words(unit)
    if least is None or most is None or least >= most:
        raise UnprintableError(f"区间“{shown(low)}”到“{shown(high)}”不对，要从小写到大")
    if unit == _TIMES and least >= 1000:
        return f"{words(low)}—{words(high)}{unit}"
    return f"{words(low)}{unit if _REPEATED.match(unit) else ''}～{words(high)}{unit}"


def _of_status(tasks: Any, status: Any) -> list[Any]:
    """Return the tasks of one status."""
    wanted = words(status)
    if wanted not in (*STATUSES, UNKNOWN):
        raise UnprintableError(f"没有“{shown(wanted)}”这个状态；可以是：{'、'.join((*STATUSES, UNKNOWN))}")
    if not isinstance(tasks, list | tuple) or not all(
        isinstance(one, Mapping) and "状态" in one for one in tasks
    ):
        raise UnprintableError("这里的各项没有“状态”；请用于 任务，并在模板的“进展”里声明“状态”一项")
    return [task for task in tasks if (task["状态"] or UNKNOWN) == wanted]


def _numbers(tasks: Any) -> str:
    """Name tasks by their numbers: 第4、7项."""
    if not isinstance(tasks, list | tuple) or not all(
        isinstance(one, Mapping) and "序号" in one for one in tasks
    ):
        raise UnprintableError("“序号”只能用于任务的列表")
    if not tasks:
        raise UnprintableError("“序号”前面一项任务也没有")
    return f"第{'、'.join(words(task['序号']) for task in tasks)}项"


FIGURE_FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "完成率": _rate(completion),
        "增幅": _rate(growth),
        "占比": _rate(share),
        "百分点": _points,
        "小数": _round,
        "千分位": _grouped,
        "求和": _sum,
        "区间": _between,
        "状态": _of_status,
        "序号": _numbers,
    }
)
