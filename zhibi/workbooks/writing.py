"""A `Form` -> the bytes of an xlsx that Excel, WPS and LibreOffice open: what is the plan's is locked."""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from zhibi.periods import read_period
from zhibi.statuses import STATUSES
from zhibi.workbooks.looks import dress_cell, dress_head, dress_heading, lay_out, protect
from zhibi.workbooks.record import record_lines
from zhibi.workbooks.shapes import HELPS, Form
from zhibi.workbooks.sheets import HEAD_ROW, RECORD, TASKS, Grid, Heading, Part, figure_grid, task_grid

_EPOCH = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime.datetime(2000, 1, 1)

_HELPS = "配合单位可以不填；要补充的请先与牵头单位商定。"
_HINTS = {
    True: (
        "1. 只填白色的格；灰色的格是计划和上季的内容，已经锁定，改了也不收。",
        "2. 一项一行，换行按 Alt+Enter，不用写序号；“状态”从下拉列表里选。{helps}",
        "3. 填好存成 .xlsx 交回。请不要增删行和列，不要合并单元格；图片和批注收不到。",
    ),
    False: (
        "1. 只填“本季”一栏，只写数，不写计量单位；与表里的单位不一样的，请先换算。",
        "2. 口径是“累计”的，填从年初到本季末的数；是“当季”的，只填本季的数。",
        "3. 还没有数的请空着。",
    ),
}
"""What is said above the tasks, and above the indicators; `_HELPS` where the unit helps with a task."""

_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN_FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.(\d{1,6}))?", re.ASCII)
_FONT_ORDER = ("b", "i", "u", "sz", "color", "name", "family", "charset", "scheme")
"""What the standard lays down for the elements of a font; openpyxl has another order."""

_AUTO_HEIGHT = re.compile(rb'(<row r="(\d+)"[^>]*?) customHeight="1"')


def write_form(form: Form) -> bytes:
    """Return the workbook of a form; the same form gives the same bytes."""
    book = Workbook()
    book.properties = DocumentProperties(
        creator="执笔", title=form.title, created=_CREATED, modified=_CREATED
    )
    for sheet in book.worksheets:
        book.remove(sheet)
    for grid in (task_grid(form), figure_grid(form)):
        if grid.rows:
            _fill(book.create_sheet(grid.sheet), form, grid)
    hidden = book.create_sheet(RECORD)
    for number, line in enumerate(record_lines(form), 1):
        _put(hidden, number, 1, line)
    hidden.sheet_state = "veryHidden"
    hidden.protection.sheet = True
    return _packed(book)


def _fill(sheet: Worksheet, form: Form, grid: Grid) -> None:
    period = read_period(form.period)
    who = f"填报单位：{form.unit}　　期次：{period or form.period}"
    helps = _HELPS if any(task.role == HELPS for task in form.tasks) else ""
    hints = [line.format(helps=helps) for line in _HINTS[grid.sheet == TASKS]]
    lines = (form.title, f"{who}　　{form.back}" if form.back else who, *hints)
    for number, line in enumerate(lines, 1):
        _put(sheet, number, 1, line)
    dress_head(sheet, lines, len(grid.headings))
    for column, heading in enumerate(grid.headings, 1):
        dress_heading(_put(sheet, HEAD_ROW, column, heading.title), heading)
        for number, row in enumerate(grid.rows, HEAD_ROW + 1):
            dress_cell(_put_value(sheet, (number, column), row.texts[column - 1], heading), grid, column - 1)
    lay_out(sheet, grid)
    _validate(sheet, grid)
    protect(sheet)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write words as words: nothing that begins with = is ever a formula."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if text:
        cell.value = _ESCAPE.sub("_x005F_", text)
        cell.data_type = "s"
    return cell


def _put_value(sheet: Worksheet, place: tuple[int, int], text: str, heading: Heading) -> Cell:
    """Write a cell of the grid: numbers as numbers where they are keys or figures, all else as words."""
    figure = _PLAIN_FIGURE.fullmatch(text)
    cell = _put(sheet, *place, text)
    if figure and (heading.part is Part.KEY or (heading.part is Part.OWN and heading.column is None)):
        cell.value = float(text) if figure[1] else int(text)
        cell.number_format = f"0.{'0' * len(figure[1])}" if figure[1] else "General"
    elif heading.part is not Part.OWN or heading.column is not None:
        cell.number_format = "@"  # What is typed stays as it was typed: 3-5 is no date.
    return cell


def _validate(sheet: Worksheet, grid: Grid) -> None:
    """Give own columns what Excel checks while they are typed in."""
    for index, heading in enumerate(grid.headings, 1):
        rule = _rule(heading) if heading.part is Part.OWN else None
        if rule is not None:
            letter = get_column_letter(index)
            rule.add(f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + len(grid.rows)}")
            sheet.add_data_validation(rule)


def _rule(heading: Heading) -> DataValidation | None:
    column = heading.column
    if column is None:
        rule = DataValidation("decimal", "-1E+15", "1E+15", operator="between", errorStyle="warning")
        rule.error = "这里一般只写数，不写计量单位。确实没有数、要写“—”的，请选“是”。"
        rule.prompt = "只写数，不写计量单位"
    elif column.status:
        rule = DataValidation("list", f'"{",".join(STATUSES)}"', errorStyle="stop")
        rule.error = f"请从下拉列表里选：{'、'.join(STATUSES)}"
        rule.prompt = "请从下拉列表里选"
    elif column.limit is not None:
        rule = DataValidation("textLength", str(column.limit), operator="lessThanOrEqual", errorStyle="stop")
        rule.error = f"“{column.name[:40]}”不能超过{column.limit}字，请删减。"
        rule.prompt = f"不超过{column.limit}字；几项分行写，换行按 Alt+Enter"
    else:
        return None
    rule.errorTitle, rule.promptTitle = "请核对", heading.name[:30]
    rule.allow_blank = rule.showErrorMessage = rule.showInputMessage = True
    return rule


def _packed(book: Workbook) -> bytes:
    """Return the file with its parts dated 1980; rows grow with what is typed into them."""
    first, made = BytesIO(), BytesIO()
    ExcelWriter(book, ZipFile(first, "w")).save()
    with ZipFile(first) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(entry, _mended(name, old.read(name)))
    return made.getvalue()


def _mended(name: str, content: bytes) -> bytes:
    """Return a part without what openpyxl writes otherwise than the standard, or than we need it."""
    if name != "xl/styles.xml":
        return _AUTO_HEIGHT.sub(_free_row, content)
    root = etree.fromstring(content)
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda one: _FONT_ORDER.index(etree.QName(one).localname))
    return etree.tostring(root)


def _free_row(row: re.Match[bytes]) -> bytes:
    return row[1] if int(row[2]) > HEAD_ROW else row[0]
