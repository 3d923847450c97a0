"""Stage 2: every problem of a file at once, with its place and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.reading import parse_yaml
from zhibi.schema import paper_schema
from zhibi.validating.key_guess import guess_key, split_key
from zhibi.validating.mended_values import mend_date, mend_number, mend_yes_no
from zhibi.validating.validator import validate

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
    "信息公开: {索引号: [甲]}\n": "4:8 错误：“索引号”应当是文字或数，写的是列表 —— 请去掉减号或方括号，写成一段文字；文字本身带方括号时请加引号",
    "正文: [{表: {栏: [甲], 行: [{甲: {项: [子], 错键: 丑}}]}}]\n": "4:36 错误：不认识“错键” —— 请删去，或改成这里能写的键：引语、项、编号",
    "正文: [{表: {栏: [甲], 行: [{甲: {子: 丑寅}}]}}]\n": "4:24 错误：“甲”这一项里缺少关键的键 —— 应当有其中之一：取数、分述",
    "正文: [{表: {栏: [{题: 甲}], 行: [{甲: 1}]}}]\n": "4:15 错误：缺少“名” —— 请在花括号里加上 , 名: 主要内容",
    "年度2: ２０２５\n": "4:1 错误：不认识“年度2” —— 您是不是想写“年度”？",
    "季度: ２\n": "4:5 错误：“季度”应当是整数，写的是文字“２” —— 请写成：季度: 2",
    "季度: 三\n": "4:5 错误：“季度”应当是整数，写的是文字“三” —— 请写成：季度: 3",
    "季度: 5\n": "4:5 错误：“季度”不能大于 4，写的是 5 —— 请检查这个数",
    "标题: 2026\n": '4:5 错误：“标题”应当是文字，写的是数 2026 —— 如果确实要印这个数，请加引号："2026"',
    "标题:\n": "4:1 错误：“标题”是空的 —— 请填写，或删去这一行",
    "标题: [甲]\n": "4:1 错误：“标题”应当是文字，写的是列表 —— 请去掉减号或方括号，写成一段文字；文字本身带方括号时请加引号",
    "正文: 一段话\n": "4:5 错误：“正文”应当是列表（每项一行，以“- ”开头），写的是文字“一段话” —— 请每项另起一行，以“- ”开头",
    "标提: 甲\n": "4:1 错误：不认识“标提” —— 您是不是想写“标题”？",
    "成文日期: 2026年2月30日\n": "4:7 错误：“成文日期”不是真实的日期：2026年2月30日 —— 请检查月份和日子",
    "成文日期: 二月\n": "4:7 错误：“成文日期”的写法不对：二月 —— 请写成 2026年2月18日 或 2026-02-18",
    "横向: 要\n": "4:5 错误：“横向”只能是：是、否 —— 写的是文字“要”，请改成其中之一",
    "编号: {层次: [甲]}\n": "4:11 错误：“层次”里没有可以计数的号：甲 —— 请写出第一个号，如 一、 或 1. 或（一）；不编号写 无",
    "正文: [{标提: 甲}]\n": "4:6 错误：不认识“标提” —— 您是不是想写“标题”？",
    "正文: [{标题: 甲, 层次: 5}]\n": "4:18 错误：“层次”不能大于 4，写的是 5 —— 请检查这个数",
    "附件: [{标题: 甲}]\n": "4:6 错误：缺少“正文” —— 请在花括号里加上 , 正文: …",
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


@pytest.mark.parametrize(
    ("typed", "whole", "wanted"),
    [
        ("１０", True, "10"),
        ("1_000", True, "1000"),
        ("1，000", True, "1000"),
        ("二十一", True, "21"),
        ("二〇二六", True, "2026"),
        ("2026年", True, "2026"),
        ("第三季度", True, "3"),
        ("+3.0", True, "3"),
        ("-4", True, "-4"),
        ("3.5", True, ""),
        ("28.95磅", False, "28.95"),
        ("单倍", False, ""),
        ("1-2", True, ""),
        ("9" * 50, True, ""),
        ("", True, ""),
    ],
)
def test_a_number_is_mended_or_left(typed: str, whole: bool, wanted: str) -> None:
    assert mend_number(typed, whole=whole) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("2026/9/30", "2026年9月30日"),
        ("2026.09.30", "2026年9月30日"),
        ("2026年9月30号", "2026年9月30日"),
        ("２０２６－９－３０", "2026年9月30日"),
        ("20260930", "2026年9月30日"),
        ("2026-09-30T08:00:00", "2026年9月30日"),
        ("二〇二六年九月三十日", "2026年9月30日"),
        ("二○二六年十二月一日", "2026年12月1日"),
        ("2026/2/30", ""),
        ("九月三十日", ""),
        ("2026年9月", ""),
        ("30/9/2026", ""),
        ("202609301", ""),
    ],
)
def test_a_date_is_mended_or_left(typed: str, wanted: str) -> None:
    assert mend_date(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"), [("Yes", "是"), ("ＯＮ", "是"), ("n", "否"), ("对", ""), ("", "")]
)
def test_yes_and_no_of_other_programs(typed: str, wanted: str) -> None:
    assert mend_yes_no(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("标題", "标题"),
        ("标 题", "标题"),
        ("tilte", "标题"),
        ("Biaoti", "标题"),
        ("署各", "署名"),
        ("完全不同", ""),
        ("xyz", ""),
        ("riqi", ""),
    ],
)
def test_a_key_is_guessed_or_left(typed: str, wanted: str) -> None:
    assert guess_key(typed, ["标题", "署名", "正文"]) == wanted


def test_the_colon_in_a_key_is_found() -> None:
    assert split_key("标题：甲：乙", ["标题"]) == "标题: 甲：乙"
    assert split_key("注意:甲", ["标题"]) == ""
