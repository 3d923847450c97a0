"""Cells of data files as text and back: serials go, 取数 stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibi.cycle.cell_words import as_text, as_value

FETCHED = {"取数": "新认定{{ 指标.甲.实际 }}家；"}
SERIES = {"引语": "抓落实：", "分述": ["强统筹；", "补短板。"]}


def fetch(words: str) -> str:
    return words.replace("{{ 指标.甲.实际 }}", "12")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", ""),
        (None, ""),
        ("已印发。", "已印发。"),
        (["甲；", FETCHED], "甲；\n新认定12家；"),
        ({"编号": "1、", "项": ["甲；", "乙。"]}, "甲；\n乙。"),
        ({"引语": "做了：", "项": ["甲；", "乙。"]}, "做了：\n甲；\n乙。"),
        (FETCHED, "新认定12家；"),
        (SERIES, "抓落实：一是强统筹；二是补短板。"),
        (["一行\n又一行", "乙"], "一行又一行\n乙"),
    ],
)
def test_a_cell_becomes_text_and_comes_back_as_it_was(value: Any, text: str) -> None:
    assert as_text(value, fetch) == text
    assert as_value(text, value, fetch) is value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("已印发。 \n", "已印发。"),
        (" \n\n ", ""),
        ("甲\n\n　乙", ["甲", "乙"]),
        ("甲\r\n乙", ["甲", "乙"]),
        ("1.甲\n2. 乙\n3．丙", ["甲", "乙", "丙"]),
        ("1、12家甲\n2、3家乙", ["12家甲", "3家乙"]),
        ("（1）甲\n(2)乙", ["甲", "乙"]),
        ("①甲\n②乙", ["甲", "乙"]),
        ("一是甲\n二是乙", ["甲", "乙"]),
        ("一、甲\n二、乙", ["甲", "乙"]),
        ("1.2026年甲\n2.乙", ["2026年甲", "乙"]),
        ("做了：\n1.甲\n2.乙", {"引语": "做了：", "项": ["甲", "乙"]}),
        ("1.5亿元\n2.3亿元", ["1.5亿元", "2.3亿元"]),
        ("1.甲\n3.乙", ["1.甲", "3.乙"]),
        ("1.甲\n乙", ["1.甲", "乙"]),
        ("2.甲\n3.乙", ["2.甲", "3.乙"]),
        ("1.甲", "1.甲"),
    ],
)
def test_lines_become_items_without_serials(text: str, value: Any) -> None:
    assert as_value(text, "", fetch) == value


def test_what_did_not_change_stays_what_it_was() -> None:
    old = {"引语": "做了：", "编号": "1、", "项": ["甲；", FETCHED, "丙。"]}
    new = as_value("做了：\n1、丁；\n2、新认定12家；\n3、丙。", old, fetch)
    assert new == {"引语": "做了：", "编号": "1、", "项": ["丁；", FETCHED, "丙。"]}
    assert new["项"][1] is FETCHED
    assert as_value("甲；\n乙；", {"编号": "1、", "项": ["甲；"]}, fetch) == {
        "编号": "1、",
        "项": ["甲；", "乙；"],
    }
    assert as_value("新认定12家；\n新认定12家；", [FETCHED, "乙"], fetch) == [FETCHED, "新认定12家；"]
    assert as_value("还做了：\n甲；", {"引语": "做了：", "项": ["甲；"]}, fetch) == {
        "引语": "还做了：",
        "项": ["甲；"],
    }
    assert as_value("", old, fetch) == ""


@given(st.lists(st.text("甲乙丙12.、（）①一是 ", min_size=1), max_size=5))
def test_no_word_is_lost_but_serials_and_blanks(lines: list[str]) -> None:
    text = "\n".join(lines)
    value = as_value(text, "", fetch)
    again = as_text(value, fetch)
    kept = iter("".join(text.split()))
    assert all(sign in kept for sign in "".join(again.split())), (text, value)
    assert text.count("甲") == again.count("甲")
