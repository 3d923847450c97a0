"""The HTML of a paper: structure, words, faces, style sheet."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import tinycss2

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
from zhibi.styles import RUN_IN_STYLES, STANDARD
from zhibi.writers.html import write_html

GOLDEN = Path(__file__).parent / "small.html"


def html_of(*blocks: FlowBlock) -> str:
    return body_of(write_html(lay_out(flow(*blocks))))


def body_of(html: str) -> str:
    return html[html.index("<body>") : html.index("</body>") + len("</body>\n")]


def css_of(paper: Flow) -> str:
    html = write_html(lay_out(paper))
    return html[html.index("<style>") + 7 : html.index("</style>")]


class _Words(HTMLParser):
    """Collects words and checks that tags are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("br", "col", "meta"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    assert parser.open == []
    return "".join("".join(parser.words).split("\n"))


def test_the_small_paper_is_as_agreed() -> None:
    """`GOLDEN` is the body of the small paper; when a change is meant, replace it and read the difference."""
    assert body_of(write_html(lay_out(small()))) == GOLDEN.read_text(encoding="utf-8")


def test_the_head_tells_the_properties() -> None:
    html = write_html(lay_out(small()))
    assert '<html lang="zh-CN">' in html
    assert f"<title>{PROPERTIES.title}</title>" in html
    for name, content in {
        "author": "某某区科学技术局",
        "description": "年度总结",
        "keywords": "科技,总结",
        "dcterms.created": "2026-01-05",
    }.items():
        assert f'<meta name="{name}" content="{content}">' in html


def test_every_kind_of_block_is_written() -> None:
    html = write_html(lay_out(everything()))
    assert words_of(body_of(html))
    classes = {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}
    assert set(map(str, Role)) - {Role.TABLE_HEAD, Role.PAGE_NUMBER} <= classes
    assert set(RUN_IN_STYLES.values()) <= classes


def test_words_come_out_letter_for_letter() -> None:
    text = "<b> & \"引\" 'x'  两个空格 {{ }} **"
    assert words_of(html_of(line(text))) == text


def test_line_ends_are_breaks() -> None:
    assert "甲<br>乙<br>丙" in html_of(Paragraph((Text("甲\n乙"), Break(), Text("丙"))))


def test_heading_tags_never_skip_a_level() -> None:
    html = html_of(
        Heading(2, words("先"), number="（一）"),
        line("题", Role.TITLE),
        Heading(1, words("一"), number="一、"),
        Heading(3, words("三"), words("接排"), number="1."),
        Heading(4, words("四"), number="（1）"),
        line("附", Role.ATTACHMENT_TITLE),
    )
    assert re.findall(r"<(h\d)", html) == ["h1", "h1", "h2", "h3", "h4", "h2"]


def test_what_runs_on_stays_out_of_the_bookmark() -> None:
    html = html_of(Heading(3, words("抓平台。"), words("建成3个。"), number="1."))
    name = RUN_IN_STYLES[Role.HEADING_3]
    assert f'<div class="{name}"><h1 data-label="1.抓平台。">' in html
    assert '</h1><span class="接排文字">建成' in html


def test_a_bookmark_is_one_line() -> None:
    html = html_of(Paragraph((Text("上行"), Break(), Text("下行")), Role.TITLE))
    assert 'data-label="上行下行"' in html


def test_tables_have_headings_and_spans() -> None:
    html = html_of(rich_table())
    assert html.count("<thead>") == 1
    assert '<th scope="col" rowspan="2">' in html
    assert '<th scope="col" colspan="2">' in html
    assert '<td rowspan="2"><p class="中">' in html
    widths = [float(width) for width in re.findall(r'<col style="width:([\d.]+)mm">', html)]
    assert sum(widths) == pytest.approx(STANDARD.pages[Orientation.PORTRAIT].text_width)


def test_rows_have_the_class_of_their_kind() -> None:
    assert '<tr class="表格分组">' in html_of(rich_table())
    assert '<tr class="表格合计">' in html_of(rich_table())


def test_a_row_taller_than_a_page_stands_in_parts() -> None:
    html = html_of(plain_table(("进展",), row("长" * 6000), row("短")))
    assert html.count('<table class="表格 另页">') == html.count("<thead>") - 1 > 0
    assert html.count("长") == 6000


def test_a_paragraph_over_a_page_is_one_paragraph() -> None:
    html = html_of(line("长" * 28 * 30))
    assert html.count('<p class="正文">') == 1
    assert html.count('<span class="页 另页">') == 1


def test_a_word_wider_than_its_column_is_cut_to_its_lines() -> None:
    html = html_of(plain_table(("甲", "乙"), row("x" * 300, "短")))
    lines = re.findall(r"x+", html)
    assert "".join(lines) == "x" * 300
    assert len(lines) > 2
    assert max(map(len, lines)) - min(map(len, lines[:-1])) <= 1


def test_landscape_sections_have_their_own_pages() -> None:
    paper = Flow(PROPERTIES, (Section((line("甲"),)), Section((line("乙"),), Orientation.LANDSCAPE)))
    assert '<section class="横向">' in write_html(lay_out(paper))
    css = css_of(paper)
    assert "@page 横向{size:297mm 210mm;margin:28mm 37mm 25mm 35mm}" in css
    assert ".横向{page:横向}" in css


def test_the_style_sheet_is_made_from_the_look() -> None:
    css = css_of(everything())
    for role, style in STANDARD.styles.items():
        rule = re.search(rf"^\.{role}\{{(.*)\}}$", css, re.MULTILINE)
        assert rule, role
        assert f"font-size:{style.size:g}pt;line-height:{style.pitch:g}pt" in rule.group(1)
    assert "text-indent:31.5pt" in css, "two characters of body type are 2 x 15.75 pt"
    assert "letter-spacing:-0.25pt" in css


def test_the_style_sheet_is_well_formed() -> None:
    rules = tinycss2.parse_stylesheet(css_of(everything()), skip_comments=True, skip_whitespace=True)
    assert len(rules) > 40
    assert [rule for rule in rules if rule.type == "error"] == []
    for rule in rules:
        if rule.type == "qualified-rule":
            parsed = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
            assert [part for part in parsed if part.type == "error"] == []


def test_latin_has_its_own_face_and_marks_have_not() -> None:
    html = html_of(line("称“AI+”技术"))
    assert '<span>称“<span class="西文">AI+</span>”技术</span>' in html


def test_a_rare_character_has_its_own_face() -> None:
    html = write_html(lay_out(flow(line("请镕阅"))))
    assert '请<span class="换字体1">镕</span>阅' in html
    assert re.search(r"^\.换字体1\{font-family:", html, re.MULTILINE)


def test_a_character_without_a_glyph_is_a_problem_at_its_place() -> None:
    at = Location("乙.yaml", 9, 2)
    with pytest.raises(ReportError) as raised:
        write_html(lay_out(flow(Paragraph((Text("好\ue123", at),)))))
    assert [(problem.rule, problem.at) for problem in raised.value.problems] == [("缺字", at)]
