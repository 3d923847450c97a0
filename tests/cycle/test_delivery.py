"""Who has not delivered: units that lead a task without words, or an indicator without the quarter's figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cycle.due_office import DONE, PLAN, Office
from zhibi.cycle.delivery import Missing, undelivered
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.model.source import read_source

ROOT = Path(__file__).resolve().parents[2]
Ask = Callable[..., list[Missing]]


@pytest.fixture
def ask(office: Office) -> Ask:
    """Give the units that are missing from the paper of a quarter."""

    def asked(done: Mapping[int, str] = DONE, quarter: int = 3, more: str = "") -> list[Missing]:
        project = Project(office.folder, ROOT / "templates")
        return undelivered(read_source(office.quarter(quarter, done, more), project)[0])

    return asked


def test_nobody_is_missing_when_all_tasks_have_words(ask: Ask) -> None:
    assert ask() == []


def test_every_unit_is_missing_in_the_order_of_the_plan(ask: Ask) -> None:
    assert ask({}) == [
        Missing("区科技局", (1, 4), ()),
        Missing("区经信局", (2,), ()),
        Missing("区科协", (3,), ()),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "完成情况: 已经办好。",  # no 状态
        '状态: "", 完成情况: 已经办好。',
        '状态: "", 完成情况: ""',
        '状态: "", 完成情况: "", 下一步打算: ""',
    ],
)
def test_a_task_is_open_while_a_column_that_counts_is_blank(ask: Ask, words: str) -> None:
    assert ask({**DONE, 1: words}) == [Missing("区科技局", (1,), ())]


def test_a_task_half_written_is_an_error_of_its_line(ask: Ask) -> None:
    with pytest.raises(ReportError, match=r"第三季度\.yaml:8:3 错误：缺少“完成情况”"):
        ask({**DONE, 1: "状态: 滞后"})


def test_other_columns_may_be_blank_and_the_leading_unit_alone_is_asked(ask: Ask) -> None:
    assert ask({number: f"{words}, 存在问题: 没有, 下一步打算: 再办" for number, words in DONE.items()}) == []
    assert [one.unit for one in ask({1: DONE[1], 2: DONE[2], 4: DONE[4]})] == ["区科协"]


def test_a_paper_of_one_unit_waits_only_for_the_tasks_that_it_lists(ask: Ask) -> None:
    assert ask({1: DONE[1]}, more="单位: 区科技局\n") == [
        Missing("区科技局", (4,), ()),
        Missing("区科协", (3,), ()),
    ]


def test_an_indicator_needs_the_figure_of_the_quarter(ask: Ask, office: Office) -> None:
    assert ask(quarter=4) == [Missing("区经信局", (), ("技术交易额",))]
    office.write("data/计划.yaml", PLAN.replace('3: "81.6"', '3: ""'))
    assert ask() == [Missing("区经信局", (), ("技术交易额",))]
    assert str(ask({1: DONE[1]})[1]) == "区经信局（第2项任务；指标：技术交易额）"


@pytest.mark.parametrize("figures", ['实际: "81.6"', '实际: ""', '目标: "97"'])
def test_an_indicator_of_the_whole_year_is_not_asked_for(ask: Ask, office: Office, figures: str) -> None:
    old = '目标: "96", 实际: {1: "22.7", 2: "51.3", 3: "81.6"}'
    assert old in PLAN
    office.write("data/计划.yaml", PLAN.replace(old, figures))
    assert ask(quarter=4) == []


def test_an_indicator_that_no_task_names_is_not_asked_for(ask: Ask, office: Office) -> None:
    office.write("data/计划.yaml", PLAN.replace(", 指标: [技术交易额]", ""))
    assert ask(quarter=4) == []


def test_a_task_that_was_settled_last_quarter_may_be_left_out(ask: Ask, office: Office) -> None:
    last = {**DONE, 1: "状态: 已完成, 完成情况: 办好了。", 3: "状态: 已调整, 完成情况: 不办了。"}
    office.quarter(2, last)
    left = {4: DONE[4]}
    assert ask(left, more="上期: 2026年第二季度.yaml\n") == [Missing("区经信局", (2,), ())]
    assert [one.tasks for one in ask(left)] == [(1,), (2,), (3,)]
    begun = {**left, 1: "完成情况: 又办了一次。"}
    assert ask(begun, more="上期: 2026年第二季度.yaml\n")[0] == Missing("区科技局", (1,), ())


def test_a_paper_without_progress_waits_for_nobody(office: Office) -> None:
    text = "版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文: [请按时报送。]\n"
    source, _ = read_source(office.write("data/甲.yaml", text), Project(office.folder, ROOT / "templates"))
    assert undelivered(source) == []
