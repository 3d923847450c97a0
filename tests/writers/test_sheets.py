"""What the pages of a PDF say to those who listen, and in which faces: tags, words, headings, cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from tests.writers.papers import (
    PROPERTIES,
    everything,
    flow,
    line,
    plain_table,
    rich_table,
    row,
    small,
    words,
)
from zhibi.errors import Location, ReportError
from zhibi.layout import lay_out
from zhibi.nodes import Break, Flow, FlowBlock, Heading, Orientation, Paragraph, Role, Section, Text
from zhibi.writers.pdf import write_pdf

JOINED = "甲x\u0302yz乙——丙……葛\ufe00丁①Ⅳ㎡戊"
"""Letters under accents, dashes and dots that some faces join, a sign that chooses a form of its character."""

GOLDEN = Path(__file__).parent / "small.tags"


@dataclass(frozen=True)
class Tag:
    """An element of the tag tree: how deep it stands, its words, and what it has of its own."""

    depth: int
    name: str
    page: int
    text: str
    more: str = ""

    def __str__(self) -> str:
        return f"{'  ' * self.depth}{self.name}{self.more}{f' {self.text}' if self.text else ''}"


def tags_of(data: bytes) -> list[Tag]:
    """Return the tag tree of a PDF in reading order."""
    said: dict[tuple[int, int], str] = {}
    with pdfplumber.open(BytesIO(data)) as made:
        for number, page in enumerate(made.pages):
            for char in page.chars:
                if char["mcid"] is not None:
                    key = (number, char["mcid"])
                    said[key] = said.get(key, "") + char["text"]
    with pikepdf.open(BytesIO(data)) as made:
        pages = {page.objgen: number for number, page in enumerate(made.pages)}
        return list(_tags(made.Root["/StructTreeRoot"]["/K"], 0, (said, pages)))


def _tags(node: Any, depth: int, known: tuple[dict[tuple[int, int], str], dict[Any, int]]) -> Iterator[Tag]:
    said, pages = known
    page = pages[node["/Pg"].objgen]
    kids = list(node["/K"])
    text = "".join(said[page, int(kid)] for kid in kids if isinstance(kid, int))
    own = node.get("/A", {})
    more = "".join(f" {key[1:]}={own[key]}" for key in ("/Scope", "/ColSpan", "/RowSpan") if key in own)
    yield Tag(depth, str(node["/S"])[1:], page, text, more)
    for kid in kids:
        if not isinstance(kid, int):
            yield from _tags(kid, depth + 1, known)


def tags(*blocks: FlowBlock) -> list[Tag]:
    return tags_of(write_pdf(lay_out(flow(*blocks))))


def faces(*blocks: FlowBlock) -> dict[str, str]:
    """Return character -> the face that draws it, for the characters of the text."""
    with pdfplumber.open(BytesIO(write_pdf(lay_out(flow(*blocks))))) as made:
        chars = [char for page in made.pages for char in page.chars if char["mcid"] is not None]
        return {char["text"]: char["fontname"].partition("+")[2] for char in chars}


def test_the_small_paper_is_as_agreed() -> None:
    """`GOLDEN` is what the small paper says; when a change is meant, replace it and read the difference."""
    told = "".join(f"{tag}\n" for tag in tags_of(write_pdf(lay_out(small()))))
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_the_head_tells_the_properties() -> None:
    with pikepdf.open(BytesIO(write_pdf(lay_out(small())))) as made:
        assert str(made.Root["/Lang"]) == "zh-CN"
        told = {str(key): str(value) for key, value in made.docinfo.items()}
    assert told["/Title"] == PROPERTIES.title
    assert told["/Author"] == "某某区科学技术局"
    assert told["/Subject"] == "年度总结"
    assert told["/Keywords"] == "科技, 总结"
    assert told["/CreationDate"].startswith("D:20260105")


def test_every_kind_of_block_is_told() -> None:
    said = "".join(tag.text for tag in tags_of(write_pdf(lay_out(everything()))))
    for role in set(Role) - {Role.TABLE_HEAD, Role.PAGE_NUMBER, Role.PICTURE}:
        assert str(role) in said


def test_words_come_out_letter_for_letter() -> None:
    text = "<b> & \"引\" 'x'  两个空格 {{ }} ** (\\)"
    assert [tag.text for tag in tags(line(text)) if tag.name == "P"] == [text]


def test_letters_that_join_are_drawn_by_weasyprint_itself() -> None:
    (said,) = (tag.text for tag in tags(line(JOINED)) if tag.name == "P")
    assert said.replace("\ufe00", "") == JOINED.replace("\ufe00", "")


def test_line_ends_are_no_words() -> None:
    (told,) = (tag for tag in tags(Paragraph((Text("甲\n乙"), Break(), Text("丙")))) if tag.name == "P")
    assert told.text == "甲乙丙"


def test_heading_tags_never_skip_a_level() -> None:
    told = tags(
        Heading(2, words("先"), number="（一）"),
        line("题", Role.TITLE),
        Heading(1, words("一"), number="一、"),
        Heading(3, words("三"), words("接排"), number="1."),
        Heading(4, words("四"), number="（1）"),
        line("附", Role.ATTACHMENT_TITLE),
    )
    assert [tag.name for tag in told if tag.name[0] == "H"] == ["H1", "H1", "H2", "H3", "H4", "H2"]


def test_what_runs_on_is_no_heading() -> None:
    told = tags(Heading(3, words("抓平台。"), words("建成3个。"), number="1."))
    names = [(tag.name, tag.text) for tag in told[2:]]
    assert names == [("Div", ""), ("H1", "1.抓平台。"), ("Span", "建成3个。")]


def test_a_heading_over_a_page_is_bookmarked_once() -> None:
    long = Heading(2, words("题" * 28 * 30), number="（一）")
    data = write_pdf(lay_out(flow(long)))
    assert [tag.page for tag in tags_of(data) if tag.name == "H1"] == [0, 1]
    with pikepdf.open(BytesIO(data)) as made, made.open_outline() as outline:
        assert len(outline.root) == 1


def test_a_bookmark_is_one_line() -> None:
    data = write_pdf(lay_out(flow(Paragraph((Text("上行"), Break(), Text("下行")), Role.TITLE))))
    with pikepdf.open(BytesIO(data)) as made, made.open_outline() as outline:
        assert [item.title for item in outline.root] == ["上行下行"]


def test_tables_have_headings_and_spans() -> None:
    told = [tag for tag in tags(rich_table()) if tag.name in ("THead", "TBody", "TH", "TD")]
    assert [tag.name for tag in told].count("THead") == 1
    more = [tag.more for tag in told]
    assert " Scope=/Column RowSpan=2" in more
    assert " Scope=/Column ColSpan=2" in more
    assert " RowSpan=2" in more


def test_a_row_taller_than_a_page_stands_in_parts() -> None:
    told = tags(plain_table(("进展",), row("长" * 6000), row("短")))
    tables = [tag.page for tag in told if tag.name == "Table"]
    assert tables == list(range(len(tables)))
    assert [tag.name for tag in told].count("THead") == len(tables) > 2
    assert "".join(tag.text for tag in told).count("长") == 6000


def test_landscape_sections_have_their_own_pages() -> None:
    paper = Flow(PROPERTIES, (Section((line("甲"),)), Section((line("乙"),), Orientation.LANDSCAPE)))
    told = tags_of(write_pdf(lay_out(paper)))
    assert [(tag.name, tag.page) for tag in told if tag.depth == 1] == [("Sect", 0), ("Sect", 1)]


def test_latin_has_its_own_face_and_marks_have_not() -> None:
    found = faces(line("称“AI+”技术"))
    assert found["“"] == found["称"] == found["技"]
    assert found["A"] == found["I"] == found["+"] != found["称"]


def test_a_rare_character_has_its_own_face() -> None:
    found = faces(line("请镕阅"))
    assert found["镕"] != found["请"] == found["阅"]


def test_a_character_without_a_glyph_is_a_problem_at_its_place() -> None:
    at = Location("乙.yaml", 9, 2)
    with pytest.raises(ReportError) as raised:
        lay_out(flow(Paragraph((Text("好\ue123", at),))))
    assert [(problem.rule, problem.at) for problem in raised.value.problems] == [("缺字", at)]
