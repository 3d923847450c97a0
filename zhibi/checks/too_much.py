"""数过大：百分比的指标一般不超过 100，完成率、增幅一般不超过 300%。

为什么：多打一位数，或单位用错（万元写成元），常常就是这样看出来的。
依据：惯例。
错：研发投入强度的实际写成 387（应为 3.87）。
对：改正；确实有这么大的可以不管。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhibi.arithmetic import exact_value
from zhibi.checks import Paper
from zhibi.errors import Level, Location, Problem
from zhibi.plain import place_of
from zhibi.prose.sought import Sought
from zhibi.records import PERCENT

RULE = "数过大"
SUBJECT = "数字和日期"

MOST_PERCENT, MOST_RATE = 100, 300

_MAY_PASS = Sought(r"增速|增长|增幅|完成率|指数")
"""Indicators whose per cent may well pass a hundred."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for each percentage above 100 and each rate above 300 %."""
    names = paper.source.context
    for record in names.get("指标", {}).values() if "任务" in names else ():
        share = record["单位"] in PERCENT and not _MAY_PASS.search(record["名称"])
        too_large = [key for key in ("目标", "实际") if share and _above(record.get(key, ""), MOST_PERCENT)]
        rates = [key for key in ("完成率", "增幅") if not too_large and _above(record[key], MOST_RATE)]
        for key in too_large or rates:
            yield _query(record, key, MOST_PERCENT if too_large else MOST_RATE, paper.source.file)


def _query(record: Mapping[str, Any], key: str, most: int, file: str) -> Problem:
    at = place_of(record[key], place_of(record.get("实际"), Location(file)))
    message = f"“{record['名称']}”的{key}是 {record[key]}%，超过 {most}%"
    hint = "请核对这个指标的各个数和单位；确实有这么大的可以不管"
    return Problem(at, RULE, message, hint, Level.QUERY, str(record[key]))


def _above(figure: str, most: int) -> bool:
    value = exact_value(figure)
    return value is not None and value > most
