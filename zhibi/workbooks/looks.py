"""How a sheet looks: widths, heights, colours, what is locked, how it prints."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from zhibi.workbooks.sheets import HEAD_ROW, TASKS, Grid, Heading, Part

_FACE, _POINTS = "宋体", 11
_LINE_PT = 15.0
_LEAST_LINES, _MOST_PT = 3, 400.0
"""A task has so many lines at least, so that there is room to write; Excel allows 409 points."""

_SHORT = 12
"""A column whose lines are no longer, in columns of Latin letters, is as narrow as they are."""

_WIDTHS = {Part.KEY: 7.0, Part.PLAN: 22.0, Part.LAST: 24.0, Part.OWN: 36.0}
_GREY, _LIGHT, _GREEN = (PatternFill("solid", fgColor=colour) for colour in ("E4E4E4", "F4F4F4", "E2EFDA"))
_FILLS = {Part.KEY: _GREY, Part.PLAN: _GREY, Part.LAST: _LIGHT}
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_PLAIN, _BOLD = Font(name=_FACE, size=_POINTS), Font(name=_FACE, size=_POINTS, bold=True)
_TITLE = Font(name="黑体", size=16)
_TOP = Alignment(wrap_text=True, vertical="top")
_CENTRE = Alignment(wrap_text=True, vertical="center", horizontal="center")


def dress_head(sheet: Worksheet, lines: Sequence[str], width: int) -> None:
    """Dress the lines above the headings; each goes over all `width` columns."""
    for number in range(1, len(lines) + 1):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
        cell = sheet.cell(number, 1)
        cell.font = _TITLE if number == 1 else _BOLD if number == 2 else _PLAIN
        cell.alignment = _CENTRE if number == 1 else Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[number].height = 30.0 if number == 1 else 18.0


def dress_heading(cell: Cell, heading: Heading) -> None:
    """Dress a heading: what is to be filled in is green."""
    cell.font, cell.border, cell.alignment = _BOLD, _BORDER, _CENTRE
    cell.fill = _FILLS.get(heading.part, _GREEN)


def dress_cell(cell: Cell, grid: Grid, index: int) -> None:
    """Dress a cell: own ones are white and open, all others grey and locked."""
    part = grid.headings[index].part
    cell.font, cell.border = _PLAIN, _BORDER
    cell.alignment = _CENTRE if part is Part.KEY or _is_short(grid, index) else _TOP
    if part is Part.OWN:
        cell.protection = Protection(locked=False)
    else:
        cell.fill = _FILLS[part]


def lay_out(sheet: Worksheet, grid: Grid) -> None:
    """Set widths, heights, what stays in view, and how the sheet prints."""
    widths = [_width(grid, index) for index in range(len(grid.headings))]
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    for number in range(2, HEAD_ROW):
        line = str(sheet.cell(number, 1).value or "")
        if _columns(line) > sum(widths) - 2:
            sheet.row_dimensions[number].height = _height([line], [sum(widths)], 1)
    titles = [heading.title for heading in grid.headings]
    sheet.row_dimensions[HEAD_ROW].height = _height(titles, widths, 1)
    least = _LEAST_LINES if grid.sheet == TASKS else 1
    for number, row in enumerate(grid.rows, HEAD_ROW + 1):
        sheet.row_dimensions[number].height = _height(row.texts, widths, least)
    kept = 3 if grid.headings[2].part is Part.PLAN and grid.sheet == TASKS else 1
    sheet.freeze_panes = f"{get_column_letter(kept + 1)}{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{HEAD_ROW + len(grid.rows)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.2, footer=0.3)
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    assert footer is not None, "openpyxl gives every sheet one"
    assert footer.center is not None, "openpyxl gives every footer one"
    footer.center.text = "第 &P 页，共 &N 页"


def protect(sheet: Worksheet) -> None:
    """Lock what is not open, without a password; widths and heights stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: not forbidden


def _is_short(grid: Grid, index: int) -> bool:
    """Tell whether a column holds words or figures of one short line only."""
    heading = grid.headings[index]
    if heading.part is Part.OWN:
        return heading.column is None or heading.column.status
    return _longest(grid, index) <= _SHORT


def _longest(grid: Grid, index: int) -> int:
    texts = [grid.headings[index].title, *(row.texts[index] for row in grid.rows)]
    return max(_columns(line) for text in texts for line in text.split("\n"))


def _width(grid: Grid, index: int) -> float:
    """Return how wide a column is, in columns of Latin letters; a Han character takes two."""
    part = grid.headings[index].part
    if _is_short(grid, index) or part is Part.KEY:
        return min(max(_WIDTHS[Part.KEY], _longest(grid, index) + 2.0), _WIDTHS[Part.LAST])
    return _WIDTHS[part]


def _height(texts: Sequence[str], widths: Sequence[float], least: int) -> float:
    """Return a height in points that shows all lines of a row, as far as a row can be as high."""
    lines = max(
        sum(max(1, math.ceil(_columns(line) / (width - 2))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(max(lines, least) * _LINE_PT + 6, _MOST_PT)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
