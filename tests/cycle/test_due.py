"""`due` as a clerk and a scheduler meet it: what is listed, what is built, what is left, exit codes."""

from __future__ import annotations

import datetime
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cycle.due_office import CONFIG, DELIVERED, DONE, PLAN, THIRD, YEARLY, Office
from tests.output.conftest import word_owner
from zhibi.cli.due import exit_code_of
from zhibi.cli.screen import BAD_INPUT, INTERNAL, NOT_WRITTEN, OK, OWN_FAULT, SOME_FAILED
from zhibi.cycle.deadlines import BEIJING
from zhibi.cycle.due import State, list_due
from zhibi.errors import Location, Problem
from zhibi.model import Project, read_config

ROOT = Path(__file__).resolve().parents[2]


def states(listed: Any) -> dict[str, str]:
    return {one["name"]: one["state"] for one in listed}


def test_before_the_first_period_is_over_nothing_is_due(office: Office) -> None:
    said = office.run("due", "--on", "2026-03-31T23:59:59")
    assert (said.code, said.out, said.err) == (OK, "现在没有到期要做的定期报告。\n", "")


def test_every_period_that_is_over_is_listed_with_what_it_waits_for(office: Office) -> None:
    office.write("config.yaml", CONFIG + YEARLY)
    office.quarter(1, {1: DONE[1], 3: DONE[3]})
    office.quarter(2, {**DONE, 9: "完成情况: 没有这一项。"})
    said = office.run("due", "--on", DELIVERED)
    assert said.code == SOME_FAILED
    assert said.out.splitlines() == [
        "报告          截止日          期限         情况        数据文件",
        "季度表2026Q1  2026年4月15日   逾期 180 天  未交齐      data/2026年第一季度.yaml",
        "季度表2026Q2  2026年7月14日   逾期 90 天   有错误      data/2026年第二季度.yaml",
        "季度表2026Q3  2026年10月20日  还有 8 天    缺数据文件  data/2026年第三季度.yaml",
        "季度表2026Q1：没有交齐：区科技局（第4项任务）、区经信局（第2项任务）",
        "季度表2026Q2：有 1 处错误，请照“错误”那几行改正",
        "季度表2026Q3：还没有数据文件，请运行 python3 build.py new 2026Q3",
    ]
    assert said.err == (
        "data/2026年第二季度.yaml:12:3 错误：计划里没有第 9 项任务 —— 计划的序号是 1—4，请改正\n"
    )


def test_the_document_of_json_says_the_same(office: Office) -> None:
    office.write("config.yaml", CONFIG + YEARLY)
    office.quarter(3, {1: DONE[1], 2: DONE[2], 4: DONE[4]})
    office.write("data/计划.yaml", PLAN.replace(', 3: "81.6"', ""))
    document = office.run("due", "--json", "--on", DELIVERED).json
    assert {"built", "problems", "substitutes", "due"} == set(document)
    assert [one["period"] for one in document["due"]] == ["2026Q1", "2026Q2", "2026Q3"]
    assert document["due"][2] == {
        "name": "季度表2026Q3",
        "series": "季度表",
        "period": "2026Q3",
        "data": "data/2026年第三季度.yaml",
        "deadline": "2026-10-20",
        "guessed": False,
        "days_left": 8,
        "state": "未交齐",
        "why": "没有交齐：区经信局（指标：技术交易额）、区科协（第3项任务）",
        "missing": [
            {"unit": "区经信局", "tasks": [], "indicators": ["技术交易额"]},
            {"unit": "区科协", "tasks": [3], "indicators": []},
        ],
        "problems": [],
    }
    assert office.due("--on", "2026-12-31T23:59:59")[-1]["period"] == "2026Q3"
    assert [one["name"] for one in office.due("--on", "2027-01-01")[-2:]] == ["季度表2026Q4", "总结2026"]


