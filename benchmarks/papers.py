"""The papers that everybody has to make: the same seed gives the same words, on every machine and to every program."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

COLUMNS = ("任务", "目标", "举措", "完成情况", "责任单位", "问题", "下步")
UNITS = ("云川区科技局", "云川区经信局", "云川区发改局", "云川区财政局", "云川区人社局")
LENGTHS = {
    "任务": (10, 25),
    "目标": (60, 120),
    "举措": (80, 260),
    "完成情况": (120, 300),
    "问题": (30, 120),
    "下步": (60, 200),
}
"""Characters of a cell, as in the quarterly tables that the samples follow: some 700 in a row."""

_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True)
class Paper:
    """A paper in the terms that every program knows: a title, paragraphs, then a table (or none)."""

    title: str
    paragraphs: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def texts(self) -> Iterator[str]:
        """Every paragraph that the finished paper must hold, cells too."""
        yield self.title
        yield from self.paragraphs
        yield from self.columns
        for row in self.rows:
            yield from row

    def as_json(self) -> str:
        """Return what the other programs read."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_yaml(self) -> str:
        """Return what a clerk of Zhibi would have typed."""
        body: list[Any] = list(self.paragraphs)
        if self.rows:
            rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
            body.append({"表": {"栏": list(self.columns), "行": rows}})
        return dump({"版本": 1, "模板": "文稿", "标题": self.title, "正文": body})


def dump(data: Any) -> str:
    """Return YAML with its keys in order and no line broken."""
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return text


def table(rows: int, seed: int) -> Paper:
    """Return a paper of one table."""
    rng = random.Random(f"table {rows} {seed}")
    cells = tuple(tuple(_cell(rng, column) for column in COLUMNS) for _ in range(rows))
    return Paper("云川区重点工作完成情况", ("现将完成情况报告如下。",), COLUMNS, cells)


def prose(characters: int, seed: int) -> Paper:
    """Return a paper of paragraphs with at least so many characters."""
    rng = random.Random(f"prose {characters} {seed}")
    paragraphs: list[str] = []
    count = 0
    while count < characters:
        paragraphs.append("".join(_sentence(rng, 40, 90) for _ in range(3)))
        count += len(paragraphs[-1])
    return Paper("云川区科技创新工作总结", tuple(paragraphs))


def small(number: int, seed: int) -> Paper:
    """Return one of many short papers: three paragraphs and a table of five rows, three or four pages."""
    rng = random.Random(f"small {number} {seed}")
    paragraphs = tuple(_sentence(rng, 60, 120) for _ in range(3))
    cells = tuple(tuple(_cell(rng, column) for column in COLUMNS) for _ in range(5))
    return Paper(f"云川区第{number + 1}组重点工作完成情况", paragraphs, COLUMNS, cells)


def plan(tasks: int, seed: int) -> str:
    """Return the YAML of a plan of so many tasks."""
    rng = random.Random(f"plan {tasks} {seed}")
    listed = [
        {
            "序号": number,
            "内容": _sentence(rng, 40, 80),
            "目标": _sentence(rng, 60, 120),
            "举措": [_sentence(rng, 40, 100) for _ in range(3)],
            "责任单位": rng.sample(UNITS, 2),
            "完成时限": rng.randint(1, 4),
        }
        for number in range(1, tasks + 1)
    ]
    return dump({"版本": 1, "名称": "云川区重点工作计划", "年度": 2026, "任务": listed})


@cache
def clauses() -> tuple[str, ...]:
    """Return the clauses of which all texts are made; frozen, so that no sample's change moves a figure."""
    return tuple(Path(__file__).with_name("clauses.txt").read_text(encoding="utf-8").split())


def _cell(rng: random.Random, column: str) -> str:
    return _sentence(rng, *LENGTHS[column]) if column in LENGTHS else rng.choice(UNITS)


def _sentence(rng: random.Random, shortest: int, longest: int) -> str:
    """Return clauses joined by commas, some with a number; none comes twice, for nobody writes so."""
    wanted = rng.randint(shortest, longest)
    said: list[str] = []
    length = 0
    for clause in rng.sample(clauses(), 60):
        text = f"{clause}{rng.randint(2, 98)}项" if rng.random() < 0.2 else clause
        if said and length + len(text) >= wanted:
            break
        said.append(text)
        length += len(text) + 1
    return "，".join(said) + "。"
