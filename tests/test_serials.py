"""Number patterns: the serials that offices use, both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibi.serials import NO_PATTERN, Kind, Pattern, PatternError, parse_pattern

SAMPLES = [
    "一、",
    "（一）",
    "(一)",
    "1.",
    "1、",
    "1．",
    "１．",
    "（1）",
    "一是",
    "①",
    "⑴",
    "⒈",
    "㈠",
    "a.",
    "A)",
]
SAMPLES += ["第一章", "第一，", "附件1", "附件1：", "一"]


@pytest.mark.parametrize(
    ("sample", "pattern"),
    [
        ("（一）", Pattern("（", Kind.HAN, "）")),
        ("1.", Pattern("", Kind.ARABIC, ".")),
        ("一是", Pattern("", Kind.HAN, "是")),
        ("①", Pattern("", Kind.CIRCLED, "")),
        ("第一章", Pattern("第", Kind.HAN, "章")),
        ("a)", Pattern("", Kind.LOWER, ")")),
        ("Part 1 ", Pattern("Part ", Kind.ARABIC, " ")),
        ("无", NO_PATTERN),
    ],
)
def test_parse_pattern_finds_the_counter(sample: str, pattern: Pattern) -> None:
    assert parse_pattern(sample) == pattern
    assert str(pattern) == sample


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"),
        (100, "一百"), (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"),
        (1001, "一千零一"), (1010, "一千零一十"),
        (2020, "二千零二十"), (1100, "一千一百"),
    ],
)  # fmt: skip
def test_han_numerals(value: int, written: str) -> None:
    pattern = parse_pattern("（一）")
    assert pattern.format(value) == f"（{written}）"
    assert pattern.match(f"（{written}）夯实平台建设") == (value, len(written) + 2)


@pytest.mark.parametrize("sample", ["", "是", "、", "Step", "甲"])
def test_a_pattern_without_a_counter_is_refused(sample: str) -> None:
    with pytest.raises(PatternError, match="没有序号"):
        parse_pattern(sample)


@pytest.mark.parametrize("sample", ["2.", "二、", "十一、", "③", "01."])
def test_a_pattern_must_show_the_first_serial(sample: str) -> None:
    with pytest.raises(PatternError, match="第一个序号"):
        parse_pattern(sample)


@pytest.mark.parametrize(
    ("sample", "text"),
    [
        ("一、", "一 、"), ("一、", "十一"), ("（一）", "(一)"), ("一是", "一一是"), ("一、", "一十、"),
        ("1.", "1、"), ("1.", "01."), ("1.", ""), ("1.", "."),
        ("①", "1"), ("①", ""), ("无", "一、"), ("第一章", "一章"),
    ],
)  # fmt: skip
def test_match_refuses_other_text(sample: str, text: str) -> None:
    assert parse_pattern(sample).match(text) is None


def test_match_reads_the_number_only() -> None:
    assert parse_pattern("1.").match("2.3月1日，印发意见。") == (2, 2)
    assert parse_pattern("1").match("12月") == (12, 2)
    assert parse_pattern("一").match("十百年") == (10, 1)


@pytest.mark.parametrize("sample", ["①", "1.", "一、", "a."])
def test_a_value_below_one_is_refused(sample: str) -> None:
    with pytest.raises(PatternError, match="从1起"):
        parse_pattern(sample).format(0)


@pytest.mark.parametrize(
    ("sample", "value", "written"),
    [
        ("①", 50, "㊿"),
        ("①", 51, "51"),
        ("a.", 26, "z."),
        ("a.", 27, "27."),
        ("㈠", 11, "11"),
        ("一、", 10000, "10000、"),
    ],
)
def test_a_counter_without_a_sign_goes_on_in_digits(sample: str, value: int, written: str) -> None:
    assert parse_pattern(sample).format(value) == written


def test_no_number_writes_nothing() -> None:
    assert NO_PATTERN.format(7) == ""


@given(st.sampled_from(SAMPLES), st.integers(1, 10))
def test_format_and_match_agree(sample: str, value: int) -> None:
    pattern = parse_pattern(sample)
    serial = pattern.format(value)
    assert pattern.match(serial + "。其余") == (value, len(serial))


@given(st.integers(1, 9999))
def test_han_numerals_round_trip(value: int) -> None:
    pattern = parse_pattern("一、")
    assert pattern.match(pattern.format(value)) == (value, len(pattern.format(value)))


@given(st.text(max_size=8))
def test_any_text_is_a_pattern_or_is_refused_in_words(sample: str) -> None:
    try:
        pattern = parse_pattern(sample)
    except PatternError:
        return
    assert pattern.kind is Kind.NONE or pattern.format(1) == sample
