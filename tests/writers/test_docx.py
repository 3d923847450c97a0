"""The Word file: parts, styles, body in schema order, text, bytes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx2python import docx2python
from lxml import etree

from tests.extract import fold
from tests.writers.papers import (
    LONG,
    PROPERTIES,
    everything,
    flow,
    info_table,
    line,
    plain_table,
    rich_table,
    row,
    small,
    words,
)
from zhibi.layout import lay_out
from zhibi.layout.runs import Voice
from zhibi.nodes import (
    Align,
    Break,
    Cell,
    Flow,
    FlowBlock,
    Heading,
    Orientation,
    Paragraph,
    Role,
    Section,
    TableLook,
    Text,
    plain_text,
)
from zhibi.styles import RUN_IN_STYLES, STANDARD, TABLE_STYLES, WORD_STYLES
from zhibi.typography import LATIN_FACE, OFFICIAL_FACES
from zhibi.writers.docx import write_docx
from zhibi.writers.docx.xml import RELATIONS

GOLDEN = Path(__file__).parent / "small.docx.xml"
NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def part(data: bytes, name: str) -> etree._Element:
    return etree.fromstring(parts_of(data)[name])


def body_of(*blocks: FlowBlock) -> etree._Element:
    return part(write_docx(lay_out(flow(*blocks))), "word/document.xml")[0]


def find(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(path, {"w": NS})


def value(root: etree._Element, path: str, name: str = "val") -> str | None:
    found = root.find(path, {"w": NS})
    return None if found is None else found.get(W + name)


def style(name: str, data: bytes | None = None) -> etree._Element:
    sheet = part(data or write_docx(lay_out(small())), "word/styles.xml")
    return next(found for found in sheet if value(found, "w:name") == name)


def text_of(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(W + "t"))


@pytest.fixture(scope="module")
def small_docx() -> bytes:
    return write_docx(lay_out(small()))


@pytest.fixture(scope="module")
def full_docx() -> bytes:
    return write_docx(lay_out(everything()))


# -- package --------------------------------------------------------------------------------------


def test_the_package_holds_what_is_needed_and_no_more(small_docx: bytes) -> None:
    assert sorted(parts_of(small_docx)) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/footer3.xml",
        "word/footer4.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]


def test_the_same_paper_is_the_same_bytes(small_docx: bytes) -> None:
    assert write_docx(lay_out(small())) == small_docx
    with ZipFile(BytesIO(small_docx)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.infolist()[0].filename == "[Content_Types].xml"


def test_the_properties_are_those_of_the_paper(small_docx: bytes) -> None:
    core = docx.Document(BytesIO(small_docx)).core_properties
    assert (core.title, core.author, core.subject, core.keywords, core.language) == (
        PROPERTIES.title,
        PROPERTIES.author,
        PROPERTIES.subject,
        "科技,总结",
        "zh-CN",
    )
    assert core.created == core.modified
    assert core.created is not None
    assert core.created.date().isoformat() == PROPERTIES.created
    assert core.comments == ""


def test_no_namespace_stands_idle(small_docx: bytes) -> None:
    assert set(part(small_docx, "word/document.xml").nsmap) == {"w", "r"}


def test_settings(small_docx: bytes) -> None:
    settings = part(small_docx, "word/settings.xml")
    assert value(settings, "w:zoom", "percent") == "100"
    assert value(settings, "w:characterSpacingControl") == "doNotCompress"
    assert find(settings, "w:evenAndOddHeaders")
    modes = {node.get(W + "name"): node.get(W + "val") for node in find(settings, ".//w:compatSetting")}
    assert modes["compatibilityMode"] == "15"


# -- styles ---------------------------------------------------------------------------------------


def test_every_role_has_its_style_after_the_look(full_docx: bytes) -> None:
    for role, look in STANDARD.styles.items():
        found = style(WORD_STYLES[role], full_docx)
        fonts = found.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None
        assert fonts.get(W + "eastAsia") == OFFICIAL_FACES[look.face]
        assert fonts.get(W + "ascii") == (
            OFFICIAL_FACES[look.face] if role is Role.PAGE_NUMBER else LATIN_FACE
        )
        assert value(found, "w:rPr/w:sz") == str(round(look.size * 2))
        assert value(found, "w:pPr/w:spacing", "line") == str(round(look.pitch * 20))
        assert value(found, "w:pPr/w:spacing", "lineRule") == ("atLeast" if look.grows else "exact")
        level = value(found, "w:pPr/w:outlineLvl")
        assert level == (str(look.outline_level - 1) if look.outline_level else None)


def test_body_text_is_set_as_22_by_28_asks() -> None:
    body = style("Body Text")
    assert value(body, "w:pPr/w:spacing", "line") == "579"
    assert value(body, "w:rPr/w:spacing") == "-5"
    assert value(body, "w:pPr/w:ind", "firstLineChars") == "200"
    assert value(body, "w:pPr/w:ind", "firstLine") == "630"
    assert value(body, "w:pPr/w:jc") == "both"
    normal = style("Normal")
    assert value(normal, "w:pPr/w:widowControl") == "0"
    assert value(normal, "w:pPr/w:overflowPunct") == "1"
    assert value(normal, "w:pPr/w:snapToGrid") == "0"


def test_hanging_indents() -> None:
    note = style(WORD_STYLES[Role.ATTACHMENT_NOTE])
    assert value(note, "w:pPr/w:ind", "hangingChars") == "400"
    assert value(note, "w:pPr/w:ind", "leftChars") == "600"


def test_headings_that_run_on_stay_out_of_the_outline() -> None:
    for name in RUN_IN_STYLES.values():
        assert value(style(name), "w:pPr/w:outlineLvl") is None
        assert not find(style(name), "w:pPr/w:keepNext")


def test_style_names_and_ids_are_unique_and_complete(full_docx: bytes) -> None:
    sheet = part(full_docx, "word/styles.xml")
    styles = find(sheet, "w:style")
    names = [value(found, "w:name") for found in styles]
    ids = [found.get(W + "styleId") for found in styles]
    assert len(names) == len(set(names)) > 40
    assert len(ids) == len(set(ids))
    document = part(full_docx, "word/document.xml")
    used = {
        node.get(W + "val")
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for root in (document, sheet)
        for node in root.iter(W + tag)
    }
    assert used <= set(ids)


def test_no_theme_font_is_asked_for(full_docx: bytes) -> None:
    for name, content in parts_of(full_docx).items():
        if name.startswith("word/") and "theme" not in name:
            assert b"Theme=" not in content, name


# -- body -----------------------------------------------------------------------------------------


def test_the_small_paper_is_as_agreed(small_docx: bytes) -> None:
    """`GOLDEN` is the body of the small paper; when a change is meant, replace it and read the difference."""
    assert pretty(small_docx) == GOLDEN.read_text(encoding="utf-8")


def pretty(data: bytes) -> str:
    body = part(data, "word/document.xml")[0]
    shown = etree.tostring(body, pretty_print=True, encoding="unicode")
    return re.sub(r' xmlns:\w+="[^"]*"', "", shown)


def flow_words(paper: Flow) -> Iterator[str]:
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield plain_text(block.content)
            elif isinstance(block, Heading):
                yield block.number + plain_text(block.content) + plain_text(block.rest)
            else:
                yield plain_text(block.title) + block.unit
                cells: list[Cell] = [cell for row in (*block.header, *block.rows) for cell in row.cells]
                yield from (
                    plain_text(inner.content)
                    for cell in cells
                    for inner in cell.blocks
                    if isinstance(inner, Paragraph)
                )
                yield from map(plain_text, block.notes)


@pytest.mark.parametrize("paper", [small(), everything()], ids=["small", "everything"])
def test_the_text_is_that_of_the_paper(paper: Flow) -> None:
    said = text_of(part(write_docx(lay_out(paper)), "word/document.xml"))
    assert said == "".join(flow_words(paper))
    assert len(said) > 100


def test_another_reader_finds_the_same_text(small_docx: bytes) -> None:
    with docx2python(BytesIO(small_docx)) as read:
        said = fold(unescape(read.text))
    lines = [fold(text) for text in flow_words(small())]
    assert len(lines) > 20
    assert [text for text in lines if text not in said] == []


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs overflowPunct adjustRightInd snapToGrid spacing ind jc"
    " outlineLvl sectPr",
    "rPr": "rStyle rFonts color spacing kern sz szCs lang",
    "tblPr": "tblStyle tblpPr tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge textDirection vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sectPr": "footerReference type pgSz pgMar cols docGrid",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat themeFontLang"
    " decimalSymbol listSeparator",
    "body": "p tbl sectPr",
}
"""Element -> its children in the order of the schema, of those that the writer uses."""


def test_children_stand_in_the_order_of_the_schema(full_docx: bytes) -> None:
    seen = set()
    for name in ("document", "styles", "settings", "footer1", "footer2", "footer3", "footer4"):
        for element in part(full_docx, f"word/{name}.xml").iter():
            tag = element.tag.removeprefix(W)
            if tag in ORDER:
                seen.add(tag)
                order = ORDER[tag].split()
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert tag == "body" or places == sorted(places), etree.tostring(element)[:300]
    assert seen == set(ORDER)


def test_every_cell_ends_in_a_paragraph_and_every_row_fills_the_grid(full_docx: bytes) -> None:
    tables = list(part(full_docx, "word/document.xml").iter(W + "tbl"))
    assert len(tables) >= 6
    for table in tables:
        grid = [int(column.get(W + "w", "0")) for column in find(table, "w:tblGrid/w:gridCol")]
        assert sum(grid) == int(value(table, "w:tblPr/w:tblW", "w") or 0)
        for found in find(table, "w:tr"):
            cells = find(found, "w:tc")
            assert all(cell[-1].tag == W + "p" for cell in cells)
            assert sum(int(value(cell, "w:tcPr/w:gridSpan") or 1) for cell in cells) == len(grid)
            assert sum(int(value(cell, "w:tcPr/w:tcW", "w") or 0) for cell in cells) == sum(grid)


def test_a_table_is_never_beside_another_or_last() -> None:
    body = body_of(info_table(), info_table(), plain_table(("甲",), row("乙")))
    tags = [child.tag.removeprefix(W) for child in body]
    assert tags == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]
    assert [value(child, "w:pPr/w:pStyle") for child in find(body, "w:p")] == ["分隔"] * 3


def test_table_rows() -> None:
    table = body_of(rich_table()).find(f"{W}tbl")
    assert table is not None
    rows = find(table, "w:tr")
    assert [bool(find(found, "w:trPr/w:tblHeader")) for found in rows] == [True, True] + [False] * 5
    assert all(find(found, "w:trPr/w:cantSplit") for found in rows)
    assert all(node.attrib == {} for node in table.iter(W + "tblHeader"))
    names = [value(found, "w:tc/w:p/w:pPr/w:pStyle") for found in rows]
    assert names == ["表头", "表头", "表格分组", "表格文字", "表格文字", "表格文字", "表格合计"]
    merges = [[value(cell, "w:tcPr/w:vMerge") for cell in find(found, "w:tc")] for found in rows[3:5]]
    assert merges == [[None, "restart", None, None], [None, None, None, None]]
    assert [len(find(found, "w:tc/w:tcPr/w:vMerge")) for found in rows[:5]] == [2, 2, 0, 1, 1]
    assert find(rows[2], "w:tc/w:p/w:pPr/w:keepNext")


def test_only_a_row_taller_than_a_page_may_split() -> None:
    body = body_of(plain_table(("进展",), row("长" * 6000), row("短")))
    assert [bool(find(found, "w:trPr/w:cantSplit")) for found in find(body, "w:tbl/w:tr")] == [
        True,
        False,
        True,
    ]


def test_looks_have_table_styles() -> None:
    for table, look in ((rich_table(), TableLook.RULED), (info_table(), TableLook.INFO)):
        body = body_of(table)
        assert value(body, "w:tbl/w:tblPr/w:tblStyle") == TABLE_STYLES[look]
        assert value(body, "w:tbl/w:tblPr/w:tblLayout", "type") == "fixed"
    assert value(body_of(info_table()), "w:tbl/w:tr/w:tc/w:p/w:pPr/w:pStyle") == "信息公开"


# -- paragraphs -----------------------------------------------------------------------------------


def runs_of(block: FlowBlock) -> list[tuple[str, str | None, str | None]]:
    """Return text, character style and hint of every run of the only paragraph."""
    return [
        (text_of(run), value(run, "w:rPr/w:rStyle"), value(run, "w:rPr/w:rFonts", "hint"))
        for run in find(body_of(block), "w:p/w:r")
    ]


def test_a_heading_that_runs_on_can_be_read_back() -> None:
    heading = Heading(2, words("抓平台。"), words("建成AI平台3个。"), number="（一）")
    assert runs_of(heading) == [
        ("（一）", Voice.NUMBER, "eastAsia"),
        ("抓平台。", Voice.HEADING, "eastAsia"),
        ("建成AI平台3个。", Voice.REST, "eastAsia"),
    ]
    assert value(body_of(heading), "w:p/w:pPr/w:pStyle") == "二级标题（接排）"
    assert (
        value(style(str(Voice.REST)), "w:rPr/w:rFonts", "eastAsia")
        == OFFICIAL_FACES[STANDARD.styles[Role.BODY].face]
    )


def test_a_plain_heading_is_word_s_own() -> None:
    body = body_of(Heading(1, words("总体要求"), number="一、"))
    assert value(body, "w:p/w:pPr/w:pStyle") == "Heading1"
    document = docx.Document(BytesIO(write_docx(lay_out(flow(Heading(1, words("题"), number="一、"))))))
    assert document.paragraphs[0].style is not None
    assert document.paragraphs[0].style.name == "Heading 1"


def test_marks_in_chinese_are_hinted_and_marks_in_english_are_not() -> None:
    assert runs_of(line("称“AI”与it’s OK之间")) == [
        ("称“", None, "eastAsia"),
        ("AI", None, None),
        ("”与", None, "eastAsia"),
        ("it’s OK", None, None),
        ("之间", None, "eastAsia"),
    ]


def test_marks_in_chinese_name_their_face_for_engines_without_hints() -> None:
    fonts = find(body_of(line("称“好”")), "w:p/w:r/w:rPr/w:rFonts")
    assert [value(font.getparent(), "w:rFonts", "ascii") for font in fonts] == ["仿宋_GB2312"]


def test_only_lines_that_engines_could_end_elsewhere_carry_a_spacing() -> None:
    plain = body_of(line("科技创新" * 40))
    assert find(plain, "w:p/w:r/w:rPr/w:spacing") == []
    mixed = body_of(line("科技创新A1" * 40))
    spacings = [int(node.get(f"{W}val")) for node in find(mixed, "w:p/w:r/w:rPr/w:spacing")]
    assert spacings
    assert all(-20 < spacing < 40 for spacing in spacings)


def test_blanks_tabs_and_line_ends_are_kept() -> None:
    body = body_of(Paragraph((Text(" 甲  乙\t丙 "), Break(), Text("丁\n戊"))))
    paragraph = find(body, "w:p")[0]
    shown = "".join(
        {"t": node.text or "", "tab": "\t", "br": "\n"}.get(node.tag.removeprefix(W), "")
        for node in paragraph.iter()
    )
    assert shown == " 甲  乙\t丙 \n丁\n戊"
    preserved = [node for node in paragraph.iter(W + "t") if node.get(f"{{{XML}}}space") == "preserve"]
    assert [node.text for node in preserved] == [" 甲  乙", "丙 "]


XML = "http://www.w3.org/XML/1998/namespace"


def test_paragraphs_carry_only_what_differs_from_their_style() -> None:
    plain = body_of(line("甲"))
    assert [child.tag for child in find(plain, "w:p/w:pPr")[0]] == [W + "pStyle"]
    asked = find(body_of(Paragraph(words("甲"), Role.DATE, Align.LEFT, True, 2.5)), "w:p/w:pPr")[0]
    assert [child.tag.removeprefix(W) for child in asked] == ["pStyle", "keepNext", "keepLines", "ind", "jc"]
    assert value(asked, "w:ind", "rightChars") == "250"
    assert value(asked, "w:ind", "right") == str(round(2.5 * 15.75 * 20))


# -- sections -------------------------------------------------------------------------------------


def sections_of(*sections: Section) -> tuple[etree._Element, list[etree._Element]]:
    body = part(write_docx(lay_out(Flow(PROPERTIES, sections))), "word/document.xml")[0]
    return body, list(body.iter(W + "sectPr"))


def test_the_page_is_that_of_the_standard() -> None:
    _, (only,) = sections_of(Section((line("甲"),)))
    assert {name: value(only, "w:pgMar", name) for name in ("top", "right", "bottom", "left")} == {
        "top": "2098",
        "right": "1474",
        "bottom": "1984",
        "left": "1587",
    }
    assert (value(only, "w:pgSz", "w"), value(only, "w:pgSz", "h")) == ("11906", "16838")
    assert value(only, "w:docGrid", "linePitch") == "579"
    # Dashes in the middle of a line of 14 pt, 28.0 mm above the edge.
    footer = int(value(only, "w:pgMar", "footer") or 0) / 1440 * 25.4
    assert footer + 7 / 72 * 25.4 == pytest.approx(28, abs=0.05)


def test_a_section_of_the_same_orientation_breaks_the_page_only() -> None:
    body, sections = sections_of(Section((line("甲"),)), Section((line("题", Role.ATTACHMENT_LABEL),)))
    assert len(sections) == 1
    assert [bool(find(found, "w:pPr/w:pageBreakBefore")) for found in find(body, "w:p")] == [False, True]


def test_a_table_at_the_top_or_another_orientation_begins_a_section() -> None:
    table = plain_table(("甲",), row("乙"))
    body, sections = sections_of(
        Section((line("甲"),)),
        Section((table,)),
        Section((rich_table(),)),
        Section((line(LONG),), Orientation.LANDSCAPE),
        Section((line("尾"),)),
    )
    assert [value(found, "w:pgSz", "orient") for found in sections] == [None, None, "landscape", None]
    assert [bool(find(found, "w:docGrid")) for found in sections] == [True, False, False, True]
    assert [len(find(found, "w:footerReference")) for found in sections] == [2, 2, 2, 2]
    used = [
        [node.get(f"{{{RELATIONS}}}id") for node in find(found, "w:footerReference")] for found in sections
    ]
    assert used[0] == used[1] == used[3] != used[2], "after a turned page the numbers are upright again"
    assert value(sections[2], "w:pgMar", "left") == "1984"
    assert not list(body.iter(W + "pageBreakBefore"))[1:], "only the table with a title asks for a page"


def test_page_numbers_are_fields_on_either_side(small_docx: bytes) -> None:
    only = next(part(small_docx, "word/document.xml").iter(W + "sectPr"))
    kinds = [node.get(W + "type") for node in find(only, "w:footerReference")]
    assert kinds == ["default", "even"]
    for name, align in (("footer1", None), ("footer2", "left")):
        footer = part(small_docx, f"word/{name}.xml")
        assert text_of(footer) == "— 1 —"
        assert [node.get(W + "fldCharType") for node in footer.iter(W + "fldChar")] == [
            "begin",
            "separate",
            "end",
        ]
        assert value(footer, "w:p/w:pPr/w:jc") == align
    assert value(style("footer"), "w:pPr/w:jc") == "right"
    assert value(style("footer"), "w:pPr/w:ind", "rightChars") == "100"
    assert value(style("footer"), "w:pPr/w:ind", "leftChars") == "100"


def test_the_number_of_a_turned_page_stands_where_the_upright_sheet_has_it(small_docx: bytes) -> None:
    assert len(list(part(small_docx, "word/document.xml").iter(W + "sectPr"))) == 2
    for name, align in (("footer3", None), ("footer4", "left")):
        footer = part(small_docx, f"word/{name}.xml")
        assert text_of(footer) == "— 1 —"
        assert value(footer, "w:tbl/w:tr/w:tc/w:tcPr/w:textDirection") == "tbRl"
        assert value(footer, "w:tbl/w:tr/w:tc/w:p/w:pPr/w:jc") == align
        place = find(footer, "w:tbl/w:tblPr/w:tblpPr")[0]
        assert (place.get(W + "horzAnchor"), place.get(W + "vertAnchor")) == ("page", "page")
        middle = (int(place.get(W + "tblpX")) / 20 + 7) / 72 * 25.4
        assert middle == pytest.approx(28.6, abs=0.05), "LibreOffice sets the dash 0.8 mm farther out"
        assert int(place.get(W + "tblpY")) == round(28 / 25.4 * 1440), "the left edge of the upright sheet"
        height = int(value(footer, "w:tbl/w:tr/w:trPr/w:trHeight") or 0)
        assert height == round(156 / 25.4 * 1440)


def test_an_empty_paper_is_a_file() -> None:
    for sections in ((), (Section(()),)):
        data = write_docx(lay_out(Flow(PROPERTIES, sections)))
        assert docx.Document(BytesIO(data)).element.body is not None


def test_a_word_file_alone_imports_no_library_that_reads_fonts_or_trees() -> None:
    code = (
        "import sys; from tests.writers.papers import small; from zhibi.layout import lay_out;"
        "from zhibi.writers.docx import write_docx; write_docx(lay_out(small()));"
        "print(sorted({'docx', 'lxml', 'fontTools', 'matplotlib', 'pypdfium2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
