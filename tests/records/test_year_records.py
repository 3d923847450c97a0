"""季度表: a paper on the year reads the records of a quarterly paper, so that both say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_samples import flow_text
from zhibi import plain
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.pipeline import check_report
from zhibi.reading import parse_yaml
from zhibi.records.sentences import resolved, sentence

QUARTERLY = """---
版本: 1
说明: 试验
字段:
  年度: {类型: 整数, 必填: 是}
  季度: {类型: 整数, 必填: 是}
  单位: {类型: 文字}
  计划: {类型: 计划, 必填: 是}
  正文: {类型: 正文}
  季度表: {类型: 季度表}
  进展: {类型: 进展, 项: {状态: {类型: 状态}, 完成情况: {类型: 单元格}}}
---
::正文
"""
YEARLY = """---
版本: 1
说明: 试验
字段:
  计划: {类型: 计划}
  季度表: {类型: 季度表}
  正文: {类型: 正文, 必填: 是}
---
::正文
"""
PLAN = """版本: 1
名称: 计划
年度: 2026
任务:
  - {序号: 1, 内容: 甲, 责任单位: 局, 完成时限: 2, 指标: 交易额}
  - {序号: 2, 内容: 乙, 责任单位: 局}
  - {序号: 3, 内容: 丙, 责任单位: 厅}
指标:
  交易额: {单位: 亿元, 目标: "80", 实际: {1: "20", 2: "44", 4: "99"}, 上年同期: {1: "18", 2: "40", 3: "60"}}
  投入: {单位: "%", 目标: "4", 实际: {1: "3.1", 2: "3.2", 3: "3.4", 4: "3.6"}}
"""
THIRD = """版本: 1
模板: 季
年度: 2026
季度: 3
单位: 局
计划: 计划.yaml
正文: [{取数: "已完成{{ 统计.已完成 }}项，投入{{ 指标.投入.实际 }}%"}]
进展:
  1: {状态: 已完成, 完成情况: [印发方案, {取数: "投入达到{{ 指标.投入.实际 }}%；"}, 办会8场。]}
  2: {状态: 滞后, 完成情况: {引语: "今年：", 项: [走访企业, 征集需求]}}
"""
YEAR = """版本: 1
模板: 年
季度表: 三.yaml
正文: [{取数: "已完成{{ 统计.已完成 }}项，投入{{ 指标.投入.实际 }}%"}]
"""


def office(folder: Path, text: str = "", **changed: str) -> Project:
    """Write a project whose year's paper says `text`, with some of its files changed."""
    (folder / "templates").mkdir()
    year = YEAR if not text else YEAR.replace(YEAR.partition("正文: ")[2], f"[{{取数: '{text}'}}]\n")
    files = {"计划": PLAN, "另一份计划": PLAN, "三": THIRD, "年": year, **changed}
    for name, content in files.items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    for name, content in (("季", QUARTERLY), ("年", YEARLY)):
        (folder / "templates" / f"{name}.jinja").write_text(content, encoding="utf-8")
    return Project(folder, folder / "templates")


def printed(folder: Path, name: str, project: Project) -> str:
    return flow_text(check_report(folder / f"{name}.yaml", project).paper.flow)


def faults(folder: Path, project: Project) -> list[str]:
    with pytest.raises(ReportError) as caught:
        check_report(folder / "年.yaml", project)
    return [str(problem).partition(" —— ")[0] for problem in caught.value.problems]


def test_a_paper_on_the_year_says_what_the_quarter_says(tmp_path: Path) -> None:
    project = office(tmp_path)
    assert printed(tmp_path, "年", project) == printed(tmp_path, "三", project) == "已完成1项,投入3.4%"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{{ 任务[1].进展.完成情况 }}", "印发方案;投入达到3.4%;办会8场。"),
        ("{{ 任务[2].进展.完成情况 }}；{{ 任务[2].状态 }}", "今年:走访企业;征集需求;滞后"),
        ("{{ 任务[1].指标[0].实际 }}", "44"),
        ("{{ 指标.交易额.实际 }}亿元，增长{{ 指标.交易额.增幅 }}%", "44亿元,增长10.0%"),
        ('{{ 任务[2].逾期 }}{{ 任务 | 状态("滞后") | 序号 }}', "否第2项"),
        ("{% for 项 in 单位统计 %}{{ 项.单位 }}{{ 项.任务数 }}{% endfor %}", "局2"),
        ('{{ 统计.任务总数 }}项里已填{{ 任务 | selectattr("已填") | list | length }}项', "2项里已填2项"),
    ],
)
def test_what_a_quarter_says_stands_in_a_sentence(tmp_path: Path, text: str, wanted: str) -> None:
    assert printed(tmp_path, "年", office(tmp_path, text)) == wanted


