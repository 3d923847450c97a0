"""The records of a quarter -> the blocks of its status page, and what is said where there is nothing to show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.paper_case import dump_flow
from tests.status_page.quarter import RATED, UNITS, UNRATED, quarter, rated
from zhibi.errors import ReportError
from zhibi.nodes import Flow, Paragraph, Plot, Section, Table, plain_text
from zhibi.pipeline import check_report


def flow_of(folder: Path, *indicators: str, more: str = "状态页: 是\n") -> Flow:
    data, project = quarter(folder, indicators, more)
    return check_report(data, project).paper.flow


def last_page(flow: Flow) -> Section:
    return flow.sections[-1]


def plots(flow: Flow) -> list[Plot]:
    return [block for section in flow.sections for block in section.blocks if isinstance(block, Plot)]


def test_the_page_says_what_the_records_say(tmp_path: Path) -> None:
    data, project = quarter(tmp_path)
    paper = check_report(data, project).paper
    page, records = last_page(paper.flow), paper.source.context
    heading, table, plot = page.blocks
    assert dump_flow(Flow(paper.flow.properties, (Section((heading,)),))) == [
        "一级标题 云川区2026年第三季度重点工作进展一览"
    ]
    assert isinstance(table, Table)
    assert isinstance(plot, Plot)
    rows = [[plain_text(part.content) for cell in row.cells for part in cell.blocks] for row in table.rows]
    keys = ("任务数", "已完成", "按序推进", "滞后", "未启动", "已调整", "完成占比")
    units = [[str(unit[key]) for key in ("单位", *keys, "名次")] for unit in records["单位统计"]]
    counts = records["统计"] | {"任务数": records["统计"]["任务总数"]}
    assert rows == [*units, ["合计", *(str(counts[key]) for key in keys)]]
    assert sorted(row[0] for row in rows[:-1]) == sorted(UNITS)
    named = [(bar.name, *bar.figures, bar.value) for bar in plot.bars]
    assert named == [
        (f"{name}（{unit}）", target, figure, record["完成率"], record["完成率"].exact)
        for name, unit, target, figure in RATED
        if (record := records["指标"][name])
    ]


def test_what_has_no_rate_is_named_and_never_drawn(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, rated(*RATED[0]), *UNRATED)
    (plot,) = plots(flow)
    assert len(plot.bars) == 1
    assert [plain_text(note) for note in plot.notes] == [
        "注：竖线为目标（100%）；深色的已达到目标，浅色的尚未达到。",
        "不计算完成率的指标：单位地区生产总值能耗（目标0.30吨标准煤/万元，累计0.28吨标准煤/万元，越低越好）、"
        "科普基地（累计17个，没有可比的目标）、科技特派员（目标60人，本期没有数）。",
    ]


def test_a_plan_whose_indicators_have_no_rates_has_the_note_alone(tmp_path: Path) -> None:
    flow = flow_of(tmp_path, UNRATED[1])
    assert not plots(flow)
    note = last_page(flow).blocks[-1]
    assert isinstance(note, Paragraph)
    assert plain_text(note.content) == "不计算完成率的指标：科普基地（累计17个，没有可比的目标）。"


def test_a_plan_without_indicators_has_the_table_alone(tmp_path: Path) -> None:
    flow = flow_of(tmp_path)
    assert not plots(flow)
    assert isinstance(last_page(flow).blocks[-1], Table)


def test_a_bar_that_is_not_drawn_whole_is_told(tmp_path: Path) -> None:
    (plot,) = plots(
        flow_of(tmp_path, rated("产值", "亿元", "10", "26.33"), rated("税收", "亿元", "10", "20"))
    )
    (note,) = plot.notes
    assert plain_text(note).endswith("尚未达到。中间断开的超过200%，没有画全。")


def test_tasks_without_a_status_have_a_column_of_their_own(tmp_path: Path) -> None:
    data, project = quarter(tmp_path)
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace("  6: {状态: 未启动, ", "  6: {"), encoding="utf-8")
    table = last_page(check_report(data, project).paper.flow).blocks[1]
    assert isinstance(table, Table)
    assert [column.name for column in table.columns][-4:] == ["已调整", "未填", "完成占比", "名次"]


def test_one_leading_unit_has_no_rank_and_no_total(tmp_path: Path) -> None:
    data, project = quarter(tmp_path, more="状态页: 是\n单位: 区科技局\n")
    flow = check_report(data, project).paper.flow
    table = last_page(flow).blocks[1]
    (plot,) = plots(flow)
    assert [bar.name for bar in plot.bars] == ["研发投入强度（%）"], "only what the tasks of the unit name"
    assert isinstance(table, Table)
    assert len(table.rows) == 1
    assert "名次" not in [column.name for column in table.columns]


def test_a_unit_without_tasks_is_told_as_in_any_paper(tmp_path: Path) -> None:
    data, project = quarter(tmp_path, more="状态页: 是\n单位: 区气象局\n")
    with pytest.raises(ReportError, match="没有“区气象局”负责的任务，表是空的"):
        check_report(data, project)


@pytest.mark.parametrize("more", ["", "状态页: 否\n"])
def test_it_is_off_where_nobody_asks_for_it(tmp_path: Path, more: str) -> None:
    flow = flow_of(tmp_path, more=more)
    assert len(flow.sections) == 1
    assert not any("进展一览" in line for line in dump_flow(flow))


FIELD = "      状态: {类型: 状态, 说明: 任务的状态；不印在表里，供统计和核对}\n"


def test_a_template_without_a_status_is_told_where(tmp_path: Path) -> None:
    data, project = quarter(tmp_path)
    template = tmp_path / "templates" / "省级季度完成情况.jinja"
    text = template.read_text(encoding="utf-8")
    assert FIELD in text
    template.write_text(text.replace(FIELD, ""), encoding="utf-8")
    plain = data.read_text(encoding="utf-8")
    for status in ("已完成", "按序推进", "滞后", "未启动", "已调整"):
        plain = plain.replace(f"状态: {status}, ", "")
    data.write_text(plain, encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        check_report(data, project)
    (problem,) = caught.value.problems
    line = 1 + text.replace(FIELD, "").split("::状态页")[0].count("\n")
    assert str(problem) == (
        f"templates/省级季度完成情况.jinja:{line}:1 错误：没有各项任务的状态，做不出状态页 —— "
        "请在模板的“进展”的“项”里加一行：状态: {类型: 状态}，在数据里填各项任务的状态"
    )


def test_a_template_without_a_plan_is_told(tmp_path: Path) -> None:
    (tmp_path / "甲.jinja").write_text("---\n版本: 1\n说明: 无计划\n---\n::状态页\n", encoding="utf-8")
    data, project = quarter(tmp_path)
    (tmp_path / "甲.jinja").rename(tmp_path / "templates" / "甲.jinja")
    data.write_text("版本: 1\n模板: 甲\n标题: 关于甲的通报\n", encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        check_report(data, project)
    (problem,) = caught.value.problems
    assert str(problem).startswith("templates/甲.jinja:5:1 错误：这份公文没有计划，做不出状态页 —— 请在模板")
