"""Tables as full grids: spans, gaps, alignment, rows that may split, merged cells that must."""

from __future__ import annotations

import pytest

from tests.writers.papers import LONG, cell, columns, flow, line, plain_table, rich_table, row
from zhibi.layout import lay_out
from zhibi.layout.blocks import LaidTable, Slot
from zhibi.layout.tables import lay_out_table
from zhibi.nodes import Align, Cell, Column, Heading, Orientation, Row, RowKind, Table, Text, plain_text
from zhibi.styles import STANDARD

PAGE = STANDARD.pages[Orientation.PORTRAIT]


def shape(laid: LaidTable) -> list[str]:
    """Show each row as its slots: words, <covered>, *columns it spans, /rows it spans."""
    shown = []
    for laid_row in laid.rows:
        slots = []
        for slot in laid_row.slots:
            text = "+".join(plain_text(paragraph.content) for paragraph in slot.paragraphs)
            spans = f"*{slot.cell.colspan}" * (slot.cell.colspan > 1)
            spans += f"/{slot.cell.rowspan}" * (slot.cell.rowspan > 1)
            slots.append("<>" if slot.covered else text + spans)
        shown.append(" ".join(slots))
    return shown


def merged(*texts: str, span: int, words: str) -> Table:
    """A table whose second column is one cell over all of its rows."""
    rows = [
        Row((cell(str(number), 0), *([cell(words, 1, 1, span)] if number == 0 else []), cell(text, 2)))
        for number, text in enumerate(texts)
    ]
    return plain_table(("序号", "类别", "任务"), *rows)


def test_every_place_is_covered() -> None:
    laid = lay_out_table(rich_table(), PAGE, STANDARD)
    assert shape(laid) == [
        "一、创新平台*4",
        "1 平台/2 建成2个+投用1个 1,200.5",
        "2 <> “一网通办”改革 30",
        "3 人才 引进5人 ",
        "合计*3 1,230.5",
    ]
    assert [slot.covered for slot in laid.header[1].slots] == [True, True, False, False]


def test_spans_end_with_the_table() -> None:
    table = Table(columns("甲", "乙"), (), (Row((cell("大", 0, 9, 9),)), Row(())))
    assert shape(lay_out_table(table, PAGE, STANDARD)) == ["大*2/2", "<>"]


def test_a_cell_on_covered_ground_is_refused() -> None:
    table = Table(columns("甲", "乙"), (), (Row((cell("大", 0, 2, 2),)), Row((cell("失", 1),))))
    with pytest.raises(ValueError, match="row 2"):
        lay_out_table(table, PAGE, STANDARD)


def test_a_cell_with_more_than_paragraphs_is_refused() -> None:
    table = Table(columns("甲"), (), (Row((Cell((line("甲"), Heading(1, (Text("题"),))), 0),)),))
    with pytest.raises(TypeError):
        lay_out_table(table, PAGE, STANDARD)


def test_alignment_is_as_asked_else_by_kind() -> None:
    table = Table(
        (*columns("序号", "文字", "金额"), Column("右", "右", align=Align.RIGHT)),
        (row("序号", "文字", "金额", "右", kind=RowKind.HEAD),),
        (row("1", "短", "3", "4"), Row((Cell((line("5"),), 0, align=Align.LEFT),))),
    )
    laid = lay_out_table(table, PAGE, STANDARD)
    assert [slot.align for slot in laid.rows[0].slots] == [
        Align.CENTRE,
        Align.CENTRE,
        Align.RIGHT,
        Align.RIGHT,
    ]
    assert {slot.align for slot in laid.header[0].slots} == {Align.CENTRE}
    assert laid.rows[1].slots[0].align is Align.LEFT


def test_words_of_several_lines_stand_flush_left() -> None:
    laid = lay_out_table(plain_table(("序号", "进展"), row("1", LONG * 3), row("2", "无")), PAGE, STANDARD)
    assert [laid_row.slots[1].align for laid_row in laid.rows] == [Align.LEFT, Align.LEFT]


@pytest.mark.parametrize(
    ("title", "chars", "lines"),
    [
        ("总投入（万元）", 5, ["总投入", "（万元）"]),
        ("总投入（万元）", 7, ["总投入（万元）"]),
        ("计划总投资（元）", 4, ["计划总投", "资（元）"]),
        ("投入（不含税，万元）", 5, ["投入（不含", "税，万元）"]),
        ("（万元）总投入", 5, ["（万元）总", "投入"]),
    ],
)
def test_a_head_breaks_before_its_brackets_where_that_takes_no_more_lines(
    title: str, chars: int, lines: list[str]
) -> None:
    table = Table(
        (Column("甲", title, width=chars), Column("乙", "乙")),
        (row(title, "乙", kind=RowKind.HEAD),),
        (row(title, "乙"),),
    )
    laid = lay_out(flow(table)).sections[0].blocks[0]
    assert isinstance(laid, LaidTable)
    assert words_of(laid.header[0].slots[0]) == lines
    plain = words_of(laid.rows[0].slots[0])
    assert plain[0] == title[: len(plain[0])]
    assert len(plain) == len(lines)


def words_of(slot: Slot) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in slot.lines[0]]
