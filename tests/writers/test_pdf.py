"""The PDF: pages, words, tags, bytes, and what must not pass silently."""

from __future__ import annotations

import itertools
import logging
import os
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from pdfminer.pdftypes import resolve1
from weasyprint.text.line_break import Layout as PangoLayout

from tests.extract import fold
from tests.writers.papers import LONG, PROPERTIES, everything, flow, line, plain_table, row, small
from zhibi.errors import ReportError
from zhibi.fonts import Faces, FontFace, face_file
from zhibi.layout import lay_out
from zhibi.nodes import Align, Flow, FlowBlock, Heading, Lead, Orientation, Paragraph, Role, Section, Text
from zhibi.styles import STANDARD
from zhibi.writers import letters
from zhibi.writers import pdf as module
from zhibi.writers.pdf import write_pdf
from zhibi.writers.sheets import Print, Sheet, make_sheets

MM = 72 / 25.4


def pdf_of(*blocks: FlowBlock) -> bytes:
    return write_pdf(lay_out(flow(*blocks)))


def pages_of(data: bytes) -> list[list[str]]:
    """Return the text lines of every page by pdftotext."""
    said = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, check=True, capture_output=True)
    pages = said.stdout.decode().split("\f")[:-1]
    return [[text for text in page.splitlines() if text.strip()] for page in pages]


@pytest.fixture(scope="module")
def small_pdf() -> bytes:
    return write_pdf(lay_out(small()))


def test_words_are_those_of_the_paper(small_pdf: bytes) -> None:
    raw = subprocess.run(["pdftotext", "-raw", "-", "-"], input=small_pdf, check=True, capture_output=True)
    text = fold(raw.stdout.decode())
    for words in (
        "关于印发“十四五”总结的通知",
        "1.抓平台。建成AI平台3个。",
        "<b>OK</b>&稳妥",
        "1,230.5",
        "2.“—”表示无数据。",
    ):
        assert fold(words) in text


def test_a_page_holds_22_lines_of_28_characters() -> None:
    first, second = pages_of(pdf_of(line("测试文字" * 7 * 30)))
    assert first[-1].strip() == "—1—"
    assert len(first) == 22 + 1
    assert {len(text.strip()) for text in first[1:-1]} == {28}
    assert len(first[0].strip()) == 26
    assert len(second) == 9 + 1


def test_lines_with_other_faces_keep_their_distance() -> None:
    with pdfplumber.open(BytesIO(pdf_of(line("镕A“引”·" * 100)))) as made:
        bottoms = sorted({round(char["bottom"], 1) for char in made.pages[0].chars if char["text"] == "引"})
    assert len(bottoms) > 10
    steps = {round(below - above, 1) for above, below in itertools.pairwise(bottoms)}
    assert steps <= {28.9, 29.0}


def test_marks_do_not_begin_a_line_and_numbers_are_whole() -> None:
    for page in pages_of(pdf_of(*(line("，" * count + LONG * 6) for count in range(1, 12)))):
        for text in page:
            assert not re.match(r"\s*[。、；：）》”%]", text), text
            assert not re.search(r"(3,|3,5|12\.)$", text), text


def test_the_type_area_and_the_page_number(small_pdf: bytes) -> None:
    with pdfplumber.open(BytesIO(small_pdf)) as made:
        sizes = [(round(page.width / MM), round(page.height / MM)) for page in made.pages]
        assert sizes == [(210, 297), (210, 297), (297, 210)]
        for number, page in enumerate(made.pages[:2], 1):
            below = [char for char in page.chars if char["top"] > page.height - 35 * MM]
            assert "".join(char["text"] for char in below) == f"— {number} —"
            left, right = below[0]["x0"] / MM, (page.width - below[-1]["x1"]) / MM
            edge = right - 26 if number % 2 else left - 28
            assert edge == pytest.approx(14 / MM, abs=0.01), "one character of 四号"


