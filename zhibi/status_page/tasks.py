"""统计 and 单位统计 -> one table: a row each leading unit, all tasks in the last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from zhibi.body import Fetch
from zhibi.nodes import RowKind, Table
from zhibi.statuses import STATUSES, UNKNOWN
from zhibi.tables import build_table
from zhibi.totals import TOTAL
from zhibi.values import cell_value

_UNIT, _RANK, _SHARE = "单位", "名次", "完成占比"

_SHARE_HEAD = "完成占比（%）"
"""On one line: a second one would cost the page what the notes below the plot need."""


def task_table(counts: Mapping[str, Any], units: Sequence[Mapping[str, Any]], fetch: Fetch) -> Table:
    """Return the table of the tasks; where one unit leads them all there is no rank and nothing to add up."""
    alone = len(units) == 1
    shown = ["任务数", *STATUSES, *([UNKNOWN] if counts[UNKNOWN] else []), _SHARE]
    columns = [_UNIT, *shown, *([] if alone else [_RANK])]
    records = list(units) if alone else [*units, {**counts, _UNIT: TOTAL, "任务数": counts["任务总数"]}]
    rows = [{name: cell_value(record.get(name)) for name in columns} for record in records]
    table = build_table({"栏": [_column(name) for name in columns], "行": rows}, fetch)
    if alone:
        return table
    *body, total = table.rows
    body[-1:] = [replace(row, keep_with_next=True) for row in body[-1:]]
    return replace(table, rows=(*body, replace(total, kind=RowKind.TOTAL)))


def _column(name: str) -> dict[str, str]:
    if name == _UNIT:
        return {"名": name, "题": "牵头单位", "对齐": "左"}
    wide = {"题": _SHARE_HEAD, "宽": str(len(_SHARE_HEAD))} if name == _SHARE else {}
    return {"名": name, "对齐": "中", **wide}
