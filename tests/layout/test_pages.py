"""The paginator: laws over random flows, and the cases that a clerk would notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from tests.layout.random_flows import random_flow
from tests.writers.papers import LONG, PROPERTIES, cell, columns, line, plain_table, row
from zhibi.errors import Location
from zhibi.layout import LaidSection, Layout, lay_out, page_problems
from zhibi.layout.blocks import LaidParagraph, LaidRow, LaidTable
from zhibi.nodes import (
    Align,
    Flow,
    FlowBlock,
    Heading,
    Paragraph,
    Role,
    Row,
    RowKind,
    Section,
    Space,
    Stop,
    Table,
    Text,
    plain_text,
)
from zhibi.typography import MM
from zhibi.writers.pdf import write_pdf

SEEDS = range(1, 31)


def laid(*blocks: FlowBlock) -> LaidSection:
    return lay_out(Flow(PROPERTIES, (Section(blocks),))).sections[0]


def body(lines: int) -> Paragraph:
    """A paragraph of so many full lines."""
    return Paragraph((Text("字" * (28 * lines - 4)),))


def tables(section: LaidSection) -> list[LaidTable]:
    return [block for block in section.blocks if isinstance(block, LaidTable)]


def starts(rows: tuple[LaidRow, ...], column: int) -> list[int]:
    return [number for number, one in enumerate(rows) if not one.slots[column].covered]


@pytest.fixture(scope="module", params=SEEDS)
def random_layout(request: pytest.FixtureRequest) -> Layout:
    return lay_out(random_flow(request.param))


def words_on(section: LaidSection) -> Iterator[tuple[int, str]]:
    """Yield page by page the number of each block and the words of it that stand there."""
    for page in section.pages:
        for placed in page:
            block = section.blocks[placed.block]
            if isinstance(block, LaidParagraph):
                for one in block.lines[placed.first : placed.last]:
                    yield placed.block, "".join(run.text for run in one.runs)
            else:
                for laid_row in placed.rows:
                    for slot in laid_row.slots:
                        for lines in () if slot.covered else slot.lines:
                            for one in lines:
                                yield placed.block, "".join(run.text for run in one.runs)


def test_every_line_stands_on_one_page(random_layout: Layout) -> None:
    for section in random_layout.sections:
        for number, block in enumerate(section.blocks):
            said = [text for place, text in words_on(section) if place == number]
            if isinstance(block, LaidParagraph):
                assert said == ["".join(run.text for run in one.runs) for one in block.lines]
            else:
                whole = [
                    "".join(run.text for run in one.runs)
                    for laid_row in block.rows
                    for slot in laid_row.slots
                    for lines in (() if slot.covered else slot.lines)
                    for one in lines
                ]
                assert sorted(said) == sorted(whole)


def test_no_page_is_longer_than_the_type_area(random_layout: Layout) -> None:
    for section in random_layout.sections:
        room = section.page.text_height / MM + 0.1
        for page in section.pages:
            for placed in page:
                block = section.blocks[placed.block]
                if isinstance(block, LaidParagraph):
                    height = (placed.last - placed.first) * block.style.pitch
                else:
                    height = sum(placed.heights) + 0.5
                assert placed.top + height <= room, (placed.block, placed.first)


def test_what_keeps_with_the_next_ends_no_page(random_layout: Layout) -> None:
    ends = 0
    for section in random_layout.sections:
        for page in section.pages[:-1]:
            last = section.blocks[page[-1].block]
            ends += 1
            # A chain longer than a page must break somewhere: then the page holds nothing else.
            alone = all(
                isinstance(block := section.blocks[placed.block], LaidParagraph) and block.keep
                for placed in page
            )
            assert alone or not (isinstance(last, LaidParagraph) and last.keep)
    assert ends > 3


@pytest.mark.parametrize("seed", [7, 52])
def test_the_pdf_has_the_pages_of_the_layout(seed: int) -> None:
    layout = lay_out(random_flow(seed))
    with pdfplumber.open(BytesIO(write_pdf(layout))) as made:
        wanted = [(section, page) for section in layout.sections for page in section.pages]
        assert len(made.pages) == len(wanted) > 20
        for sheet, (section, page) in zip(made.pages, wanted, strict=True):
            top = section.page.top / MM
            for placed in page:
                block = section.blocks[placed.block]
                if isinstance(block, LaidParagraph) and block.lines[placed.first].runs:
                    first = top + placed.top
                    chars = [
                        c
                        for c in sheet.chars
                        if c["upright"] and first < (c["top"] + c["bottom"]) / 2 < first + block.style.pitch
                    ]
                    assert "".join(c["text"] for c in chars) == "".join(
                        run.text for run in block.lines[placed.first].runs
                    ), (placed, first)


def test_a_page_takes_22_lines() -> None:
    section = laid(body(60))
    assert [(placed.first, placed.last) for page in section.pages for placed in page] == [
        (0, 22),
        (22, 44),
        (44, 60),
    ]


def test_a_heading_goes_with_what_follows() -> None:
    section = laid(body(21), Heading(1, (Text("题"),), number="一、"), body(2))
    assert [placed.block for placed in section.pages[0]] == [0]
    assert [placed.block for placed in section.pages[1]] == [1, 2]


def test_only_a_row_taller_than_a_page_is_parted() -> None:
    table = plain_table(("序号", "进展"), row("1", LONG * 10), row("2", LONG * 60))
    section = laid(table)
    assert [one.may_split for one in tables(section)[0].rows] == [False, True]
    assert [placed.take is None for page in section.pages for placed in page] == [False, False, True]
    shown = [
        "".join(run.text for run in one.runs)
        for page in section.pages
        for placed in page
        for laid_row in placed.rows
        for lines in laid_row.slots[1].lines
        for one in lines
    ]
    assert "".join(shown) == LONG * 70


def merged(*texts: str, span: int, words: str) -> Table:
    """A table whose second column is one cell over all of its rows."""
    rows = [
        Row((cell(str(number), 0), *([cell(words, 1, 1, span)] if number == 0 else []), cell(text, 2)))
        for number, text in enumerate(texts)
    ]
    return plain_table(("序号", "类别", "任务"), *rows)


def test_a_merged_cell_ends_with_the_page_and_stands_again_on_the_next() -> None:
    section = laid(merged(*(["甲"] * 80), span=80, words="平台"))
    (table,) = tables(section)
    found = starts(table.rows, 1)
    assert found == [page[0].first for page in section.pages]
    assert len(found) > 2
    for start in found:
        assert plain_text(table.rows[start].slots[1].paragraphs[0].content) == "平台"
    assert sum(table.rows[start].slots[1].cell.rowspan for start in found) == 80


def test_a_merged_cell_within_a_page_stays_whole() -> None:
    (table,) = tables(laid(merged("甲", "乙", "丙", span=3, words="平台")))
    assert starts(table.rows, 1) == [0]
    assert table.rows[0].slots[1].cell.rowspan == 3


def test_a_merged_cell_taller_than_its_rows_makes_the_last_one_taller() -> None:
    (table,) = tables(laid(merged("甲", "乙", span=2, words="平台" * 100)))
    assert table.rows[0].least == 0
    assert table.rows[1].least > 60


def test_a_group_row_never_ends_a_page() -> None:
    group = Row((cell("一、重点任务", 0, 2),), RowKind.GROUP, keep_with_next=True)
    rows = [row(str(number), "甲") for number in range(32)]
    section = laid(plain_table(("序号", "任务"), *rows, group, row("33", "乙")))
    (table,) = tables(section)
    assert section.pages[1][0].first == 32
    assert table.rows[31].stretch > 0
    # The same without the keep: the group row would have been the last one of the page.
    loose = laid(plain_table(("序号", "任务"), *rows, replace(group, keep_with_next=False), row("33", "乙")))
    assert loose.pages[1][0].first == 33


def test_a_group_row_stands_before_a_row_that_the_page_parts() -> None:
    group = Row((cell("一、重点任务", 0, 2),), RowKind.GROUP, keep_with_next=True)
    table = replace(plain_table(("序号", "任务"), group, row("1", LONG * 60)), title=(Text("情况表"),))
    section = laid(body(5), table)
    assert [placed.block for placed in section.pages[0]] == [0, 1, 2]
    assert [(page[-1].first, page[-1].last) for page in section.pages[:2]] == [(0, 2), (1, 2)]


def test_a_title_goes_with_its_table() -> None:
    table = replace(plain_table(("序号", "任务"), row("1", LONG)), title=(Text("完成情况表"),))
    section = laid(body(21), table)
    assert [placed.block for placed in section.pages[1]] == [1, 2]


def test_a_table_that_asks_for_it_is_continued_under_its_words() -> None:
    table = plain_table(("序号", "任务"), *(row(str(number), "甲") for number in range(80)))
    section = laid(replace(table, continuation="续表"))
    kinds = [
        block.block.role
        for block in section.blocks
        if isinstance(block, LaidParagraph) and isinstance(block.block, Paragraph)
    ]
    assert kinds == [Role.TABLE_CONTINUED] * 2
    assert [len(page) for page in section.pages] == [1, 2, 2]
    assert sum(len(one.rows) for one in tables(section)) == 80


@pytest.mark.parametrize("rows", [40, 80])
@pytest.mark.parametrize("words", ["平台", "平台" * 30], ids=["short", "long"])
def test_a_merged_cell_stands_again_where_its_table_is_continued(rows: int, words: str) -> None:
    table = merged(*(["甲"] * rows), span=rows, words=words)
    pieces = tables(laid(replace(table, continuation="续表")))
    assert len(pieces) > 1
    for piece in pieces:
        (slot, *others) = (one.slots[1] for one in piece.rows)
        assert (slot.covered, slot.cell.rowspan) == (False, len(piece.rows))
        assert plain_text(slot.paragraphs[0].content) == words
        assert slot.lines[0]
        assert all(one.covered for one in others)


def test_a_merged_cell_that_begins_above_does_not_take_the_words_of_the_last_row() -> None:
    """Nor is the last row asked for a cell that it has not: it may be one cell from edge to edge."""
    over = Row((cell("合计", 0, 3),), RowKind.TOTAL)
    table = merged(*(["甲"] * 40), span=40, words="平台")
    pieces = tables(laid(replace(table, rows=(*table.rows, over), continuation="续表")))
    shown = [plain_text(piece.rows[0].slots[1].paragraphs[0].content) for piece in pieces]
    assert shown == ["平台"] * len(pieces)
    assert len(pieces) > 1


def test_a_heading_as_high_as_a_page_leaves_room_for_a_line() -> None:
    head = row("字" * 60 * 14, "乙", kind=RowKind.HEAD)
    table = Table(columns("甲", "乙"), (head,), (row("1", LONG * 2), row("2", "乙")))
    section = laid(replace(table, columns=tuple(replace(one, width=4) for one in table.columns)))
    shown = [text for _, text in words_on(section)]
    assert "".join(shown).replace("\n", "").count(LONG[:4]) >= 1
    assert len(section.pages) < 60


def test_pieces_of_a_line_have_no_line_ends_and_no_end() -> None:
    words = Text("云川区科学技术局\n" + "办公室" * 400)
    section = laid(Paragraph((words, Stop(1, Align.RIGHT), Text("2026年\n2月印发")), Role.ISSUER))
    (block,) = section.blocks
    assert isinstance(block, LaidParagraph)
    assert len(block.lines) == 1
    assert len(block.parts) == 2


def test_an_empty_section_is_one_empty_page() -> None:
    assert laid().pages == ()
    assert laid(line("")).pages[0][0].last == 1


SIGNED = (
    Paragraph((), Role.BLANK, keep_with_next=True),
    Paragraph((Text("云川区科学技术局"),), Role.SIGNATURE),
    Paragraph((Text("2026年10月20日"),), Role.DATE),
)


def starts_of(section: LaidSection) -> list[tuple[int, int]]:
    return [(page[0].block, page[0].first) for page in section.pages]


def test_a_signature_takes_the_paragraph_before_it_along() -> None:
    assert starts_of(laid(body(10), body(9), *SIGNED)) == [(0, 0)]
    section = laid(body(10), body(10), *SIGNED)
    assert starts_of(section) == [(0, 0), (1, 0)]
    assert [isinstance(one, LaidParagraph) and one.keep for one in section.blocks] == [
        *(False, True, True, True, False)
    ]
    # A paragraph whose last lines go over to the signature's page anyway is not held together.
    parted = laid(body(10), body(13), *SIGNED)
    assert starts_of(parted) == [(0, 0), (1, 12)]
    assert not parted.blocks[1].keep


def test_a_signature_takes_the_note_on_attachments_and_the_text_along() -> None:
    note = (
        Paragraph((), Role.BLANK, keep_with_next=True),
        Paragraph((Text("附件：汇总表"),), Role.ATTACHMENT_NOTE),
    )
    assert starts_of(laid(body(10), body(9), *note, *SIGNED)) == [(0, 0), (1, 0)]


def test_a_heading_goes_with_the_text_that_a_signature_takes_along() -> None:
    heading = Heading(1, (Text("题"),), number="一、")
    assert starts_of(laid(body(10), heading, body(9), *SIGNED)) == [(0, 0), (1, 0)]


def test_a_run_in_heading_before_a_signature_keeps_in_word_too() -> None:
    heading = Heading(2, (Text("题。"),), rest=(Text("字" * (28 * 10 - 8)),), number="（一）")
    section = laid(body(10), heading, *SIGNED)
    assert starts_of(section) == [(0, 0), (1, 0)]


HEADED = Heading(1, (Text("题"),), number="一、")


@pytest.mark.parametrize(
    ("count", "rest", "forced"),
    [
        (20, SIGNED, None),
        (21, SIGNED, 24),
        (23, SIGNED, 26),
        (22, (HEADED, Paragraph((Text("字" * 60),))), 26),
        (21, (HEADED, Paragraph((Text("字" * 60),))), 25),
        (20, (HEADED, Paragraph((Text("字" * 90),))), None),
        (22, (Paragraph((Text("字" * 600),)),), 26),
        (23, (Paragraph((Text("字" * 600),)),), None),
    ],
)
def test_a_letter_of_many_paragraphs_tells_where_its_second_page_begins(
    count: int, rest: tuple[FlowBlock, ...], forced: int | None
) -> None:
    small = Paragraph((), Role.BLANK, height=Space(0.1))
    blocks = (*[small] * 4, *[body(1)] * count, *rest)
    section = lay_out(Flow(PROPERTIES, (Section(blocks, letter=True),))).sections[0]
    breaks = [
        place for place, one in enumerate(section.blocks) if isinstance(one, LaidParagraph) and one.new_page
    ]
    assert breaks == ([] if forced is None else [forced])


def test_a_table_or_a_page_of_text_stays_before_a_signature() -> None:
    table = plain_table(("序号", "进展"), *(row(str(number), "甲") for number in range(33)))
    section = laid(table, *SIGNED)
    assert starts_of(section) == [(0, 0), (1, 0)]
    assert starts_of(laid(body(22), *SIGNED)) == [(0, 0), (1, 0)]


def first_page(recipients: int, *rest: FlowBlock) -> list[str]:
    title = Paragraph((Text("关于申报的通知"),), Role.TITLE)
    to = Paragraph(
        (Text("各单位，" * (recipients * 7) + "：", Location("通知.yaml", 3, 5)),), Role.RECIPIENTS
    )
    layout = lay_out(Flow(PROPERTIES, (Section((title, Paragraph((), Role.BLANK), to, *rest)),)))
    return [str(problem) for problem in page_problems(layout)]


def test_a_first_page_without_text_is_told() -> None:
    (said,) = first_page(22, body(3))
    assert said.startswith("通知.yaml:3:5 提醒：首页没有正文")
    assert "移到版记" in said
    assert first_page(5, body(3)) == []
    assert first_page(22) == [], "a paper without text has none to show"
    assert first_page(5, plain_table(("序号",), row("1"))) == []
