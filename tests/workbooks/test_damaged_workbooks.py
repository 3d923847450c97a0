"""Workbooks as units send them back: each damage has its words and its place, and nothing else is lost."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image as Pixels

from tests.workbooks.samples import (
    DONE,
    FORM,
    HEAD,
    NEXT,
    STATUS,
    read,
    repacked,
    returned,
    saved,
    task,
    texts,
    told,
)
from zhibi.errors import Level, ReportError
from zhibi.workbooks import FigureRow, write_form

ERROR, ADVICE = Level.ERROR, Level.ADVICE


def put(sheet: Worksheet, **values: Any) -> None:
    for place, value in values.items():
        sheet[place] = value


def test_typed_texts_are_read_with_their_places(tmp_path: Path) -> None:
    back = returned(tmp_path, lambda sheet: put(sheet, I8="已完成", J8="已办3家；\n已验收。", K7="再办1家。"))
    assert texts(back) == {
        ("7", STATUS): "已完成",
        ("7", DONE): "已办3家；\n已验收。",
        ("4", NEXT): "再办1家。",
    }
    assert back.problems == ()


def test_rows_moved_and_sorted(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J8="第七项。")
        sheet.move_range("A7:K7", rows=9)
        sheet.move_range("A9:K9", rows=-2)

    back = returned(tmp_path, change)
    assert texts(back) == {("7", DONE): "第七项。"}
    assert told(back) == []
    assert [one.at.file for one in back.answers if one.number == "4"][1].endswith("J16")


def test_a_row_deleted(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J8="第七项。")
        sheet.delete_rows(7)

    back = returned(tmp_path, change)
    assert texts(back) == {("7", DONE): "第七项。"}
    assert {one.number for one in back.answers} == {"7", "12"}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“填报” 错误：第 4 项没有了（这一行被删去，或序号、名称改了），没有收到它的内容"
    ]


def test_a_row_added(tmp_path: Path) -> None:
    back = returned(tmp_path, lambda sheet: put(sheet, A10=99, J10="另一件事。", B12="填表人：某某"))
    assert texts(back) == {}
    assert told(back, ERROR) == [
        "区科技局.xlsx 表“填报” A10 错误：发出的表里没有“99”这一项，这一行没有收 —— 请让单位把内容写到原有的行里"
    ]
    assert back.problems[0].text == "另一件事。"
    assert told(back, ADVICE)[0].startswith(
        "区科技局.xlsx 表“填报” B12 提醒：这一行没有序号，没有收：“填表人：某某”"
    )


def test_words_below_the_cell_they_belong_to(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(8)
        put(sheet, J8="接着写的。")

    (said,) = told(returned(tmp_path, change))
    assert said.startswith("区科技局.xlsx 表“填报” J8 错误：这一行没有序号，没有收：“接着写的。”")


def test_a_number_typed_twice(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, A10="04", J10="不一样的。", I10="滞后", K7="下一步。")

    back = returned(tmp_path, change)
    assert texts(back) == {("4", NEXT): "下一步。"}
    (said,) = told(back, ERROR)
    assert said.startswith("区科技局.xlsx 表“填报” J10 错误：第 4 项写了两行，“完成情况”不一样，没有收：")
    assert "“不一样的。”" in said
    assert "（J7）" in said
    assert ("4", DONE) not in {(one.number, one.column) for one in back.answers}


def test_a_sheet_renamed_and_put_elsewhere(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        put(book["填报"], J8="第七项。")
        book["填报"].title = "Sheet1"
        book["指标"].title = "报数"
        book.move_sheet("报数", -1)
        book.create_sheet("草稿")["A1"] = "随手记的"

    back = read(saved(tmp_path, change))
    assert texts(back) == {("7", DONE): "第七项。"}
    assert len(back.figures) == 2
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“草稿” 提醒：这张表不是发出的，没有收"
    ]


def test_a_sheet_that_is_gone_or_there_twice(tmp_path: Path) -> None:
    (said,) = told(read(saved(tmp_path, lambda book: book.remove(book["指标"]))))
    assert said.startswith("区科技局.xlsx 错误：找不到“指标”这张表（删去了，或表头改得认不出来）")
    back = read(saved(tmp_path, lambda book: put(book.copy_worksheet(book["填报"]), J8="写在副本里。")))
    assert texts(back) == {}
    assert "错误：还有一张表“填报 Copy”也像“填报”，只收了“填报”" in told(back)[0]


def test_columns_moved(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J8="第七项。", K8="下一步。")
        sheet.move_range("I6:I9", cols=9)
        sheet.move_range("K6:K9", cols=-2)

    back = returned(tmp_path, change)
    assert texts(back) == {("7", DONE): "第七项。", ("7", NEXT): "下一步。"}
    assert told(back) == []


def test_a_column_deleted(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J8="第七项。", K8="下一步。")
        sheet.delete_cols(10)
        sheet.delete_cols(4)

    back = returned(tmp_path, change)
    assert texts(back) == {("7", NEXT): "下一步。"}
    assert {one.column for one in back.answers} == {STATUS, NEXT}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“填报” 提醒：没有“目标”这一栏了；以计划为准",
        "区科技局.xlsx 表“填报” 错误：没有“完成情况”这一栏了，这一栏没有收到",
    ]


def test_a_heading_edited_and_a_column_added(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J6="工作进展", A6="No.", J8="第七项。", L6="备注", L8="请领导批示")

    back = returned(tmp_path, change)
    assert texts(back) == {("7", DONE): "第七项。"}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“填报” A6 提醒：表头“序号”改成了“No.”，仍当作“序号”收",
        "区科技局.xlsx 表“填报” J6 提醒：表头“完成情况”改成了“工作进展”，仍当作“完成情况”收",
        "区科技局.xlsx 表“填报” L8 提醒：多出来的一栏“备注”没有收：“请领导批示”",
    ]


def test_own_cells_merged(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J7="两项一起写的。", K9="下一步。")
        sheet.merge_cells("J7:J8")

    back = returned(tmp_path, change)
    assert texts(back) == {("12", NEXT): "下一步。"}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        f"区科技局.xlsx 表“填报” J{row} 错误：第 {number} 项的“完成情况”：J7:J8 合并成了一格，分不清是哪一项、哪一栏的，没有收"
        for number, row in (("4", 7), ("7", 8))
    ]


def test_plan_cells_merged(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J8="第七项。")
        sheet.merge_cells("D7:D8")

    back = returned(tmp_path, change)
    assert texts(back) == {("7", DONE): "第七项。"}
    assert told(back, ERROR) == []
    assert "第 4 项的“目标”所在的 D7:D8 合并了；以计划为准" in told(back)[0]
    (said, stray) = told(
        returned(tmp_path, lambda sheet: (put(sheet, J8="第七项。"), sheet.merge_cells("A7:A8")))
    )
    assert "错误：第 7 项没有了" in said
    assert "错误：A7:A8 合并了，看不出这一行是哪一项，没有收" in stray


def with_value(path: Path, place: str, value: str) -> Path:
    """Put into the file what a formula gave, as Excel stores it."""
    raw = repacked(
        path.read_bytes(),
        lambda parts: parts.update(
            {"xl/worksheets/sheet1.xml": _valued(parts["xl/worksheets/sheet1.xml"], place, value)}
        ),
    )
    path.write_bytes(raw)
    return path


def _valued(sheet: bytes, place: str, value: str) -> bytes:
    head, _, rest = sheet.partition(f'r="{place}"'.encode())
    assert rest
    start = rest.index(b"<v")
    end = rest.index(
        b"/>" if rest[start:].startswith(b"<v/>") or rest[start:].startswith(b"<v />") else b"</v>", start
    )
    end += 2 if rest[end : end + 2] == b"/>" else 4
    kind = b"" if value[:1].isdigit() else b' t="str"'
    return head + f'r="{place}"'.encode() + kind + rest[:start] + f"<v>{value}</v>".encode() + rest[end:]


def test_formulas(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda book: put(book["填报"], J8='="已办"&3&"家"', K8="=A1"))
    back = read(with_value(path, "J8", "已办3家"))
    assert texts(back) == {("7", DONE): "已办3家"}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“填报” J8 提醒：第 7 项的“完成情况”：这里是公式，取的是它上次算出的“已办3家”",
        "区科技局.xlsx 表“填报” K8 错误：第 7 项的“下一步计划”：这里是公式，文件里没有存它算出的结果，没有收",
    ]


def test_a_picture_that_wps_puts_into_a_cell(tmp_path: Path) -> None:
    (said,) = told(returned(tmp_path, lambda sheet: put(sheet, J8='=_xlfn.DISPIMG("ID_1",1)')))
    assert "J8 错误：第 7 项的“完成情况”：这里是图片，不是文字，没有收" in said


@pytest.mark.parametrize("value", ["#REF!", "#N/A"])
def test_error_values(tmp_path: Path, value: str) -> None:
    back = returned(tmp_path, lambda sheet: put(sheet, J8=value))
    assert f"J8 错误：第 7 项的“完成情况”：这里是错误值 {value}，没有收" in told(back)[0]
    assert ("7", DONE) not in {(one.number, one.column) for one in back.answers}


def test_a_picture_and_a_comment(tmp_path: Path) -> None:
    pixels = BytesIO()
    Pixels.new("RGB", (4, 4)).save(pixels, "png")

    def change(sheet: Worksheet) -> None:
        sheet.add_image(Image(pixels), "J8")
        sheet["J7"].comment = Comment("这里还要核实", "某某")

    back = returned(tmp_path, change)
    assert texts(back) == {}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“填报” J8 提醒：表里贴了 1 个图片或图形（J8），没有收",
        "区科技局.xlsx 表“填报” J7 提醒：第 4 项这里有批注，没有收：“这里还要核实”",
    ]


def formatted(value: Any, layout: str) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet["J8"] = value
        sheet["J8"].number_format = layout

    return change


@pytest.mark.parametrize(
    ("value", "layout", "text"),
    [
        (CellRichText("已办", TextBlock(InlineFont(b=True), "3家"), "。"), "@", "已办3家。"),
        (3, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (0.8567, "0.0%", "85.7%"),
        (1234.5, "#,##0.00", "1,234.50"),
        (2.5, '0"家"', "3家"),
        (datetime.datetime(2026, 9, 30), 'yyyy"年"m"月"d"日"', "2026年9月30日"),
        (datetime.date(2026, 3, 5), "mm-dd-yy", "2026/3/5"),
        (datetime.datetime(2026, 9, 5, 8, 4), "yyyy-mm-dd hh:mm", "2026-09-05 08:04"),
        (True, "General", "TRUE"),
        ("已办_x000D_\n3家", "@", "已办\n3家"),
        ("　已办\u200b3家 ", "@", "已办3家"),
    ],
)
def test_what_a_person_sees_is_taken(tmp_path: Path, value: Any, layout: str, text: str) -> None:
    back = returned(tmp_path, formatted(value, layout))
    assert texts(back) == {("7", DONE): text}
    assert told(back, ERROR) == []
    dated = isinstance(value, datetime.date)
    assert any(f"这里是日期或时间，收成了“{text}”" in one for one in told(back)) == dated


def test_hidden_rows_and_columns_are_read(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, J8="第七项。")
        sheet.row_dimensions[8].hidden = True
        sheet.column_dimensions["J"].hidden = True

    back = returned(tmp_path, change)
    assert texts(back) == {("7", DONE): "第七项。"}
    assert [one.rstrip() for one in told(back)] == [
        "区科技局.xlsx 表“填报” A8 提醒：第 7 项这一行隐藏了，照样收了",
        "区科技局.xlsx 表“填报” J6 提醒：“完成情况”这一栏隐藏了，照样收了",
    ]


def test_locked_cells_changed_and_the_lock_taken_off(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.protection.sheet = False
        put(sheet, D7="办成1家。", G8="", J8="第七项。", A2="期次：2025年第一季度")

    back = returned(tmp_path, change)
    assert back.period == "2026Q3"
    assert texts(back) == {("7", DONE): "第七项。"}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsx 表“填报” D7 提醒：第 4 项的“目标”被改动，没有收：原来是“办成3家。”，现在是“办成1家。”",
        "区科技局.xlsx 表“填报” G8 提醒：第 7 项的“上季完成情况”被改动，没有收：原来是“一季度已启动。”，现在是“”",
    ]


def test_statuses(tmp_path: Path) -> None:
    back = returned(tmp_path, lambda sheet: put(sheet, I7=" 已完成。 ", I8="基本完成", I9="按序 推进"))
    assert texts(back) == {("4", STATUS): "已完成", ("12", STATUS): "按序推进"}
    assert told(back) == [
        "区科技局.xlsx 表“填报” I8 错误：第 7 项的“状态”：“基本完成”不是能选的状态，没有收"
        " —— 只能填 已完成、按序推进、滞后、未启动、已调整；是不是“已完成”？"
    ]


def test_a_text_over_the_limit_and_cleared_cells(tmp_path: Path) -> None:
    back = returned(tmp_path, lambda sheet: put(sheet, J8="字 " * 31, J7=None, I7=""))
    assert texts(back)[("7", DONE)] == ("字 " * 31).strip()
    assert (texts(back)[("4", DONE)], texts(back)[("4", STATUS)]) == ("", "")
    assert told(back) == [
        "区科技局.xlsx 表“填报” J8 提醒：第 7 项的“完成情况”：写了 31 字，超过 30 字；先照样收了"
        " —— 请让单位删去至少 1 字"
    ]


def test_characters_that_no_text_may_hold(tmp_path: Path) -> None:
    back = returned(tmp_path, lambda sheet: put(sheet, J8="已办\ue0053家", K8="已_x0007_响"))
    assert texts(back) == {}
    assert len(told(back, ERROR)) == 2
    assert "第 7 项的“完成情况”：这里有一个自造字" in told(back, ERROR)[0]
    assert "U+0007" in told(back, ERROR)[1]
    long = saved(tmp_path, lambda book: put(book["填报"], J8="AB"))
    long.write_bytes(repacked(long.read_bytes(), _lengthen))
    assert "这里的文字有 40000 个字符，太长了，没有收" in told(read(long))[0]


def _lengthen(parts: dict[str, bytes]) -> None:
    name, short = "xl/worksheets/sheet1.xml", b"<t>AB</t>"
    assert short in parts[name]
    parts[name] = parts[name].replace(short, b"<t>" + b"A" * 40_000 + b"</t>")


def test_figures(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["指标"]
        sheet.move_range(f"A{HEAD + 1}:G{HEAD + 1}", rows=5)
        put(sheet, G12="约 96 亿元", G8=0.0391)
        sheet["G8"].number_format = "0.00%"

    back = read(saved(tmp_path, change))
    assert [(one.name, one.text) for one in back.figures] == [("研发投入强度", "3.91")]
    assert told(back) == [
        "区科技局.xlsx 表“指标” G12 错误：“技术交易额”的“本季”：“约 96 亿元”不只是数字，没有收"
        " —— 单位是亿元，请换算后只写数字",
        "区科技局.xlsx 表“指标” G8 提醒：“研发投入强度”的“本季”：“3.91%”去掉了计量单位，收成“3.91” —— 以后只写数字就行",
    ]
    back = read(saved(tmp_path, lambda book: put(book["指标"], G7="９８.５亿元", G8="—")))
    assert [one.text for one in back.figures] == ["98.5", "—"]
    assert told(back) == [
        "区科技局.xlsx 表“指标” G7 提醒：“技术交易额”的“本季”：“９８.５亿元”去掉了计量单位，收成“98.5”"
        " —— 以后只写数字就行"
    ]


@pytest.mark.parametrize(
    ("unit", "counts", "typed", "hint"),
    [
        ("公里", "累计", "38000米", "单位是公里，请换算后只写数字"),
        ("亩", "累计", "0.35万亩", "单位是亩，请换算后只写数字"),
        ("万元", "累计", "1.2万", "单位是万元，请换算后只写数字"),
        ("", "累计", "12家", "请只写数字"),
        ("家", "当季", "0.95（累计）", "这个指标的口径是“当季”，请按这个口径只写数字"),
        ("家", "累计", "约十家", "单位是家，请换算后只写数字"),
    ],
)
def test_another_unit_is_never_taken_off(
    tmp_path: Path, unit: str, counts: str, typed: str, hint: str
) -> None:
    form = replace(FORM, figures=(FigureRow("长度", unit, "120", "", "", "", counts),))
    back = read(saved(tmp_path, lambda book: put(book["指标"], G7=typed), form))
    assert back.figures == ()
    assert told(back) == [
        f"区科技局.xlsx 表“指标” G7 错误：“长度”的“本季”：“{typed}”不只是数字，没有收 —— {hint}"
    ]


def test_an_indicator_of_words_takes_words(tmp_path: Path) -> None:
    form = replace(FORM, figures=(FigureRow("覆盖面", "", "全覆盖", "", "", "", "累计"),))
    back = read(saved(tmp_path, lambda book: put(book["指标"], G7="基本覆盖"), form))
    assert [one.text for one in back.figures] == ["基本覆盖"]
    assert told(back) == ["区科技局.xlsx 表“指标” G7 提醒：“覆盖面”的“本季”：“基本覆盖”不是数 —— 请核对"]


def test_the_record_edited_or_missing(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="表里的发出记录被改动过"):
        read(saved(tmp_path, lambda book: put(book["执笔记录"], A2="{}")))
    with pytest.raises(ReportError, match="这不是执笔发出的表"):
        read(saved(tmp_path, lambda book: book.remove(book["执笔记录"])))
    with pytest.raises(ReportError, match="发出记录"):
        read(saved(tmp_path, lambda book: [put(book["执笔记录"], **{f"A{row}": None}) for row in (1, 2, 3)]))


def test_all_problems_of_a_file_come_at_once(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        put(sheet, I7="差不多", J8="#REF!", K8="=A1", D9="改了", A10=99, J10="多的")
        sheet.merge_cells("J9:K9")

    back = returned(tmp_path, change)
    assert len(told(back, ERROR)) == 6
    assert len(told(back, ADVICE)) == 1


def test_a_form_untouched_says_nothing_whatever_was_read_first(tmp_path: Path) -> None:
    path = tmp_path / "区科技局.xlsx"
    path.write_bytes(write_form(FORM))
    assert [read(path) for _ in range(2)] == [read(path)] * 2


def test_a_form_that_libreoffice_has_saved() -> None:
    """Filled in and saved by LibreOffice 7.4, which knows no very hidden sheets and writes every cell anew."""
    back = read(Path(__file__).parent / "LibreOffice存的.xlsx")
    assert (back.unit, back.period, len(back.answers)) == ("区科技局", "2026Q3", 9)
    assert texts(back) == {
        ("7", STATUS): "已完成",
        ("7", DONE): "已办3家；\n已验收。",
        ("7", NEXT): "3",
        ("12", DONE): "85.7%",
    }
    assert [(one.text, one.given) for one in back.figures] == [("81.60", "81.60"), ("3.91", "")]
    (said,) = told(back)
    assert "K8 提醒：第 7 项的“下一步计划”：这里是公式，取的是它上次算出的“3”" in said


def test_a_text_longer_than_a_cell_comes_back_whole(tmp_path: Path) -> None:
    form = replace(FORM, columns=FORM.columns[2:], tasks=(task("4", 下一步计划="字" * 40_000),))
    (answer,) = returned(tmp_path, lambda sheet: None, form).answers
    assert answer.text == answer.given == "字" * 40_000