def test_the_number_of_a_turned_page_stands_where_the_upright_sheet_has_it() -> None:
    turned = Section((line("甲"),), Orientation.LANDSCAPE)
    paper = Flow(PROPERTIES, (Section((line("甲"),)), turned, turned))
    with pdfplumber.open(BytesIO(write_pdf(lay_out(paper)))) as made:
        upright, *others = made.pages
        baseline = next(char["matrix"][5] for char in upright.chars if char["text"] == "1")
        for number, page in enumerate(others, 2):
            chars = [char for char in page.chars if char["x1"] < 35 * MM]
            assert "".join(char["text"] for char in chars) == f"— {number} —"
            for char in chars:
                one, up, across, other = char["matrix"][:4]
                assert one == other == 0
                assert up < 0 < across, "turned clockwise"
                assert char["matrix"][4] == pytest.approx(baseline, abs=0.01)
            from_head = chars[0]["top"] / MM - 28
            from_foot = (page.height - chars[-1]["bottom"]) / MM - 26
            assert (from_foot if number % 2 else from_head) == pytest.approx(14 / MM, abs=0.01)


def test_lines_of_every_face_stand_on_one_grid() -> None:
    blocks: list[FlowBlock] = [
        *(Heading(level, (Text("题A“1”目"),), number="一、") for level in (1, 2, 3, 4)),
        Heading(2, (Text("题。"),), rest=(Text("接着说" * 20),), number="（一）"),
        line("附件1", Role.ATTACHMENT_LABEL),
        Paragraph((Lead((Text("段首句。"),)), Text("AI与镕" * 30))),
        line("署名", Role.SIGNATURE),
    ]
    with pdfplumber.open(BytesIO(pdf_of(*blocks))) as made:
        chars = [char for char in made.pages[0].chars if char["bottom"] < made.pages[0].height - 35 * MM]
    assert len({char["fontname"].partition("+")[2] for char in chars}) >= 4
    lines = {round((842 - char["matrix"][5]) / STANDARD.pitch % 1, 3) for char in chars}
    assert max(lines) - min(lines) < 0.02 * MM / STANDARD.pitch


def test_the_last_character_ends_at_the_edge_whatever_the_letter_spacing() -> None:
    wide = Paragraph((Text("国" * 10),), Role.SIGNATURE, right=3.0)
    middle = Paragraph((Text("国" * 10),), Role.BLANK, align=Align.CENTRE)
    with pdfplumber.open(BytesIO(pdf_of(line("国" * 10, Role.SIGNATURE), wide, middle))) as made:
        chars = [char for char in made.pages[0].chars if char["text"] == "国"]
    em = STANDARD.styles[Role.BODY].chars(1)
    ends = [184 * MM - chars[last]["x1"] for last in (9, 19)]
    assert ends == pytest.approx([2 * em, 3 * em], abs=0.1)
    assert (chars[20]["x0"] + chars[29]["x1"]) / 2 == pytest.approx(106 * MM, abs=0.1)


def test_full_lines_end_exactly_at_the_edge() -> None:
    with pdfplumber.open(BytesIO(pdf_of(line(LONG * 40)))) as made:
        ends: dict[float, float] = {}
        for char in made.pages[0].chars:
            if char["size"] == pytest.approx(16):
                ends[char["matrix"][5]] = char["x1"]
    misses = [abs(end / MM - 184) for end in ends.values()]
    assert len(misses) == 22
    assert max(misses) < 0.005, "letter-spacing is not rounded"


def test_each_character_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shaped: list[str] = []
    lay_out_lines = letters._layout

    def noted(face: FontFace, language: str, text: str) -> PangoLayout:
        shaped.append(text)
        return lay_out_lines(face, language, text)

    monkeypatch.setattr(letters, "_layout", noted)
    monkeypatch.setattr(letters, "_SHAPED", {})
    first = pdf_of(*(line(LONG * 9) for _ in range(9)))
    assert sum(text.count("今") for text in shaped) == 1
    assert pdf_of(*(line(LONG * 9) for _ in range(9))) == first
    assert sum(text.count("今") for text in shaped) == 1, "nor in a later paper"


