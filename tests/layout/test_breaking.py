"""The line breaker: 避头尾, whole numbers, even right edge; on the laid-out samples too."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from zhibi.layout import lay_out
from zhibi.layout.blocks import LaidParagraph
from zhibi.layout.breaking import Line, Room, break_lines
from zhibi.layout.glyphs import NOT_FIRST, NOT_LAST, may_break, may_part, natural_width, shown_end, to_glyphs
from zhibi.layout.runs import Piece, Run, paragraph_runs
from zhibi.layout.scripts import Script
from zhibi.model import Project, read_config
from zhibi.nodes import Break, Lead, Text
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parents[2]
PROJECT = Project(ROOT, ROOT / "templates")


def advance(run: Run) -> list[float]:
    return [8.0 if run.script is Script.LATIN else 16.0] * len(run.text)


def broken(text: str, chars: int, *, justify: bool = True) -> list[str]:
    room = Room(16.0 * chars, 16.0 * chars, 0.0, 16.0)
    return [
        "".join(run.text for run in line.runs)
        for line in break_lines(paragraph_runs((Text(text),)), room, advance, justify=justify)
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六", ["一二三四", "五六"]),
        ("一二三四，五六", ["一二三", "四，五六"]),
        ("一二三“四五”六", ["一二三", "“四五”", "六"]),
        ("一二三（四）五", ["一二三", "（四）五"]),
        ("一二——三四", ["一二——", "三四"]),
        ("一二三——四", ["一二", "三——四"]),
        ("一二三……四", ["一二", "三……四"]),
        ("一二三12345六", ["一二三", "12345六"]),
        ("一二三4.5%七", ["一二三", "4.5%七"]),
        ("一二三四12万元", ["一二三四", "12万元"]),
        ("一二123萬元", ["一二", "123萬元"]),
        ("一二123億元", ["一二", "123億元"]),
        ("一二 abc def", ["一二 abc ", "def"]),
        ("xxxxxxxxxxxxxxxxxxxx", ["xxxxxxxx", "xxxxxxxx", "xxxx"]),
        ("", [""]),
    ],
)
def test_where_lines_end(text: str, lines: list[str]) -> None:
    assert broken(text, 4) == lines


@pytest.mark.parametrize(
    ("text", "chars", "lengths"),
    [
        ("一" * 57, 28, [28, 27, 2]),
        ("一" * 56 + "二。", 28, [28, 27, 3]),
        ("一" * 56 + "Latin。", 28, [28, 27, 7]),
        ("一" * 58, 28, [28, 28, 2]),
        ("一" * 29, 14, [14, 14, 1]),
        ("一" * 26 + "，二三", 28, [27, 2]),
        ("一" * 26 + "二，三", 28, [28, 1]),
    ],
)
def test_the_last_line_has_company_where_that_is_cheap(text: str, chars: int, lengths: list[int]) -> None:
    assert [len(line) for line in broken(text, chars)] == lengths


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一" * 27 + "5年以上", ["一" * 27, "5年以上"]),
        ("一" * 26 + "第3季度", ["一" * 26 + "第3", "季度"]),
        ("一" * 27 + "第3季度", ["一" * 27, "第3季度"]),
        ("一" * 25 + "2026年以上", ["一" * 25 + "2026", "年以上"]),
        ("一" * 27 + "（5年以上", ["一" * 27, "（5年以上"]),
    ],
)
def test_a_number_keeps_its_measure_word_where_that_is_cheap(text: str, lines: list[str]) -> None:
    assert broken(text, 28) == lines


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("》2", False),
        ("5（", False),
        ("5%（", True),
        ("5”（", False),
        ("5，“", False),
        ("中，“", True),
        ("；5", True),
        ("—5", True),
    ],
)
def test_no_line_ends_where_libreoffice_ends_none(text: str, parted: bool) -> None:
    runs = [piece for piece in paragraph_runs((Text("中" + text + "文"),)) if isinstance(piece, Run)]
    glyphs = to_glyphs(runs, 16.0, advance)
    assert may_part(glyphs, len(text)) is parted


def test_a_wished_line_end_is_kept_and_not_stretched() -> None:
    room = Room(64.0, 64.0, 0.0, 16.0)
    lines = break_lines(
        paragraph_runs((Text("一二"), Break(), Text("三四五六七"))), room, advance, justify=True
    )
    assert [line.ends for line in lines] == [True, False, True]
    assert [line.spacing for line in lines] == [0.0, 0.0, 0.0]


def test_a_short_line_is_stretched_to_the_edge_and_the_last_is_not() -> None:
    room = Room(64.0, 64.0, 0.0, 16.0)
    first, last = break_lines(paragraph_runs((Text("一二三（四）"),)), room, advance, justify=True)
    assert first.spacing == pytest.approx((64 - 48) / 2)
    assert last.spacing == 0.0
    assert [
        line.spacing
        for line in break_lines(paragraph_runs((Text("一二三（四）"),)), room, advance, justify=False)
    ] == [0.0, 0.0]


def test_no_mark_begins_or_ends_a_line_that_must_not() -> None:
    assert NOT_FIRST
    assert NOT_LAST
    assert not any(may_break("中", mark) for mark in NOT_FIRST)
    assert not any(may_break(mark, "中") for mark in NOT_LAST)
    assert may_break("中", "文")
    assert may_break("。", "“")


def sample_lines() -> list[tuple[float, bool, tuple[Line, ...]]]:
    """Every paragraph of every sample: the width of its lines in points, whether justified, its lines."""
    found = []
    for entry in read_config(ROOT / "config.yaml", PROJECT).reports:
        for section in lay_out(check_report(entry.data, PROJECT).paper.flow).sections:
            width = section.page.text_width / 25.4 * 72
            for block in section.blocks:
                if isinstance(block, LaidParagraph):
                    style = block.style
                    found.append(
                        (width - style.chars(style.left + style.right), style.align == "两端", block.lines)
                    )
                else:
                    found += [
                        (width, False, lines)
                        for row in block.rows
                        for slot in row.slots
                        for lines in slot.lines
                    ]
    return found


def test_the_samples_are_set_by_the_rules() -> None:
    paragraphs = sample_lines()
    assert sum(len(lines) for _, _, lines in paragraphs) > 1000
    for width, justified, lines in paragraphs:
        texts = ["".join(run.text for run in line.runs) for line in lines]
        for before, after in pairwise(texts):
            assert after[0] not in NOT_FIRST, (before, after)
            assert before[-1] not in NOT_LAST, (before, after)
            assert not (before[-1].isdecimal() and after[0].isdecimal()), (before, after)
        for line in lines[1:]:
            count = sum(len(run.text) for run in line.runs)
            set_width = line.width + (count - 1) * (line.spacing - (-0.25 if justified else 0.0))
            assert not justified or line.ends or set_width == pytest.approx(width, abs=0.5)


ODD = (
    *("甲", "乙", "国", "，", "。", "、", "“", "”", "‘", "（", "）", "《", "》", "—", "…", "·", "～", "％", "%", "℃", "①", "≥"),
    *("1", "35", "2026", "年", "万", "a", "km", "abcdefghijklmnopqrstuvwxyz", " ", "  ", "-", "/", "№", "$", "[", "]", "\u00a0"),
    *("é", "e\u0301", "𠀀", "𝒜", "😀", "α", "Ж", "\u3000", "３", "々", "〇", "–", "\u200b", "½", "§", ".", ",", ":", "?"),
)  # fmt: skip


def odd_paragraphs(seed: int, count: int) -> Iterator[tuple[Piece, ...]]:
    """Yield paragraphs of every kind of character in any order, of several voices."""
    chance = random.Random(seed)
    for _ in range(count):
        texts = ["".join(chance.choices(ODD, k=chance.randrange(40))) for _ in range(chance.randrange(1, 4))]
        content = (Text(texts[0]), *(chance.choice([Lead((Text(text),)), Text(text)]) for text in texts[1:]))
        yield paragraph_runs(content)


def test_where_a_line_may_end_is_what_each_place_says() -> None:
    """Only marks, and quotation marks beside Latin, are asked for more than their pair of characters."""
    latin = 0
    for pieces in odd_paragraphs(3, 400):
        glyphs = to_glyphs([piece for piece in pieces if isinstance(piece, Run)], 16.0, advance)
        places = range(1, len(glyphs.text))
        assert glyphs.breaks == [False, *(may_part(glyphs, place) for place in places)]
        assert glyphs.text == "".join(piece.text for piece in pieces if isinstance(piece, Run))
        latin += any(glyphs.latin)
    assert latin > 200


@pytest.mark.parametrize("chars", [0.5, 1, 4, 28])
def test_lines_of_odd_characters_are_what_they_are_measured_to_be(chars: float) -> None:
    """A line cut out of the columns is as wide as its own runs set anew, and nothing is lost between lines."""
    for pieces in odd_paragraphs(4, 120):
        room = Room(16.0 * chars, 16.0 * chars, 0.0, 16.0)
        lines = break_lines(pieces, room, advance, justify=True)
        shown = "".join(run.text for line in lines for run in line.runs)
        assert shown == "".join(piece.text for piece in pieces if isinstance(piece, Run))
        for line in lines:
            glyphs = to_glyphs(line.runs, 16.0, advance)
            end = len(glyphs.text)
            assert line.width == pytest.approx(
                natural_width(glyphs, 0, shown_end(glyphs, 0, end) if end else 0)
            )