@pytest.mark.parametrize(
    ("moment", "left", "code"),
    [
        ("2026-09-30T23:59:59", None, OK),
        ("2026-10-01T00:00:00", 19, OK),
        ("2026-09-30T15:59:59Z", None, OK),
        ("2026-09-30T16:00:00Z", 19, OK),
        ("2026-10-20T23:59:59", 0, OK),
        ("2026-10-20T15:59:59Z", 0, OK),
        ("2026-10-21T00:00:00", -1, SOME_FAILED),
        ("2026-10-20T16:00:00Z", -1, SOME_FAILED),
        ("2026-10-20T12:00:01-04:00", -1, SOME_FAILED),
    ],
)
def test_the_exit_code_turns_at_midnight_in_beijing(
    office: Office, moment: str, left: int | None, code: int
) -> None:
    office.write("config.yaml", THIRD)
    said = office.run("due", "--json", "--on", moment)
    assert [one["days_left"] for one in said.json["due"]] == ([] if left is None else [left])
    assert said.code == code
    quiet = office.run("due", "--quiet", "--on", moment)
    assert ("季度表2026Q3：还没有数据文件" in quiet.out) == (code == SOME_FAILED)
    assert bool(quiet.out) == bool(code)


def test_what_is_complete_is_built_once_and_what_was_missed_is_made_later(office: Office) -> None:
    for quarter in (1, 3):
        office.quarter(quarter)
    office.quarter(2, {1: DONE[1]})
    said = office.run("due", "--build", "--on", DELIVERED)
    assert said.code == SOME_FAILED  # The second quarter is past its deadline.
    first, third = "云川区2026年度重点工作一季度完成情况.docx", "云川区2026年度重点工作三季度完成情况.docx"
    made = office.papers()
    assert set(made) == {first, third}
    assert said.out.splitlines()[-2:] == [
        "到期没有做的 1 份：",
        "  季度表2026Q2：没有交齐：区科技局（第4项任务）、区经信局（第2项任务）、区科协（第3项任务）",
    ]
    again = office.run("due", "--build", "--on", DELIVERED)
    assert again.code == SOME_FAILED
    assert office.papers() == made
    assert "共 " not in again.out

    office.quarter(2)
    last = office.run("due", "--build", "--json", "--on", "2026-12-01T08:00")
    assert last.code == OK
    assert states(last.json["due"]) == {"季度表2026Q2": "已生成"}
    assert last.json["built"] == ["成品/云川区2026年度重点工作二季度完成情况.docx"]
    assert {name: office.papers()[name] for name in made} == made
    none = office.run("due", "--build", "--on", "2026-12-01T08:00")
    assert (none.code, none.out) == (OK, "现在没有到期要做的定期报告。\n")


def test_data_that_change_after_the_paper_was_made_are_told_and_left(office: Office) -> None:
    office.write("config.yaml", THIRD)
    data = office.quarter(3)
    only = office.run("due", "--on", DELIVERED)
    assert (only.code, office.papers()) == (OK, {})
    assert "季度表2026Q3  2026年10月20日  还有 8 天  可以生成" in only.out
    assert office.run("due", "--build", "--on", DELIVERED).code == OK
    made = office.papers()
    assert office.run("due", "--on", DELIVERED).err == ""
    data.write_text(data.read_text(encoding="utf-8").replace("已经办好", "已经超额办好"), encoding="utf-8")
    os.utime(data, (time.time() + 60, time.time() + 60))
    said = office.run("due", "--build", "--on", "2027-01-01T00:00")
    assert office.papers() == made
    told = [line for line in said.err.splitlines() if "2026Q3" in line]
    assert told == [
        "data/2026年第三季度.yaml 提醒：“季度表2026Q3”生成以后，数据文件又改过；成品没有动 —— 要按新的数据重做，"
        "请运行 python3 build.py 季度表2026Q3；不用重做，就不必理会"
    ]
    assert "季度表2026Q3" not in said.out
    data.unlink()
    assert states(office.due("--on", DELIVERED)) == {}  # Data that are put away do not undo a paper.
    for name in made:
        (office.folder / "成品" / name).unlink()
    assert states(office.due("--on", DELIVERED)) == {"季度表2026Q3": "缺数据文件"}


