"""A year of an invented district from the command line: new, forms, filled as units would, collect, due --build.

In the second quarter a unit is late, another types words where figures stand; in the third one sends its form twice;
in the fourth a helper contradicts the leading unit and somebody moves rows and changes the plan's words. It ends in
four quarterly tables and the paper on the year, whose figures all come from the same records.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.year.plan import INDICATORS, JING, KE, REN, TASKS, UNITS, next_of, plan_yaml, result_of, status_of
from zhibi.workbooks.sheets import HEAD_ROW

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIG = """版本: 1
输出: 成品
定期:
  - {名称: 季度表, 周期: 季, 数据: "data/云川区{年度}年第{季度}季度重点工作完成情况.yaml", 起始: 2026Q1, 期限: 10}
  - {名称: 年度总结, 周期: 年, 数据: "data/云川区{年度}年工作总结及{下年度}年工作思路.yaml", 起始: 2026, 期限: 30}
"""
FIRST = """# 云川区的季度表，每季一份
版本: 1
模板: 省级季度完成情况
年度: 2026
季度: 1
全称: 云川区
计划: 云川区2026年重点工作计划.yaml
状态页: 是  # 领导要看的一页
进展: {}
"""
DEADLINES = {1: "2026-04-15", 2: "2026-07-14", 3: "2026-10-20", 4: "2027-01-15"}
"""Ten working days after each quarter's end, those of 2027 as reckoned without its arrangement."""


class Office:
    """A folder with config and data, and the command line run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir()
        (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
        (self.data / "云川区2026年重点工作计划.yaml").write_text(plan_yaml(), encoding="utf-8")
        (self.data / "云川区2026年第一季度重点工作完成情况.yaml").write_text(FIRST, encoding="utf-8")

    def run(self, *words: str, code: int = 0) -> dict[str, Any]:
        """Run the command line with --json and return what it says."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "build.py"), *words, "--config", "config.yaml", "--json"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, (words, done.returncode, done.stdout[-3000:], done.stderr[-3000:])
        said: dict[str, Any] = json.loads(done.stdout)
        return said

    def form(self, quarter: int, unit: str) -> Path:
        return self.folder / "表格" / f"2026Q{quarter}" / f"{unit}.xlsx"

    def papers(self) -> set[str]:
        out = self.folder / "成品"
        return (
            {path.name for path in out.iterdir() if path.suffix in {".docx", ".pdf"}}
            if out.exists()
            else set()
        )


def columns_of(sheet: Any) -> dict[str, int]:
    """Return the columns of a form by what their headings begin with."""
    return {re.split(r"[（\n]", str(cell.value))[0]: cell.column for cell in sheet[HEAD_ROW] if cell.value}


def fill(form: Path, back: Path, unit: str, quarter: int, **wrong: str) -> Path:
    """Fill in a unit's form; `wrong` are words that this unit types instead: `status`, `figure`, `result`."""
    book = openpyxl.load_workbook(form)
    sheet = book["填报"]
    columns = columns_of(sheet)
    for row in range(HEAD_ROW + 1, sheet.max_row + 1):
        number = sheet.cell(row, 1).value
        if not number or sheet.cell(row, columns["角色"]).value != "牵头":
            continue
        task = TASKS[int(str(number)) - 1]
        sheet.cell(row, columns["状态"], wrong.get("status", status_of(task, quarter)))
        sheet.cell(row, columns["完成情况"], wrong.get("result", "") + result_of(task, quarter))
        sheet.cell(row, columns["下一步打算"], next_of(task, quarter) or None)
    if "指标" in book.sheetnames:
        figures = book["指标"]
        own = max(cell.column for cell in figures[HEAD_ROW] if cell.value)
        for row in range(HEAD_ROW + 1, figures.max_row + 1):
            name = figures.cell(row, 1).value
            if name in INDICATORS:
                figures.cell(row, own, wrong.get("figure", INDICATORS[str(name)].reached[quarter - 1]))
    back.parent.mkdir(parents=True, exist_ok=True)
    book.save(back)
    return back


def fill_all(office: Office, quarter: int, but: tuple[str, ...] = ()) -> Path:
    """Fill in the forms of all units except `but`; return the folder they come back in."""
    back = office.folder / "收回" / f"{quarter}"
    for unit in UNITS:
        if unit not in but:
            fill(office.form(quarter, unit), back / f"{unit}.xlsx", unit, quarter)
    return back


def due(office: Office, day: str, *words: str, code: int = 0) -> dict[str, dict[str, Any]]:
    """Return what is due on a day, by name."""
    return {one["name"]: one for one in office.run("due", "--on", day, *words, code=code)["due"]}


