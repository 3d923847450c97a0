"""Figures as clerks count them: exact fractions inside, rounded half up (四舍五入) once, where they are printed.

A figure is what a person typed in Arabic digits (GB/T 15835-2011, 4.1): 172, 1,000, 3.9, -0.5. A rate that
would make no sense (no target, a target of nothing, the lower the better) is None, and is printed as a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

MAX_DIGITS = 40
"""Longest run of digits that is taken for a figure."""

_FIGURE = re.compile(
    rf"[-−]?(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,{MAX_DIGITS}}})(?:\.\d{{1,{MAX_DIGITS}}})?", re.ASCII
)


def read_figure(typed: str) -> Fraction | None:
    """Return the number that stands in `typed`, None when there is anything else."""
    if not _FIGURE.fullmatch(typed):
        return None
    return Fraction(typed.replace(",", "").replace("−", "-"))


def places_of(typed: str) -> int:
    """Return how many decimal places a figure was typed with."""
    return len(typed.partition(".")[2])


def round_half_up(value: Fraction, places: int) -> str:
    """Return `value` with `places` decimal places; a half goes away from zero, and nothing is minus zero."""
    whole = abs(value) * 10**places
    digits = str((2 * whole.numerator + whole.denominator) // (2 * whole.denominator)).rjust(places + 1, "0")
    sign = "-" if value < 0 and digits.strip("0") else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


class Rounded(str):
    """A worked-out figure as it is printed, which still knows its exact value: nothing is rounded twice."""

    __slots__ = ("exact",)

    exact: Fraction

    def __new__(cls, value: Fraction, places: int) -> Rounded:
        """Return `value` rounded half up to `places`."""
        text = super().__new__(cls, round_half_up(value, places))
        text.exact = value
        return text

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)


def exact_value(figure: str) -> Fraction | None:
    """Return the number of a figure, typed or worked out; None when it is none."""
    return figure.exact if isinstance(figure, Rounded) else read_figure(figure)


def completion(
    actual: Fraction | None, target: Fraction | None, *, lower_is_better: bool = False
) -> Fraction | None:
    """Return the completion rate (完成率) in per cent, None where it makes no sense."""
    if actual is None or target is None or target <= 0 or lower_is_better:
        return None
    return actual / target * 100


def growth(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """Return the change against the same period of last year (同比) in per cent; None from nothing or below."""
    if now is None or before is None or before <= 0:
        return None
    return (now - before) / before * 100


def difference(now: Fraction | None, before: Fraction | None) -> Fraction | None:
    """Return `now` less `before`: 百分点 where both are percentages."""
    return None if now is None or before is None else now - before


def share(part: Fraction | None, whole: Fraction | None) -> Fraction | None:
    """Return the share (占比) of `part` in `whole` in per cent, None of a whole that is nothing."""
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole * 100


def total(values: Iterable[Fraction | None]) -> Fraction:
    """Return the sum of the figures that there are."""
    return sum((value for value in values if value is not None), Fraction(0))


def ranks(values: Sequence[Fraction | None], *, lower_is_better: bool = False) -> list[int | None]:
    """Return the rank of each value; equals share a rank and the next one is left out (1, 2, 2, 4)."""
    sign = -1 if lower_is_better else 1
    known = [sign * value for value in values if value is not None]
    return [None if value is None else 1 + sum(other > sign * value for other in known) for value in values]