def test_a_paper_made_too_early_is_due_until_it_is_made_of_complete_data(office: Office) -> None:
    office.write("config.yaml", THIRD)
    office.quarter(3, {1: DONE[1], 2: DONE[2], 4: DONE[4]})
    said = office.run("季度表2026Q3")
    assert said.code == OK
    assert (
        "data/2026年第三季度.yaml 提醒：“季度表2026Q3”还没有完成：没有交齐：区科协（第3项任务） —— "
        in said.err
    )
    (made,) = office.papers()
    late = office.run("due", "--on", "2026-10-21")
    assert late.code == SOME_FAILED
    assert late.out.splitlines()[-1] == (
        "季度表2026Q3：没有交齐：区科协（第3项任务）；已有的成品是没有交齐时做的，改好、交齐以后请重做"
    )
    office.quarter(3)
    ready = office.run("due", "--on", "2026-10-21")
    assert ready.out.splitlines()[-1] == (
        "季度表2026Q3：交齐了，可以运行 python3 build.py 季度表2026Q3；已有的成品是没有交齐时做的，请重做"
    )
    assert office.run("due", "--build", "--on", "2026-10-21").code == OK
    assert set(office.papers()) == {made}
    assert office.due("--on", "2026-10-21") == []


def test_that_data_are_complete_is_kept_even_when_the_paper_stays_the_same(office: Office) -> None:
    office.write("config.yaml", THIRD)
    office.write("data/计划.yaml", PLAN.replace(', 3: "81.6"', ""))
    office.quarter(3)
    assert "区经信局（指标：技术交易额）" in office.run("季度表2026Q3").err
    made = office.papers()
    assert states(office.due("--on", DELIVERED)) == {"季度表2026Q3": "未交齐"}
    office.write("data/计划.yaml", PLAN)
    said = office.run("季度表2026Q3")
    assert (said.err, "没有改动" in said.out, office.papers()) == ("", True, made)
    assert office.due("--on", DELIVERED) == []
    office.write("data/计划.yaml", PLAN.replace(', 3: "81.6"', ""))
    assert office.due("--on", DELIVERED) == []  # It was complete when it was made, and the plan goes on.


@pytest.mark.parametrize(
    ("done", "more", "told"),
    [
        ({1: DONE[1], 2: DONE[2], 4: DONE[4]}, "", "没有交齐：区科协（第3项任务）"),
        (DONE, "综述: 甲\n", "有 1 处错误，请照“错误”那几行改正"),
    ],
)
def test_data_spoilt_after_the_paper_was_made_are_told_as_what_they_are(
    office: Office, done: dict[int, str], more: str, told: str
) -> None:
    office.write("config.yaml", THIRD)
    office.quarter(3)
    assert office.run("due", "--build", "--on", DELIVERED).code == OK
    made = office.papers()
    os.utime(office.quarter(3, done, more), (time.time() + 60, time.time() + 60))
    said = office.run("due", "--build", "--on", DELIVERED)
    assert said.out.splitlines()[-1] == f"季度表2026Q3：{told}；以前做的成品还在，没有动，数据文件后来又改过"
    assert office.papers() == made


def test_a_build_without_names_makes_the_newest_period_that_is_complete(office: Office) -> None:
    begun = office.quarter(3, {})
    waits = "没有交齐：区科技局（第1、4项任务）、区经信局（第2项任务）、区科协（第3项任务）"
    hint = "要先看样子，请运行 python3 build.py 季度表2026Q3\n"
    skipped = office.run()
    assert (skipped.code, office.papers()) == (OK, {})
    told = f"data/2026年第三季度.yaml 提醒：“季度表2026Q3”还没有完成：{waits}；这次没有生成它"
    assert skipped.err == f"{told} —— {hint}"
    office.quarter(1)
    office.quarter(2, {1: DONE[1]})
    first = office.run()
    assert first.err == f"{told}，最近一期齐了的是“季度表2026Q1” —— {hint}"
    assert set(office.papers()) == {"云川区2026年度重点工作一季度完成情况.docx"}
    drawn = office.run(str(begun))
    assert drawn.code == OK
    assert f"“2026年第三季度”还没有完成：{waits} —— 这次照样生成；都齐了以后请再生成一次" in drawn.err
    assert states(office.due("--on", DELIVERED)) == {"季度表2026Q2": "未交齐", "季度表2026Q3": "未交齐"}
    office.write("data/2026年第三季度.yaml", "版本: 1\n")
    assert office.run().code == BAD_INPUT  # Data with errors are told as before, not passed over.


