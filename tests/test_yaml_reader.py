"""Stage 1: YAML with places, and clerks' slips named at their true line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from zhibi.errors import Location
from zhibi.plain import Mapping, Scalar
from zhibi.reading import parse_yaml, read_yaml

KEYS = ("标题", "正文", "单位")


def said(text: str) -> list[str]:
    _, problems = parse_yaml(text, "甲.yaml", KEYS)
    return [str(problem) for problem in problems]


def data(text: str) -> Mapping:
    found, problems = parse_yaml(text, "甲.yaml", KEYS)
    assert found is not None
    assert problems == []
    return found


@pytest.mark.parametrize(
    "typed",
    ["007", "08", "0x1F", "1_000", "12:30", "1.10", "1e3", "yes", "NO", "on", "~", "2026-09-30", "２０２６"],
)
def test_scalars_stay_as_typed(typed: str) -> None:
    assert data(f"值: {typed}")["值"] == typed


def test_every_value_and_key_knows_its_place() -> None:
    found = data("甲: 一\n乙:\n  - 二\n  - 丙: 三\n")
    assert found["甲"].at == Location("甲.yaml", 1, 4)
    assert found["乙"][0].at == Location("甲.yaml", 3, 5)
    assert found["乙"][1].place_of("丙") == Location("甲.yaml", 4, 5)
    assert isinstance(found["乙"][1]["丙"], Scalar)


SLIPS = {
    "甲: 一\n\t乙: 二\n": "甲.yaml:2:1 错误：行首用了制表符（Tab），YAML 只认半角空格 —— 请把行首的制表符改成空格，与上下行对齐",
    "甲: 一\n乙：二\n": "甲.yaml:2:2 错误：冒号用了全角“：” —— 请改成半角冒号加一个空格：乙: 二",
    "正文:\n  - 标题：二\n": "甲.yaml:2:7 错误：冒号用了全角“：” —— 请改成半角冒号加一个空格：- 标题: 二",
    "甲: 一\n乙:二\n": "甲.yaml:2:2 错误：冒号后面缺一个空格 —— 请写成：乙: 二",
    "甲:\n  -一\n": "甲.yaml:2:3 错误：减号后面缺一个空格 —— 请写成：- 一",
    "甲: 一: 二\n": "甲.yaml:1:4 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：甲: '一: 二'",
    "甲: [2026]3号\n": "甲.yaml:1:4 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：甲: '[2026]3号'",
    "甲: *重点\n": "甲.yaml:1:4 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：甲: '*重点'",
    "甲: {{ 年度 }}年\n": "甲.yaml:1:4 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：甲: '{{ 年度 }}年'",
    "甲:\n  - >50\n": "甲.yaml:2:5 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：- '>50'",
    "甲:\n\u3000\u3000乙: 二\n": "甲.yaml:2:1 错误：缩进里有全角空格 —— 请改成半角空格，与上下行对齐",
    "甲: 一\n甲: 二\n": "甲.yaml:2:1 错误：“甲”写了两次（第 1 行已有） —— 请删去一处，或合并成一处",
    "甲: !!int 一\n": "甲.yaml:1:4 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：甲: '!!int 一'",
    "甲: 一\n---\n乙: 二\n": "甲.yaml:2:1 错误：一个文件里有两份数据（多了一行 ---） —— 请删去 ---，或拆成两个文件",
    "": "甲.yaml:1:1 错误：文件是空的 —— 请对照 data 文件夹里的样例填写",
    "- 一\n": "甲.yaml:1:1 错误：文件最外层应当是“键: 值” —— 请对照 data 文件夹里的样例填写",
    "甲: 第1项 #备注\n": "甲.yaml:1:8 提醒：“#备注”前面有空格，会被当作注释丢掉 —— 如果它是正文，请给整段文字加引号；如果是注释，请在 # 后面加一个空格",
    "甲: 一\x0b二\n": "甲.yaml:1:5 错误：这里有一个看不见的字符 U+000B —— 请删去它（多半是从别处粘贴带来的）",
    '甲:\n  - "为做好"工作，\n': "甲.yaml:2:5 错误：这段文字里有 YAML 的特殊符号，会被读错 —— 请给这段文字加引号：- '\"为做好\"工作，'",
    "甲: {乙: 一，丙: 二}\n": "甲.yaml:1:11 错误：括号里的逗号用了全角“，” —— 请改成半角逗号加一个空格；改好这一处，才能检查文件的其余部分",
    '甲: "一\n': '甲.yaml:1:4 错误：引号没有配对 —— 请在文字末尾补上引号：甲: "一"',
}


@pytest.mark.parametrize("text", SLIPS, ids=range(len(SLIPS)))
def test_slips_are_named_at_their_place(text: str) -> None:
    assert said(text) == [SLIPS[text]]


def test_all_slips_of_a_file_come_at_once() -> None:
    assert len(said("甲：一\n乙:二\n丙:\n  -三\n丁: a: b\n丁: 四\n")) == 5


RIGHT = (
    '正文:\n  - "\\": &amp;"\n  - "\\"甲\\": 乙"\n',
    "正文:\n  - 很长的文字\n    接着写：还是文字\n  - 乙\n",
    "甲: [一,\n  乙：丙, '：[']\n丁: {戊:\n  己}\n庚: 辛\n",
    "甲: |\n  第一行：不是键\n  -不是列项\n\t制表符也不管\n",
    "甲: 注意：这里的冒号是文字\n",
    "正文:\n  - 注意：这是一段文字\n  - 时间12:30，地址http://甲\n",
    "甲: 很长的文字\n  接着写：还是文字\n乙: 二\n",
    '甲: "写在引号里：\n  第二行：也是\n  结束"\n乙: 二\n',
    "甲: [一, 二]  # 注释\n乙: {丙: 三}\n",
    "甲: 第1项 # 备注\n",
    "甲: -5\n乙: —\n",
    "甲: >-\n  折行：文字\n  第二行\n",
)


@pytest.mark.parametrize("text", RIGHT, ids=range(len(RIGHT)))
def test_what_is_right_is_left_alone(text: str) -> None:
    tabless = text.replace("\t", "  ")
    if text == tabless:
        wanted = yaml.load(text, Loader=yaml.BaseLoader)
        assert str(dict(data(text))) == re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", str(wanted))
    else:
        assert said(tabless) == []


FOLDED = {
    "甲: 第一行汉字\n  第二行汉字": "第一行汉字第二行汉字",
    "甲: >-\n  汉字\n  接着\n  abc\n  def": "汉字接着 abc def",
    '甲: "汉字\n  接着"': "汉字接着",
    "甲: 汉 字\n  接着": "汉 字接着",
    "甲: |-\n  汉字\n  接着": "汉字\n接着",
}


@pytest.mark.parametrize("text", FOLDED, ids=range(len(FOLDED)))
def test_no_blank_is_invented_where_a_text_goes_on(text: str) -> None:
    assert data(text)["甲"] == FOLDED[text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_and_line_ends_are_accepted(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes("甲: 一\r\n乙: 二\r\n".encode(encoding))
    found, problems = read_yaml(file, "甲.yaml")
    assert found == {"甲": "一", "乙": "二"}
    assert problems == []


def test_gbk_is_read_and_said(tmp_path: Path) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes("标题: 工作总结\n".encode("gb18030"))
    found, problems = read_yaml(file, "甲.yaml")
    assert found == {"标题": "工作总结"}
    assert [str(problem.level) for problem in problems] == ["提醒"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32"])
def test_other_encodings_are_one_problem(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes("title: 1\nbody: [a, b]\n".encode(encoding))
    found, problems = read_yaml(file, "甲.yaml")
    assert found is None
    assert [problem.rule for problem in problems] == ["编码"]


def test_a_missing_file_and_a_folder_are_said(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "没有.yaml", "找不到这个文件"), (tmp_path, "这是一个文件夹")):
        found, problems = read_yaml(path, "甲.yaml")
        assert found is None
        assert words in problems[0].message


@given(st.text(alphabet=st.sampled_from("甲乙:： -#\"'[]{}|>*&!%\t\n1,"), max_size=60))
def test_no_text_brings_the_reader_down(text: str) -> None:
    found, problems = parse_yaml(text, "甲.yaml", KEYS)
    assert found is not None or problems


@given(
    st.recursive(
        st.text(alphabet="甲乙丙丁,。：", min_size=1, max_size=5),
        lambda inner: (
            st.dictionaries(
                st.text(alphabet="甲乙丙丁", min_size=1, max_size=4), inner, min_size=1, max_size=3
            )
            | st.lists(inner, min_size=1, max_size=3)
        ),
    )
)
def test_what_a_yaml_writer_writes_is_read_as_it_is(value: object) -> None:
    text = yaml.safe_dump({"值": value}, allow_unicode=True)
    assert data(text)["值"] == value