def words_of(docx: Path) -> str:
    """Return what a Word file says, and what its pictures say in words."""
    with zipfile.ZipFile(docx) as package:
        text = package.read("word/document.xml").decode()
    found = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<wp:docPr [^>]*descr=\"([^\"]*)\"", text)
    return re.sub(r"\s+", "", html.unescape("".join(map("".join, found))))


def first_quarter(office: Office) -> None:
    """All units deliver in time."""
    issued = office.run("forms", "2026Q1")["forms"]
    assert {one["unit"] for one in issued} == set(UNITS)
    assert due(office, "2026-03-31T23:59:59+08:00") == {}
    waiting = due(office, "2026-04-01T00:00:00+08:00")["季度表2026Q1"]
    assert (waiting["state"], waiting["deadline"]) == ("未交齐", DEADLINES[1])
    assert {one["unit"] for one in waiting["missing"]} == set(UNITS)
    back = fill_all(office, 1)
    taken = office.run("collect", "2026Q1", str(back))
    assert taken["problems"] == []
    assert due(office, DEADLINES[1])["季度表2026Q1"]["state"] == "可以生成"
    made = due(office, DEADLINES[1], "--build")
    assert made["季度表2026Q1"]["state"] == "已生成"
    stem = "云川区2026年度重点工作一季度完成情况"
    assert office.papers() == {f"{stem}.docx", f"{stem}.pdf"}
    assert due(office, DEADLINES[1], "--build") == {}


def second_quarter(office: Office) -> None:
    """One unit is late, another types words where a status and a figure belong."""
    office.run("new", "2026Q2")
    text = (office.data / "云川区2026年第二季度重点工作完成情况.yaml").read_text(encoding="utf-8")
    assert "上期下一步：第二季度继续推进" in text
    assert "领导要看的一页" in text
    office.run("forms", "2026Q2")
    back = fill_all(office, 2, but=("区教育局", REN))
    wrong = fill(office.form(2, REN), back / f"{REN}.xlsx", REN, 2, status="完成了", figure="约58")
    said = office.run("collect", "2026Q2", str(back), code=1)
    refused = [one for one in said["problems"] if one["level"] == "错误"]
    assert refused
    assert all(f"{REN}.xlsx" in one["file"] for one in refused)
    waiting = due(office, DEADLINES[2], "--build")["季度表2026Q2"]
    assert waiting["state"] == "未交齐"
    assert {one["unit"] for one in waiting["missing"]} == {"区教育局", REN}
    late = due(office, "2026-07-15", "--build", code=1)["季度表2026Q2"]
    assert late["days_left"] < 0
    wrong.unlink()
    fill(office.form(2, REN), back / f"{REN}.xlsx", REN, 2)
    fill(office.form(2, "区教育局"), back / "区教育局.xlsx", "区教育局", 2)
    office.run("collect", "2026Q2", str(back))
    before = {path: path.read_bytes() for path in office.data.glob("*.yaml")}
    office.run("collect", "2026Q2", str(back))
    assert before == {path: path.read_bytes() for path in office.data.glob("*.yaml")}
    # A missed night: the second quarter is made in the third one's time, under its own name.
    assert due(office, "2026-09-02", "--build")["季度表2026Q2"]["state"] == "已生成"
    assert "云川区2026年度重点工作二季度完成情况.pdf" in office.papers()


def third_quarter(office: Office) -> None:
    """A unit sends its form, then a better one."""
    office.run("new", "2026Q3")
    office.run("forms", "2026Q3")
    back = fill_all(office, 3)
    fill(office.form(3, JING), back / f"{JING}.xlsx", JING, 3, result="（初稿）")
    office.run("collect", "2026Q3", str(back))
    fill(office.form(3, JING), back / f"{JING}.xlsx", JING, 3)
    again = office.run("collect", "2026Q3", str(back))
    results = {cell["result"] for paper in again["collected"] for cell in paper["cells"]}
    assert "更正" in results
    assert "冲突" not in results
    data = (office.data / "云川区2026年第三季度重点工作完成情况.yaml").read_text(encoding="utf-8")
    assert "（初稿）" not in data
    due(office, DEADLINES[3], "--build")
    assert "云川区2026年度重点工作三季度完成情况.docx" in office.papers()


