"""The faces of a paper are looked for once: what the check finds is what the layout is set in."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from zhibi.layout import lay_out, printable
from zhibi.layout.faces import find_faces
from zhibi.model import Project
from zhibi.nodes import Flow, Paragraph, Properties, Section, Text
from zhibi.pipeline import check_report, make_report
from zhibi.styles import STANDARD

ROOT = Path(__file__).parents[2]


def test_faces_are_looked_for_once(tmp_path: Path) -> None:
    data = tmp_path / "甲.yaml"
    data.write_text("版本: 1\n模板: 文稿\n标题: 甲\n正文: [乙丙丁戊。]\n", encoding="utf-8")
    with patch("zhibi.layout.find_faces", wraps=find_faces) as looked:
        made = make_report(check_report(data, Project(tmp_path, ROOT / "templates")), ("docx",))
    assert made.files["docx"]
    assert looked.call_count == 1


def test_the_same_faces_come_without_a_check() -> None:
    flow = Flow(Properties("甲"), (Section((Paragraph((Text("乙“丙”，2026年ABC·丁•戊。"),)),)),))
    faces, problems = printable(flow, STANDARD)
    assert not problems
    assert lay_out(flow).faces == faces == lay_out(flow, STANDARD, faces).faces


def test_a_character_that_no_file_holds_leaves_no_faces() -> None:
    flow = Flow(Properties("甲"), (Section((Paragraph((Text("乙\x01"),)),)),))
    faces, problems = printable(flow, STANDARD)
    assert faces is None
    assert "非法字符" in {problem.rule for problem in problems}