def test_the_plan_may_be_named_beside_it(tmp_path: Path) -> None:
    year = YEAR.replace("季度表:", "计划: 计划.yaml\n季度表:")
    assert printed(tmp_path, "年", office(tmp_path, 年=year)) == "已完成1项,投入3.4%"


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        (
            {"年": YEAR.replace("季度表:", "计划: 另一份计划.yaml\n季度表:")},
            "年.yaml:3:5 错误：“计划”是“另一份计划.yaml”，“季度表”用的计划是“计划.yaml”，两处对不上",
        ),
        ({"年": YEAR.replace("三.yaml", "四.yaml")}, "年.yaml:3:6 错误：找不到季度表的数据文件“四.yaml”"),
        (
            {"年": YEAR.replace("三.yaml", "../三.yaml")},
            "年.yaml:3:6 错误：项目文件夹里没有季度表的数据文件“../三.yaml”",
        ),
        (
            {"年": YEAR.replace("三.yaml", "年.yaml")},
            "年.yaml:3:6 错误：“年.yaml”不是季度表：它没有计划或进展",
        ),
        ({"三": THIRD.replace("滞后", "推迟")}, "三.yaml:10:11 错误：“状态”只能是"),
        (
            {"三": THIRD.replace("指标.投入.实际 }}%；", "指标.投人.实际 }}%；")},
            "三.yaml:9:34 错误：计划的“指标”里没有“投人”",
        ),
        ({"计划": PLAN.replace("责任单位: 厅", "责任: 厅")}, "计划.yaml:7:20 错误：不认识“责任”"),
        (
            {"年": YEAR.replace("模板: 年", "模板: 季\n年度: 2026\n季度: 4\n计划: 计划.yaml")},
            "年.yaml:6:6 错误：这种公文自己填“进展”，不能再取别的季度表",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    tmp_path: Path, changed: dict[str, str], wanted: str
) -> None:
    (tmp_path.parent / "三.yaml").write_text(THIRD, encoding="utf-8")
    said = faults(tmp_path, office(tmp_path, **changed))
    assert [line for line in said if line.startswith(wanted)], said


def test_advice_on_the_quarter_is_told_with_the_quarter_only(tmp_path: Path) -> None:
    late = THIRD.replace("状态: 已完成", "状态: 推进").replace("推进, ", "按序推进, ")
    project = office(tmp_path, 三=late.replace("版本: 1", "版本: 1\n文件名: 2025年"))
    assert any(problem.rule == "期次" for problem in check_report(tmp_path / "三.yaml", project).problems)
    assert not any(problem.rule == "期次" for problem in check_report(tmp_path / "年.yaml", project).problems)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("甲。", "甲。"),
        ("[甲, 乙；, 丙。, 丁]", "甲；乙；丙。丁"),
        ("[]", ""),
        ('["", 甲]', "甲"),
        ("{编号: 1、, 引语: 共有, 项: [甲, 乙]}", "共有甲；乙"),
        ("{引语: 共有, 分述: [甲, {取数: 乙}], 结语: 完}", "共有甲；乙完"),
        ("{取数: 甲}", "甲"),
        ('"甲\\n 乙"', "甲乙"),
    ],
)
def test_a_cell_as_a_sentence(typed: str, wanted: str) -> None:
    data, problems = parse_yaml(f"格: {typed}\n", "甲.yaml")
    assert data is not None
    assert problems == []
    assert sentence(resolved(data["格"], str)) == wanted


def test_what_is_filled_in_keeps_its_items_and_places() -> None:
    data, _ = parse_yaml("格: [甲, {取数: 乙}]\n", "甲.yaml")
    assert data is not None
    found = resolved(data["格"], lambda words: f"{words}！")
    assert found == ["甲", "乙！"]
    assert isinstance(found[1], plain.Scalar)
    assert str(found[1].at) == "甲.yaml:1:13"
