"""Plans with one thing broken: a problem with its place or a paper, never a fault of the program."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from tests.test_docs import FENCE
from tests.test_mutations import dump, load, mutate, problems_of
from zhibi.model import Project

ROOT = Path(__file__).resolve().parents[2]
PLAN = "云川区2026年重点工作计划.yaml"
COUNT = 80


def test_a_broken_plan_never_brings_the_program_down(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    page = (ROOT / "docs" / "howto" / "写数字.md").read_text(encoding="utf-8")
    for block in FENCE.finditer(page):
        if block["what"].startswith("file="):
            (tmp_path / block["what"].removeprefix("file=")).write_text(block["body"], encoding="utf-8")
    paper, project = tmp_path / "data" / "季度通报.yaml", Project(tmp_path / "data", tmp_path / "templates")
    whole = load((ROOT / "data" / PLAN).read_text(encoding="utf-8"))
    indicators = {key: whole[key] for key in ("版本", "名称", "年度", "指标")}
    usual = len(problems_of(paper, project))
    source = random.Random(4)
    refused = 0
    for _ in range(COUNT):
        broken = mutate(indicators, source) if source.random() < 0.5 else mutate(whole, source)
        broken.setdefault("任务", whole["任务"])
        (tmp_path / "data" / PLAN).write_text(dump(broken), encoding="utf-8")
        problems = problems_of(paper, project)
        assert all(problem.at.line and problem.suggestion for problem in problems), [*map(str, problems)]
        refused += len(problems) != usual
    assert COUNT // 4 < refused < COUNT
