"""Stage 2: every problem of a file at once, with its place and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhibi.errors import ReportError
from zhibi.model import Project, read_source
from zhibi.schema import paper_schema
from zhibi.validator import validate
from zhibi.yaml_reader import parse_yaml

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {
    "年度": {"类型": "整数", "必填": "是", "示例": "2026"},
    "季度": {"类型": "整数", "最小": "1", "最大": "4"},
    "编号册": {"类型": "编码"},
    "正文": {"类型": "正文"},
}


def said(body: str) -> list[str]:
    text = "版本: 1\n模板: 甲\n年度: 2026\n" + body
    data, problems = parse_yaml(text, "甲.yaml")
    assert data is not None
    assert problems == []
    return [str(problem).removeprefix("甲.yaml:") for problem in validate(data, paper_schema("甲", FIELDS))]


WRONG = {
    "信息公开: {索引号: [甲]}\n": "4:8 错误：“索引号”应当是文字或数，写的是列表 —— 请对照样例填写",
    "正文: [{表: {栏: [甲], 行: [{甲: {项: [子], 错键: 丑}}]}}]\n": "4:36 错误：不认识“错键” —— 请删去；这里可以写：引语、项、编号",
    "正文: [{表: {栏: [甲], 行: [{甲: {子: 丑寅}}]}}]\n": "4:24 错误：“甲”这一项里缺少关键的键 —— 应当有其中之一：取数、分述",
    "正文: [{表: {栏: [{题: 甲}], 行: [{甲: 1}]}}]\n": "4:15 错误：缺少“名” —— 请补上一行：名: 主要内容",
    "年度2: ２０２５\n": "4:1 错误：不认识“年度2” —— 您是不是想写“年度”？",
    "季度: ２\n": "4:5 错误：“季度”应当是整数，写的是文字“２” —— 请只写阿拉伯数字，不带单位和文字",
    "季度: 三\n": "4:5 错误：“季度”应当是整数，写的是文字“三” —— 请只写阿拉伯数字，不带单位和文字",
    "季度: 5\n": "4:5 错误：“季度”不能大于 4，写的是 5 —— 请检查这个数",
    "标题: 2026\n": '4:5 错误：“标题”应当是文字，写的是数 2026 —— 如果确实要印这个数，请加引号："2026"',
    "标题:\n": "4:1 错误：“标题”是空的 —— 请填写，或删去这一行",
    "标题: [甲]\n": "4:1 错误：“标题”应当是文字，写的是列表 —— 请对照样例填写",
    "正文: 一段话\n": "4:5 错误：“正文”应当是列表（每项一行，以“- ”开头），写的是文字“一段话” —— 请每项另起一行，以“- ”开头",
    "标提: 甲\n": "4:1 错误：不认识“标提” —— 您是不是想写“标题”？",
    "成文日期: 2026年2月30日\n": "4:7 错误：“成文日期”不是真实的日期：2026年2月30日 —— 请检查月份和日子",
    "成文日期: 二月\n": "4:7 错误：“成文日期”的写法不对：二月 —— 请写成 2026年2月18日 或 2026-02-18",
    "横向: 要\n": "4:5 错误：“横向”只能是：是、否 —— 写的是文字“要”，请改成其中之一",
    "编号: {层次: [甲]}\n": "4:11 错误：“层次”里没有可以计数的号：甲 —— 请写出第一个号，如 一、 或 1. 或（一）；不编号写 无",
    "正文: [{标提: 甲}]\n": "4:6 错误：不认识“标提” —— 您是不是想写“标题”？",
    "正文: [{标题: 甲, 层次: 5}]\n": "4:18 错误：“层次”不能大于 4，写的是 5 —— 请检查这个数",
    "附件: [{标题: 甲}]\n": "4:6 错误：缺少“正文” —— 请补上一行：正文: …",
}


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_each_fault_has_its_place_and_its_mending(body: str) -> None:
    assert said(body) == [WRONG[body]]


def test_numbers_are_welcome_where_codes_and_cells_stand() -> None:
    assert said("编号册: 007\n正文: [{表: {栏: [甲], 行: [{甲: 2026}]}}]\n信息公开: {文号: 12}\n") == []


def test_an_old_or_new_version_gets_its_own_message() -> None:
    for version, hint in (("0", "请按新样例改写"), ("2", "换用新版程序")):
        data, _ = parse_yaml(f"版本: {version}\n模板: 甲\n年度: 2026\n", "甲.yaml")
        assert data is not None
        problems = validate(data, paper_schema("甲", FIELDS))
        assert len(problems) == 1
        assert hint in problems[0].suggestion


def test_every_kind_of_fault_of_a_file_comes_in_one_run(tmp_path: Path) -> None:
    """Full-width colon, tab, duplicate key, unknown key, missing field, number for text, text for number."""
    file = tmp_path / "坏.yaml"
    file.write_text(
        "版本: 1\n模板: 区级季度完成情况\n年度: 二〇二六\n季度：3\n\t单位: 区科技局\n单位: 甲\n标题: 2026\n全承: 乙\n计划: 无.yaml\n",
        encoding="utf-8",
    )
    with pytest.raises(ReportError) as caught:
        read_source(file, Project(tmp_path, ROOT / "templates"))
    places = [(problem.at.line, problem.message[:9]) for problem in caught.value.problems]
    assert [line for line, _ in places] == [1, 3, 4, 5, 6, 7, 8, 9]
    assert all(problem.suggestion and problem.at.file == "坏.yaml" for problem in caught.value.problems)
    assert places[0][1].startswith("缺少“进展”")
