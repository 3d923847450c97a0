"""Periods and the papers of config.yaml that come again: names, neighbours, files, what is refused."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from tests.test_cli import GOOD, run
from zhibi.errors import ReportError
from zhibi.model import Project, read_config
from zhibi.periods import Period, read_period

CONFIG = """版本: 1
定期:
  - {名称: 季度表, 周期: 季, 数据: "data/{年度}年第{季度}季度.yaml", 起始: 2026Q2, 期限: 10}
  - {名称: 总结, 周期: 年, 数据: "data/{年度}年总结及{下年度}年思路.yaml", 起始: 2025, 期限: 30, 期限按: 日历日}
"""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("2026Q3", "2026Q3"),
        (" 2026q4 ", "2026Q4"),
        ("２０２６Ｑ１", "2026Q1"),
        ("2026年第三季度", "2026Q3"),
        ("2026年度三季度", "2026Q3"),
        ("2026年2季度", "2026Q2"),
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026年度", "2026"),
    ],
)
def test_periods_are_read(words: str, code: str) -> None:
    period = read_period(words)
    assert period is not None
    assert period.code == code
    assert read_period(str(period)) == period


@pytest.mark.parametrize(
    "words", ["", "2026Q5", "2026Q0", "26Q3", "2026Q", "Q3", "1899", "2026年第五季度", "2026-3"]
)
def test_other_words_name_no_period(words: str) -> None:
    assert read_period(words) is None


def test_periods_know_their_neighbours_and_last_days() -> None:
    quarters = [Period(2026, 1)]
    for _ in range(4):
        quarters.append(quarters[-1].next)
    assert [one.code for one in quarters] == ["2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1"]
    assert [one.next.previous for one in quarters] == quarters
    assert [one.end.isoformat() for one in quarters[:4]] == [
        "2026-03-31",
        "2026-06-30",
        "2026-09-30",
        "2026-12-31",
    ]
    assert (Period(2026).end.isoformat(), Period(2026).next, Period(2026).previous) == (
        "2026-12-31",
        Period(2027),
        Period(2025),
    )
    assert sorted([Period(2026, 2), Period(2025, 4), Period(2026, 1)])[0] == Period(2025, 4)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    folder = tmp_path / "data"
    folder.mkdir()
    names = ("2026年第一季度", "2026年第二季度", "2026年第三季度", "2026年第五季度", "2025年总结及2026年思路")
    for name in names:
        text = GOOD.replace("关于甲的通知", f"关于{name}的通知")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_series_finds_the_files_that_are_there(office: Path) -> None:
    (office / "data" / "2026年第三季度.yaml").rename(
        office / "data" / unicodedata.normalize("NFD", "2026年第三季度.yaml")
    )
    quarters, years = read_config(office / "config.yaml", Project(office, office)).series
    assert [period.code for period in quarters.periods()] == ["2026Q2", "2026Q3"]
    assert [period.code for period in years.periods()] == ["2025"]
    assert (quarters.working, years.working, quarters.days, years.days) == (True, False, 10, 30)
    assert years.report(Period(2025)).name == "总结2025"
    assert quarters.data(Period(2026, 4)) == office / "data" / "2026年第四季度.yaml"


def test_slots_may_stand_side_by_side(office: Path) -> None:
    pattern = CONFIG.replace("{年度}年第{季度}季度", "{年度}{季}{季度}")
    (office / "config.yaml").write_text(pattern, encoding="utf-8")
    (office / "data" / "20263三.yaml").write_text(GOOD, encoding="utf-8")
    quarters, _ = read_config(office / "config.yaml", Project(office, office)).series
    assert quarters.periods() == [Period(2026, 3)]


def test_reports_of_a_series_are_built_by_name(office: Path) -> None:
    def names(*asked: str) -> list[str]:
        said = run(["check", *asked, "--config", "config.yaml"], office)
        assert said.code == 0, said.err
        return [line[2:] for line in said.out.splitlines() if line.startswith("✓")]

    assert names() == ["季度表2026Q3", "总结2025"]
    assert names("季度表2026Q2", "总结") == ["季度表2026Q2", "总结2025"]
    listed = json.loads(run(["list", "--config", "config.yaml", "--json"], office).out)["reports"]
    assert listed == [
        {"name": "季度表2026Q2", "data": "data/2026年第二季度.yaml"},
        {"name": "季度表2026Q3", "data": "data/2026年第三季度.yaml"},
        {"name": "总结2025", "data": "data/2025年总结及2026年思路.yaml"},
    ]
    assert "季度表2026Q3" in run(["季度表2026Q5", "--config", "config.yaml"], office).err


def test_a_period_without_a_report_says_why_and_what_to_do(office: Path) -> None:
    wanted = {
        "季度表2026Q4": "“季度表2026Q4”还没有数据文件：找不到 data/2026年第四季度.yaml —— "
        "请先运行 python3 build.py new 2026Q4",
        "总结2026": "“总结2026”还没有数据文件：找不到 data/2026年总结及2027年思路.yaml —— "
        "请先运行 python3 build.py new 2027",
        "季度表2026Q1": "“季度表”从2026年第二季度开始，没有2026年第一季度的 —— 请检查期次，或改 config.yaml 里的“起始”",
        "季度表2026": "“季度表”每季一份，没有2026年的 —— 请写成 季度表2026Q2 这样",
        "总结2025Q1": "“总结”每年一份，没有2025年第一季度的 —— 请写成 总结2025 这样",
        "季度表2026年第三季度": "没有名叫“季度表2026年第三季度”的报告 —— 请写成 季度表2026Q3",
    }
    said = run(["check", *wanted, "--config", "config.yaml"], office)
    assert said.code == 2
    assert sorted(said.err.splitlines()) == sorted(f"命令行 错误：{one}" for one in wanted.values())


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("2026Q2", "二季度", "config.yaml:3:56 错误：“起始”看不出是哪一季度：二季度 —— 请写成 2026Q1 这样"),
        ("2026Q2", "2026", "config.yaml:3:56 错误：“起始”看不出是哪一季度：2026 —— 请写成 2026Q1 这样"),
        (
            "起始: 2025",
            "起始: 2025Q1",
            "config.yaml:4:59 错误：“起始”看不出是哪一年：2025Q1 —— 请写成 2026 这样",
        ),
        (
            "第{季度}季度",
            "第{季节}季度",
            "config.yaml:3:26 错误：不认识 {季节} —— 可以写：{年度}、{下年度}、{季度}、{季}",
        ),
        ("第{季度}季度", "", "config.yaml:3:26 错误：“数据”里没有 {季度}，各期会用同一个文件"),
        ("{年度}年总结及{下年度}", "", "config.yaml:4:25 错误：“数据”里没有 {年度}，各期会用同一个文件"),
        (
            "data/{年度}年第",
            "/data/{年度}年第",
            "config.yaml:3:26 错误：“数据”要放在 config.yaml 的文件夹里面",
        ),
        (", 起始: 2026Q2", "", "config.yaml:3:5 错误：缺少“起始” —— 请在花括号里加上 , 起始: 2026Q1"),
        ("名称: 总结", "名称: 季度表", "config.yaml:4:10 错误：报告名称“季度表”写了两次（第 3 行已有）"),
        (CONFIG[6:], "输出: 成品\n", "config.yaml:1:1 错误：缺少“报告” —— 请补上“报告”（或“定期”）"),
    ],
)
def test_what_a_series_cannot_be_is_said(office: Path, old: str, new: str, wanted: str) -> None:
    assert old in CONFIG
    (office / "config.yaml").write_text(CONFIG.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReportError) as caught:
        read_config(office / "config.yaml", Project(office, office))
    assert any(str(problem).startswith(wanted) for problem in caught.value.problems), str(caught.value)