def test_each_stream_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    compress = zlib.compress

    def noted(content: bytes) -> bytes:
        made.append(content)
        return compress(content)

    monkeypatch.setattr(zlib, "compress", noted)
    monkeypatch.setattr(zlib, "compressobj", None)
    data = pdf_of(line("甲" * 3000))
    programs = data.count(b"/CIDFontType0C")
    assert programs
    assert len(made) == data.count(b"/FlateDecode") - programs, "programs are kept compressed"


def test_a_paper_is_the_same_whatever_was_made_before_it() -> None:
    """Dashes of some faces differ by their neighbours, and papers before know the same characters otherwise."""
    papers = [
        flow(line("甲—1—“AI”·3—乙" + LONG)),
        flow(line("— 12 —"), line("B—“2”", Role.TITLE), line("乙甲AI—", Role.SIGNATURE)),
        everything(),
        Flow(replace(PROPERTIES, language="zh-TW"), (Section((line("12—3，國甲"),)),)),
    ]
    forwards = [write_pdf(lay_out(paper)) for paper in papers]
    for kept in (letters._SHAPED, letters._FACES):
        kept.clear()
    for kept_call in (letters._layout_of, letters._middle, letters._ink_middle):
        kept_call.cache_clear()
    backwards = [write_pdf(lay_out(paper)) for paper in reversed(papers)]
    assert forwards == backwards[::-1]


def test_what_is_known_of_characters_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_SHAPED", {})
    monkeypatch.setattr(letters, "_MOST", 5)
    first = pdf_of(line(LONG), line("甲乙"))
    assert sum(map(len, letters._SHAPED.values())) < 50
    assert pdf_of(line(LONG), line("甲乙")) == first


def test_glyphs_whose_numbers_differ_from_their_places_are_drawn() -> None:
    """FandolFang numbers its signs as Adobe-GB1 does and leaves some out: ↗ is glyph 8,900, number 9,917.

    In the paper each has the number of its first use.
    """
    text = "甲↗═║乙"
    with pdfplumber.open(BytesIO(pdf_of(line(text)))) as made:
        objects = [made.doc.getobj(number) for xref in made.doc.xrefs for number in xref.get_objids()]
    (program,) = (
        resolve1(one["FontFile3"])
        for one in objects
        if isinstance(one, dict) and "FandolFang" in str(one.get("FontName"))
    )
    assert program.attrs["Subtype"].name == "CIDFontType0C"
    outlines = CFFFontSet()
    outlines.decompile(BytesIO(program.get_data()), None)
    assert sorted(outlines[0].charset) == [".notdef", *(f"cid{number:05d}" for number in range(1, 6))]
    file, index = face_file("FandolFang", 400)
    with TTFont(file, fontNumber=index) as whole:
        names, glyphs = whole.getBestCmap(), whole.getGlyphSet()
        for number, char in enumerate(text, 1):
            drawn, meant = RecordingPen(), RecordingPen()
            outlines[0].CharStrings[f"cid{number:05d}"].draw(drawn)
            glyphs[names[ord(char)]].draw(meant)
            assert drawn.value == meant.value, char


def test_the_dashes_stand_28_mm_above_the_edge(small_pdf: bytes, tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "a.pdf").write_bytes(small_pdf)
    command = ["pdftoppm", "-r", "800", "-gray", "-singlefile", "-png", "a.pdf", "a"]
    subprocess.run(command, cwd=tmp_path, check=True)
    with Image.open(tmp_path / "a.png") as image:
        page = image.convert("L")
    top = page.height - round(35 / 25.4 * 800)
    strip = page.crop((0, top, page.width, page.height))
    box = strip.point(lambda shade: 255 if shade < 128 else 0).getbbox()
    assert box
    column = strip.crop((box[0] + 5, 0, box[0] + 6, strip.height)).point(lambda shade: 255 * (shade < 128))
    dash = column.getbbox()
    assert dash
    centre = (page.height - top - (dash[1] + dash[3]) / 2) / 800 * 25.4
    assert centre == pytest.approx(28.0, abs=0.05)


