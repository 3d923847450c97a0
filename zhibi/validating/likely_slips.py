"""Validated data -> advice on what is allowed but looks like a slip: a very long title, units run together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from zhibi import plain
from zhibi.errors import Level, Problem

LONG_TITLE = 100
"""Most characters of a title that nobody need look at."""


def slips_of(data: plain.Mapping) -> list[Problem]:
    """Return an advice for each value that looks like a slip."""
    return [*_long_title(data), *_empty_tables(data)]


def plan_slips(plan: plain.Mapping) -> list[Problem]:
    """Return an advice for each task whose 责任单位 are several written as one."""
    found = []
    for task in plan["任务"]:
        units = task["责任单位"]
        for unit in units if isinstance(units, plain.Sequence) else [units]:
            sign = next((sign for sign in "，、" if sign in unit and "（" not in unit), "")
            if sign:
                message = f"“责任单位”里的“{sign}”分不开几个单位，“{unit[:40]}”会被当作一个单位"
                mended = ", ".join(part.strip() for part in re.split("[，、]", unit[:200]))
                hint = f"请写成：责任单位: [{mended}]"
                found.append(Problem(unit.at, "责任单位", message, hint, Level.ADVICE, str(unit)[:40]))
    return found


def _long_title(data: plain.Mapping) -> list[Problem]:
    """Return an advice on a title that fills many lines: most likely a paragraph slipped into it."""
    title = data.get("标题")
    if not isinstance(title, plain.Scalar) or len(title) <= LONG_TITLE:
        return []
    message = f"标题有 {len(title)} 字，会排成很多行"
    hint = "公文标题一般几十个字，请核对是不是误放了正文"
    return [Problem(title.at, "标题", message, hint, Level.ADVICE, title[:40])]


def _empty_tables(value: Any) -> Iterator[Problem]:
    if isinstance(value, plain.Mapping):
        if "栏" in value and isinstance(value.get("行"), plain.Sequence) and not value["行"]:
            message, hint = "表里一行也没有，只会印出表头", "请至少写一行（要印空行写 - {}），或删去这张表"
            yield Problem(value.place_of("行"), "空表", message, hint, Level.ADVICE)
        for inner in value.values():
            yield from _empty_tables(inner)
    elif isinstance(value, plain.Sequence):
        for inner in value:
            yield from _empty_tables(inner)
