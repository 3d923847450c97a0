"""Tasks by their number, and what a paper says of them."""

from __future__ import annotations

import pytest

from tests.records.record_making import records
from zhibi.records import Tasks
from zhibi.sandbox import RefusedError

PROGRESS = "1: {状态: 按序推进, 完成情况: 好}\n04: {状态: 已完成, 完成情况: 好}\n5: {状态: 滞后}\n"


def test_a_task_is_asked_for_by_its_number() -> None:
    tasks = records()["任务"]
    assert isinstance(tasks, Tasks)
    assert [tasks.numbered(number)["内容"] for number in (1, 4, 7, 5, "05", "4")] == list("甲乙丙丁丁乙")
    assert [task["内容"] for task in tasks] == list("甲乙丙丁")
    assert (len(tasks), [task["内容"] for task in tasks[1:3]]) == (4, ["乙", "丙"])


@pytest.mark.parametrize("number", [0, 2, -1, 99, "八"])
def test_a_number_that_is_not_there_is_refused_with_those_that_are(number: int | str) -> None:
    with pytest.raises(RefusedError) as caught:
        records()["任务"].numbered(number)
    assert caught.value.message == f"计划里没有第 {number} 项任务"
    assert caught.value.hint == "方括号里写任务的序号，计划的序号是 1、4—5、7"


def test_units_are_told_apart() -> None:
    one, four, *_ = records()["任务"]
    assert (one["牵头单位"], one["配合单位"], one["责任单位"]) == (
        "发改局",
        ("科技局",),
        ("发改局", "科技局"),
    )
    assert (four["牵头单位"], four["配合单位"]) == ("科技局", ("经信局",))
    assert [record["名称"] for record in four["指标"]] == ["投入", "企业"]


@pytest.mark.parametrize(
    ("quarter", "overdue"),
    [(1, "否否否否"), (2, "是否否否"), (3, "是否否否"), (4, "是否否是"), ("第三季度", "是否否否")],
)
def test_overdue_is_a_matter_of_quarter_and_status(quarter: int | str, overdue: str) -> None:
    tasks = records(PROGRESS, quarter)["任务"]
    assert "".join(task["逾期"] for task in tasks) == overdue
    assert [task["状态"] for task in tasks] == ["按序推进", "已完成", "", "滞后"]


def test_nothing_is_overdue_in_a_paper_without_a_quarter() -> None:
    assert {task["逾期"] for task in records(PROGRESS, None)["任务"]} == {""}


def test_a_paper_without_a_column_of_statuses_claims_none() -> None:
    found = records("4: {完成情况: 好}", status="")
    assert all("状态" not in task and "逾期" not in task for task in found["任务"])
    assert found["统计"] == {"任务总数": 4}
    assert found["单位统计"] == [
        {"单位": "发改局", "任务数": 1},
        {"单位": "科技局", "任务数": 2},
        {"单位": "经信局", "任务数": 1},
    ]


def test_counts_by_status() -> None:
    assert records(PROGRESS)["统计"] == {
        "任务总数": 4,
        "已完成": 1,
        "按序推进": 1,
        "滞后": 1,
        "未启动": 0,
        "已调整": 0,
        "未填": 1,
        "完成占比": "25.0",
    }


def test_a_paper_of_one_unit_counts_what_its_table_lists() -> None:
    counts = records(PROGRESS, unit="科技局")["统计"]
    assert (counts["任务总数"], counts["已完成"], counts["完成占比"]) == (3, 1, "33.3")
    none = records(PROGRESS, unit="无此局")
    assert (none["统计"]["任务总数"], none["统计"]["完成占比"], none["单位统计"]) == (0, "", [])


def test_units_are_ranked_and_equals_share_a_rank() -> None:
    units = records(PROGRESS)["单位统计"]
    assert [(one["单位"], one["任务数"], one["已完成"], one["完成占比"], one["名次"]) for one in units] == [
        ("科技局", 2, 1, "50.0", 1),
        ("发改局", 1, 0, "0.0", 2),
        ("经信局", 1, 0, "0.0", 2),
    ]
    counts = records(PROGRESS)["统计"]
    for key in ("已完成", "滞后", "未填"):
        assert sum(one[key] for one in units) == counts[key]
