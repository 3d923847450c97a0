"""The figures of a text: values, units, precision, and outlines that rules match; no text makes a rule slow."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.proofreading.drafts import draft
from zhibi.checks import iter_rules
from zhibi.prose import Kind, Passage
from zhibi.prose.figures import FIGURE, add_up, is_growth, is_share


def read(text: str) -> Any:
    return Passage(text, Kind.BODY, "文.yaml").reading


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("132项", 132, "项"),
        ("1.2亿元", 120_000_000, "元"),
        ("12,345人次", 12345, "人次"),
        ("15.2%", Fraction(152, 10), "%"),
        ("0.5个百分点", Fraction(1, 2), "个百分点"),
        ("8千米", 8, "公里"),
        ("3個項目", 3, "个"),
    ],
)
def test_a_figure_has_its_value_and_unit(text: str, value: Fraction, unit: str) -> None:
    (figure,) = read(text).figures
    assert (figure.value, figure.unit, figure.loose) == (value, unit, False)


@pytest.mark.parametrize(
    "text", ["约100人", "近20家", "30余场", "5000多万元", "100个以上", "第3项", "3～5家", "每5人"]
)
def test_what_is_about_so_is_loose(text: str) -> None:
    assert all(figure.loose for figure in read(text).figures)


@pytest.mark.parametrize(
    "text", ["2026年9月", "1—9月", "第三季度", "“132项”", "云科〔2026〕12号", "《2025年5项举措》"]
)
def test_dates_numbers_of_papers_and_quoted_words_are_no_figures(text: str) -> None:
    assert read(text).figures == ()


def test_an_outline_has_one_sign_for_each_figure() -> None:
    reading = read("立项132项，占15.2%。")
    assert [
        reading.figure(char).digits for char in reading.outline if char >= FIGURE[1] and char <= FIGURE[-2]
    ] == [
        "132",
        "15.2",
    ]
    assert len(reading.outline) == len("立项_，占_。")


@pytest.mark.parametrize(
    ("rate", "right"), [("15.1%", True), ("15.2%", True), ("15%", True), ("15.3%", False), ("14%", False)]
)
def test_a_share_may_be_rounded_or_cut_off(rate: str, right: bool) -> None:
    part, whole, printed = read(f"20项、132项、{rate}").figures
    assert is_share(printed, part, whole) is right


def test_rounded_figures_may_differ_by_their_rounding() -> None:
    total, *parts = read("3.4亿元、1.13亿元、1.13亿元、1.13亿元").figures
    assert add_up(total, parts)
    now, before, rate = read("260家、200家、30%").figures
    assert is_growth(rate, now, before)
    assert is_growth(rate, before, before) is False


LONG = {
    "figures": "省级20项" * 200,
    "list": "其中省级20项、市级30项，" * 150,
    "Han": "云" * 4000,
    "digits": "1" * 3000,
    "groups": "1,234," * 600,
    "sentences": "完成投资86亿元，占年度目标100亿元的86%，其中甲项20个，增长5%；由200家增加到260家，" * 60,
    "years": "2026年9月1日至" * 300,
    "names": "技术交易额" * 500 + "为5亿元",
    "commas": "其中" + "甲、" * 1500,
    "codes": "a1b2-3,4.5~" * 300,
    "quotes": "“" * 1500,
}


@pytest.mark.parametrize("kind", LONG)
def test_no_text_makes_a_rule_slow(kind: str, tmp_path: Path) -> None:
    paper = draft(f"正文:\n  - '{LONG[kind]}'\n", tmp_path)
    assert paper.passages[-1].text == LONG[kind]
    for rule in iter_rules():
        start = time.process_time()
        list(rule.check(paper))
        assert time.process_time() - start < 2, rule.__name__