def fourth_quarter(office: Office) -> None:
    """A helper contradicts the leading unit; rows are moved and the plan's words changed in a form."""
    office.run("new", "2026Q4")
    office.run("forms", "2026Q4")
    back = fill_all(office, 4)
    helper = openpyxl.load_workbook(back / f"{KE}.xlsx")
    sheet = helper["填报"]
    columns = columns_of(sheet)
    helped = next(
        row for row in range(HEAD_ROW + 1, sheet.max_row + 1) if str(sheet.cell(row, 1).value) == "8"
    )
    sheet.cell(helped, columns["完成情况"], "全年培育专精特新企业35家。")
    helper.save(back / f"{KE}.xlsx")
    moved = openpyxl.load_workbook(back / f"{REN}.xlsx")
    sheet = moved["填报"]
    one, two = HEAD_ROW + 1, HEAD_ROW + 2
    for column in range(1, sheet.max_column + 1):
        upper, lower = sheet.cell(one, column), sheet.cell(two, column)
        upper.value, lower.value = lower.value, upper.value
    sheet.cell(one, columns["任务内容"], "改过的任务。")
    moved.save(back / f"{REN}.xlsx")
    said = office.run("collect", "2026Q4", str(back), code=1)
    conflicts = [one for one in said["problems"] if one["rule"] == "冲突"]
    assert len(conflicts) == 1
    assert "35家" in conflicts[0]["message"]
    assert KE in conflicts[0]["message"]
    assert JING in conflicts[0]["message"]
    assert any(f"{REN}.xlsx" in one["file"] and "改过的任务" in one["message"] for one in said["problems"])
    # The two units agree: the helper takes its words back.
    fill(office.form(4, KE), back / f"{KE}.xlsx", KE, 4)
    settled = office.run("collect", "2026Q4", str(back))
    assert not [one for one in settled["problems"] if one["level"] == "错误"]
    due(office, DEADLINES[4], "--build")
    assert "云川区2026年度重点工作四季度完成情况.pdf" in office.papers()


def new_year(office: Office) -> None:
    """The plan of the new year and the paper on the old one; a clerk writes what only a clerk can write."""
    office.run("new", "2027")
    paper = office.data / "云川区2026年工作总结及2027年工作思路.yaml"
    text = paper.read_text(encoding="utf-8")
    assert (office.data / "云川区2027年重点工作计划.yaml").exists()
    assert due(office, "2027-02-01")["年度总结2026"]["state"] == "未交齐"
    text = text.replace("（请填写）", "坚持稳中求进，抓好落实。")
    figures = "".join(f"{name}{{{{ 指标.{name}.累计 }}}}{own.unit}，" for name, own in INDICATORS.items())
    sentence = f"全年共{{{{ 统计.任务总数 }}}}项任务，完成{{{{ 统计.已完成 }}}}项；{figures[:-1]}。"
    head, sign, rest = text.partition("总结:\n")
    assert sign
    paper.write_text(f'{head}{sign}  - {{取数: "{sentence}"}}\n{rest}', encoding="utf-8")
    made = due(office, "2027-02-01", "--build")
    assert made["年度总结2026"]["state"] == "已生成", made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(tmp_path_factory.mktemp("一年"))
    for step in (first_quarter, second_quarter, third_quarter, fourth_quarter, new_year):
        step(office)
    yield office
    shutil.rmtree(office.folder / "成品", ignore_errors=True)


def annual(office: Office) -> Path:
    (found,) = [path for path in (office.folder / "成品").glob("*.docx") if "完成情况" not in path.name]
    return found


def test_the_year_ends_in_four_tables_and_a_paper_that_agree(office: Office) -> None:
    assert len(office.papers()) == 10
    year = words_of(annual(office))
    done = sum(status_of(task, 4) == "已完成" for task in TASKS)
    assert f"全年共{len(TASKS)}项任务，完成{done}项" in year
    last = words_of(office.folder / "成品" / "云川区2026年度重点工作四季度完成情况.docx")
    for name, own in INDICATORS.items():
        total = "52.8" if own.more.endswith("当季") else own.reached[3]
        assert f"{name}{total}{own.unit}" in year
        assert total in last
    for task in TASKS:
        assert result_of(task, 4) in last


def test_one_figure_changed_in_one_file_changes_its_places_and_no_other(office: Office) -> None:
    """技术交易额 of the fourth quarter stands in the fourth table's status page and in the year's paper."""
    plan = office.data / "云川区2026年重点工作计划.yaml"
    names = sorted(path for path in (office.folder / "成品").glob("*.docx"))
    office.run("季度表2026Q1", "季度表2026Q2", "季度表2026Q3", "季度表2026Q4", "年度总结2026", "--out", "前")
    plan.write_text(plan.read_text(encoding="utf-8").replace("90.3", "91.7"), encoding="utf-8")
    office.run("季度表2026Q1", "季度表2026Q2", "季度表2026Q3", "季度表2026Q4", "年度总结2026", "--out", "后")
    changed = {}
    for path in names:
        old, new = (words_of(office.folder / folder / path.name) for folder in ("前", "后"))
        if old != new:
            changed[path.name] = (old, new)
    assert set(changed) == {annual(office).name, "云川区2026年度重点工作四季度完成情况.docx"}
    old, new = changed[annual(office).name]
    assert old.replace("技术交易额90.3亿元", "技术交易额91.7亿元") == new
