"""Laws: what a clerk types is printed, letter for letter, in both files, or refused with its line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import yaml
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extract import fold, read_docx, read_pdf
from tests.test_samples import flow_text
from tests.unread import unread
from zhibi.errors import ReportError
from zhibi.importer import import_paper, write_yaml
from zhibi.model import Project
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parent.parent
TRAPS = (
    "<b>",
    "&amp;",
    '"',
    "'",
    "#",
    "# ",
    "**",
    "|",
    "||",
    "{{ 年度 }}",
    "{% if %}",
    "{#",
    "1. ",
    "- ",
    "1、",
    "一是",
    "（一）",
    "\\",
    "\\1;",
    "\\@3;",
    "::分页",
    ": ",
    "：",
    "]]>",
    "${x}",
    "%",
    "@",
    "`",
    "~",
    "=SUM(1)",
    "•",
    "·",
    "–",
    "&#1234;",
    "—— ",
    "……",
    "“",
    "”",
    "007",
    "1.10",
    "NO",
    "12:30",
)
LETTERS = "科技创新平台建设推进落实年度重点任务，。；：、（）《》·0123456789abcXYZ "


def random_value(source: random.Random) -> str:
    pieces = [
        source.choice(TRAPS) if source.random() < 0.4 else source.choice(LETTERS)
        for _ in range(source.randint(1, 14))
    ]
    return "".join(pieces).strip() or "甲"


def test_a_thousand_values_are_printed_as_typed(tmp_path: Path) -> None:
    source = random.Random(20260930)
    values = [random_value(source) for _ in range(1000)]
    rows = [{"甲": value, "乙": [value]} for value in values[:100]]
    body = [*values, {"表": {"栏": ["甲", {"名": "乙", "编号": "无"}], "行": rows}}]
    data = tmp_path / "数据.yaml"
    text = yaml.safe_dump({"正文": body}, allow_unicode=True, default_style='"')
    data.write_text(f"版本: 1\n模板: 文稿\n文件名: 值\n{text}", encoding="utf-8")
    checked = check_report(data, unread(tmp_path))
    docx, pdf = build_report(checked, tmp_path, ("docx", "pdf")).files
    wanted = fold("".join(values) + "甲乙" + "".join(value * 2 for value in values[:100]))
    assert read_docx(docx).text == wanted
    assert read_pdf(pdf, (fold("甲乙"),)) == wanted
    typed = [paragraph.text for paragraph in Document(str(docx)).paragraphs if paragraph.text]
    assert typed == values, "not letter for letter, blanks and widths included"


def sentences() -> st.SearchStrategy[str]:
    words = st.sampled_from(
        [*TRAPS, "推进平台建设", "一、", "附件：", "2026年2月18日", "抓落实。", "；", "各单位："]
    )
    return (
        st.lists(words, min_size=1, max_size=5)
        .map("".join)
        .filter(lambda text: text.strip() == text and text != "")
    )


def bodies(depth: int = 3) -> st.SearchStrategy[list[object]]:
    text = sentences()
    series = st.fixed_dictionaries({"分述": st.lists(text, min_size=1, max_size=3)}, optional={"引语": text})
    items = st.fixed_dictionaries(
        {"列项": st.lists(text, min_size=1, max_size=3)},
        optional={"编号": st.sampled_from(["一是", "（1）", "无"])},
    )
    lead = st.fixed_dictionaries({"提要": text, "文": text})
    table = st.integers(1, 4).flatmap(lambda width: st.fixed_dictionaries({"表": _table(width)}))
    kinds: list[st.SearchStrategy[object]] = [text, series, items, lead, table]
    if depth:
        heading = st.fixed_dictionaries({"标题": text}, optional={"接排": text, "内容": bodies(depth - 1)})
        kinds.append(heading)
    return st.lists(st.one_of(kinds), min_size=1, max_size=4)


def _table(width: int) -> st.SearchStrategy[dict[str, object]]:
    names = "甲乙丙丁"[:width]
    cell = sentences() | st.lists(sentences(), min_size=1, max_size=3)
    row = st.fixed_dictionaries({}, optional=dict.fromkeys(names, cell))
    return st.fixed_dictionaries({"栏": st.just(list(names)), "行": st.lists(row, min_size=1, max_size=3)})


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bodies(), st.none() | sentences())
def test_a_built_word_file_comes_back_as_the_same_paper(
    tmp_path: Path, body: list[object], title: str | None
) -> None:
    paper = {"正文": body, "文件名": "文"} | ({"标题": title} if title else {})
    first, again = tmp_path / "一.yaml", tmp_path / "二.yaml"
    first.write_text(
        "版本: 1\n模板: 文稿\n" + yaml.safe_dump(paper, allow_unicode=True, default_style='"'),
        encoding="utf-8",
    )
    project = unread(tmp_path)
    checked = check_report(first, project)
    (docx,) = build_report(checked, tmp_path, ("docx",)).files
    assert read_docx(docx).text == flow_text(checked.paper.flow)
    again.write_text(write_yaml(import_paper(docx).data, "文稿.schema.json"), encoding="utf-8")
    assert flow_text(check_report(again, project).paper.flow) == flow_text(checked.paper.flow)


BODY_PIECES = st.sampled_from(
    [
        "甲乙",
        "丙",
        "丁 ",
        "# ",
        "## ",
        "##### ",
        "- ",
        "**",
        "*",
        "::",
        "::分页",
        "::表 戊",
        "::正文",
        "\\",
        "\\*",
        "\n",
        "\n\n",
        "1. ",
        "{{ 己 }}",
        "己",
        "{# 注 #}",
        "  ",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(BODY_PIECES, min_size=1, max_size=14).map("".join))
def test_every_word_of_a_template_is_in_the_tree_or_in_a_problem(tmp_path: Path, body: str) -> None:
    (tmp_path / "templates").mkdir(exist_ok=True)
    head = "---\n版本: 1\n说明: 试\n字段: {己: {类型: 文字, 必填: 是}}\n---\n"
    (tmp_path / "templates" / "试.jinja").write_text(head + body + "\n", encoding="utf-8")
    (tmp_path / "数.yaml").write_text("版本: 1\n模板: 试\n己: 庚**# 辛\n", encoding="utf-8")
    words = [
        char
        for char in body.replace("{{ 己 }}", "庚**# 辛").replace("{# 注 #}", "")
        if char in "甲乙丙丁戊己庚辛"
    ]
    said, problems = "", ()
    try:
        said = flow_text(
            check_report(tmp_path / "数.yaml", Project(tmp_path, tmp_path / "templates")).paper.flow
        )
    except ReportError as error:
        problems = error.problems
    assert all(problem.at.line and problem.suggestion for problem in problems)
    assert problems or [char for char in said if char in "甲乙丙丁戊己庚辛"] == words


WHOLE_PIECES = st.sampled_from(
    [
        "甲乙",
        "丙 ",
        "**丁**",
        "\\*",
        "\\\\",
        "{{ 己 }}",
        "\n",
        "\n\n",
        "\n# 戊\n",
        "\n- 己\n",
        "{# 注 #}",
        "1. ",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WHOLE_PIECES, min_size=1, max_size=14).map("".join))
def test_a_well_formed_template_is_never_refused(tmp_path: Path, body: str) -> None:
    (tmp_path / "templates").mkdir(exist_ok=True)
    head = "---\n版本: 1\n说明: 试\n字段: {己: {类型: 文字, 必填: 是}}\n---\n"
    (tmp_path / "templates" / "试.jinja").write_text(head + body + "\n", encoding="utf-8")
    (tmp_path / "数.yaml").write_text("版本: 1\n模板: 试\n己: 庚**# 辛\n", encoding="utf-8")
    said = flow_text(check_report(tmp_path / "数.yaml", Project(tmp_path, tmp_path / "templates")).paper.flow)
    words = body.replace("{{ 己 }}", "庚**# 辛").replace("{# 注 #}", "")
    assert [char for char in said if char in "甲乙丙丁戊己庚辛"] == [
        char for char in words if char in "甲乙丙丁戊己庚辛"
    ]


@pytest.mark.parametrize("char", ["\x0b", "\x00", "\u202e", "\ufffe", "\x85", "\ue123", "\u0301"])
def test_what_cannot_be_printed_is_refused_with_its_place(tmp_path: Path, char: str) -> None:
    data = tmp_path / "数据.yaml"
    data.write_bytes(f"版本: 1\n模板: 文稿\n正文:\n  - 甲{char}乙\n".encode())
    with pytest.raises(ReportError) as caught:
        check_report(data, Project(tmp_path, ROOT / "templates"))
    assert all((problem.at.line, problem.at.column) == (4, 6) for problem in caught.value.problems)


@pytest.mark.parametrize("char", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d"])
def test_what_nobody_sees_is_left_out_and_said_with_its_place(tmp_path: Path, char: str) -> None:
    data = tmp_path / "数据.yaml"
    data.write_bytes(f"版本: 1\n模板: 文稿\n正文:\n  - 甲{char}乙\n".encode())
    checked = check_report(data, Project(tmp_path, ROOT / "templates"))
    assert flow_text(checked.paper.flow) == "甲乙"
    assert [(problem.at.line, problem.at.column) for problem in checked.problems] == [(4, 6)]
