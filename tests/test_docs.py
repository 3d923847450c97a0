"""The how-to pages are carried out word for word; the README tells the truth about the command line."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.extract import read_docx
from zhibi.cli.commands import PLACES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs" / "howto").glob("*.md"))
FENCE = re.compile(r"^```(?P<kind>\w+) ?(?P<what>[^\n]*)\n(?P<body>.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a user has."""
    for name in ("zhibi", "templates", "data"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "config.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def carry_out(page: str, folder: Path) -> list[str]:
    """Do what a page's marked blocks say; return what its commands printed."""
    said: list[str] = []
    for block in FENCE.finditer(page):
        what, body = block["what"], block["body"]
        if name := re.match(r"file=(\S+)", what):
            (folder / name[1]).write_text(body, encoding="utf-8")
        elif edit := re.match(r"edit=(\S+) after=(.+)", what):
            text = (folder / edit[1]).read_text(encoding="utf-8")
            assert text.count(f"{edit[2]}\n") >= 1
            (folder / edit[1]).write_text(
                text.replace(f"{edit[2]}\n", f"{edit[2]}\n{body}", 1), encoding="utf-8"
            )
        elif what == "run":
            said += [run(line, folder) for line in body.splitlines()]
    return said


def run(line: str, folder: Path) -> str:
    words = line.split()
    assert words[0] == "python3"
    done = subprocess.run(
        [sys.executable, *words[1:]], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_are_pages() -> None:
    assert len(PAGES) >= 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_can_be_carried_out(page: Path, project: Path) -> None:
    said = carry_out(page.read_text(encoding="utf-8"), project)
    assert len(said) >= 2
    assert any("✓" in words for words in said)
    assert list((project / "reports").glob("*.docx"))


def test_a_new_kind_of_paper_is_named_as_the_page_says(project: Path) -> None:
    carry_out((ROOT / "docs" / "howto" / "新增文种.md").read_text(encoding="utf-8"), project)
    # Beside the papers lies the program's own hidden folder.
    assert sorted(path.name for path in (project / "reports").iterdir() if path.name != ".执笔") == [
        "云川区科技局工作简报第12期.docx",
        "云川区科技局工作简报第12期.pdf",
    ]


def test_a_new_column_stands_where_the_page_puts_it(project: Path) -> None:
    carry_out((ROOT / "docs" / "howto" / "新增一栏.md").read_text(encoding="utf-8"), project)
    paper = next((project / "reports").glob("*第三季度*.docx"))
    header = read_docx(paper).tables[1][0]
    assert header == ["序号", "内容", "主办单位", "第三季度完成情况", "存在问题", "下一步计划"]


def test_the_table_of_the_page_has_all_it_shows(project: Path) -> None:
    carry_out((ROOT / "docs" / "howto" / "做表格.md").read_text(encoding="utf-8"), project)
    said = read_docx(next((project / "reports").glob("2026年重点项目进度表.docx")))
    assert "单位:万元" in said.text
    assert "注:数据截至2026年9月30日。" in said.text
    assert [cell for cell in said.tables[0][-1] if cell] == ["合计", "49200", "29400"]


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in PLACES:
        assert name == "build" or f"build.py {name}" in readme


def test_links_and_pictures_of_the_pages_exist() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    links = [
        (page, link)
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 5
    for page, link in links:
        assert (page.parent / link).exists(), f"{page.name}: {link}"
