"""The five published papers: no word lost, damage named, structure as a clerk would type it.

The texts are beside the checkout (../shared/seeds); the oracle writes the data back without our engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.importer.oracle import fold, render
from zhibi.importer import Imported, import_paper

SEEDS = sorted((Path(__file__).resolve().parents[2].parent / "shared" / "seeds").glob("*.txt"))
BY_NAME = {seed.stem[:3]: seed for seed in SEEDS}

pytestmark = pytest.mark.skipif(len(SEEDS) < 5, reason="the published papers are not beside this checkout")
each_seed = pytest.mark.parametrize("seed", SEEDS, ids=sorted(BY_NAME))


def whole_text(seed: Path, imported: Imported) -> str:
    """Return the folded text without exactly the characters that the report says are dropped."""
    lines = seed.read_text(encoding="utf-8").split("\n")
    for problem in imported.problems:
        if problem.rule == "导入损坏":
            line = lines[problem.at.line - 1]
            assert problem.text in line
            lines[problem.at.line - 1] = line.replace(problem.text, "", 1)
    return fold("".join(lines))


def tables(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "栏" in data:
            yield data
        for value in data.values():
            yield from tables(value)
    elif isinstance(data, list):
        for value in data:
            yield from tables(value)


def texts(data: Any) -> Iterator[str]:
    """Yield every text in the data, keys left out."""
    if isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        yield data


@each_seed
def test_every_character_is_in_the_data(seed: Path) -> None:
    imported = import_paper(seed)
    assert render(imported.data) == whole_text(seed, imported)


@each_seed
def test_every_problem_has_its_place_and_its_words(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8").split("\n")
    for problem in import_paper(seed).problems:
        assert 1 <= problem.at.line <= len(text)
        assert problem.at.file == str(seed)
        assert problem.message
        assert problem.suggestion or problem.rule == "导入损坏"
        words = fold(problem.text)
        joined = fold(" ".join(text[max(problem.at.line - 2, 0) : problem.at.line + 1]))
        assert all(fold(word) in joined for word in problem.text.split()) or words in joined


@each_seed
def test_no_heading_number_stands_as_text(seed: Path) -> None:
    heads = ("一、", "二、", "（一）", "（二）", "1.", "2.", "1、", "一是", "二是")
    found = [text for text in texts(import_paper(seed).data) if text.startswith(heads) and len(text) > 4]
    assert found == []


@each_seed
def test_the_same_paper_as_a_word_file_gives_the_same_data(seed: Path, tmp_path: Path) -> None:
    document = Document()
    rows: list[list[str]] = []
    lines = seed.read_text(encoding="utf-8").split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if not line.endswith("|"):
            document.add_paragraph(line)
            continue
        rows.append([cell.strip() for cell in line[:-1].split("|")])
        if not after.endswith("|"):
            table = document.add_table(len(rows), max(map(len, rows)))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=False):
                    cell.text = text
            rows = []
    path = tmp_path / f"{seed.stem}.docx"
    document.save(str(path))
    assert import_paper(path).data == import_paper(seed).data


SHAPES = {"000": [(14, 5)], "001": [], "002": [(11, 4), (10, 4), (8, 3), (10, 4)], "003": [(9, 8)], "004": []}


@each_seed
def test_tables_have_the_columns_and_rows_of_the_paper(seed: Path) -> None:
    shapes = [(len(table["行"]), len(table["栏"])) for table in tables(import_paper(seed).data)]
    assert shapes == SHAPES[seed.stem[:3]]


def test_a_quarterly_table_has_items_in_its_cells() -> None:
    (table,) = tables(import_paper(BY_NAME["003"]).data)
    named = {column["名"]: column for column in table["栏"] if isinstance(column, dict)}
    assert named["完成情况"]["限字"] == 300
    assert named["责任单位"]["编号"] == "无"
    assert table["行"][0]["责任单位"] == ["成果处", "规划处"]
    assert len(table["行"][2]["完成情况"]) == 5
    assert table["行"][4]["完成情况"][1].startswith("3月1日，")
    assert not any("下一步打算" in row for row in table["行"])


def test_a_notice_sends_out_a_paper() -> None:
    data = import_paper(BY_NAME["001"]).data
    (sent,) = data["印发件"]
    assert data["署名"].endswith("科学技术局")
    assert data["成文日期"] == "2022年2月18日"
    assert data["主送机关"].endswith("：")
    (year, plans) = sent["正文"]
    series = [block["内容"][0] for block in year["内容"][1:]]
    assert [len(part["分述"]) for part in series] == [3, 3, 3, 3]
    assert [len(block["内容"][0]["分述"]) for block in plans["内容"][2:]] == [3] * 5


def test_levels_that_run_on_and_levels_that_are_skipped() -> None:
    data = import_paper(BY_NAME["002"]).data
    assert data["编号"] == {"连续": [3]}
    first, second = data["正文"]
    assert [block.get("层次") for block in first["内容"][1:]] == [3] * 10
    assert [len(block["内容"]) for block in second["内容"]] == [3, 3, 3, 3, 3, 3]
    assert "附件说明" not in data
    assert len(data["附件"]) == 4


def test_an_outline_with_gaps_is_kept_and_named() -> None:
    imported = import_paper(BY_NAME["004"])
    first, second = imported.data["目录"]["项"]
    gaps = [entry.get("序号") for entry in first["内容"][0]["内容"]]
    assert gaps == [3, 5]
    assert [entry.get("序号") for entry in second["内容"] if "标题" in entry] == [2, 4]
    said = [problem.text for problem in imported.problems if "照原样保留" in problem.message]
    assert {"3、", "5、", "（二）", "（四）", "5."} <= set(said)


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("000", 1, "![]() |"), ("000", 2, "|"), ("001", 19, "构建全周期科技金"), ("003", 4, "下一步 打算"), ("003", 13, "9"),
        ("004", 3, "(xiàn)"), ("004", 38, "省略670字"), ("004", 39, "、市級15"), ("004", 41, "皣А碧仄笇<"), ("004", 43, "?qū)"),
        ("004", 47, "銀行"), ("004", 48, "未完"), ("004", 49, "收藏"), ("004", 37, "提高0.3"), ("004", 34, "**"),
    ],
)  # fmt: skip
def test_damage_is_named_where_it_stands(name: str, line: int, words: str) -> None:
    problems = import_paper(BY_NAME[name]).problems
    assert any(problem.at.line == line and words in problem.text for problem in problems)
