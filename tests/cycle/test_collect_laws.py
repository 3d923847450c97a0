"""Laws of collecting: what no unit changed stays, no comment is lost, a second run changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cycle.due_office import PLAN
from tests.test_yaml_round_trip import leaves
from zhibi.cycle.collecting.held_paper import read_held
from zhibi.cycle.collecting.merging import Verdict
from zhibi.cycle.collecting.paper import Collected, collect_paper
from zhibi.errors import Location
from zhibi.model import Project
from zhibi.periods import Period
from zhibi.plain import Mapping as Typed
from zhibi.reading import parse_yaml
from zhibi.workbooks import Answer, Figure, Returned

ROOT = Path(__file__).resolve().parents[2]
UNITS = {"区科技局": (1, 3, 4), "区教育局": (1,), "区经信局": (2,), "区科协": (3,)}

DATA = """版本: 1   # 一
模板: 省级季度完成情况
年度: 2026
季度: 3
全称: 云川区
计划: 计划.yaml
进展:
  # 二
  1:
    状态: 按序推进   # 三
    完成情况:
      - 办好科技周3场；
      # 四
      - {取数: "技术交易额达到{{ 指标.技术交易额.实际 }}亿元。"}   # 五
    存在问题: 没有   # 六
  2: {状态: "", 完成情况: ""}
  # 七
  3:
    完成情况: |
      第一行
      第二行
    下一步打算: {编号: 1、, 项: [甲, 乙]}
