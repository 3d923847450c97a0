"""One figure of the plan is changed: every place that names it changes in every paper, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from docx import Document

from zhibi.model import Project
from zhibi.pipeline import build_report, check_report

ROOT = Path(__file__).resolve().parents[2]
PLAN = "云川区2026年重点工作计划.yaml"
PAPERS = (
    "云川区科技局2026年第三季度重点工作完成情况.yaml",
    "云川区科技创新2025年工作总结及2026年工作思路.yaml",
)
SENTENCES = re.compile(r"[^，。；]+[，。；]?")


def sentences(folder: Path, paper: str) -> list[str]:
    """Build a paper and return what its Word file says, clause by clause."""
    project = Project(folder / "data", folder / "templates")
    built = build_report(check_report(folder / "data" / paper, project), folder / "成品", ("docx",))
    document = Document(str(built.files[0]))
    texts = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        texts += [paragraph.text for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    return [clause for text in texts for clause in SENTENCES.findall(text)]


@pytest.mark.parametrize(
    ("name", "key", "rate"),
    [("技术交易额", "目标", "105%"), ("技术交易额", "实际", "81%"), ("研发投入强度", "目标", "")],
)
def test_a_changed_figure_changes_where_it_is_named_and_nowhere_else(
    tmp_path: Path, name: str, key: str, rate: str
) -> None:
    for part in ("data", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    before = {paper: sentences(tmp_path, paper) for paper in PAPERS}
    plan = tmp_path / "data" / PLAN
    head, line, tail = re.split(rf"(?<=\n  {name}:\n)(.*\n)", plan.read_text(encoding="utf-8"), maxsplit=1)
    old = re.search(rf'{key}: (?:{{.*?3: )?"([\d.]+)"', line)
    assert old
    start, end = old.span(1)
    plan.write_text(f"{head}{line[:start]}77.7{line[end:]}{tail}", encoding="utf-8")
    named = 0
    for paper in PAPERS:
        after = sentences(tmp_path, paper)
        assert len(after) == len(before[paper])
        changed = [(one, two) for one, two in zip(before[paper], after, strict=True) if one != two]
        typed = (tmp_path / "data" / paper).read_text(encoding="utf-8")
        direct = [two for one, two in changed if one.replace(old[1], "77.7") == two]
        worked_out = [two for one, two in changed if rate and re.sub(r"[\d.]+%", rate, one) == two]
        assert len(direct) == typed.count(f"指标.{name}.{key} ")
        assert len(worked_out) == typed.count(f"指标.{name}.完成率 ")
        assert len(changed) == len(direct) + len(worked_out)
        named += len(changed)
    assert named
