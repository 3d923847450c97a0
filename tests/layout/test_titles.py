"""Titles break by sense, in a trapezoid or a diamond (cl. 7.3.1)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from zhibi.layout.measure import text_em
from zhibi.layout.titles import title_lines

WIDTH = 20.1
LONG = (
    "云川市云川区科学技术局关于印发《云川区科技创新2025年工作总结及2026年工作思路》的通知",
    "云川区科技创新2025年工作总结及2026年工作思路",
    "关于进一步加强新型研发机构建设和管理工作的若干意见",
    "云川市人民政府办公室关于成立云川市推进教育科技人才一体化发展工作领导小组的通知",
    "关于转发《关于进一步规范公文处理工作的通知》的通知",
)


def test_a_short_title_is_one_line() -> None:
    assert title_lines("区科技工作汇报材料", WIDTH) == ("区科技工作汇报材料",)


@pytest.mark.parametrize("title", LONG)
def test_a_long_title_keeps_its_words_and_its_shape(title: str) -> None:
    lines = title_lines(title, WIDTH)
    assert "".join(lines) == title
    assert len(lines) > 1
    widths = [text_em(line) for line in lines]
    assert max(widths) <= WIDTH
    assert widths[-1] >= 4
    for before, after in pairwise(lines):
        assert after[0] not in "的和及与》）、，"
        assert before[-1] not in "《（"
        assert not (before[-1].isdecimal() and (after[0].isdecimal() or after[0] == "年"))
    steps = [after - before for before, after in pairwise(widths)]
    assert not any(first < 0 < second for first, second in pairwise(steps)), "an hourglass"


def test_words_are_not_torn() -> None:
    assert title_lines(LONG[1], WIDTH) == ("云川区科技创新2025年工作总结及", "2026年工作思路")
    assert title_lines(LONG[0], WIDTH)[0] == "云川市云川区科学技术局关于印发"


def test_what_has_no_words_is_left_to_the_line_breaker() -> None:
    assert title_lines("x" * 60, WIDTH) == ("x" * 60,)
