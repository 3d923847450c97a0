"""Figures as clerks count them, against exact fractions and against sums worked by hand."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest

from zhibi.arithmetic import (
    completion,
    difference,
    growth,
    places_of,
    ranks,
    read_figure,
    round_half_up,
    share,
    total,
)

CASES = 1000


def figure(source: random.Random) -> str:
    places = source.randrange(5)
    digits = str(source.randrange(10 ** source.randrange(1, 12)))
    sign = "-" if source.random() < 0.2 else ""
    return sign + digits + (f".{source.randrange(10**places):0{places}d}" if places else "")


def by_decimal(value: Fraction, places: int) -> str:
    """Round by the decimal module; a value on the very half stays exact in 200 digits."""
    with localcontext() as exact:
        exact.prec = 200
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        rounded = quotient.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        return f"{abs(rounded) if rounded == 0 else rounded:f}"


def test_rounding_agrees_with_exact_decimals() -> None:
    source = random.Random(15835)
    for _ in range(CASES):
        one, other = read_figure(figure(source)), read_figure(figure(source))
        assert one is not None
        assert other is not None
        places = source.randrange(5)
        for value in (one, one + other, one * other, one / other if other else one, one / 8, one / 200):
            assert round_half_up(value, places) == by_decimal(value, places)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("2.5", 0, "3"),
        ("0.125", 2, "0.13"),
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("72.97", 1, "73.0"),
        ("-0.04", 1, "0.0"),
        ("999.95", 1, "1000.0"),
        ("0.05", 1, "0.1"),
    ],
)
def test_halves_go_away_from_zero(value: str, places: int, printed: str) -> None:
    assert round_half_up(Fraction(value), places) == printed


@pytest.mark.parametrize(
    ("typed", "value"),
    [("172", "172"), ("1,000", "1000"), ("3.90", "3.9"), ("-0.5", "-0.5"), ("−3", "-3"), ("007", "7")],
)
def test_figures_are_read_as_typed(typed: str, value: str) -> None:
    assert read_figure(typed) == Fraction(value)


@pytest.mark.parametrize("typed", ["", "１２", "1,00", "1e3", "0x1F", "3%", "约3", "1.", ".5", "1_000", "九"])
def test_words_are_no_figures(typed: str) -> None:
    assert read_figure(typed) is None


def test_places_are_those_typed() -> None:
    assert [places_of(typed) for typed in ("3", "3.9", "3.90", "1,000.125")] == [0, 1, 2, 3]


def test_rates_as_published_papers_give_them() -> None:
    rate = completion(Fraction("392.3"), Fraction(149))
    assert rate is not None
    assert round_half_up(rate, 1) == "263.3"
    points = difference(Fraction("3.01"), Fraction("2.87"))
    assert points is not None
    assert round_half_up(points, 2) == "0.14"
    part = share(Fraction(27), Fraction(37))
    assert part is not None
    assert round_half_up(part, 2) == "72.97"
    assert round_half_up(part, 1) == "73.0"
    rise = growth(Fraction(118), Fraction(100))
    assert rise == 18


def test_a_rate_without_sense_is_blank() -> None:
    one, none = Fraction(1), Fraction(0)
    assert completion(one, None) is completion(None, one) is completion(one, none) is None
    assert completion(one, Fraction(2), lower_is_better=True) is None
    assert completion(one, Fraction(-2)) is None
    assert growth(one, none) is growth(one, Fraction(-1)) is growth(None, one) is None
    assert share(one, none) is share(None, one) is None
    assert difference(None, one) is None


def test_sums_leave_blanks_out() -> None:
    assert total([Fraction("0.1"), None, Fraction("0.2")]) == Fraction("0.3")
    assert total([]) == 0


def test_equals_share_a_rank() -> None:
    values = [Fraction(3), Fraction(5), None, Fraction(3), Fraction(1)]
    assert ranks(values) == [2, 1, None, 2, 4]
    assert ranks(values, lower_is_better=True) == [2, 4, None, 2, 1]
