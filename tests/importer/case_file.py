"""Case files: `=== name`, then `--- 原文`, `--- 数据`, `--- 提示` with what the importer must make of the text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "cases"


@dataclass(frozen=True)
class Case:
    """One case: the published text, the YAML below its first three lines, and the report line by line."""

    name: str
    text: str
    data: str
    notes: str


def read_cases() -> list[Case]:
    """Read every case of every file."""
    cases: list[Case] = []
    for path in sorted(FOLDER.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("=== ")[1:]:
            name, rest = block.split("\n", 1)
            parts = dict.fromkeys(("原文", "数据", "提示"), "")
            for part in ("\n" + rest).split("\n--- ")[1:]:
                key, _, words = part.partition("\n")
                parts[key] = words.strip("\n")
            cases.append(Case(f"{path.stem}：{name}", parts["原文"], parts["数据"], parts["提示"]))
    return cases