# 八
"""
MARKS = "一二三四五六七八"
"""The comments."""

NOW = {
    (1, "状态"): "按序推进",
    (1, "完成情况"): "办好科技周3场；\n技术交易额达到81.6亿元。",
    (1, "存在问题"): "没有",
    (3, "完成情况"): "第一行\n第二行",
    (3, "下一步打算"): "甲\n乙",
}
STATUSES = st.sampled_from(["", "已完成", "滞后", "按序推进"])
TEXTS = st.one_of(
    st.sampled_from(
        ["", "没有", "甲\n乙", "办好科技周3场；\n新的一项", "1.甲\n2.乙", "做了：\n1.甲\n2.乙", "2026-10-09"]
    ),
    st.text(st.sampled_from("甲乙：:#-\"'{}[]%1. \n"), max_size=9),
)


@st.composite
def books(draw: st.DrawFn) -> list[Returned]:
    """Return what some units sent back: any of their cells changed, or as it went out."""
    return [
        returned(
            unit,
            [(task, column, draw(_word(column))) for task, column in draw(_cells(unit))],
            draw(_figure(unit)),
        )
        for unit in draw(st.lists(st.sampled_from(sorted(UNITS)), min_size=1, max_size=3))
    ]


def _cells(unit: str) -> st.SearchStrategy[list[tuple[int, str]]]:
    own = [
        (task, column) for task in UNITS[unit] for column in ("状态", "完成情况", "存在问题", "下一步打算")
    ]
    return st.lists(st.sampled_from(own), unique=True, max_size=4)


def _word(column: str) -> st.SearchStrategy[str]:
    return STATUSES if column == "状态" else TEXTS


def _figure(unit: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["81.6", "82.50", "", "约82"]) if unit == "区经信局" else st.just("")


def returned(unit: str, said: Sequence[tuple[int, str, str]], figure: str = "") -> Returned:
    """Return a workbook without a workbook."""
    at = Location(f"{unit}.xlsx")
    answers = tuple(
        Answer(str(task), column, text, NOW.get((task, column), ""), at) for task, column, text in said
    )
    figures = (Figure("技术交易额", figure, "81.6", at),) if figure else ()
    return Returned(f"{unit}.xlsx", "季度表", "2026Q3", unit, answers, figures, ())


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("办公室"), ROOT / "templates")


def collected(project: Project, sent: Sequence[Returned]) -> Collected:
    paper = read_held("季度表2026Q3", project.root / "三季度.yaml", project)
    return collect_paper(paper, Period(2026, 3), sent)


def start(project: Project, text: str = DATA) -> None:
    """Write the files as they were before anything came back."""
    (project.root / "计划.yaml").write_text(PLAN.replace("}}\n", "}, 口径: 累计}\n"), encoding="utf-8")
    (project.root / "三季度.yaml").write_text(text, encoding="utf-8")
    for path in (project.root / ".执笔").rglob("*.json"):
        path.unlink()


def write(found: Collected) -> None:
    for one in found.files:
        one.path.write_bytes(one.new)
    for path, content in found.notes.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def values(text: str) -> dict[tuple[str, ...], Any]:
    data, _ = parse_yaml(text, "")
    assert data is not None
    return {path: value for path, value in leaves(data) if not isinstance(value, Typed) or "项" in value}


def read(project: Project) -> Iterator[str]:
    yield from ((project.root / name).read_text(encoding="utf-8") for name in ("三季度.yaml", "计划.yaml"))


@settings(max_examples=20, deadline=None)
@given(sent=books())
def test_collecting_changes_what_units_changed_and_nothing_else(
    project: Project, sent: list[Returned]
) -> None:
    start(project)
    before = list(read(project))
    found = collected(project, sent)
    write(found)
    after = list(read(project))
    changed = {one.cell.path for one in found.outcomes if one.taken}
    for old, new in zip(before, after, strict=True):
        assert [new.count(f"# {mark}") for mark in MARKS] == [old.count(f"# {mark}") for mark in MARKS]
        kept = {
            path: value
            for path, value in values(old).items()
            if not any(path[:3] == one[:3] for one in changed)
        }
        now = values(new)
        assert {path: now[path] for path in kept} == kept
    again = collected(project, sent)
    assert (again.files, again.notes) == ((), {})
    assert not any(one.taken for one in again.outcomes)
    left = [one.cell.key for one in found.outcomes if one.left]
    assert [one.cell.key for one in again.outcomes if one.left] == left


def test_serials_go_and_an_introduction_stays_one(project: Project) -> None:
    start(project)
    text = "技术交易额达到81.6亿元。\n做了两件：\n1.甲\n2.乙"
    write(found := collected(project, [returned("区科技局", [(1, "完成情况", text)])]))
    assert [one.decision.verdict for one in found.outcomes] == [Verdict.CORRECTED]
    new = next(read(project))
    assert '- {取数: "技术交易额达到{{ 指标.技术交易额.实际 }}亿元。"}' in new
    start(project)
    write(collected(project, [returned("区科技局", [(4, "完成情况", "做了两件：\n1.甲\n2.乙")])]))
    new = next(read(project))
    assert "  4:\n    完成情况:\n      引语: 做了两件：\n      项:\n        - 甲\n        - 乙\n" in new


def test_an_entry_is_found_however_its_number_is_typed(project: Project) -> None:
    start(project, DATA.replace("  2: {", "  02: {"))
    write(collected(project, [returned("区经信局", [(2, "状态", "滞后")])]))
    assert '  02: {状态: 滞后, 完成情况: ""}' in next(read(project))


def test_serials_alone_say_nothing(project: Project) -> None:
    start(project)
    found = collected(project, [returned("区科协", [(3, "下一步打算", "1.甲\n2.乙")])])
    assert (found.outcomes, found.files) == ((), ())


def test_what_the_model_refuses_leaves_the_others_in_place(project: Project) -> None:
    start(project)
    said = [
        (1, "状态", "差不多了"),
        (1, "存在问题", "用地"),
        (4, "牵头人", "甲"),
        (4, "完成情况", "培育8家。"),
    ]
    found = collected(project, [returned("区科技局", said)])
    told = {one.cell.key: (str(one.decision.verdict), one.decision.why) for one in found.outcomes}
    statuses = "“状态”只能是：已完成、按序推进、滞后、未启动、已调整（写的是文字“差不多了”，请改成其中之一）"
    assert told == {
        "1/状态": ("不能用", statuses),
        "1/存在问题": ("更正", ""),
        "4/牵头人": ("不能用", "模板里没有这一栏"),
        "4/完成情况": ("新填", ""),
    }
    write(found)
    new = next(read(project))
    assert ("差不多" in new, "存在问题: 用地   # 六" in new) == (False, True)


def test_what_a_build_refuses_later_on_is_refused_too(project: Project) -> None:
    start(project)
    said = [(4, "完成情况", "培育8家\U0001f600。"), (4, "状态", "滞后")]
    found = collected(project, [returned("区科技局", said), returned("区经信局", [], "—")])
    told = {one.cell.key: str(one.decision.verdict) for one in found.outcomes}
    assert told == {"4/完成情况": "不能用", "4/状态": "新填", "指标/技术交易额": "更正"}
    assert any("字体" in one.decision.why for one in found.outcomes)


def test_a_figure_that_a_sentence_needs_is_not_cleared(project: Project) -> None:
    start(project)
    found = collected(project, [returned("区经信局", [], " ")])
    assert [(one.cell.key, str(one.decision.verdict)) for one in found.outcomes] == [
        ("指标/技术交易额", "不能用")
    ]
