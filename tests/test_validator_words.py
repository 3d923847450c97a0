"""Stage 2: what is said where a schema asks what no schema of ours asks yet, and where a guess begins and ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zhibi.errors import Level, Location, Problem
from zhibi.reading import parse_yaml, read_yaml
from zhibi.schema import QUARTER
from zhibi.validating.key_guess import guess_key, split_key
from zhibi.validating.mended_values import mend_date
from zhibi.validating.validator import validate

CLOSED: dict[str, Any] = {"additionalProperties": False}
NUMBERS: dict[str, Any] = {"patternProperties": {"^[0-9]+$": {}}, "additionalProperties": False}
ANSWERS = (
    ("甲: [1, 2, 3, 4]", {"甲": {"contains": {"const": "5"}}}, 1, "格式", "“甲”的写法不对", "请对照样例填写", ""),
    ("甲: 乙", {"甲": {"not": {}}}, 4, "格式", "“甲”的写法不对", "请对照样例填写", ""),
    ("甲: 乙", {"甲": {"type": ["array", "object"]}}, 4, "格式",
     "“甲”应当是列表（每项一行，以“- ”开头）或“键: 值”，写的是文字“乙”", "请对照样例填写", "乙"),
    (f"甲: {'乙' * 21}", {"甲": {"type": "array"}}, 4, "格式",
     f"“甲”应当是列表（每项一行，以“- ”开头），写的是文字“{'乙' * 20}”", "请每项另起一行，以“- ”开头", "乙" * 21),
    (f"甲: {'乙' * 41}", {"甲": {"type": "object"}}, 4, "格式",
     f"“甲”应当是“键: 值”，写的是文字“{'乙' * 20}”", "请写出键，如 {名称: 甲, 数量: 8}", f"{'乙' * 40}…"),
    ("甲: [二]", {"甲": {"type": "array", "items": {"type": "integer"}}}, 5, "格式",
     "“甲”应当是整数，写的是文字“二”", "请写成：- 2", "二"),
    ("甲: 3.5磅", {"甲": {"type": "number"}}, 4, "格式", "“甲”应当是数，写的是文字“3.5磅”", "请写成：甲: 3.5", "3.5磅"),
    ("甲: 3.5磅", {"甲": {"type": "integer"}}, 4, "格式",
     "“甲”应当是整数，写的是文字“3.5磅”", "请只写阿拉伯数字，不带单位和文字", "3.5磅"),
    ("甲: {乙: 1}", {"甲": CLOSED}, 5, "未知项", "不认识“乙”", "请删去", "乙"),
    ("甲: {乙: }", {"甲": CLOSED}, 5, "未知项", "不认识“乙”",
     "请删去；如果它是前面的文字里逗号后面的话，请给那段文字加引号", "乙"),
    ("甲: {乙乙: 1}", {"甲": CLOSED | {"properties": {"丙丙": {}, "丁": {}}}}, 5, "未知项", "不认识“乙乙”",
     "请删去，或改成这里能写的键：丙丙、丁", "乙乙"),
    ('甲: {"丙丙：乙": 1}', {"甲": CLOSED | {"properties": {"丙丙": {}}}}, 5, "未知项", "不认识“丙丙：乙”",
     "冒号要用半角，后面加一个空格：丙丙: 乙", "丙丙：乙"),
    ("甲: {1: 2, 乙: 3, 4: 5}", {"甲": NUMBERS}, 11, "未知项", "“乙”应当是数字", "请写任务的序号，如 4", "乙"),
    ("甲: {1: 2, 乙: 3}", {"甲": CLOSED | {"patternProperties": {QUARTER: {}}}}, 11, "未知项", "“乙”应当是数字",
     "请写第几季度，如 3", "乙"),
    ("甲: {1: 2, 乙: 3}", {"甲": NUMBERS | {"properties": {"丙丙": {}}}}, 11, "未知项", "不认识“乙”",
     "请删去，或改成这里能写的键：丙丙", "乙"),
    ("甲: {}", {"甲": {"required": ["乙"], "properties": {"乙": {"enum": ["丙", "丁"]}}}}, 1, "缺项",
     "缺少“乙”", "请补上一行：乙: 丙", ""),
    ("甲: {}", {"甲": {"required": ["乙"], "properties": {"乙": {"description": "丙"}}}}, 1, "缺项",
     "缺少“乙”", "请补上一行：乙: …（丙）", ""),
    ("甲: {}", {"甲": {"required": ["乙"], "properties": {"乙": {}}}}, 1, "缺项", "缺少“乙”", "请补上一行：乙: …", ""),
    ("甲: {乙: 丙, 丙: 丁, 丁: 戊}", {"甲": {"properties": {"乙": {}}, "patternProperties": {"^丙": {}},
     "additionalProperties": {"type": "integer"}}}, 20, "格式",
     "“丁”应当是整数，写的是文字“戊”", "请只写阿拉伯数字，不带单位和文字", "戊"),
    ("甲: {}", {"甲": {"required": ["乙"]}}, 1, "缺项", "缺少“乙”", "请补上一行：乙: …", ""),
)  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_each_answer_in_full(answer: tuple[str, Any, int, str, str, str, str]) -> None:
    text, properties, column, rule, message, suggestion, typed = answer
    data, problems = parse_yaml(text, "甲.yaml")
    assert data is not None
    assert problems == []
    assert validate(data, {"type": "object", "properties": properties}) == [
        Problem(Location("甲.yaml", 1, column), rule, message, suggestion, Level.ERROR, typed)
    ]


def test_a_fault_of_the_whole_file() -> None:
    data, _ = parse_yaml("\n甲: 乙", "甲.yaml")
    assert data is not None
    assert validate(data, {"minProperties": 2}) == [
        Problem(Location("甲.yaml", 2, 1), "格式", "这里是空的", "请填写，或删去这一行")
    ]
    assert validate(data, {"maxProperties": 0}) == [
        Problem(Location("甲.yaml", 2, 1), "格式", "这里的写法不对", "请对照样例填写")
    ]


def test_a_file_is_named_as_it_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "乙.yaml"
    file.write_text("甲：乙\n甲: 丙\n", encoding="utf-8")
    assert [problem.at for problem in read_yaml(file, "data/乙.yaml")[1]] == [
        Location("data/乙.yaml", 1, 2),
        Location("data/乙.yaml", 2, 1),
    ]
    file.write_text("甲:\n  - 标题：乙\n", encoding="utf-8")
    assert read_yaml(file, "data/乙.yaml")[1] == []
    assert [problem.at.column for problem in read_yaml(file, "data/乙.yaml", ["标题"])[1]] == [7]
    file.write_bytes("甲: 乙".encode("utf-16")[:-1])
    assert [problem.at for problem in read_yaml(file, "data/乙.yaml")[1]] == [Location("data/乙.yaml", 1, 1)]


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("标      题", "标题", "标题"),
        (" " * 59 + "标题", "标题", "标题"),
        (" " * 60 + "标题", "标题", ""),
        ("abcd", "abce", "abce"),
    ],
)
def test_where_a_guess_begins_and_ends(typed: str, known: str, meant: str) -> None:
    assert guess_key(typed, [known]) == meant


def test_what_is_shown_of_a_long_key_has_an_end() -> None:
    assert split_key("标题:" + "甲" * 300, ["标题"]) == "标题: " + "甲" * 197


def test_digits_and_words_that_are_no_date() -> None:
    assert mend_date("二〇二六年甲月三日") == ""
    assert mend_date("٢٠٢٦-٠٩-٣٠") == ""
    assert mend_date("2026 年 9 月 30 日") == "2026年9月30日"


def test_many_problems_end_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhibi.validating.validator.MAX_PROBLEMS", 2)
    for count, told in ((2, 2), (3, 3), (5, 3)):
        data, _ = parse_yaml("".join(f"{'甲乙丙丁戊'[one]}: 1\n" for one in range(count)), "甲.yaml")
        assert data is not None
        said = validate(data, {"additionalProperties": False})
        assert len(said) == told
        if count > 2:
            message = f"这个文件还有 {count - 2} 个问题没有列出"
            assert said[2] == Problem(Location("甲.yaml", 3, 1), "格式", message, "请先改好上面这些")


def test_a_text_may_begin_on_a_later_line() -> None:
    for first in (1, 2, 5):
        data, problems = parse_yaml("甲：乙\n", "甲.jinja", (), first)
        assert data is not None
        assert [data["甲"].at.line, *(problem.at.line for problem in problems)] == [first, first]


def test_the_most_nodes_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "甲: 乙\n"
    monkeypatch.setattr("zhibi.reading.reader.MAX_NODES", 7)
    assert parse_yaml(text, "甲.yaml") == ({"甲": "乙"}, [])
    monkeypatch.setattr("zhibi.reading.reader.MAX_NODES", 4)
    said = Problem(Location("甲.yaml", 1, 4), "YAML", "文件太大（超过 4 个键和值）", "请拆成几个文件")
    assert parse_yaml(text, "甲.yaml") == (None, [said])
