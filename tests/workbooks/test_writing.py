"""What goes out: what is locked, what is open, what Excel is asked to check; the same form is the same bytes."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.judges.tools import NO_SDK, sdk, sdk_program
from tests.workbooks.samples import COLUMNS, DONE, FORM, HEAD, STATUS, cell, read, task, without_figures
from zhibi.statuses import STATUSES
from zhibi.workbooks import Column, write_form


def test_the_same_form_is_the_same_bytes_and_comes_back_as_it_went_out(tmp_path: Path) -> None:
    raw = write_form(FORM)
    assert raw == write_form(FORM)
    with ZipFile(BytesIO(raw)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert not [name for name in package.namelist() if "vba" in name.lower()]
    path = tmp_path / "区科技局.xlsx"
    path.write_bytes(raw)
    back = read(path)
    assert (back.paper, back.period, back.unit, back.problems) == ("区季度表", "2026Q3", "区科技局", ())
    assert len(back.answers) == 9
    assert [(one.name, one.text) for one in back.figures] == [("技术交易额", "81.60"), ("研发投入强度", "")]
    assert all(one.text == one.given for one in (*back.answers, *back.figures))
    assert str(back.answers[1].at) == f"区科技局.xlsx 表“填报” {cell('4', DONE)}"


@pytest.mark.skipif(sdk_program() is None, reason=NO_SDK)
def test_microsofts_own_validator_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_form(FORM))
    assert sdk(path) == []


def test_only_own_cells_are_open() -> None:
    book = load_workbook(BytesIO(write_form(FORM)))
    for name, own in (("填报", "IJK"), ("指标", "G")):
        sheet = book[name]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.formatColumns
        assert not sheet.protection.formatRows
        for row in sheet.iter_rows(min_row=HEAD + 1):
            for one in row:
                assert one.protection.locked == (one.column_letter not in own), one.coordinate
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("填报", "visible"),
        ("指标", "visible"),
        ("执笔记录", "veryHidden"),
    ]
    assert load_workbook(BytesIO(write_form(without_figures()))).sheetnames == ["填报", "执笔记录"]


def test_excel_checks_what_is_typed() -> None:
    book = load_workbook(BytesIO(write_form(FORM)))
    status, limit = book["填报"].data_validations.dataValidation
    assert (status.type, status.formula1, str(status.sqref)) == ("list", f'"{",".join(STATUSES)}"', "I7:I9")
    assert (limit.type, limit.operator, limit.formula1) == ("textLength", "lessThanOrEqual", "30")
    assert (str(limit.sqref), limit.error) == ("J7:J9", "“完成情况”不能超过30字，请删减。")
    (figure,) = book["指标"].data_validations.dataValidation
    assert (figure.type, figure.errorStyle) == ("decimal", "warning")
    for rule in (status, limit, figure):
        assert rule.showErrorMessage
        assert rule.showInputMessage
        assert len(rule.promptTitle) < 33
        assert len(rule.error) < 226


def test_a_sheet_prints_and_scrolls_as_a_table() -> None:
    sheet = load_workbook(BytesIO(write_form(FORM)))["填报"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$6:$6", "D7")
    assert sheet.print_area == "'填报'!$A$1:$K$9"
    assert [sheet[f"{letter}{HEAD}"].value for letter in "AEIJ"] == [
        "序号",
        "完成时限",
        "状态\n（牵头必填）",
        "完成情况\n（牵头必填，不超过30字）",
    ]
    assert sheet[cell("4", DONE)].alignment.wrap_text
    long = replace(FORM, tasks=(task("4", 完成情况="字" * 900),))
    heights = [
        load_workbook(BytesIO(write_form(one)))["填报"].row_dimensions[7].height for one in (FORM, long)
    ]
    assert heights[0] < heights[1] <= 409
    assert b'r="6" ht="36" customHeight="1"' in _part(write_form(FORM))
    assert b"customHeight" not in _part(write_form(FORM)).partition(b'<row r="7"')[2]


def _part(raw: bytes) -> bytes:
    with ZipFile(BytesIO(raw)) as package:
        return package.read("xl/worksheets/sheet1.xml")


def test_words_never_become_formulas_and_escapes_stay_words(tmp_path: Path) -> None:
    words = {STATUS: "", DONE: "=HYPERLINK(1)", "下一步计划": "编号_x000D_不变"}
    form = replace(FORM, tasks=(task("4", **words), task("04" * 2)))
    path = tmp_path / "甲.xlsx"
    path.write_bytes(write_form(form))
    back = read(path)
    assert back.problems == ()
    assert {one.column: one.text for one in back.answers if one.number == "4"} == words
    assert load_workbook(path)["填报"][cell("4", DONE)].data_type == "s"


def test_an_own_column_called_like_one_of_the_plan_keeps_apart(tmp_path: Path) -> None:
    form = replace(FORM, columns=(*COLUMNS, Column("目标", False, False, None)))
    path = tmp_path / "甲.xlsx"
    path.write_bytes(write_form(form))
    assert load_workbook(path)["填报"]["L6"].value == "本季目标"
    assert read(path).problems == ()


def test_a_form_says_what_is_asked_of_whom_and_by_when(tmp_path: Path) -> None:
    """A unit that only helps with a task need not fill it in; the day it goes back is told at the top."""
    back = "请于10月22日前交回云川区科技局"

    def sheet(*numbers: str) -> Any:
        form = replace(FORM, tasks=tuple(map(task, numbers)), back=back)
        path = tmp_path / "甲.xlsx"
        path.write_bytes(write_form(form))
        assert read(path).problems == ()
        return load_workbook(path)["填报"]

    mixed, leads, helps = sheet("4", "12"), sheet("4"), sheet("12")
    assert [one[cell("4", STATUS)[0] + str(HEAD)].value for one in (mixed, leads, helps)] == [
        "状态\n（牵头必填）",
        "状态\n（必填）",
        "状态",
    ]
    words = "配合单位可以不填；要补充的请先与牵头单位商定。"
    assert [words in one["A4"].value for one in (mixed, leads, helps)] == [True, False, True]
    assert mixed["A2"].value == f"填报单位：区科技局　　期次：2026年第三季度　　{back}"


def test_a_line_above_the_headings_that_is_too_long_is_shown_whole() -> None:
    """The sheet of indicators is narrow; the line that says when the form goes back takes two rows there."""
    book = load_workbook(BytesIO(write_form(replace(FORM, back=f"请于10月22日前交回{'云川区科技局' * 4}"))))
    heights = {name: book[name].row_dimensions[2].height for name in ("填报", "指标")}
    assert heights["填报"] == 18
    assert heights["指标"] > 30
    assert book["指标"]["A2"].alignment.wrap_text
