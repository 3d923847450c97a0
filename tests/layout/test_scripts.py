"""Splitting words into Han and Latin runs."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibi.layout.scripts import Script, has_shared_marks, split_scripts

MIXED = st.text(alphabet="汉字，。“”‘’—…·° aB9-%.()（）é𠀀", max_size=40)


def marked(text: str) -> str:
    """Show Latin runs in square brackets."""
    return "".join(f"[{part}]" if script is Script.LATIN else part for script, part in split_scripts(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("全是汉字，标点。", "全是汉字，标点。"),
        ("2026年完成12.5%", "[2026]年完成[12.5%]"),
        ("坚持“十四五”规划", "坚持“十四五”规划"),
        ("“1+2”行动", "“[1+2]”行动"),
        ("运行“Windows Update”服务", "运行“[Windows Update]”服务"),
        ("题为 A “quoted” word 的文", "题为[ A “quoted” word ]的文"),
        ("it’s", "[it’s]"),
        ("“Hello”", "[“Hello”]"),
        ("2025—2027年", "[2025]—[2027]年"),
        ("2025—2027", "[2025]—[2027]"),
        ("……——", "……——"),
        ("气温25°C左右", "气温[25]°[C]左右"),
        ("A·B公司的C·D法", "[A·B]公司的[C·D]法"),
        ("张 三", "张 三"),
        ("面积㎡、①、Ⅲ、α", "面积㎡、①、Ⅲ、[α]"),
        ("Émile", "[Émile]"),
    ],
)
def test_scripts(text: str, shown: str) -> None:
    assert marked(text) == shown


@given(MIXED)
def test_nothing_is_lost_and_runs_take_turns(text: str) -> None:
    parts = list(split_scripts(text))
    assert "".join(part for _, part in parts) == text
    assert all(part for _, part in parts)
    assert all(left[0] is not right[0] for left, right in pairwise(parts))


def test_no_mark_that_other_scripts_share_is_overlooked() -> None:
    """Most Han is told at a glance; that must be wide, each character of it."""
    for char in map(chr, range(0x110000)):
        assert has_shared_marks(char) == (unicodedata.east_asian_width(char) not in "WF"), hex(ord(char))
