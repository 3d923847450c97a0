"""Column widths: they fill the type area, and they suit what is in the columns."""

from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.writers.papers import LONG, columns, info_table, plain_table, row
from zhibi.layout.measure import SLACK, cell_lines, ems_in, in_column, text_em, word_em
from zhibi.layout.tables import lay_out_table
from zhibi.nodes import Cell, Column, ColumnKind, Orientation, RowKind, Table
from zhibi.styles import STANDARD

PORTRAIT, LANDSCAPE = STANDARD.pages[Orientation.PORTRAIT], STANDARD.pages[Orientation.LANDSCAPE]
SIZE = STANDARD.row(RowKind.BODY).size


def line_count(cell: Cell, width: float, size: float) -> int:
    """Return about how many lines a cell takes in a column of `width` millimetres."""
    room = max(ems_in(width, size) - SLACK, 1.0)
    return sum(max(1, ceil(text_em(line) / room)) for line in cell_lines(cell))


def widths_of(table: Table) -> tuple[float, ...]:
    return lay_out_table(table, PORTRAIT, STANDARD).widths


COLUMNS = st.builds(
    Column,
    st.just("栏"),
    st.text("栏目标题（万元）A", min_size=1, max_size=12),
    kind=st.sampled_from(ColumnKind),
    width=st.none() | st.floats(0.1, 20),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(COLUMNS, min_size=1, max_size=10), st.data())
def test_widths_fill_the_type_area(columns: list[Column], data: st.DataObject) -> None:
    texts = st.lists(st.text("文字说明A1，", max_size=60), min_size=len(columns), max_size=len(columns))
    rows = tuple(row(*data.draw(texts)) for _ in range(3))
    head = (row(*(column.title for column in columns), kind=RowKind.HEAD),)
    widths = lay_out_table(Table(tuple(columns), head, rows), LANDSCAPE, STANDARD).widths
    assert len(widths) == len(columns)
    assert sum(widths) == pytest.approx(LANDSCAPE.text_width, abs=1e-6)
    assert all(width > 0 for width in widths)


def test_a_width_is_characters_and_the_rest_is_divided() -> None:
    table = Table((Column("甲", "甲", width=8), *columns("乙", "丙")), (), (row("甲", LONG, "丙"),))
    widths = widths_of(table)
    assert widths[0] == pytest.approx(in_column(8, SIZE), abs=0.1)
    assert widths[1] > widths[2]


def test_widths_that_are_all_given_fill_the_page_in_proportion() -> None:
    table = Table(
        tuple(Column("栏", "栏", width=width) for width in (4, 4, 16)), (), (row("甲", LONG, "丙"),)
    )
    first, second, third = widths_of(table)
    assert first == pytest.approx(second, abs=0.1)
    assert third > 3 * first


def test_serials_are_narrow_and_their_heading_is_whole() -> None:
    table = plain_table(("序号", "任务", "进展"), row("1", "建平台", LONG * 3))
    serial, task, _ = widths_of(table)
    assert serial < task
    assert ems_in(serial, SIZE) >= text_em("序号")
    assert serial < 15


def test_serials_do_not_grow_when_there_is_room() -> None:
    serial, *_ = widths_of(plain_table(("序号", "任务"), row("1", "建平台")))
    assert serial < 15


def test_short_words_are_not_broken() -> None:
    table = plain_table(("任务", "责任单位", "进展"), row(LONG, "科技创新发展科", LONG * 2))
    _, unit, _ = widths_of(table)
    assert ems_in(unit, SIZE) >= text_em("科技创新发展科")


def test_numbers_are_not_broken() -> None:
    titles = ("序号", "任务", "金额", "进展", "问题", "打算")
    table = plain_table(titles, row("1", LONG, "1,234,567.89", LONG * 4, LONG, LONG))
    assert ems_in(widths_of(table)[2], SIZE) >= word_em("1,234,567.89")


@pytest.mark.parametrize("title", ["下一步工作", "责任单位", "主办单位及协办单位", "完成时限"])
def test_no_heading_leaves_one_character_on_a_line(title: str) -> None:
    titles = ("序号", "任务", title, "进展情况", "存在问题", "备注")
    texts = ("1", LONG, "抓紧推进项目建设，确保九月底前完成验收", LONG * 3, LONG, "无")
    widths = lay_out_table(plain_table(titles, row(*texts)), LANDSCAPE, STANDARD).widths
    room = int(ems_in(widths[2], SIZE))
    assert len(title) <= room or len(title) % room != 1


def test_long_words_share_by_their_length() -> None:
    _, little, much = widths_of(plain_table(("序号", "问题", "进展"), row("1", LONG, LONG * 4)))
    assert 2.5 < much / little < 5.5


def test_rows_come_out_about_as_low_as_they_can() -> None:
    table = plain_table(("序号", "问题", "进展"), row("1", LONG, LONG * 3), row("2", LONG * 2, LONG))
    laid = lay_out_table(table, PORTRAIT, STANDARD)
    lines = [line_total(table, laid.widths)]
    for move in range(-40, 41, 2):
        serial, left, right = laid.widths
        if min(left + move, right - move) > 15:
            lines.append(line_total(table, (serial, left + move, right - move)))
    assert len(lines) > 20
    assert lines[0] <= 1.05 * min(lines)


def line_total(table: Table, widths: tuple[float, ...]) -> int:
    return sum(
        max(line_count(cell, width, SIZE) for cell, width in zip(row.cells, widths, strict=True))
        for row in table.rows
    )


def test_more_than_fits_is_pressed_evenly() -> None:
    titles = tuple(f"第{number}季度完成投资额" for number in range(14))
    widths = widths_of(plain_table(titles, row(*("12,345,678.90" for _ in titles))))
    assert max(widths) - min(widths) < 0.3


def test_labels_of_the_info_block_are_narrow() -> None:
    label, value, _, _ = widths_of(info_table())
    assert label < 20 < value
