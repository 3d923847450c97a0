"""What the importer writes is read back letter for letter, by our reader and by any other."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from zhibi.errors import Location
from zhibi.importer import write_yaml
from zhibi.importer.blocks import Figure, Inline, InlineList
from zhibi.reading import parse_yaml
from zhibi.typed_text import clean_value

HEAD = "# yaml-language-server: $schema=x\n"
# Control characters and what XML cannot hold are no text; `typed_text` says what else is none.
LEGAL = st.characters(
    blacklist_categories=("Cs", "Cc", "Cf", "Co", "Cn"), blacklist_characters="\u2028\u2029"
)
TRAPS = (
    "# ", "- ", ": ", "：", "标题：", "- a", "? ", "| ", "> ", "&a", "*a", "!a", "%a", "@a", "`a", "{{ x }}", "[a]", "{a: b}",
    "'", '"', "\\", "\\n", "a #b", "a: b", "---", "...", "null", "~", "true", "是", "否", "yes", "NO", "on", "007", "1.", "1.10",
    "1_000", "0x1F", "1e3", ".5", "12:30", "2024-10-08", "=", "<<", "-", "- ", "附件：", "编号:", "正文：甲",
)  # fmt: skip
texts = st.one_of(
    st.text(LEGAL, max_size=40),
    st.sampled_from(TRAPS),
    st.lists(st.sampled_from([*TRAPS, "科技", "\n", " ", "\u3000"]), max_size=6).map("".join),
).filter(lambda text: not clean_value(text, Location("文"))[1])


def read(text: str) -> Any:
    data, problems = parse_yaml(text, "文.yaml", ("标题", "正文", "附件", "编号"))
    assert problems == []
    return data


@given(texts)
@example("a\nb")
@example("甲 \n乙")
@example("\n")
@example(" 甲 ")
def test_any_text_survives(text: str) -> None:
    written = write_yaml(
        {"正文": [text], "表": {text: text}, "行": [{"栏": text}], "栏": Inline({"名": text})}, "x"
    )
    data = read(written)
    assert data["正文"] == [text]
    assert list(data["表"].items()) == [(text, text)]
    assert data["行"][0]["栏"] == data["栏"]["名"] == text
    assert yaml.safe_load(written)["正文"] == [text]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("索 引 号", "索 引 号"), ("2024年", "2024年"), ("1.", '"1."'), ("007", '"007"'), ("3.9", '"3.9"'), ("1e3", '"1e3"'),
        ("2024-10-08", '"2024-10-08"'), ("12:30", '"12:30"'), ("", '""'), ("null", '"null"'), ("yes", '"yes"'),
        ("是", "是"), ("1、", "1、"), ("（一）", "（一）"), ("标题：甲", '"标题：甲"'), ("做到：甲", "做到：甲"), (Figure("3.90"), "3.90"),
        (3, "3"), (InlineList([3]), "[3]"), (Inline({"名": "甲"}), "{名: 甲}"),
    ],
)  # fmt: skip
def test_quotes_stand_only_where_they_are_needed(value: Any, written: str) -> None:
    assert write_yaml({"键": value}, "x") == f"{HEAD}键: {written}\n"


def test_lists_are_indented_and_texts_stay_on_one_line() -> None:
    long = "科技" * 200
    written = write_yaml({"正文": [long, {"标题": "甲", "内容": ["乙"]}], "标题": "甲\n乙"}, "x")
    assert written == f"{HEAD}正文:\n  - {long}\n  - 标题: 甲\n    内容:\n      - 乙\n标题: |-\n  甲\n  乙\n"
