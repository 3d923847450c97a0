"""What the recogniser makes of small papers: exact YAML, the exact report, and no word lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importer.case_file import Case, read_cases
from tests.importer.oracle import fold, render
from zhibi.importer import import_paper, write_yaml
from zhibi.model import Project
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parents[2]
CASES = read_cases()
HEAD = "# yaml-language-server: $schema=x\n版本: 1\n模板: 文稿\n"

each_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


def import_text(text: str, folder: Path) -> tuple[str, str, str]:
    """Return the YAML, the report and the folded text that must come out (damage dropped)."""
    path = folder / "文.txt"
    path.write_text(text, encoding="utf-8")
    imported = import_paper(path)
    report = "\n".join(
        f"{problem.at.line} {problem.rule} [{problem.text}] {problem.message}"
        for problem in imported.problems
    )
    lines = text.split("\n")
    for problem in reversed(imported.problems):
        if problem.rule == "导入损坏":
            line, start = lines[problem.at.line - 1], problem.at.column - 1
            assert problem.text in line[start:], problem
            lines[problem.at.line - 1] = line[:start] + line[start:].replace(problem.text, "", 1)
    return write_yaml(imported.data, "x"), report, fold("".join(lines))


def test_there_are_cases() -> None:
    assert len(CASES) >= 25


@each_case
def test_a_small_paper_becomes_structure(case: Case, tmp_path: Path) -> None:
    yaml, report, _ = import_text(case.text, tmp_path)
    assert yaml.removeprefix(HEAD).strip("\n") == case.data
    assert report == case.notes


@each_case
def test_no_word_of_a_small_paper_is_lost(case: Case, tmp_path: Path) -> None:
    yaml, _, wanted = import_text(case.text, tmp_path)
    (tmp_path / "出.yaml").write_text(yaml, encoding="utf-8")
    checked = check_report(tmp_path / "出.yaml", Project(tmp_path, ROOT / "templates"))
    data = import_paper(tmp_path / "文.txt").data
    assert render(data) == wanted
    assert checked.paper.document.body or checked.paper.document.parts