def test_a_header_comes_again_and_rows_do_not_split() -> None:
    titles = ("序号", "进展")
    rows = (row(str(number), f"起{number}。" + LONG * 4 + f"止{number}。") for number in range(1, 40))
    pages = ["".join(page) for page in pages_of(pdf_of(plain_table(titles, *rows)))]
    assert len(pages) > 3
    for page in pages:
        assert "序号" in page
        assert re.findall(r"起(\d+)。", page) == re.findall(r"止(\d+)。", page)


def test_a_row_taller_than_a_page_is_not_lost() -> None:
    pages = pages_of(pdf_of(plain_table(("进展",), row("始" + "长" * 6000 + "终"), row("尾"))))
    text = fold("".join("".join(page[:-1]) for page in pages))
    assert text.count("长") == 6000
    assert text.endswith("终尾")


def test_every_kind_of_block_is_written() -> None:
    with pdfplumber.open(BytesIO(write_pdf(lay_out(everything())))) as made:
        assert len(made.pages) > 5
        text = fold("".join(char["text"] for page in made.pages for char in page.chars))
    assert all(text.count(str(role)) >= 5 for role in Role)


def test_same_paper_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from tests.writers.papers import small; from zhibi.layout import lay_out;"
        "from zhibi.writers.pdf import write_pdf; from zhibi.writers.docx import write_docx;"
        "layout = lay_out(small()); sys.stdout.buffer.write(write_pdf(layout) + write_docx(layout))"
    )
    made = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, check=True, capture_output=True
        )
        made.append(done.stdout)
    assert made[0] == made[1]
    assert len(made[0]) > 10_000


def test_other_words_are_other_bytes() -> None:
    assert pdf_of(line("甲")) != pdf_of(line("乙"))


def test_title_language_and_tags_are_there(small_pdf: bytes) -> None:
    info = subprocess.run(["pdfinfo", "-"], input=small_pdf, check=True, capture_output=True).stdout.decode()
    assert f"Title:           {PROPERTIES.title}" in info
    assert "Tagged:          yes" in info
    tree = subprocess.run(
        ["pdfinfo", "-struct", "-"], input=small_pdf, check=True, capture_output=True
    ).stdout.decode()
    for tag in ("H1", "H2", "H3", "Table", "THead", "TH", "TD", "P "):
        assert re.search(rf"^\s*{tag}", tree, re.MULTILINE), tag


def test_headings_are_bookmarks(small_pdf: bytes) -> None:
    with pdfplumber.open(BytesIO(small_pdf)) as made:
        outlines = [(level, title) for level, title, *_ in made.doc.get_outlines()]
    assert outlines == [
        (1, "关于印发“十四五”总结的通知"),
        (2, "一、总体要求"),
        (3, "1.抓平台。"),
        (2, "名单"),
    ]


def test_fonts_are_embedded(small_pdf: bytes) -> None:
    table = subprocess.run(
        ["pdffonts", "-"], input=small_pdf, check=True, capture_output=True
    ).stdout.decode()
    fonts = table.splitlines()[2:]
    assert len(fonts) >= 5
    assert all(" yes yes yes " in font for font in fonts)


def test_a_character_that_weasyprint_draws_as_a_box_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Faces, "split", lambda faces, face, _: iter([(faces.main[face], "\U00030000")]))
    with pytest.raises(ReportError) as raised:
        pdf_of(line("甲"))
    assert {problem.rule for problem in raised.value.problems} == {"缺字"}


def test_whatever_else_weasyprint_only_logs_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def log(paper: Print) -> list[Sheet]:
        logging.getLogger("weasyprint").warning("something is ignored")
        return make_sheets(paper)

    monkeypatch.setattr(module, "make_sheets", log)
    with pytest.raises(ReportError, match="something is ignored") as raised:
        pdf_of(line("甲"))
    assert {problem.rule for problem in raised.value.problems} == {"PDF排版"}


def test_an_empty_paper_is_a_page() -> None:
    assert len(pages_of(write_pdf(lay_out(Flow(PROPERTIES, (Section((), Orientation.LANDSCAPE),)))))) == 1
