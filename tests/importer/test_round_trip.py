"""Laws: a Word file of ours comes back as the same paper; no word of any text is lost in silence."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.importer.oracle import render
from tests.importer.random_papers import paper
from tests.importer.random_texts import random_text
from tests.importer.test_recognise_cases import import_text
from tests.unread import unread
from zhibi.importer import import_paper, write_yaml
from zhibi.nodes import Flow, Heading, Paragraph, Table, plain_text
from zhibi.pipeline import build_report, check_report

# What the report says and the words cannot show: the program writes another label, or none was there.
ADDED = ("没有表头", "成品写作", "没有标题", "排在标题之上")


def words(flow: Flow) -> list[str]:
    """Return the words of every block of a flow that has any."""
    found: list[str] = []
    for section in flow.sections:
        for block in section.blocks:
            match block:
                case Heading():
                    found.append(block.number + plain_text(block.content) + plain_text(block.rest))
                case Paragraph():
                    found.append(plain_text(block.content))
                case Table():
                    found.extend(_table_words(block))
    return [text.replace(" ", "") for text in found if text]


def _table_words(table: Table) -> list[str]:
    rows = [
        " | ".join(
            "／".join(plain_text(block.content) for block in cell.blocks if isinstance(block, Paragraph))
            for cell in row.cells
        )
        for row in (*table.header, *table.rows)
    ]
    return [plain_text(table.title), table.unit, *rows, *(plain_text(note) for note in table.notes)]


@pytest.mark.parametrize("seed", range(60))
def test_a_random_paper_comes_back_from_word(seed: int, tmp_path: Path) -> None:
    project = unread(tmp_path)
    first, again = tmp_path / "一.yaml", tmp_path / "二.yaml"
    first.write_text(
        write_yaml({"版本": 1, "模板": "文稿", **paper(random.Random(seed))}, "x"), encoding="utf-8"
    )
    checked = check_report(first, project)
    (docx,) = build_report(checked, tmp_path, ("docx",)).files
    imported = import_paper(docx)
    again.write_text(write_yaml(imported.data, "x"), encoding="utf-8")
    assert words(check_report(again, project).paper.flow) == words(checked.paper.flow)


@pytest.mark.parametrize("seed", range(150))
def test_no_word_of_a_random_text_is_lost(seed: int, tmp_path: Path) -> None:
    yaml, report, wanted = import_text(random_text(random.Random(seed)), tmp_path)
    (tmp_path / "出.yaml").write_text(yaml, encoding="utf-8")
    check_report(tmp_path / "出.yaml", unread(tmp_path))
    if not any(message in report for message in ADDED):
        assert render(import_paper(tmp_path / "文.txt").data) == wanted
