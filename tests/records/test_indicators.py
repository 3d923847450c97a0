"""The record of an indicator, figure by figure."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from tests.records.record_making import indicator
from zhibi.records.indicators import read_quarter

BY_QUARTER = '{单位: 亿元, 目标: "96", 实际: {1: "22.7", 2: "51.30", 3: "81.6"}, 上年同期: {1: "18.9", 2: "43.6", 3: "70.1"}}'
ADDED = '{单位: 场, 口径: 当季, 目标: "140", 实际: {1: "31", 2: "39.5", 3: "36"}, 上年同期: {1: "29", 2: "36", 3: "34"}}'
RATES = ("完成率", "增幅", "增减")


def rates(text: str, quarter: int | None = None) -> tuple[str, ...]:
    return tuple(str(indicator(text, quarter)[key]) for key in RATES)


def test_what_is_typed_stays_as_typed_with_its_place() -> None:
    record = indicator(BY_QUARTER, 2)
    assert (record["实际"], record["累计"], record["目标"]) == ("51.30", "51.30", "96")
    assert record["实际"].at.line == 3
    assert (record["名称"], record["单位"], record["方向"]) == ("数", "亿元", "越高越好")


def test_a_quarter_sees_nothing_of_what_came_later() -> None:
    assert indicator(BY_QUARTER, 2)["各季"] == {1: "22.7", 2: "51.30"}
    assert rates(BY_QUARTER, 2) == ("53.4", "17.7", "7.70")
    assert rates(BY_QUARTER, 3) == ("85.0", "16.4", "11.5")


def test_without_a_quarter_the_newest_figure_counts_and_last_year_is_of_the_same_quarter() -> None:
    record = indicator('{实际: {1: "5", 2: "8"}, 上年同期: {1: "4", 2: "5", 3: "6", 4: "7"}}')
    assert (record["实际"], record["上年同期"], record["增幅"]) == ("8", "5", "60.0")


def test_an_empty_quarter_is_not_the_newest() -> None:
    assert indicator('{实际: {1: "5", 2: "8", 3: ""}}')["实际"] == "8"


def test_figures_of_quarters_are_added_up() -> None:
    record = indicator(ADDED, 3)
    assert (record["实际"], record["累计"], record["上年同期"]) == ("36", "106.5", "99")
    assert rates(ADDED, 3) == ("76.1", "7.6", "7.5")
    assert (indicator(ADDED, 1)["累计"], indicator(ADDED)["累计"]) == ("31", "106.5")


def test_a_sum_with_a_quarter_missing_is_blank() -> None:
    record = indicator('{口径: 当季, 目标: "9", 实际: {1: "3", 3: "4"}}', 3)
    assert (record["实际"], record["累计"], record["完成率"]) == ("4", "", "")


def test_a_quarter_without_a_figure_has_no_actual() -> None:
    record = indicator(BY_QUARTER, 4)
    assert "实际" not in record
    assert [record[key] for key in ("累计", "上年同期", *RATES)] == [""] * 5


def test_percentages_differ_by_points_and_have_no_growth() -> None:
    record = indicator('{单位: "%", 目标: "3.9", 实际: "3.01", 上年同期: "2.87"}')
    assert (record["增减"], record["增减单位"], record["增幅"]) == ("0.14", "个百分点", "")
    assert indicator('{单位: 家, 实际: "3", 上年同期: "5"}')["增减单位"] == "家"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{方向: 越低越好, 目标: "45", 实际: "49", 上年同期: "61"}', ("", "-19.7", "-12")),
        ('{实际: "49"}', ("", "", "")),
        ('{目标: "0", 实际: "49", 上年同期: "0"}', ("", "", "49")),
        ("{目标: 稳步提升, 实际: 良好}", ("", "", "")),
        ('{目标: "1,490", 实际: "3,923"}', ("263.3", "", "")),
        ('{目标: "149", 实际: "392.3", 小数: 0}', ("263", "", "")),
        ('{目标: "3", 实际: "2", 上年同期: "3", 小数: 3}', ("66.667", "-33.333", "-1")),
        ('{目标: "-5", 实际: "-2", 上年同期: "-4"}', ("", "", "2")),
    ],
)
def test_rates(text: str, wanted: tuple[str, ...]) -> None:
    assert rates(text) == wanted


def test_rates_agree_with_decimals() -> None:
    source = random.Random(66)
    for _ in range(200):
        now, then, target = (source.randrange(1, 10**5) for _ in range(3))
        record = indicator(f'{{目标: "{target}", 实际: "{now}", 上年同期: "{then}", 小数: 2}}')
        for key, exact in (
            ("完成率", Fraction(now, target) * 100),
            ("增幅", Fraction(now - then, then) * 100),
        ):
            value = Decimal(exact.numerator) / Decimal(exact.denominator)
            assert Decimal(record[key]) == value.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("typed", "number"),
    [(None, None), ("", None), (3, 3), ("3", 3), ("三", 3), ("第三季度", 3), ("全年", 0), ("5", 0)],
)
def test_quarters_are_read(typed: object, number: int | None) -> None:
    assert read_quarter(typed) == number
