"""Published papers go in as text and come out whole as Word and PDF: import -> build -> their text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract import fold, header_texts, read_docx, read_pdf
from tests.unread import unread
from zhibi.importer import import_paper, write_yaml
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
DROPPED = "导入损坏"

pytestmark = pytest.mark.skipif(not SEEDS, reason="the published papers are not beside this checkout")


def seed_text(path: Path, dropped: list[tuple[int, str]]) -> str:
    """Return the folded text of a paper without the characters that the import report says it dropped."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for line, text in dropped:
        assert text, "a dropped damage must name its characters"
        assert text in lines[line - 1]
        lines[line - 1] = lines[line - 1].replace(text, "", 1)
    return fold("".join(lines).replace("|", ""))


@pytest.mark.parametrize("seed", SEEDS, ids=[seed.stem[:3] for seed in SEEDS])
def test_a_published_paper_comes_out_whole(seed: Path, tmp_path: Path) -> None:
    imported = import_paper(seed)
    dropped = [(problem.at.line, problem.text) for problem in imported.problems if problem.rule == DROPPED]
    data = tmp_path / "导入.yaml"
    data.write_text(write_yaml(imported.data, "文稿.schema.json"), encoding="utf-8")
    checked = check_report(data, unread(tmp_path))
    docx, pdf = build_report(checked, tmp_path, ("docx", "pdf")).files
    wanted = seed_text(seed, dropped)
    words = read_docx(docx)
    assert len(wanted) > 1000
    assert words.text == wanted
    assert read_pdf(pdf, header_texts(words)) == wanted


WHOLE_TABLES = {
    "000": [(2, 4), (15, 5)],
    "001": [(3, 4)],
    "002": [(3, 4), (12, 4), (11, 4), (9, 3), (11, 4)],
    "003": [(2, 4), (10, 8)],
    "004": [],
}
"""Rows x columns of every table, counted by eye in the published papers."""


@pytest.mark.parametrize("seed", SEEDS, ids=[seed.stem[:3] for seed in SEEDS])
def test_tables_keep_their_rows_and_columns(seed: Path, tmp_path: Path) -> None:
    data = tmp_path / "导入.yaml"
    data.write_text(write_yaml(import_paper(seed).data, "文稿.schema.json"), encoding="utf-8")
    checked = check_report(data, unread(tmp_path))
    docx, *_ = build_report(checked, tmp_path, ("docx",)).files
    shapes = [(len(table), max(len(row) for row in table)) for table in read_docx(docx).tables]
    assert shapes == WHOLE_TABLES[seed.stem[:3]]
