"""What modules work out as they are imported: ranges of characters, and comparisons of numbers."""

from __future__ import annotations

import pytest

from zhibi.errors import Location
from zhibi.plain import Scalar
from zhibi.typed_text.rules import _ranges
from zhibi.validating.plain_schema import _compare

AT = Location("甲.yaml", 1, 1)


def test_ranges_hold_the_characters_of_two_planes() -> None:
    asked = "\0abcx\u4e00\u4e01\U0001ffff\U00020000"
    assert _ranges(lambda char: char in asked) == (
        "\\U00000000-\\U00000000\\U00000061-\\U00000063\\U00000078-\\U00000078"
        "\\U00004e00-\\U00004e01\\U0001ffff-\\U0001ffff"
    )


@pytest.mark.parametrize(
    ("typed", "quoted", "told"),
    [
        ("4.9", False, ["不能小于 5"]),
        ("5", False, []),
        ("-1,000", False, ["不能小于 5"]),
        ("1,000", False, []),
        ("4", True, []),
        ("四", False, []),
    ],
)
def test_only_what_was_typed_as_a_number_is_compared(typed: str, quoted: bool, told: list[str]) -> None:
    check = _compare(lambda value, bound: value < bound, "不能小于")
    found = check(None, 5, Scalar(typed, AT, quoted=quoted), {})
    assert [error.message for error in found] == told
