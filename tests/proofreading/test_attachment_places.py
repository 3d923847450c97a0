"""附件说明 is made of the titles of attachments: what is wrong with one is told where that was typed."""

from __future__ import annotations

from pathlib import Path

from zhibi.model import Project
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parents[2]
PAPER = """\
版本: 1
模板: 文稿
标题: 关于报送材料的通知
正文:
  - 请各单位按附件报送材料。
附件:
  - 标题: 重大平台(项目）计划情况表
    正文: [按季度填写。]
"""


def test_a_fault_in_the_title_of_an_attachment_has_its_line_in_the_note_too(tmp_path: Path) -> None:
    (tmp_path / "通知.yaml").write_text(PAPER, encoding="utf-8")
    checked = check_report(tmp_path / "通知.yaml", Project(tmp_path, ROOT / "templates"))
    places = {(problem.at.line, problem.rule) for problem in checked.problems}
    assert (7, "标点不成对") in places
    assert {line for line, _ in places} == {7}
