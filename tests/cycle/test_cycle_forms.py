"""`forms`: who gets which tasks and figures, what stands in them, and what becomes of forms that are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.test_cli import ROOT, run
from zhibi.cli import main
from zhibi.cycle.forms import forms_of
from zhibi.cycle.issuing import State, doubts, issue, leftovers, named
from zhibi.errors import Level, Location, ReportError
from zhibi.model import Project, Series, read_config
from zhibi.periods import Period
from zhibi.workbooks import Column, FigureRow, Form, read_form

CONFIG = """版本: 1
定期:
  - {名称: 区表, 周期: 季, 数据: "data/{年度}年第{季度}季度.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 总结, 周期: 年, 数据: "data/{年度}年总结.yaml", 起始: 2025, 期限: 30}
"""
TEMPLATE = """---
版本: 1
说明: 季度表
字段:
  年度: {类型: 整数, 必填: 是, 说明: 年度}
  季度: {类型: 整数, 必填: 是, 说明: 季度}
  计划: {类型: 计划, 必填: 是, 说明: 计划}
  进展:
    类型: 进展
    必填: 是
    说明: 进展
    项:
      状态: {类型: 状态}
      完成情况: {类型: 单元格, 必填: 是, 说明: 完成情况}
      下一步: {类型: 单元格, 说明: 下一步}
要素:
  标题: "{{ 年度 }}年第{{ 季度 | 汉字 }}季度表"
表:
  表:
    行: 任务
    栏:
      - {名: 序号, 类: 序号, 值: 项.序号}
      - {名: 完成情况, 值: 项.进展.完成情况, 限字: 300}
      - {名: 摘要, 值: "项.进展['完成情况']", 限字: 200}
      - {名: 下一步, 值: 项.进展.下一步}
---
::表 表
"""
PLAN = """版本: 1
名称: 云川区2026年重点工作计划
年度: 2026
任务:
  - {序号: 1, 内容: 办第一件事。, 目标: 办成3家。, 责任单位: [甲局, 乙局], 完成时限: 4, 指标: [交易额, 场次]}
  - {序号: 2, 内容: 办第二件事。, 责任单位: [乙局], 配合单位: [甲局, 丙/丁局], 指标: [家数]}
指标:
  交易额: {单位: 亿元, 目标: "96", 实际: {1: "22.7", 2: "51.3"}, 上年同期: {1: "18.9", 2: "43.6"}}
  场次: {单位: 场, 目标: "40", 实际: {1: "10"}, 口径: 当季}
  家数: {单位: 家, 目标: "9", 实际: "8"}
"""
FIRST = """版本: 1
模板: 季度表
年度: 2026
季度: 1
计划: 计划.yaml
进展:
  1: {状态: 滞后, 完成情况: {取数: "交易额{{ 指标.交易额.实际 }}亿元。"}}
"""
SECOND = """版本: 1
模板: 季度表
年度: 2026
季度: 2
计划: 计划.yaml
上期: 2026年第一季度.yaml
进展:
  1:
    状态: 按序推进
    完成情况:
      - {取数: "交易额{{ 指标.交易额.实际 }}亿元；"}
      - {取数: "办了{{ 指标.场次.实际 }}场。"}
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    for name, text in {
        "config.yaml": CONFIG,
        "templates/季度表.jinja": TEMPLATE,
        "data/计划.yaml": PLAN,
        "data/2026年第一季度.yaml": FIRST,
        "data/2026年第二季度.yaml": SECOND,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def project(office: Path) -> Project:
    return Project(office, office / "templates")


def series(office: Path) -> Series:
    return read_config(office / "config.yaml", project(office)).series[0]


def forms(office: Path, quarter: int) -> dict[str, Form]:
    made, problems = forms_of(series(office), Period(2026, quarter), project(office))
    assert {problem.level for problem in problems} <= {Level.ADVICE}
    return {form.unit: form for form in made}


def test_each_unit_gets_its_tasks_with_its_part_in_them(office: Path) -> None:
    made = forms(office, 1)
    assert {unit: [(task.number, task.role) for task in form.tasks] for unit, form in made.items()} == {
        "甲局": [("1", "牵头"), ("2", "配合")],
        "乙局": [("1", "配合"), ("2", "牵头")],
        "丙/丁局": [("2", "配合")],
    }
    assert made["甲局"].title == "云川区2026年重点工作计划第一季度进展填报表"
    assert (made["甲局"].paper, made["甲局"].period) == ("区表", "2026Q1")
    assert made["甲局"].columns == (
        Column("状态", True, True, None),
        Column("完成情况", False, True, 200),
        Column("下一步", False, False, None),
    )
    assert made["甲局"].tasks[0].plan == {
        "任务内容": "办第一件事。",
        "目标": "办成3家。",
        "完成时限": "第四季度",
    }
    assert made["丙/丁局"].tasks[0].plan == {"任务内容": "办第二件事。"}
    assert made["甲局"].tasks[0].own == {"状态": "滞后", "完成情况": "交易额22.7亿元。", "下一步": ""}
    assert [dict(task.last) for task in made["甲局"].tasks] == [{}, {}]


def test_last_quarter_stands_beside_with_its_own_figures(office: Path) -> None:
    made = forms(office, 2)
    assert [dict(task.last) for task in made["甲局"].tasks] == [
        {"状态": "滞后", "完成情况": "交易额22.7亿元。"},
        {"状态": "", "完成情况": ""},
    ]
    own = made["甲局"].tasks[0].own
    assert own["完成情况"].split("\n")[0] == "交易额51.3亿元；"


def test_a_figure_that_is_not_there_yet_is_no_hindrance(office: Path) -> None:
    made, problems = forms_of(series(office), Period(2026, 2), project(office))
    assert made[0].tasks[0].own["完成情况"].split("\n")[1] == "办了{{ 指标.场次.实际 }}场。"
    assert [str(one) for one in problems] == [
        "data/2026年第二季度.yaml:12:14 提醒：指标没有这一期的“实际”数 —— 表里先照原样放着"
    ]


def test_figures_go_to_who_leads_the_task(office: Path) -> None:
    made = forms(office, 2)
    assert made["甲局"].figures == (
        FigureRow("交易额", "亿元", "96", "43.6", "22.7", "51.3", "累计"),
        FigureRow("场次", "场", "40", "", "10", "", "当季"),
    )
    assert made["乙局"].figures == (FigureRow("家数", "家", "9", "", "", "8", "累计"),)
    assert made["丙/丁局"].figures == ()


def test_files_are_named_by_unit(office: Path) -> None:
    made = list(forms(office, 1).values())
    assert list(named(made, several=False)) == ["甲局.xlsx", "乙局.xlsx", "丙／丁局.xlsx"]
    assert next(iter(named(made, several=True))) == "甲局（区表）.xlsx"
    twice = [made[0], forms(office, 2)["甲局"]]
    with pytest.raises(ReportError, match=r"“甲局”和“甲局”的表都要叫“甲局\.xlsx”"):
        named(twice, several=False)


def test_a_form_that_somebody_filled_in_is_left_alone(office: Path) -> None:
    folder, shown = office / "表格", project(office).shown
    first = {"甲局.xlsx": forms(office, 1)["甲局"], "乙局.xlsx": forms(office, 1)["乙局"]}
    second = {"甲局.xlsx": forms(office, 2)["甲局"], "乙局.xlsx": forms(office, 2)["乙局"]}

    def states(files: dict[str, Form]) -> list[State]:
        return [one.state for one in issue(folder, files, shown)[0]]

    assert states(first) == [State.NEW, State.NEW]
    written = (folder / "甲局.xlsx").read_bytes()
    assert states(first) == [State.SAME, State.SAME]
    assert (folder / "甲局.xlsx").read_bytes() == written
    book = load_workbook(folder / "甲局.xlsx")
    book["填报"]["H7"] = "填好了。"
    book.save(folder / "甲局.xlsx")
    filled = (folder / "甲局.xlsx").read_bytes()
    issued, problems = issue(folder, second, shown)
    assert [one.state for one in issued] == [State.KEPT, State.RENEWED]
    assert [str(one) for one in problems] == [
        "表格/甲局.xlsx 错误：这张表已经有人填过或改过，没有动它"
        " —— 请先把里面的内容收回来，把它移走，再发一次；或用 --out 换一个文件夹"
    ]
    assert (folder / "甲局.xlsx").read_bytes() == filled
    assert read_form(folder / "乙局.xlsx", "乙局.xlsx").period == "2026Q2"
    (folder / "乙局.xlsx").write_bytes(b"PK")
    assert "已经有一个叫这个名字的文件，不是执笔发出的表" in str(issue(folder, second, shown)[1][-1])


def test_a_paper_without_progress_and_a_quarter_without_data(office: Path) -> None:
    (office / "data" / "2026年第三季度.yaml").write_text(
        "版本: 1\n模板: 文稿\n标题: 通知\n正文: [请报送。]\n", encoding="utf-8"
    )
    (office / "templates" / "文稿.jinja").write_text(
        (ROOT / "templates" / "文稿.jinja").read_text("utf-8"), "utf-8"
    )
    assert forms_of(series(office), Period(2026, 3), project(office))[0] == ()
    with pytest.raises(ReportError) as caught:
        forms_of(series(office), Period(2026, 4), project(office))
    (problem,) = caught.value.problems
    assert problem.at == Location("config.yaml", 3, 25)
    assert problem.message == "还没有2026年第四季度的数据文件“data/2026年第四季度.yaml”"
    assert problem.suggestion.startswith("请先 python3 build.py new 2026Q4")


def test_a_form_says_by_which_day_it_goes_back(office: Path) -> None:
    """To the paper's unit; a deadline of the fourth quarter is one of the next year."""
    (office / "templates" / "季度表.jinja").write_text(
        TEMPLATE.replace("  计划:", "  全称: {类型: 文字, 说明: 全称}\n  计划:", 1), "utf-8"
    )
    text = SECOND.replace("计划: 计划.yaml", "计划: 计划.yaml\n全称: 云川区")
    (office / "data" / "2026年第二季度.yaml").write_text(text, "utf-8")
    assert {form.back for form in forms(office, 2).values()} == {"请于7月14日前交回云川区"}
    (office / "data" / "2026年第四季度.yaml").write_text(FIRST.replace("季度: 1", "季度: 4"), "utf-8")
    assert forms(office, 4)["甲局"].back == "请于2027年1月15日前交回"


def test_a_name_much_like_another_is_asked_about_once(office: Path) -> None:
    plan = PLAN.replace("丙/丁局", "区水务局").replace("甲局", "区水利局")
    (office / "data" / "计划.yaml").write_text(plan, "utf-8")
    folder, shown = office / "表格", project(office).shown
    issued, _ = issue(folder, named(list(forms(office, 1).values()), several=False), shown)
    assert [str(one) for one in doubts(issued, shown)] == [
        "表格/区水务局.xlsx 询问：“区水务局”只有第2项任务，名称与“区水利局”很像"
        " —— 请核对是不是写错了：写错的改计划，再发一次；确实是两个单位的不必理会"
    ]
    again, _ = issue(folder, named(list(forms(office, 1).values()), several=False), shown)
    assert list(doubts(again, shown)) == []


def test_forms_of_units_that_the_plan_has_no_more_are_named(office: Path) -> None:
    folder, shown = office / "表格", project(office).shown
    issue(folder, named(list(forms(office, 1).values()), several=False), shown)
    (office / "data" / "计划.yaml").write_text(PLAN.replace(", 丙/丁局", ""), "utf-8")
    (folder / "别的.xlsx").write_bytes(b"PK")
    issued, _ = issue(folder, named(list(forms(office, 1).values()), several=False), shown)
    assert [str(one) for one in leftovers(folder, issued, shown)] == [
        "表格/丙／丁局.xlsx 提醒：这份表是以前发给“丙/丁局”的，现在的计划里没有归它的任务，这次没有发它"
        " —— 请把这份表移走，不要再发出去；已经发出的，请与单位说明"
    ]


def test_a_quarter_before_the_first_has_no_forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    real(tmp_path)
    config = tmp_path / "config.yaml"
    text = config.read_text("utf-8").replace("2026Q1", "2026Q4")
    config.write_text(text, "utf-8")
    assert main(["forms", "2026Q3", "--config", str(config)]) == 2
    assert "“区表”从2026年第四季度开始，没有2026年第三季度的表" in capsys.readouterr().err
    other = '  - {名称: 市表, 周期: 季, 数据: "市{年度}年第{季度}季度.yaml", 起始: 2026Q4, 期限: 10}\n'
    config.write_text(text.replace("2026Q4", "2026Q1") + other, "utf-8")
    assert main(["forms", "2026Q3", "--config", str(config)]) == 0
    assert main(["forms", "2026Q3", "区表", "市表", "--config", str(config)]) == 2
    assert "“市表”从2026年第四季度开始" in capsys.readouterr().err


def real(folder: Path) -> None:
    """Make an office whose template is one of ours, as the command line knows no others."""
    for name in ("云川区2026年重点工作计划.yaml", "云川区科技局2026年第三季度重点工作完成情况.yaml"):
        (folder / name).write_text((ROOT / "data" / name).read_text("utf-8"), "utf-8")
    pattern = "云川区科技局{年度}年第{季度}季度重点工作完成情况.yaml"
    (folder / "config.yaml").write_text(
        f'版本: 1\n定期:\n  - {{名称: 区表, 周期: 季, 数据: "{pattern}", 起始: 2026Q1, 期限: 10}}\n', "utf-8"
    )


def test_the_command_issues_forms_and_says_which(tmp_path: Path) -> None:
    real(tmp_path)
    said = run(["forms", "2026年三季度", "--config", "config.yaml", "--json"], tmp_path)
    assert said.code == 0
    told = json.loads(said.out)
    assert [(one["level"], one["line"], one["message"]) for one in told["problems"]] == [
        (
            "提醒",
            6,
            "计划里第1—3、11、16—19、23—24项任务的责任单位里没有“区科技局”，不在这份公文里，没有发填报表",
        )
    ]
    assert len(told["forms"]) == len(told["built"]) == 11
    assert told["forms"][0] == {
        "paper": "区表",
        "period": "2026Q3",
        "unit": "区科技局",
        "tasks": 14,
        "figures": 7,
        "file": "表格/2026Q3/区科技局.xlsx",
        "state": "新发",
    }
    path = tmp_path / "表格" / "2026Q3" / "区科技局.xlsx"
    back = read_form(path, path.name)
    assert back.problems == ()
    assert len(back.answers) == 14 * 3
    book = load_workbook(path)
    book["填报"]["F7"] = "已完成"
    book.save(path)
    (tmp_path / "表格" / "2026Q3" / "区财政局.xlsx").unlink()
    said = run(["forms", "2026Q3", "区表", "--config", "config.yaml"], tmp_path)
    assert said.code == 1
    assert "表格/2026Q3/区科技局.xlsx 错误：这张表已经有人填过或改过，没有动它" in said.err
    assert "没有动    区科技局" in said.out
    assert "新发      区财政局" in said.out
    assert "没有变化  区统计局" in said.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["2026"], "“2026”不是季度 —— 请写成 2026Q3 这样"),
        (["2026Q3", "市表"], "按季的“定期”里没有“市表” —— 可以写：区表"),
        (["2026Q1"], "还没有2026年第一季度的数据文件"),
    ],
)
def test_words_that_make_no_sense(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    real(tmp_path)
    assert main(["forms", *words, "--config", str(tmp_path / "config.yaml")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "表格").exists()


@pytest.mark.parametrize(
    ("unit", "message"),
    [
        ("（请填写）", "“单位”还写着“（请填写）”，计划里没有它负责的任务 —— 请填上本单位的名称"),
        ("科技局", "计划里没有“科技局”负责的任务，表是空的 —— 您是不是想写“区科技局”？"),
    ],
)
def test_a_unit_without_tasks_is_what_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], unit: str, message: str
) -> None:
    real(tmp_path)
    data = tmp_path / "云川区科技局2026年第三季度重点工作完成情况.yaml"
    data.write_text(data.read_text("utf-8").replace("单位: 区科技局", f"单位: {unit}"), "utf-8")
    assert main(["forms", "2026Q3", "--config", str(tmp_path / "config.yaml")]) == 2
    assert capsys.readouterr().err == f"{data.name}:6:5 错误：{message}\n"


def test_an_office_without_series(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "甲.yaml").write_text("版本: 1\n模板: 文稿\n标题: 通知\n正文: [请报送。]\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", encoding="utf-8")
    assert main(["forms", "2026Q3", "--config", str(tmp_path / "config.yaml")]) == 2
    assert "config.yaml 里没有按季的“定期”，不知道给谁发表" in capsys.readouterr().err
    series = '定期: [{名称: 乙, 周期: 季, 数据: "{年度}-{季}.yaml", 起始: 2026Q3, 期限: 9}]\n'
    (tmp_path / "config.yaml").write_text(f"版本: 1\n{series}", encoding="utf-8")
    (tmp_path / "甲.yaml").rename(tmp_path / "2026-3.yaml")
    assert main(["forms", "2026Q3", "--config", str(tmp_path / "config.yaml")]) == 2
    assert "“乙”没有要单位填的内容" in capsys.readouterr().err