def test_a_year_waits_for_the_command_that_makes_it(office: Office) -> None:
    office.write("config.yaml", f"版本: 1\n定期:\n{YEARLY}")
    (year,) = office.due("--on", "2027-01-01")
    assert (year["name"], year["why"]) == ("总结2026", "还没有数据文件，请运行 python3 build.py new 2027")


def test_a_plan_is_checked_alone_and_never_built(office: Office) -> None:
    plan = str(office.folder / "data" / "计划.yaml")
    good = office.run("check", plan)
    assert (good.code, good.err) == (OK, "")
    assert "✓ 计划\n检查了 1 份：错误 0 处，提醒 0 处，询问 0 处。" in good.out
    built = office.run(plan)
    assert built.code == BAD_INPUT
    assert "这是计划文件，不单独生成 —— 请生成用到它的报告；核对计划请用 python3 build.py check" in built.err
    office.write("data/计划.yaml", PLAN.replace("培育孵化载体8家。", "（请填写）"))
    blank = office.run("check", plan)
    assert (blank.code, blank.err, blank.out.splitlines()[:2]) == (
        OK,
        "",
        ["data/计划.yaml:8:17 提醒〔未填写〕：这里还写着“（请填写）” —— 请写上内容再生成", "✓ 计划"],
    )
    office.write("data/计划.yaml", PLAN.replace("序号: 4", "序号: 3").replace("[技术交易额]", "[交易额]"))
    bad = office.run("check", plan)
    assert bad.code == SOME_FAILED
    assert [line.split(" —— ")[0] for line in bad.out.splitlines()[:2]] == [
        "data/计划.yaml:6:48 错误：计划里没有叫“交易额”的指标",
        "data/计划.yaml:8:10 错误〔重号〕：任务序号 3 写了两次（第 7 行已有）",
    ]


def test_a_plan_of_another_year_is_never_offered(office: Office) -> None:
    office.quarter(1)
    (office.folder / "data" / "计划.yaml").rename(office.folder / "data" / "云川区2027年重点工作计划.yaml")
    data = office.folder / "data" / "2026年第一季度.yaml"
    for name, hint in (
        ("云川区2026年重点工作计划.yaml", "请把它放在数据文件所在的文件夹"),
        ("云川区2027年工作计划.yaml", "您是不是想写“云川区2027年重点工作计划.yaml”？"),
    ):
        text = data.read_text(encoding="utf-8").splitlines()
        text[5] = f"计划: {name}"
        data.write_text("\n".join(text), encoding="utf-8")
        assert f"找不到计划文件“{name}” —— {hint}" in office.run("check", str(data)).out


def test_a_paper_that_only_the_rules_refuse_is_faulty_and_not_built(office: Office) -> None:
    office.write("config.yaml", THIRD)
    office.quarter(3, {**DONE, 1: '状态: 按序推进, 完成情况: {取数: "{{ 指标.不存在.实际 }}"}'})
    said = office.run("due", "--build", "--json", "--on", DELIVERED)
    assert said.code == OK  # Its deadline has not passed yet.
    (one,) = said.json["due"]
    assert (one["state"], one["why"]) == ("有错误", "有 1 处错误，请照“错误”那几行改正")
    assert one["problems"] == said.json["problems"]
    assert "不存在" in one["problems"][0]["message"]
    assert office.papers() == {}


def test_a_paper_with_places_to_be_written_is_never_built(office: Office) -> None:
    office.write("config.yaml", THIRD)
    office.quarter(
        3, {**DONE, 4: "状态: 滞后, 完成情况: [办了1件；, （请填写）]"}, more="文件名: 三季度（请填写）\n"
    )
    said = office.run("due", "--build", "--on", DELIVERED)
    assert said.out.splitlines()[-1] == "季度表2026Q3：有 2 处还没有填写，见“提醒”"
    assert [line.split(" —— ")[0] for line in said.err.splitlines()] == [
        "data/2026年第三季度.yaml:7:6 提醒：这里还写着“（请填写）”",
        "data/2026年第三季度.yaml:12:29 提醒：这里还写着“（请填写）”",
    ]
    assert office.papers() == {}
    for words in (("check", "季度表2026Q3"), ("季度表2026Q3",)):
        told = office.run(*words)
        assert (told.code, (told.out + told.err).count("：这里还写着“（请填写）”")) == (OK, 2)
    left = office.run("due", "--on", DELIVERED).out.splitlines()[-1]
    assert left.endswith("有 2 处还没有填写，见“提醒”；已有的成品是没有交齐时做的，改好、交齐以后请重做")


