"""Workbooks filled in by units, collected from the command line: what is taken, what is left, what is told."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cycle.collect_office import Desk
from tests.cycle.due_office import DONE, Office
from zhibi.errors import Location, Problem, ReportError
from zhibi.output import Replaced, inputs, replace_inputs, workspace

BLANK = dict.fromkeys((1, 2, 3, 4), '状态: "", 完成情况: ""')


@pytest.fixture
def desk(office: Office) -> Desk:
    """A quarter that nobody has filled in yet."""
    office.quarter(3, BLANK, "# 三季度，由办公室汇总\n")
    return Desk(office)


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "锁"
    }


SCIENCE = {
    ("1", "状态"): "已完成",
    ("1", "完成情况"): "1.办好科技周3场；\n2.接待9万人次。",
    ("3", "存在问题"): "注意：用地#5没有落实",
}
ECONOMY = {("2", "状态"): "滞后", ("2", "完成情况"): "2026-10-09", ("指标", "技术交易额"): "82.50"}
GIVEN = {("指标", "技术交易额"): "81.6"}


def test_what_came_back_is_taken_once(desk: Desk) -> None:
    first = desk.book("甲.xlsx", "区科技局", SCIENCE)
    second = desk.book("乙.xlsx", "区经信局", ECONOMY, GIVEN)
    old, plan = desk.text(), desk.plan.read_text(encoding="utf-8")
    said = desk.collect(first, second)
    assert (said.code, said.err) == (0, "")
    lines = [line.split() for line in said.out.splitlines()]
    assert ["第1项", "状态", "区科技局", "新填", "“已完成”"] in lines
    assert ["第2项", "完成情况", "区经信局", "新填", "“2026-10-09”"] in lines
    assert ["指标", "技术交易额", "区经信局", "更正", "“81.6”", "→", "“82.50”"] in lines
    assert "收了 2 个单位的表：新填 5，更正 1。" in said.out
    assert "还没有交：区科协（第3项任务）" in said.out
    assert "交了，还缺：区科技局（第4项任务）" in said.out
    assert "python3 build.py due 看还等着谁，python3 build.py check 季度表2026Q3 核对" in said.out
    wanted = old.replace(
        '1: {状态: "", 完成情况: ""}', "1: {状态: 已完成, 完成情况: [办好科技周3场；, 接待9万人次。]}"
    )
    wanted = wanted.replace('2: {状态: "", 完成情况: ""}', '2: {状态: 滞后, 完成情况: "2026-10-09"}')
    wanted = wanted.replace(
        '3: {状态: "", 完成情况: ""}', '3: {状态: "", 完成情况: "", 存在问题: 注意：用地#5没有落实}'
    )
    assert desk.text() == wanted
    assert desk.plan.read_text(encoding="utf-8") == plan.replace('3: "81.6"', '3: "82.50"')
    kept = sorted((desk.folder / "data" / "备份").iterdir())
    assert [path.read_text(encoding="utf-8") for path in kept] == [old, plan]
    before = files(desk.folder)
    again = desk.collect(first, second)
    assert (again.code, "相同 6" in again.out, files(desk.folder)) == (0, True, before)
    assert "写入了" not in again.out
    assert desk.office.run("check", "季度表2026Q3").code == 0


def test_a_dry_run_tells_and_writes_nothing(desk: Desk) -> None:
    path = desk.book("甲.xlsx", "区科技局", SCIENCE)
    before = files(desk.folder)
    said = desk.collect(path, "--dry-run")
    assert (said.code, files(desk.folder)) == (0, before)
    assert "这次只看，没有写。不加 --dry-run 再运行，就写入 data/2026年第三季度.yaml。" in said.out
    assert desk.cells(path, "--dry-run") == {"1/状态": "新填", "1/完成情况": "新填", "3/存在问题": "新填"}


def test_a_folder_stands_for_the_files_in_it(desk: Desk) -> None:
    (desk.folder / "收回").mkdir()
    desk.book("收回/甲.xlsx", "区科技局", SCIENCE)
    desk.book("收回/乙.xlsx", "区经信局", ECONOMY, GIVEN)
    (desk.folder / "收回" / "~$甲.xlsx").write_bytes(b"")
    assert set(desk.cells(desk.folder / "收回").values()) == {"新填", "更正"}


def test_two_units_that_differ_are_told_and_not_taken(desk: Desk) -> None:
    first = desk.book("甲.xlsx", "区科技局", {("1", "完成情况"): "办了3场。", ("4", "完成情况"): "培育8家。"})
    second = desk.book("乙.xlsx", "区教育局", {("1", "完成情况"): "办了5场。"})
    said = desk.collect(first, second)
    assert said.code == 1
    for words in (
        "第 1 项的“完成情况”没有并入：几份说法不一",
        "区科技局（甲.xlsx 表“填报” E7）：“办了3场。”",
        "区教育局（乙.xlsx 表“填报” E7）：“办了5场。”",
        "data/2026年第三季度.yaml 里现在：（空）",
        "请与单位商定，只收其中一份，或直接改 data/2026年第三季度.yaml",
    ):
        assert words in said.err
    assert "办了" not in desk.text()
    assert '4: {状态: "", 完成情况: 培育8家。}' in desk.text()
    # One workbook alone settles it; the other is told once that it does not count.
    assert desk.cells(second) == {"1/完成情况": "新填"}
    other = desk.collect(first)
    assert (other.code, "提醒：第 1 项的“完成情况”已定：说法不一的已经告诉过" in other.err) == (0, True)
    assert "办了5场。" in desk.text()
    # Words that nobody was told of yet are a conflict again.
    third = desk.book("丙.xlsx", "区科技局", {("1", "完成情况"): "办了9场。"})
    other = desk.collect(third)
    assert (other.code, "文件里现在的是区教育局先前报的" in other.err) == (2, True)


def test_what_a_person_settled_in_the_file_is_told_once(desk: Desk) -> None:
    (desk.folder / "收回").mkdir()
    desk.book("收回/甲.xlsx", "区科技局", {("1", "完成情况"): "办了3场。"})
    desk.book("收回/乙.xlsx", "区教育局", {("1", "完成情况"): "办了5场。"})
    back = desk.folder / "收回"
    assert desk.collect(back, "--dry-run").code == 2
    assert desk.collect(back).code == 2
    assert desk.collect(back).code == 2
    text = desk.text().replace('1: {状态: "", 完成情况: ""', '1: {状态: "", 完成情况: 办了3场。')
    desk.data.write_text(text, encoding="utf-8")
    said = desk.collect(back)
    assert said.code == 0
    assert "区教育局（收回/乙.xlsx 表“填报” E7）：“办了5场。”" in said.err
    assert "这一处以后不再提醒" in said.err
    again = desk.collect(back)
    assert (again.code, again.err, desk.text()) == (0, "", text)
    assert "已定 1" in again.out


def test_a_helper_with_nothing_to_add_says_nothing(desk: Desk) -> None:
    first = desk.book("甲.xlsx", "区科技局", {("1", "完成情况"): "办了3场。", ("1", "存在问题"): "无"})
    second = desk.book("乙.xlsx", "区教育局", {("1", "完成情况"): "无。", ("1", "存在问题"): "—"})
    assert desk.cells(first, second) == {"1/完成情况": "新填", "1/存在问题": "新填"}
    assert "存在问题: 无" in desk.text()
    helper = desk.book("丙.xlsx", "区教育局", {("1", "存在问题"): ""}, {("1", "存在问题"): "无"})
    assert desk.cells(helper) == {}
    other = desk.book("丁.xlsx", "区教育局", {("1", "完成情况"): "办了5场。"})
    assert desk.cells(first, other)["1/完成情况"] == "冲突"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8250", "指标“技术交易额”报的是 8250亿元，比上季（51.3）大十倍以上；已经收了"),
        ("4.9", "指标“技术交易额”报的是 4.9亿元，不到上季（51.3）的十分之一；已经收了"),
        ("82.5", ""),
    ],
)
def test_a_figure_of_another_size_is_asked_about_when_it_is_taken(desk: Desk, typed: str, words: str) -> None:
    path = desk.book("乙.xlsx", "区经信局", {("指标", "技术交易额"): typed}, GIVEN)
    said = desk.collect(path)
    assert (said.code, "询问" in said.err, words in said.err) == (0, bool(words), True)
    assert desk.collect(path).err == ""


def test_a_first_figure_is_held_against_the_target(desk: Desk) -> None:
    plan = desk.plan.read_text(encoding="utf-8").replace(', 实际: {1: "22.7", 2: "51.3", 3: "81.6"}', "")
    desk.plan.write_text(plan, encoding="utf-8")
    said = desk.collect(desk.book("甲.xlsx", "区经信局", {("指标", "技术交易额"): "970"}))
    assert "比目标（96）大十倍以上" in said.err
    desk.plan.write_text(plan, encoding="utf-8")
    shutil.rmtree(desk.folder / "data" / ".执笔")
    said = desk.collect(desk.book("甲.xlsx", "区经信局", {("指标", "技术交易额"): "0"}))
    assert (said.code, said.err) == (0, "")


def test_forms_that_nobody_filled_in_are_not_delivered(desk: Desk) -> None:
    assert desk.office.run("forms", "2026Q3").code == 0
    folder = desk.folder / "表格" / "2026Q3"
    said = desk.collect(folder)
    assert said.code == 0
    assert "这些是发出的空表，没有人填过：4 个单位的表没有填过，还是发出时的样子。" in said.out
    assert "没有填过：区科技局（第1、4项任务）、区经信局（第2项任务）、区科协（第3项任务）" in said.out
    assert ("收了" in said.out, "还缺" in said.out, "还没有交" in said.out) == (False, False, False)
    (paper,) = desk.collect(folder, "--json").json["collected"]
    assert (paper["units"], len(paper["blank"])) == ([], 4)
    assert not any(one["sent"] for one in paper["missing"])


def test_a_unit_corrects_itself_and_nobody_else(desk: Desk) -> None:
    first = desk.book("一稿.xlsx", "区科技局", {("4", "完成情况"): "培育7家。"})
    second = desk.book("二稿.xlsx", "区科技局", {("4", "完成情况"): "培育8家。"})
    assert desk.cells(first) == {"4/完成情况": "新填"}
    assert desk.cells(second) == {"4/完成情况": "更正"}
    assert desk.cells(first, second) == {"4/完成情况": "相同"}
    said = desk.collect(first)
    assert (said.code, "这是这个单位更正以前的文字" in said.err) == (2, True)
    third = desk.book("三稿.xlsx", "区科技局", {("4", "完成情况"): "培育9家。"})
    shutil.rmtree(desk.folder / "data" / ".执笔")
    assert desk.cells(third) == {"4/完成情况": "冲突"}
    assert "培育8家。" in desk.text()


def test_two_drafts_of_a_unit_in_one_run_are_told_with_both_files(desk: Desk) -> None:
    first = desk.book("一稿.xlsx", "区科技局", {("4", "完成情况"): "培育7家。"})
    second = desk.book("二稿.xlsx", "区科技局", {("4", "完成情况"): "培育8家。"})
    said = desk.collect(first, second)
    assert said.code == 2
    assert "同一单位交来的几份说法不一" in said.err
    assert "一稿.xlsx" in said.err
    assert "二稿.xlsx" in said.err


def test_what_somebody_typed_meanwhile_stays(desk: Desk) -> None:
    path = desk.book("甲.xlsx", "区科技局", {("4", "完成情况"): "培育8家。", ("4", "状态"): "滞后"})
    desk.data.write_text(
        desk.text().replace('4: {状态: "", 完成情况: ""', '4: {状态: 已完成, 完成情况: ""'), "utf-8"
    )
    said = desk.collect(path)
    assert said.code == 1
    assert "第 4 项的“状态”没有并入：表发出以后，文件里的这一格改过" in said.err
    assert "4: {状态: 已完成, 完成情况: 培育8家。}" in desk.text()


def test_a_text_that_a_unit_deletes_is_told_as_such(desk: Desk) -> None:
    desk.office.quarter(3, DONE)
    old = DONE[4].rpartition(": ")[2]
    path = desk.book("甲.xlsx", "区科技局", {("4", "完成情况"): ""}, {("4", "完成情况"): old})
    said = desk.collect(path)
    assert said.code == 0
    assert ["第4项", "完成情况", "区科技局", "清空", f"“{old}”", "→", "（空）"] in [
        line.split() for line in said.out.splitlines()
    ]
    assert '4: {状态: 按序推进, 完成情况: ""}' in desk.text()


@pytest.mark.parametrize(
    ("unit", "other", "words"),
    [
        ("区科技局", {"period": "2026Q2"}, "这是2026年第二季度的表，这次收的是2026年第三季度，没有收"),
        ("区科技局", {"paper": "市表"}, "config.yaml 的“定期”里，2026年第三季度没有“市表”，没有收"),
        (
            "区档案局",
            {"tasks": "4"},
            "计划（data/计划.yaml）里没有哪一项任务的责任单位是“区档案局”，这份表没有收",
        ),
        ("区科协", {"tasks": "3,4,9"}, "计划（data/计划.yaml）里没有归“区科协”的第4、9项任务，这份表没有收"),
    ],
)
def test_a_workbook_that_does_not_belong_is_refused_alone(
    desk: Desk, unit: str, other: dict[str, str], words: str
) -> None:
    said_too = {(number, "完成情况"): "不该收的" for number in ("3", "4", "9")}
    strange = desk.book("丙.xlsx", unit, said_too, **other)
    good = desk.book("甲.xlsx", "区科技局", {("4", "完成情况"): "培育8家。"})
    said = desk.collect(strange, good)
    assert said.code == 1
    assert f"丙.xlsx 错误：{words}" in said.err
    assert ("不该收的" in desk.text(), "培育8家。" in desk.text()) == (False, True)
    assert desk.collect(strange).code == 2


def test_two_papers_of_one_plan_are_collected_in_one_run(desk: Desk) -> None:
    more = '  - {名称: 局表, 周期: 季, 数据: "data/{年度}年{季}季.yaml", 起始: 2026Q1, 期限: 10}\n'
    config = desk.folder / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8") + more, encoding="utf-8")
    (desk.folder / "data" / "2026年3季.yaml").write_text(desk.text(), encoding="utf-8")
    first = desk.book("甲.xlsx", "区经信局", ECONOMY, GIVEN)
    second = desk.book("乙.xlsx", "区经信局", ECONOMY, GIVEN, paper="局表")
    said = desk.collect(first, second, "--json")
    assert said.code == 0
    assert [
        (paper["report"], [cell["result"] for cell in paper["cells"]]) for paper in said.json["collected"]
    ] == [("季度表2026Q3", ["新填", "新填", "更正"]), ("局表2026Q3", ["新填", "新填", "相同"])]


def test_forms_that_went_out_come_back(desk: Desk) -> None:
    from openpyxl import load_workbook

    assert desk.office.run("forms", "2026Q3").code == 0
    folder = desk.folder / "表格" / "2026Q3"
    path = folder / "区经信局.xlsx"
    book = load_workbook(path)
    heads = {str(cell.value).partition("\n")[0]: cell.column for cell in book["填报"][6]}
    book["填报"].cell(7, heads["完成情况"]).value = "1、成交82.5亿元；\n2、增长17%。"
    book["指标"]["G7"].value = 82.5
    book.save(path)
    said = desk.collect(folder)
    assert (said.code, said.err) == (0, "")
    assert "收了 1 个单位的表：新填 1，更正 1。" in said.out
    assert "3 个单位的表没有填过，还是发出时的样子。" in said.out
    assert '2: {状态: "", 完成情况: [成交82.5亿元；, 增长17%。]}' in desk.text()


def test_long_texts_are_shown_from_where_they_differ(desk: Desk) -> None:
    old = "这一段开头很长很长很长很长很长很长很长，到位资金4820万元；"
    desk.office.quarter(3, {4: f"状态: 滞后, 完成情况: {old}"})
    path = desk.book(
        "甲.xlsx", "区科技局", {("4", "完成情况"): old.replace("4820", "4999")}, {("4", "完成情况"): old}
    )
    assert (
        "“……，到位资金44820万元；” → “……，到位资金4999万元；”".replace("44820", "4820")
        in desk.collect(path).out
    )


def test_files_that_are_no_forms_are_told_and_the_others_go_on(desk: Desk) -> None:
    (desk.folder / "别的.xlsx").write_bytes(b"PK\x03\x04")
    good = desk.book("甲.xlsx", "区科技局", {("4", "完成情况"): "培育8家。"})
    said = desk.collect(desk.folder / "别的.xlsx", desk.folder / "没有.xlsx", good)
    assert said.code == 1
    assert "别的.xlsx" in said.err
    assert "没有.xlsx" in said.err
    assert "培育8家。" in desk.text()


@pytest.mark.parametrize(
    ("plan", "given", "typed", "words"),
    [
        (
            '实际: "51.3"',
            "",
            "82",
            '指标“技术交易额”没有并入：计划里的“实际”是全年的一个数（51.3），请先改成按季写：实际: {3: "82"}',
        ),
        (
            '实际: {1: "22.7"}, 口径: 累计',
            "",
            "约82",
            "“技术交易额”的“本季”：“约82”不只是数字，没有收 —— 单位是亿元，请换算后只写数字",
        ),
        (
            '上年同期: "70"',
            "",
            "82",
            "指标“技术交易额”没有并入：“实际”是按季写的，“上年同期”不是，比不了",
        ),
    ],
)
def test_a_figure_that_the_plan_cannot_hold_is_refused_at_its_cell(
    desk: Desk, plan: str, given: str, typed: str, words: str
) -> None:
    text = desk.plan.read_text(encoding="utf-8").replace('实际: {1: "22.7", 2: "51.3", 3: "81.6"}', plan)
    desk.plan.write_text(text, encoding="utf-8")
    said_of_both = {("2", "状态"): "滞后", ("指标", "技术交易额"): typed}
    path = desk.book("乙.xlsx", "区经信局", said_of_both, {("指标", "技术交易额"): given})
    said = desk.collect(path)
    assert said.code == 1
    assert f"乙.xlsx 表“指标” G7 错误：{words}" in said.err
    assert said.err.count("G7 错误") == said.err.count("\n") == 1
    assert desk.plan.read_text(encoding="utf-8") == text
    assert "2: {状态: 滞后," in desk.text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{1: "22.7", 4: "99"}', '{1: "22.7", 3: "82", 4: "99"}'),
        ("{4: 99.50}", '{3: "82", 4: "99.50"}'),
        ('{1: "22.7"}', '{1: "22.7", 3: "82"}'),
    ],
)
def test_a_figure_stands_in_the_order_of_quarters(desk: Desk, before: str, after: str) -> None:
    text = desk.plan.read_text(encoding="utf-8")
    held = '实际: {1: "22.7", 2: "51.3", 3: "81.6"}'
    desk.plan.write_text(text.replace(held, f"实际: {before}"), encoding="utf-8")
    desk.collect(desk.book("乙.xlsx", "区经信局", {("指标", "技术交易额"): "82"}))
    assert desk.plan.read_text(encoding="utf-8") == text.replace(held, f"实际: {after}")


def test_a_figure_goes_where_the_plan_has_none_yet(desk: Desk) -> None:
    text = desk.plan.read_text(encoding="utf-8").replace(', 实际: {1: "22.7", 2: "51.3", 3: "81.6"}', "")
    desk.plan.write_text(text, encoding="utf-8")
    assert desk.cells(desk.book("乙.xlsx", "区经信局", {("指标", "技术交易额"): "82"})) == {
        "指标/技术交易额": "新填"
    }
    assert '目标: "96", 实际: {3: "82"}}' in desk.plan.read_text(encoding="utf-8")
    other = desk.book("丙.xlsx", "区经信局", {("指标", "新指标"): "5"}, figure="新指标")
    assert "指标“新指标”没有并入：计划里没有这个指标" in desk.collect(other).err


def test_a_data_file_that_is_a_link_is_changed_where_it_lies(desk: Desk) -> None:
    real = desk.folder / "data" / "原件.yaml"
    desk.data.rename(real)
    desk.data.symlink_to(real.name)
    assert desk.cells(desk.book("甲.xlsx", "区科技局", {("4", "状态"): "滞后"})) == {"4/状态": "新填"}
    assert (desk.data.is_symlink(), "状态: 滞后" in real.read_text(encoding="utf-8")) == (True, True)


def test_a_task_without_an_entry_gets_one_that_the_model_takes(desk: Desk) -> None:
    desk.office.quarter(3, {})
    assert set(desk.cells(desk.book("甲.xlsx", "区科技局", {("4", "状态"): "滞后"})).values()) == {"新填"}
    assert desk.text().endswith('进展:\n  4:\n    状态: 滞后\n    完成情况: ""\n')
    assert desk.office.run("check", "季度表2026Q3").code == 0


@pytest.mark.parametrize("blank", ["进展:\n", "进展:   # 还没有\n", "进展:\n  1:\n  2:   # 乙\n"])
def test_a_progress_that_was_left_empty_takes_what_came_back(desk: Desk, blank: str) -> None:
    desk.data.write_text(desk.text().partition("进展:")[0] + blank, encoding="utf-8")
    said = desk.collect(desk.book("甲.xlsx", "区科技局", SCIENCE))
    assert (said.code, said.err) == (0, "")
    assert "状态: 已完成" in desk.text()
    assert desk.text().count("# ") == 1 + blank.count("# ")
    assert desk.office.run("check", "季度表").code == 0


def test_locked_cells_that_were_changed_are_told(desk: Desk) -> None:
    from openpyxl import load_workbook

    path = desk.book("甲.xlsx", "区科技局", {("4", "状态"): "滞后"})
    book = load_workbook(path)
    book["填报"]["C9"].value = "培育孵化载体6家。"
    book.save(path)
    said = desk.collect(path)
    assert said.code == 0
    assert "第 4 项的“内容”被改动，没有收：原来是“略”，现在是“培育孵化载体6家。”" in said.err


def test_encoding_and_line_ends_of_the_data_file_stay(desk: Desk) -> None:
    raw = desk.text().replace("\n", "\r\n").encode("gb18030")
    desk.data.write_bytes(raw)
    assert desk.cells(desk.book("甲.xlsx", "区科技局", {("4", "状态"): "滞后"})) == {"4/状态": "新填"}
    old, new = '4: {状态: ""'.encode("gb18030"), "4: {状态: 滞后".encode("gb18030")
    assert desk.data.read_bytes() == raw.replace(old, new)


def test_a_data_file_with_faults_is_left_alone(desk: Desk) -> None:
    text = desk.text().replace("年度: 2026", "年度：2026")
    desk.data.write_text(text, encoding="utf-8")
    path = desk.book("甲.xlsx", "区科技局", SCIENCE)
    said = desk.collect(path)
    assert (said.code, "data/2026年第三季度.yaml:3:" in said.err, desk.text()) == (2, True, text)
    desk.data.unlink()
    assert "请先运行 python3 build.py new 2026Q3" in desk.collect(path).err


def test_files_that_cannot_be_written_are_as_they_were(desk: Desk) -> None:
    (desk.folder / "data" / "备份").write_text("", encoding="utf-8")
    before = files(desk.folder)
    path = desk.book("甲.xlsx", "区科技局", SCIENCE)
    said = desk.collect(path)
    assert (said.code, "data/备份 错误：这个名字要用来放程序自己的文件" in said.err) == (3, True)
    assert files(desk.folder) == {**before, "甲.xlsx": path.read_bytes()}


def test_two_runs_at_once_take_turns(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.book("甲.xlsx", "区科技局", SCIENCE)
    before = desk.text()
    monkeypatch.setattr(workspace, "LOCK_SECONDS", 0.1)
    with workspace.locked(workspace.Workspace(desk.folder / "data"), str):
        said = desk.collect(path)
    assert (said.code, "data 错误：另一个执笔正在往这个文件夹写" in said.err, desk.text()) == (
        5,
        True,
        before,
    )


def test_words_that_name_no_period_are_refused(desk: Desk) -> None:
    said = desk.collect(desk.folder, period="三季度")
    assert (said.code, "看不出是哪一期：三季度 —— 请写成 2026Q3 或 2026 这样" in said.err) == (2, True)
    assert desk.collect().code == 2
    (desk.folder / "空").mkdir()
    said = desk.collect(desk.folder / "空")
    assert (said.code, "文件夹里没有表可收" in said.err) == (2, True)


def test_a_file_that_changed_since_it_was_read_is_not_written_over(tmp_path: Path) -> None:
    first, second = tmp_path / "甲.yaml", tmp_path / "乙.yaml"
    first.write_bytes(b"1")
    second.write_bytes(b"3")
    with pytest.raises(ReportError, match="这个文件刚刚有人改过，没有写入"):
        replace_inputs(
            tmp_path,
            [Replaced(first, b"1", b"2"), Replaced(second, b"2", b"4")],
            {tmp_path / "账": b"x"},
            str,
        )
    assert (first.read_bytes(), second.read_bytes()) == (b"1", b"3")
    assert not (tmp_path / "账").exists()


def test_of_two_folders_both_files_are_written_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / name / f"{name}.yaml" for name in "ab"]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(b"1")
    wanted = [Replaced(path, b"1", b"2") for path in paths]
    write = inputs.write_files

    def refuse(folder: Path, content: Mapping[str, bytes]) -> tuple[Path, ...]:
        if folder.name == "b":
            raise ReportError([Problem(Location("b"), "写文件", "写不进去")])
        return write(folder, content)

    monkeypatch.setattr(inputs, "write_files", refuse)
    with pytest.raises(ReportError, match="写不进去"):
        replace_inputs(tmp_path, wanted, {}, str)
    assert [path.read_bytes() for path in paths] == [b"1", b"1"]
    monkeypatch.undo()
    kept = replace_inputs(tmp_path, wanted, {}, str)
    assert [path.read_bytes() for path in (*paths, *kept)] == [b"2", b"2", b"1", b"1"]
