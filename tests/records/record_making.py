"""A plan and its progress as text in, records out."""

from __future__ import annotations

from typing import Any

from zhibi import plain
from zhibi.reading import parse_yaml
from zhibi.records import Progress, records_of


def mapping(text: str) -> plain.Mapping:
    """Return YAML as the mapping that stage 2 works on."""
    data, problems = parse_yaml(text, "计划.yaml", frozenset())
    assert data is not None
    assert problems == []
    return data


def indicator(text: str, quarter: Any = None) -> dict[str, Any]:
    """Return the record of one indicator, typed as a flow mapping."""
    plan = mapping(f"任务: [{{序号: 1, 内容: 甲, 责任单位: 局}}]\n指标:\n  数: {text}\n")
    found: dict[str, Any] = records_of(plan, Progress({}), quarter, None)["指标"]["数"]
    return found


TASKS = """任务:
  - {序号: 1, 内容: 甲, 责任单位: [发改局, 科技局], 完成时限: 2}
  - {序号: 4, 内容: 乙, 责任单位: 科技局, 配合单位: [经信局], 完成时限: 3, 指标: [投入, 企业]}
  - {序号: 7, 内容: 丙, 责任单位: 经信局}
  - {序号: 05, 内容: 丁, 责任单位: 科技局, 完成时限: 4}
指标: {投入: {实际: "3.8"}, 企业: {实际: 172}}
"""


def records(progress: str = "", quarter: Any = 3, unit: str = "", status: str = "状态") -> dict[str, Any]:
    """Return all records of a small plan; `progress` is a YAML mapping by number."""
    own = mapping(progress) if progress else {}
    columns = tuple(name for name in ("完成情况", status) if name)
    return records_of(mapping(TASKS), Progress(own, columns, status), quarter, unit or None)
