"""The quarter and year of a paper against its file name, folder, title, dates, plan and 上期 -> where they differ.

A quarterly paper is often made from last quarter's file: what was not changed shows here. Only papers with a
季度 are looked at; a paper on a year's work rightly names the next year too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from zhibi import plain
from zhibi.dates import parse_date
from zhibi.errors import Level, Location, Problem

_QUARTER = re.compile(r"第?([一二三四1-4１-４])季度|(?<![A-Za-z0-9])[QqＱ]([1-4])(?![0-9])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_DATES = ("成文日期", "发文日期")


def period_advice(data: plain.Mapping, plan: plain.Mapping | None, shown: str) -> list[Problem]:
    """Return an advice for each place that tells another quarter or year; `shown` is the file's name."""
    quarter, year = _number(data.get("季度")), _number(data.get("年度"))
    if quarter is None:
        return []
    at = {key: plain.place_of(data[key], data.at) for key in ("季度", "年度") if key in data}
    found: list[Problem] = []
    for where, words in _words(data, shown):
        found += _differs(where, "季度", quarter, _quarters(words), at["季度"])
        if year is not None:
            found += _differs(where, "年度", year, years_in(words), at["年度"])
    if year is not None:
        found += _too_early(data, year, quarter)
        of_plan = _number(plan.get("年度")) if plan is not None else None
        if of_plan is not None:
            found += _differs("计划", "年度", year, {of_plan}, at["年度"])
    return found


def last_problems(at: Location, data: plain.Mapping, last: plain.Mapping) -> list[Problem]:
    """Return a problem when the file that 上期 names is not of the quarter before, by the same plan."""
    own, other = (
        (str(one.get("计划", "")), (_number(one.get("年度")) or 0, _number(one.get("季度")) or 0))
        for one in (data, last)
    )
    if own[0] != other[0]:
        message = f"“上期”用的计划是“{other[0]}”，本期是“{own[0]}”，任务的序号对不上"
        return [Problem(at, "期次", message, "请写用同一份计划的上一季度的数据文件，或删去“上期”")]
    if other[1] >= own[1]:
        message = f"“上期”是 {other[1][0]}年第 {other[1][1]} 季度，不早于本期"
        return [Problem(at, "期次", message, "请写上一季度的数据文件")]
    return []


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, plain.Scalar) and re.fullmatch(r"[0-9]{1,4}", value) else None


def _words(data: plain.Mapping, shown: str) -> Iterator[tuple[str, str]]:
    """Yield what a place is called, and its words."""
    path = PurePosixPath(shown)
    yield "文件名", path.stem
    if path.parent.name:
        yield "文件夹的名称", path.parent.name
    for key in ("标题", "文件名"):
        if isinstance(data.get(key), plain.Scalar):
            yield f"“{key}”", data[key]


def years_in(words: str) -> set[int]:
    """Return the years that `words` tell of."""
    return {int(one) for one in _YEAR.findall(words)}


def _quarters(words: str) -> set[int]:
    found = (one or other for one, other in _QUARTER.findall(words))
    return {_QUARTERS[one] if one in _QUARTERS else int(one) for one in found}


def _differs(where: str, key: str, own: int, told: set[int], at: Location) -> Iterator[Problem]:
    """Yield an advice when `where` tells exactly one quarter or year and it is another."""
    if len(told) == 1 and own not in told:
        message = f"“{key}”写的是 {own}，{where}里是 {told.pop()}"
        yield Problem(at, "期次", message, "请核对是不是用了上一期的文件，把其中一处改正", Level.ADVICE)


def _too_early(data: plain.Mapping, year: int, quarter: int) -> Iterator[Problem]:
    """Yield an advice for each date that lies before the quarter that the paper tells of."""
    info = data.get("信息公开")
    for source in (data, info if isinstance(info, plain.Mapping) else {}):
        for key in _DATES:
            typed = source.get(key)
            date = parse_date(typed) if isinstance(typed, plain.Scalar) else None
            if date and (date.year, (date.month + 2) // 3) < (year, quarter):
                message = (
                    f"“{key}”是 {date.year}年{date.month}月{date.day}日，{year}年第 {quarter} 季度还没有到"
                )
                hint = "请核对“季度”“年度”和日期，把其中一处改正"
                yield Problem(plain.place_of(typed, data.at), "期次", message, hint, Level.ADVICE)
