"""An office with a quarterly and a yearly series, run in this process: plan, data files, what a run said."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zhibi.cli import main

CONFIG = """版本: 1
输出: 成品
格式: [docx]
定期:
  - {名称: 季度表, 周期: 季, 数据: "data/{年度}年第{季度}季度.yaml", 起始: 2026Q1, 期限: 10}
"""
THIRD = CONFIG.replace("2026Q1", "2026Q3")
YEARLY = '  - {名称: 总结, 周期: 年, 数据: "data/{年度}年总结.yaml", 起始: 2026, 期限: 30, 期限按: 日历日}\n'

PLAN = """版本: 1
名称: 云川区2026年重点工作计划
年度: 2026
任务:
  - {序号: 1, 内容: 办好科技活动周。, 责任单位: [区科技局, 区教育局]}
  - {序号: 2, 内容: 技术交易额达到96亿元。, 责任单位: 区经信局, 指标: [技术交易额]}
  - {序号: 3, 内容: 新建科普基地12个。, 责任单位: [区科协, 区科技局]}
  - {序号: 4, 内容: 培育孵化载体8家。, 责任单位: 区科技局}
指标:
  技术交易额: {单位: 亿元, 目标: "96", 实际: {1: "22.7", 2: "51.3", 3: "81.6"}}
"""

DONE = {task: f"状态: 按序推进, 完成情况: 第{task}项已经办好3件。" for task in (1, 2, 3, 4)}
"""What the units deliver, task by task."""

DELIVERED = "2026-10-12T09:00"
"""A moment after the third quarter and before its deadline."""


@dataclass(frozen=True)
class Told:
    """What a run in this process told."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Office:
    """A folder with config.yaml; `run` runs a command line there."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        (folder / "data").mkdir()
        self.write("config.yaml", CONFIG)
        self.write("data/计划.yaml", PLAN)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def quarter(self, number: int, done: Mapping[int, str] = DONE, more: str = "") -> Path:
        """Write the data file of a quarter of 2026."""
        rows = "".join(f"  {task}: {{{words}}}\n" for task, words in done.items())
        head = f"版本: 1\n模板: 省级季度完成情况\n年度: 2026\n季度: {number}\n全称: 云川区\n计划: 计划.yaml\n"
        name = f"data/2026年第{'一二三四'[number - 1]}季度.yaml"
        return self.write(name, f"{head}{more}进展:\n{rows}" if rows else f"{head}{more}进展: {{}}\n")

    def run(self, *words: str) -> Told:
        code = main([*words, "--config", str(self.folder / "config.yaml")])
        said = self.capsys.readouterr()
        return Told(code, said.out, said.err)

    def due(self, *words: str) -> Sequence[Mapping[str, Any]]:
        """Return the list of `due --json`."""
        listed: Sequence[Mapping[str, Any]] = self.run("due", "--json", *words).json["due"]
        return listed

    def papers(self) -> dict[str, int]:
        """Return the finished files with the moment at which they were written, in ns."""
        folder = self.folder / "成品"
        return {file.name: file.stat().st_mtime_ns for file in folder.glob("*.docx")}