def test_a_paper_saved_beside_one_that_is_open_is_made(office: Office) -> None:
    office.write("config.yaml", THIRD)
    office.quarter(3)
    (office.folder / "成品").mkdir()
    name = "云川区2026年度重点工作三季度完成情况.docx"
    office.write(f"成品/{name}", "甲")
    (office.folder / "成品" / f"~${name[2:]}").write_bytes(word_owner("张三"))
    said = office.run("due", "--build", "--json", "--on", DELIVERED)
    assert (said.code, states(said.json["due"])) == (NOT_WRITTEN, {"季度表2026Q3": "已生成"})
    assert said.json["built"] == ["成品/云川区2026年度重点工作三季度完成情况（新）.docx"]
    assert office.due("--build", "--on", DELIVERED) == []


def test_a_deadline_of_a_year_that_is_not_announced_is_said(office: Office) -> None:
    office.write("config.yaml", CONFIG.replace("2026Q1", "2049Q4"))
    said = office.run("due", "--on", "2050-01-10")
    assert "2050年1月17日（推算）" in said.out
    assert said.err.startswith(
        "config.yaml:5:26 提醒：“季度表2049Q4”的截止日是推算的：程序里还没有2050年的放假调休安排 —— "
    )
    office.write(
        "config.yaml", CONFIG.replace("期限: 10", "期限: 10, 期限按: 日历日").replace("2026Q1", "2049Q4")
    )
    assert office.run("due", "--on", "2050-01-10").err == ""


def test_a_config_without_series_says_what_to_write(office: Office) -> None:
    office.write("config.yaml", "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n")
    said = office.run("due")
    assert said.code == BAD_INPUT
    assert said.err.startswith(
        "config.yaml 错误：配置里没有“定期”，不知道哪些报告到期 —— 请在里面写上 定期: "
    )
    office.write("config.yaml", f"版本: 1\n{said.err.rsplit('请在里面写上 ', 1)[1]}")
    assert office.run("due", "--on", "2026-03-01").code == OK


def test_words_that_are_no_day_are_refused(office: Office) -> None:
    said = office.run("due", "--on", "明天")
    assert (said.code, said.out) == (BAD_INPUT, "")
    assert said.err == (
        "命令行 错误：--on 看不出是哪一天：明天 —— 请写 2026-10-15，或 2026-10-15T08:00"
        "（北京时间；别的时区在后面写 +00:00 这样的时差）\n"
    )


def test_an_output_folder_that_is_a_file_is_said(office: Office) -> None:
    office.write("成品", "")
    said = office.run("due", "--build", "--on", DELIVERED)
    assert said.code == NOT_WRITTEN
    assert "成品 错误：写不进去（路径里有一段不是文件夹）" in said.err


def test_a_fault_of_the_program_is_told_from_papers_that_are_late(office: Office) -> None:
    office.write("config.yaml", CONFIG)
    project = Project(office.folder, ROOT / "templates")
    series = read_config(office.folder / "config.yaml", project).series
    moment = datetime.datetime(2026, 10, 1, tzinfo=BEIJING)
    early, late = (
        replace(one, state=State.FAULTY) for one in list_due(series, moment, office.folder, project)[::-2]
    )
    fault = Problem(Location("build.py"), OWN_FAULT, "程序自身出错了")
    assert (early.left, late.left) == (19, -169)
    assert exit_code_of([]) == exit_code_of([early]) == OK
    assert exit_code_of([early, late]) == SOME_FAILED
    assert exit_code_of([replace(early, problems=(fault,)), late]) == INTERNAL
