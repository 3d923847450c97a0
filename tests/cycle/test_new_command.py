"""`new` as a clerk meets it: a project with the sample data and the templates of the repository."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.cycle.new_making import CONFIG, HEADINGS, office
from tests.test_cli import run
from zhibi.cli import cli
from zhibi.errors import Level
from zhibi.model import Project
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parents[2]
OFFICE = """版本: 1
定期:
  - {名称: 区表, 周期: 季, 数据: "data/云川区科技局{年度}年第{季度}季度重点工作完成情况.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 市表, 周期: 季, 数据: "data/云川市科技局{年度}年度重点工作{季度}季度完成情况.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 区总结, 周期: 年, 数据: "data/云川区科技创新{年度}年工作总结及{下年度}年工作思路.yaml", 起始: 2025, 期限: 30}
  - {名称: 市总结, 周期: 年, 数据: "data/云川市{年度}年科技创新工作总结和{下年度}年工作要点.yaml", 起始: 2025, 期限: 30}
"""
"""No template names the city's quarterly table in last year's paper: the clerk has to."""


def cloud(folder: Path) -> None:
    shutil.copytree(ROOT / "data", folder / "data")
    (folder / "config.yaml").write_text(OFFICE, encoding="utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").glob("*.yaml")}


def checked(folder: Path, name: str) -> set[str]:
    """Check a new paper; return the rules of what it is advised of, the headings of a draft left out."""
    problems = check_report(folder / name, Project(folder, ROOT / "templates")).problems
    assert all(problem.level is not Level.ERROR for problem in problems)
    return {problem.rule for problem in problems if problem.rule not in HEADINGS}


def test_the_next_quarter_from_the_command_line(tmp_path: Path) -> None:
    cloud(tmp_path)
    before = files(tmp_path)
    said = run(["new", "2026年第四季度", "--config", "config.yaml", "--json"], tmp_path)
    assert said.code == 0, said.err
    built = json.loads(said.out)["built"]
    assert built == [
        "data/云川区科技局2026年第四季度重点工作完成情况.yaml",
        "data/云川市科技局2026年度重点工作四季度完成情况.yaml",
    ]
    assert {name: checked(tmp_path, name) for name in built} == {name: {"未填进展"} for name in built}
    after = files(tmp_path)
    assert {name: after[name] for name in before} == before


def test_a_new_year_from_the_command_line(tmp_path: Path) -> None:
    cloud(tmp_path)
    before = files(tmp_path)
    said = run(["new", "2027", "--config", "config.yaml"], tmp_path)
    assert said.code == 1
    assert "有几种季度表（区表、市表），看不出“市总结”用哪一种" in said.err
    assert "没有写出 data/云川市2026年科技创新工作总结和2027年工作要点.yaml" in said.out
    named = new(tmp_path, "2027", "市表", "市总结")
    assert named.exit_code == 0, named.output
    assert "已有 data/云川市2027年重点工作计划.yaml，没有改动" in named.output
    assert checked(tmp_path, "data/云川区科技创新2026年工作总结及2027年工作思路.yaml") == {"未填写"}
    assert checked(tmp_path, "data/云川市2026年科技创新工作总结和2027年工作要点.yaml") == {"未填写"}
    later = new(tmp_path, "2026Q4"), new(tmp_path, "2027Q1")
    assert [one.exit_code for one in later] == [0, 0]
    assert checked(tmp_path, "data/云川区科技局2027年第一季度重点工作完成情况.yaml") == {"未填进展"}
    after = files(tmp_path)
    assert {name: after[name] for name in before} == before
    assert new(tmp_path, "2027").output.count("没有改动") == 4
    assert files(tmp_path) == after


def new(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(
        cli, ["new", *words, "--config", str(folder / "config.yaml")], standalone_mode=False
    )


def outcome(folder: Path, *words: str) -> tuple[int, str]:
    """Return the exit code and what was said; a `ReportError` ends in code 2."""
    result = new(folder, *words)
    if result.exception is not None:
        return 2, str(result.exception)
    return int(result.return_value), result.output


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("明年",), "命令行 错误：看不出“明年”是哪一期 —— 季度请写成 2026Q4，年度请写成 2027"),
        (("2026Q5",), "看不出“2026Q5”是哪一期"),
        (("2025Q4",), "“季度表”从2026年第一季度开始，没有2025年第四季度的 —— 最早的一期请写成 new 2026Q1"),
        (("2025",), "“总结”从2025年开始，没有2024年的 —— 最早的一期请写成 new 2026，或改"),
        (("2026Q4", "季度报"), "“定期”里没有叫“季度报”的 —— 您是不是想写“季度表”？"),
        (("2026Q4", "甲"), "“定期”里没有叫“甲”的 —— 可以写：季度表、总结"),
        (("2026Q4", "总结"), "“总结”每年一份，没有2026年第四季度的 —— 请写成 new 2027"),
    ],
)
def test_words_that_make_no_sense(tmp_path: Path, words: tuple[str, ...], wanted: str) -> None:
    office(tmp_path)
    code, said = outcome(tmp_path, *words)
    assert code == 2
    assert wanted in said


@pytest.mark.parametrize(
    ("config", "words", "wanted"),
    [
        (
            "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n",
            "2026Q4",
            "里面没有“定期”，不知道有哪些要接着做 —— 请在 config.yaml 里写：定期",
        ),
        (
            "\n".join(CONFIG.split("\n")[i] for i in (0, 1, 3)) + "\n",
            "2026Q4",
            "“定期”里没有每季一份的 —— 开始新的一年请写成 new 2027",
        ),
        (
            "\n".join(CONFIG.split("\n")[i] for i in (0, 1, 3)) + "\n",
            "2027",
            "“定期”里没有每季一份的，看不出任务完成得怎样",
        ),
    ],
)
def test_a_config_without_what_is_asked_for(tmp_path: Path, config: str, words: str, wanted: str) -> None:
    office(tmp_path, 配置=config)
    code, said = outcome(tmp_path, words)
    assert code == 2
    assert wanted in said


def test_what_is_left_to_do_is_told_at_the_end(tmp_path: Path) -> None:
    cloud(tmp_path)
    quarter = new(tmp_path, "2026Q4", "区表").output
    assert (
        "\n  · data/云川区科技局2026年第四季度重点工作完成情况.yaml 里除了任务还要填：索引号、成文日期\n"
        in quarter
    )
    early = new(tmp_path, "2027", "区表", "区总结").output
    assert early.count("照2026年第三季度的“区表”做成（第四季度的还没有填）；补齐以后要重做，") == 1
    assert "第1—3、11、16—19、23—24项不在区科技局的表里，看不出完成没有" in early
    assert (
        "工作思路.yaml 里除了任务还要填：索引号、成文日期（2 处）、文号、发文字号、（请填写）（2 处）"
        in early
    )
    again = new(tmp_path, "2027", "区表", "区总结").output
    assert again.endswith("已有的要重做，请先把它移走（改名也行），再运行一次。\n")
    late = new(tmp_path, "2027Q1", "区表"), new(tmp_path, "2027Q2", "区表").output
    assert "照2027年第一季度的数据文件做成（它没有填完：区科技局（第4—10、" in late[1]
    assert "没有写2026年的总结" not in early


def test_without_a_yearly_series_no_summary_is_told(tmp_path: Path) -> None:
    cloud(tmp_path)
    (tmp_path / "config.yaml").write_text("\n".join(OFFICE.split("\n")[:3]) + "\n", encoding="utf-8")
    code, said = outcome(tmp_path, "2027")
    assert code == 0
    wanted = "config.yaml 提醒：没有写2026年的总结：“定期”里没有 周期: 年 的一份 —— 要写总结，请在“定期”里加一行：- "
    assert wanted in said
    line = said.partition("加一行：")[2].partition("，再运行")[0]
    (tmp_path / "config.yaml").write_text(
        "\n".join(OFFICE.split("\n")[:3]) + f"\n  {line}\n", encoding="utf-8"
    )
    (tmp_path / "data" / "云川区2027年重点工作计划.yaml").unlink()
    assert "已写出 data/某单位2026年工作总结及2027年工作思路.yaml" in outcome(tmp_path, "2027")[1]


def test_the_first_quarter_from_the_command_line(tmp_path: Path) -> None:
    cloud(tmp_path)
    for path in (tmp_path / "data").glob("*季度*.yaml"):
        path.unlink()
    config = OFFICE.replace("期限: 10}", "期限: 10, 模板: 区级季度完成情况}", 1)
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    code, said = outcome(tmp_path, "2026Q1", "区表")
    assert code == 2
    assert "new 2026Q1 区表 --plan 云川区2026年重点工作计划.yaml" in said
    code, said = outcome(tmp_path, "2026Q1", "区表", "--plan", "云川区2026年重点工作计划.yaml")
    assert code == 0
    assert "第一季度重点工作完成情况.yaml 里除了任务还要填：单位、全称" in said
    assert "--plan 只在做“起始”的一期时用" in outcome(tmp_path, "2026Q2", "--plan", "甲")[1]
    path = tmp_path / "data" / "云川区科技局2026年第一季度重点工作完成情况.yaml"
    text = path.read_text(encoding="utf-8").replace("\n单位: （请填写）", "\n单位: 区科技局")
    path.write_text(text, encoding="utf-8")
    assert checked(tmp_path, f"data/{path.name}") == {"未填写", "未填进展"}
    assert outcome(tmp_path, "2026Q2", "区表")[0] == 0


def test_the_series_that_is_suggested_can_be_pasted(tmp_path: Path) -> None:
    office(tmp_path, 配置="版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n")
    said = outcome(tmp_path, "2026Q1")[1]
    line = said.partition("请在 config.yaml 里写：")[2].split("\n")[0]
    (tmp_path / "config.yaml").write_text(f"版本: 1\n{line}\n", encoding="utf-8")
    assert "这里没有 2026 年的计划" not in outcome(tmp_path, "2026Q1")[1]
    assert (tmp_path / "data" / "某单位2026年第一季度….yaml").exists()


def test_a_quarter_with_errors_costs_its_own_file_only(tmp_path: Path) -> None:
    cloud(tmp_path)
    city = tmp_path / "data" / "云川市科技局2026年度重点工作三季度完成情况.yaml"
    text = (
        city.read_text(encoding="utf-8").replace("  9:\n", "  90:\n").replace("指标.技术交易额", "指标.交易")
    )
    city.write_text(text, encoding="utf-8")
    result = new(tmp_path, "2026Q4")
    assert int(result.return_value) == 1
    assert "已写出 data/云川区科技局2026年第四季度重点工作完成情况.yaml" in result.output
    assert "没有写出 data/云川市科技局2026年度重点工作四季度完成情况.yaml" in result.output
    assert "计划里没有第 90 项任务" in result.output
    year = new(tmp_path, "2027")
    assert int(year.return_value) == 1
    assert "已写出 data/云川区2027年重点工作计划.yaml" in year.output
    assert not list((tmp_path / "data").glob("*2027年工作*"))


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    cloud(tmp_path)
    (tmp_path / "data" / "云川区科技局2026年第四季度重点工作完成情况.yaml").mkdir()
    result = new(tmp_path, "2026Q4", "区表")
    assert int(result.return_value) == 3
    assert "没有写出" in result.output
    (tmp_path / "config.yaml").write_text("版本: 2\n", encoding="utf-8")
    assert int(new(tmp_path, "2026Q4").return_value) == 2
