"""Stage 2: a plan and the progress of a paper become the names 任务 and 指标; numbers that do not meet are said."""

from __future__ import annotations

import pytest

from zhibi import plain
from zhibi.errors import Location, Problem
from zhibi.model.plan import double_numbers, progress_and_columns, progress_problems
from zhibi.reading import parse_yaml
from zhibi.records import Progress, as_texts
from zhibi.records.indicators import indicator_record
from zhibi.records.tasks import task_records

PLAN = """
任务:
  - {序号: 1, 内容: 甲, 目标: 乙, 举措: 丙, 责任单位: 丁, 类别: 戊, 其他: 己}
  - {序号: 02, 内容: 庚, 责任单位: [辛, 壬]}
  - {序号: 3, 责任单位: 癸, 完成时限: 2}
  - {序号: 5, 责任单位: 癸}
  - {序号: "1,007", 责任单位: 癸}
  - {序号: 1008, 责任单位: 癸}
"""


def mapping(text: str) -> plain.Mapping:
    data, problems = parse_yaml(text, "甲.yaml")
    assert data is not None
    assert problems == []
    return data


def test_a_task_stands_with_its_progress() -> None:
    progress = mapping("001: {进展: 子}\n2: {}\n1007: {进展: 丑, 问题: 寅, 多余: 卯}\n")
    tasks = task_records(mapping(PLAN), Progress(progress, ("进展", "问题")), {}, None)
    assert [task["序号"] for task in tasks] == ["1", "02", "3", "5", "1,007", "1008"]
    assert tasks[0] == {
        "序号": "1",
        "内容": "甲",
        "目标": "乙",
        "举措": "丙",
        "责任单位": ("丁",),
        "牵头单位": "丁",
        "配合单位": (),
        "完成时限": "",
        "指标": (),
        "类别": "戊",
        "进展": {"进展": "子", "问题": ""},
        "已填": True,
    }
    assert tasks[1] == {
        "序号": "02",
        "内容": "庚",
        "目标": "",
        "举措": "",
        "责任单位": ("辛", "壬"),
        "牵头单位": "辛",
        "配合单位": ("壬",),
        "完成时限": "",
        "指标": (),
        "类别": "",
        "进展": {"进展": "", "问题": ""},
        "已填": False,
    }
    assert (tasks[2]["已填"], tasks[2]["完成时限"]) == (False, 2)
    assert tasks[4]["进展"] == {"进展": "丑", "问题": "寅"}


def test_numbers_that_the_plan_does_not_know_and_numbers_that_stand_twice() -> None:
    progress = mapping(f"4: {{}}\n甲: {{}}\n01: {{}}\n1: {{}}\n{'9' * 30}: {{}}\n0: {{}}\n00: {{}}\n")
    hint = "计划的序号是 1—3、5、1007—1008，请改正"
    assert progress_problems(progress, mapping(PLAN)) == [
        Problem(
            Location("甲.yaml", 4, 1), "重号", "任务序号 1 写了两次（第 3 行已有）", "请改成没有用过的序号"
        ),
        Problem(
            Location("甲.yaml", 7, 1), "重号", "任务序号 00 写了两次（第 6 行已有）", "请改成没有用过的序号"
        ),
        Problem(Location("甲.yaml", 1, 1), "序号", "计划里没有第 4 项任务", hint, text="4"),
        Problem(Location("甲.yaml", 5, 1), "序号", f"计划里没有第 {'9' * 20} 项任务", hint, text="9" * 20),
        Problem(Location("甲.yaml", 6, 1), "序号", "计划里没有第 0 项任务", hint, text="0"),
        Problem(Location("甲.yaml", 7, 1), "序号", "计划里没有第 00 项任务", hint, text="00"),
    ]


def test_a_long_number_that_stands_twice_is_cut() -> None:
    numbers = [plain.Scalar("1" * 21, Location("甲.yaml", line, 3)) for line in (2, 9, 11)]
    assert [(problem.at.line, problem.message) for problem in double_numbers(numbers)] == [
        (9, f"任务序号 {'1' * 20} 写了两次（第 2 行已有）"),
        (11, f"任务序号 {'1' * 20} 写了两次（第 9 行已有）"),
    ]


def test_a_plan_whose_numbers_go_one_by_one_is_told_in_one() -> None:
    plan = mapping("任务: [{序号: 3}, {序号: 2}, {序号: 4}]")
    (problem,) = progress_problems(mapping("1: 甲"), plan)
    assert problem.suggestion == "计划的序号是 2—4，请改正"
    (problem,) = progress_problems(mapping("1: 甲"), mapping("任务: [{序号: 7}, {序号: 9}, {序号: 12}]"))
    assert problem.suggestion == "计划的序号是 7、9、12，请改正"


INDICATORS = "甲: {目标: 10, 实际: {1: 3, 2: 5}, 单位: 个}\n乙: {目标: 2, 实际: 1}\n丙: {目标: 4}\n"


@pytest.mark.parametrize(("quarter", "actual"), [(None, "5"), (1, "3"), (2, "5"), (3, None)])
def test_an_indicator_has_the_figure_of_the_quarter(quarter: int | None, actual: str | None) -> None:
    raw = mapping(INDICATORS)
    first, second, third = (indicator_record(name, raw[name], quarter) for name in raw)
    assert (first["目标"], first["单位"], first.get("实际")) == ("10", "个", actual)
    assert (second["目标"], second["实际"]) == ("2", "1")
    assert third["目标"] == "4"
    assert "实际" not in third


def test_progress_and_its_columns_are_those_of_the_template() -> None:
    data = mapping("进度: {1: {甲: 乙}}")
    fields = {"年度": {"类型": "整数"}, "进度": {"类型": "进展", "项": {"甲": {}, "丙": {}}}}
    assert progress_and_columns(data, fields) == ({"1": {"甲": "乙"}}, ("甲", "丙"))
    nothing, columns = progress_and_columns(data, {"别的": {"类型": "进展"}})
    assert (nothing, nothing.at, columns) == ({}, data.at, ())
    nothing, columns = progress_and_columns(data, {"年度": {"类型": "整数"}})
    assert (nothing, nothing.at, columns) == ({}, data.at, ())


def test_one_text_or_a_list_of_them() -> None:
    assert as_texts("甲乙") == ("甲乙",)
    assert as_texts(["甲", "乙"]) == ("甲", "乙")
