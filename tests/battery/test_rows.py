"""Every row of the fault table has its test, or a reason why it cannot have one here (rows 1-51: test_reading.py)."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
FIRST, LAST = 52, 116


def rows() -> dict[int, str]:
    lines = (Path(__file__).parent / "rows.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    assert len({number for number, _ in pairs}) == len(pairs)
    return {int(number): words for number, words in pairs}


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_row_has_its_test_or_its_reason() -> None:
    found = rows()
    assert sorted(found) == list(range(FIRST, LAST + 1))
    files = {file.name: file for file in TESTS.rglob("test_*.py")}
    missing = []
    for number, words in found.items():
        if words.startswith("not here: "):
            assert len(words) > len("not here: ") + 20, number
            continue
        for named in words.split():
            file, _, test = named.partition("::")
            if file not in files or test not in names_in(files[file]):
                missing.append((number, named))
    assert missing == []
