"""上期: the quarter before beside each task, and what is said of two quarters that do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_samples import flow_text
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.pipeline import check_report

TEMPLATE = """---
版本: 1
说明: 试验
字段:
  年度: {类型: 整数, 必填: 是}
  季度: {类型: 整数, 必填: 是}
  计划: {类型: 计划, 必填: 是}
  正文: {类型: 正文}
  进展: {类型: 进展, 项: {状态: {类型: 状态}, 完成情况: {类型: 单元格}}}
---
::正文
"""
PLAN = """版本: 1
名称: 计划
年度: 2026
任务:
  - {序号: 1, 内容: 甲, 责任单位: 局}
  - {序号: 2, 内容: 乙, 责任单位: 局}
  - {序号: 3, 内容: 丙, 责任单位: 局}
"""
SECOND = """版本: 1
模板: 试
年度: 2026
季度: 2
计划: 计划.yaml
进展:
  1: {状态: 已完成, 完成情况: 印发实施方案并召开推进会议。}
  2: {状态: 按序推进, 完成情况: [走访企业十八家，, 凝练需求五十二项。]}
  03: {状态: 滞后, 完成情况: 略}
"""
THIRD = """版本: 1
模板: 试
年度: 2026
季度: 3
计划: 计划.yaml
上期: 二.yaml
正文: [{取数: "上期{{ 任务[1].上期.状态 }}：{{ 任务[3].上期.完成情况 }}"}]
进展:
  1: {状态: 已完成, 完成情况: 印发实施方案并召开推进会议。}
  2: {状态: 按序推进, 完成情况: 走访企业二十家。}
  3: {状态: 滞后, 完成情况: 略}
"""


def office(folder: Path, third: str = THIRD, second: str = SECOND) -> Path:
    (folder / "templates").mkdir()
    for name, text in (
        ("templates/试.jinja", TEMPLATE),
        ("计划.yaml", PLAN),
        ("计划2.yaml", PLAN),
        ("二.yaml", second),
        ("三.yaml", third),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "三.yaml"


def said(data: Path) -> list[str]:
    try:
        problems = check_report(data, Project(data.parent, data.parent / "templates")).problems
    except ReportError as error:
        problems = error.problems
    return [str(problem).partition(" —— ")[0] for problem in problems]


def test_the_quarter_before_is_a_record(tmp_path: Path) -> None:
    checked = check_report(office(tmp_path), Project(tmp_path, tmp_path / "templates"))
    assert flow_text(checked.paper.flow) == "上期已完成:略"
    assert checked.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("1: {状态: 已完成", "1: {状态: 按序推进", "9:11 提醒：第 1 项任务上期是“已完成”，本期是“按序推进”"),
        ("2: {状态: 按序推进", "2: {状态: 未启动", "10:11 提醒：第 2 项任务上期是“按序推进”，本期是“未启动”"),
        (
            "走访企业二十家。",
            "[走访企业十八家，, 凝练需求五十二项。]",
            "10:23 提醒：第 2 项任务的“完成情况”和上期一字不差",
        ),
        ("上期: 二", "上期: 四", "6:5 错误：找不到上期的数据文件“四.yaml”"),
        ("上期: 二", "上期: ../二", "6:5 错误：项目文件夹里没有上期的数据文件“../二.yaml”"),
        ("上期: 二", "上期: 三", "6:5 错误：“上期”是 2026年第 3 季度，不早于本期"),
        (
            "计划: 计划.yaml\n上期",
            "计划: 计划2.yaml\n上期",
            "6:5 错误：“上期”用的计划是“计划.yaml”，本期是“计划2.yaml”，任务的序号对不上",
        ),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    assert THIRD.count(old) == 1
    (tmp_path.parent / "二.yaml").write_text(SECOND, encoding="utf-8")
    found = [line for line in said(office(tmp_path, THIRD.replace(old, new))) if "上期" in line]
    assert found == [f"三.yaml:{wanted}"]


def test_what_is_settled_may_be_copied_and_changed(tmp_path: Path) -> None:
    third = THIRD.replace("1: {状态: 已完成", "1: {状态: 已调整").replace(
        "2: {状态: 按序推进", "2: {状态: 滞后"
    )
    assert said(office(tmp_path, third)) == []


def test_errors_of_the_quarter_before_are_told_with_their_place(tmp_path: Path) -> None:
    second = SECOND.replace("状态: 滞后", "状态: 推迟")
    assert said(office(tmp_path, second=second)) == [
        "二.yaml:9:12 错误：“状态”只能是：已完成、按序推进、滞后、未启动、已调整"
    ]
