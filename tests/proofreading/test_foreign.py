"""A paper from elsewhere: findings at the places of that file, Word comments on exactly their words."""

from __future__ import annotations

import json
import random
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

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
        ("重复词语", "来文.docx 第5段", "进行进行"),
        ("易混词", "来文.docx 第6段", "全所未有"),
        ("日期不存在", "来文.docx 第8段", "2026年2月30日"),
        ("重复标点", "来文.docx 表1第2行第3栏", "，，"),
        ("半角标点", "来文.docx 第3段", ","),
    } <= told


def test_a_command_tells_them_and_writes_nothing(word: Path) -> None:
    said = run(["check", "来文.docx", "--json"], word.parent)
    assert said.code == 2  # 易混词 is an error, whoever wrote it.
    [wrong] = [one for one in json.loads(said.out)["problems"] if one["rule"] == "易混词"]
    assert (wrong["place"], wrong["text"], wrong["mended"]) == ("来文.docx 第6段", "全所未有", "前所未有")
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
        one.startswith("错误：易混词\n") and "请改成“前所未有”" in one and "依据：" in one for one in said
    )


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
    for name in ("坏.docx", "没有.docx", "没有.txt"):
        said = run(["check", name], tmp_path)
        assert said.code == 2
        assert said.err.startswith(f"{name} 错误：")
