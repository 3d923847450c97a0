"""A paper from elsewhere: findings at the places of that file, Word comments on exactly their words."""

from __future__ import annotations

import json
import os
import random
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from tests.judges.docx_rules import house_rules
from tests.judges.tools import audit
from tests.test_cli import run
from zhibi.errors import Problem
from zhibi.foreign.checking import check_foreign
from zhibi.foreign.comments import annotated
from zhibi.foreign.word_text import text_of, word_texts
from zhibi.model import Project, read_config
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parent.parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINES = (
    "云川区科技局关于开展检查的通知",
    "各镇街：",
    "为加强科技项目管理, 现将有关事项通知如下。",
    "一、检查内容",
    "(一)项目进展。各单位要对照清单进行进行全面自查,,不留死角。",
    "",
    "(二)资金使用。科技创新工作呈现全所未有的良好局面。",
    "二、有关要求",
    "请于2026年2月30日前报送。",
    "云川区科技局",
    "2026年2月3日",
)
ROWS = (("序号", "内容", "进展"), ("1", "建平台", "已建成，，运行平稳。"), ("2", "育企业", "新增12家。"))


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A Word file whose paragraphs are cut into runs anywhere, with a table."""
    document: Any = Document()
    cut = random.Random(7)
    for line in LINES:
        paragraph = document.add_paragraph()
        while line:
            width = cut.randint(1, 6)
            paragraph.add_run(line[:width]).bold = cut.random() < 0.4
            line = line[width:]
    table = document.add_table(0, 3)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(tmp_path / "来文.docx")
    return tmp_path / "来文.docx"


def found(path: Path) -> list[Problem]:
    return list(check_foreign(path, Project(path.parent, ROOT / "templates")))


def test_places_of_a_text_are_lines_and_columns_of_it(tmp_path: Path) -> None:
    path = tmp_path / "来文.txt"
    path.write_text("\n".join(f"  {line}" for line in LINES), encoding="utf-8")
    told = {(problem.rule, str(problem.at), problem.text) for problem in found(path)}
    assert {
        ("重复词语", "来文.txt:5:19", "进行进行"),
        ("易混词", "来文.txt:7:19", "全所未有"),
        ("日期不存在", "来文.txt:9:5", "2026年2月30日"),
    } <= told
    assert any(rule == "重复标点" and place == "来文.txt:5:27" for rule, place, _ in told)
    assert list(tmp_path.iterdir()) == [path]


def test_places_of_a_word_file_are_paragraphs_and_cells(word: Path) -> None:
    told = {(problem.rule, str(problem.at), problem.text) for problem in found(word)}
    assert {
        ("重复词语", "来文.docx “(一)项目进展”这一段", "进行进行"),
        ("易混词", "来文.docx “(二)资金使用”这一段", "全所未有"),
        ("日期不存在", "来文.docx “二、有关要求”下第1段", "2026年2月30日"),
        ("重复标点", "来文.docx 表1第2行第3栏", "，，"),
        ("半角标点", "来文.docx 第3段", ","),
    } <= told


def test_a_command_tells_them_and_writes_nothing(word: Path) -> None:
    said = run(["check", "来文.docx", "--json"], word.parent)
    assert said.code == 1  # 易混词 is an error, whoever wrote it.
    [wrong] = [one for one in json.loads(said.out)["problems"] if one["rule"] == "易混词"]
    assert (wrong["place"], wrong["text"], wrong["mended"]) == (
        "来文.docx “(二)资金使用”这一段",
        "全所未有",
        "前所未有",
    )
    assert list(word.parent.iterdir()) == [word]


def covered(path: Path) -> list[str]:
    """Return the words that each comment covers."""
    words: dict[str, str] = {}
    open_ones: set[str] = set()
    for element in Document(str(path)).element.body.iter():
        number = str(element.get(f"{W}id"))
        if element.tag == f"{W}commentRangeStart":
            open_ones.add(number)
            words[number] = ""
        elif element.tag == f"{W}commentRangeEnd":
            open_ones.discard(number)
        elif element.tag == f"{W}t":
            for one in open_ones:
                words[one] += element.text or ""
    return [words[number] for number in sorted(words, key=int)]


def texts(raw: bytes) -> list[str]:
    document: Any = Document(BytesIO(raw))
    return [text_of(one.element) for one in word_texts(document.element.body)]


def test_comments_cover_exactly_the_words(word: Path) -> None:
    before = word.read_bytes()
    run(["check", "来文.docx", "--annotate", "批注.docx"], word.parent)
    out = word.with_name("批注.docx")
    assert word.read_bytes() == before
    assert texts(out.read_bytes()) == texts(before)
    problems = found(word)
    assert len(problems) >= 6
    assert covered(out) == [problem.text for problem in problems]
    comments: Any = Document(str(out)).comments
    said = [comment.text for comment in comments]
    assert {comment.author for comment in comments} == {"执笔"}
    assert any(
        one.startswith("错误：易混词\n") and "请改成“前所未有”" in one and "依据：" not in one for one in said
    )
    assert any(one.startswith("提醒：半角标点\n全文有 7 处半角标点，见") and "依据：" in one for one in said)


def test_a_file_that_exists_is_not_written_over(word: Path) -> None:
    word.with_name("批注.docx").write_bytes(b"mine")
    said = run(["check", "来文.docx", "--annotate", "批注.docx"], word.parent)
    assert said.code == 2
    assert word.with_name("批注.docx").read_bytes() == b"mine"


def test_a_paper_with_comments_passes_the_judges(tmp_path: Path) -> None:
    project = Project(ROOT, ROOT / "templates")
    entry = read_config(ROOT / "config.yaml", project).reports[0]
    built = build_report(check_report(entry.data, project), tmp_path, ("docx",)).files[0]
    raw = built.read_bytes()
    first = [number for number, words in enumerate(texts(raw), 1) if len(words) > 8]
    notes = [(problem, "提醒：试\n试一试") for problem in _everywhere(raw, first[:12])]
    out = tmp_path / "批注.docx"
    out.write_bytes(annotated(raw, notes, "2026-01-01T00:00:00Z", "甲.docx"))
    assert texts(out.read_bytes()) == texts(raw)
    assert covered(out) == [problem.text for problem, _ in notes]
    assert house_rules(out) == []
    assert audit(out) == []
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path / "pdf", out],
        check=True,
        capture_output=True,
        timeout=120,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin:/usr/local/bin"},
    )
    assert (tmp_path / "pdf" / "批注.pdf").stat().st_size > 10_000


def _everywhere(raw: bytes, numbers: list[int]) -> list[Problem]:
    """Return findings in the middle of paragraphs, two of them overlapping."""
    from zhibi.errors import Location

    words = texts(raw)
    return [
        Problem(
            Location("甲", number, start + 1),
            "试",
            "试",
            text=words[number - 1][start : start + 3],
            start=start,
        )
        for number in numbers
        for start in (2, 4)
    ]


def test_files_that_are_no_papers_are_refused(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04nothing")
    (tmp_path / "网页.doc").write_bytes(b"<html><body>x</body></html>")
    for name in ("坏.docx", "没有.docx", "没有.txt", "网页.doc"):
        said = run(["check", name], tmp_path)
        assert said.code == 2
        assert said.err.startswith(f"{name} 错误：")
    assert "这是网页，不是 Word 文件" in said.err
    assert "别的格式的文稿" in run(["check", "来文.docm"], tmp_path).err


def hostile(path: Path, body: str, *, old: bytes = b"", new: bytes = b"", without: str = "") -> Path:
    """Write a Word file with this body; in all parts `old` is `new`, one part is left out."""
    document: Any = Document()
    raw = BytesIO()
    document.save(raw)
    head = "<w:p><w:r><w:t>关于甲的通知</w:t></w:r></w:p>"
    names = f'xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml"'
    with ZipFile(raw) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            words = f"<w:document {names}><w:body>{head}{body}</w:body></w:document>"
            data = words.encode() if name == "word/document.xml" else source.read(name)
            if name != without:
                target.writestr(name, data.replace(old, new) if old else data)
    return path


LONG = (
    "<w:p><w:r><w:t>各单位要对照年度目标任务逐项梳理、倒排工期，确保按时完成全年各项工作。</w:t></w:r></w:p>"
)
BAD = "<w:p><w:r><w:t>各单位要认真落实，，按时报送。</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("old", "new", "without"),
    [
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006",
            b"http://purl.oclc.org/ooxml/officeDocument",
            "",
        ),
        (b"wordprocessingml.document.main", b"wordprocessingml.template.main", ""),
        (b"", b"", "word/styles.xml"),
        (b"", b"", "docProps/core.xml"),
        (b"", b"", "word/_rels/document.xml.rels"),
    ],
    ids=["strict", "template", "no styles", "no properties", "no relations"],
)
def test_comments_in_files_that_python_docx_refuses(
    tmp_path: Path, old: bytes, new: bytes, without: str
) -> None:
    path = hostile(tmp_path / "来文.docx", BAD, old=old, new=new, without=without)
    said = run(["check", "来文.docx", "--annotate", "批注.docx"], tmp_path)
    assert (said.code, said.err) == (1, "")
    with ZipFile(path) as source, ZipFile(tmp_path / "批注.docx") as target:
        comments = target.read("word/comments.xml").decode()
        assert comments.count("<w:comment ") == 1
        assert "重复标点" in comments
        same = {*source.namelist()} - {"word/document.xml", "word/styles.xml", "[Content_Types].xml"}
        same -= {"word/_rels/document.xml.rels"}
        assert all(source.read(name) == target.read(name) for name in same)


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    document: Any = Document()
    document.add_paragraph("关于甲的通知")
    paragraph = document.add_paragraph("各单位要")
    mine = paragraph.add_run("认真落实，，按时")
    document.add_comment(mine, "请领导阅。", author="张三", initials="张")
    paragraph.add_run("报送。")
    document.save(tmp_path / "来文.docx")
    run(["check", "来文.docx", "--annotate", "批注.docx"], tmp_path)
    result: Any = Document(str(tmp_path / "批注.docx"))
    assert [(one.comment_id, one.author) for one in result.comments] == [(0, "张三"), (1, "执笔")]
    assert covered(tmp_path / "批注.docx") == ["认真落实，，按时", "，，"]


def test_the_date_of_comments_is_that_asked_for(word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    said = run(["check", "来文.docx", "--annotate", "批注.docx"], word.parent)
    comments: Any = Document(str(word.with_name("批注.docx"))).comments
    assert {str(one.timestamp)[:10] for one in comments} == {"2026-01-01"}, said.err


def test_the_words_below_pinyin_are_read(tmp_path: Path) -> None:
    ruby = "<w:ruby><w:rt><w:r><w:t>quán</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>全所</w:t></w:r></w:rubyBase></w:ruby>"
    body = f"<w:p><w:r><w:t>有</w:t></w:r><w:r>{ruby}</w:r><w:r><w:t>未有的局面。</w:t></w:r></w:p>"
    path = hostile(tmp_path / "来文.docx", body)
    [problem] = found(path)
    assert (problem.rule, problem.text, problem.start) == ("易混词", "全所未有", 1)
    raw = annotated(path.read_bytes(), [(problem, "试")], "2026-01-01T00:00:00Z", "甲.docx")
    assert texts(raw) == texts(path.read_bytes())


def test_words_that_no_rule_sees_are_named(tmp_path: Path) -> None:
    box = "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的文字</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict>"
    path = hostile(tmp_path / "来文.docx", f"<w:p><w:r><w:t>各单位要落实。</w:t>{box}</w:r></w:p>")
    [problem] = found(path)
    assert str(problem) == "来文.docx 询问：文本框里的文字没有校对 —— 请自己看一遍"


def test_a_cell_over_others_is_told_once_and_no_line_of_the_yaml(tmp_path: Path) -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{BAD}</w:tc>'
    row = f"<w:tr>{''.join(f'<w:tc>{BAD}</w:tc>' for _ in range(3))}</w:tr>"
    path = hostile(tmp_path / "来文.docx", f"<w:tbl><w:tr>{cell}</w:tr>{row}</w:tbl>{LONG}{LONG}")
    problems = found(path)
    assert len(problems) == len(set(problems))
    assert not [one.message for one in problems if "行）" in one.message]
    assert [one.message for one in problems if one.rule == "重复文字"] == ["这句话前面已经写过（第2段）"]


@pytest.mark.parametrize("kind", ["folder", "pipe", "endless"])
def test_what_would_not_end_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "来文.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_text("各单位要认真落实。\n" * 150_000, encoding="utf-8")
    said = run(["check", "来文.txt"], tmp_path)
    assert said.code == 2
    expected = {"folder": "这是一个文件夹", "pipe": "这不是普通的文件", "endless": "文件太长（1350000 字"}
    assert said.err.startswith(f"来文.txt 错误：{expected[kind]}")


@pytest.mark.parametrize("ending", ["txt", "docx"])
def test_half_width_marks_are_one_finding(tmp_path: Path, ending: str) -> None:
    lines = (
        "关于甲的通知",
        "要认真落实,按时报送,不得拖延.",
        "详见 https://a.cn/x,y 和 GB/T 9704-2012,数额1,000元。",
        "一.总体要求",
        "(一)项目.",
        "会议(视频)于12:30召开;请准时参加!",
    )
    path = tmp_path / f"来文.{ending}"
    if ending == "txt":
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        document: Any = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(path)
    [problem] = [one for one in found(path) if one.rule == "半角标点"]
    assert (problem.text, problem.context, problem.start) == (",", lines[1], 5)
    assert "全文有 11 处半角标点" in problem.message
    places = ("第2行", "第3行", "第5行") if ending == "txt" else ("第2段", "第3段", "“(一)项目.”这一段")
    assert (
        problem.message.partition("见")[2]
        == f"{places[0]}“落实,按时”、{places[1]}“12,数额”、{places[2]}“(一)”等"
    )
    config = tmp_path / "config.yaml"
    config.write_text(
        "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n校对: {忽略: 半角标点}\n", encoding="utf-8"
    )
    said = run(["check", path.name, "--config", "config.yaml"], tmp_path)
    assert "〔半角标点〕" not in said.out


def test_what_a_web_page_adds_is_told_as_such(tmp_path: Path) -> None:
    lines = (
        "首页 > 政务公开 > 通知公告",
        "发布时间：2026-02-03 浏览次数：128 字号：[大 中 小]",
        "关于甲的通知",
        "区门户网站浏览次数达到12万次，首页设专栏，字号不小于四号。",
        "【打印本页】 【关闭窗口】",
    )
    path = tmp_path / "来文.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    told = [(one.at.line, one.message, one.suggestion) for one in found(path)]
    assert told == [(number, "这里是网站的提示，不是文稿的文字", "请删去") for number in (1, 2, 5)]


def test_places_in_word_are_counted_from_the_heading_before(tmp_path: Path) -> None:
    document: Any = Document()
    document.add_paragraph("关于甲的通知")
    document.add_heading("总体要求和需要特别说明的若干重大事项", 1)
    document.add_paragraph("各单位要落实。")
    document.add_paragraph("")
    document.add_paragraph("各单位要认真落实，，按时报送。")
    document.save(tmp_path / "来文.docx")
    [place] = [str(one.at) for one in found(tmp_path / "来文.docx") if one.rule == "重复标点"]
    assert place == "来文.docx “总体要求和需要特别说明的若干…”下第2段"
