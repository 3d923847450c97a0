"""An open workbook -> its sheets as a person sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from zhibi.errors import Location
from zhibi.workbooks.cells import Seen, see

Place = tuple[int, int]
"""A row and a column, from 1."""

NOTHING = Seen("")


@dataclass(frozen=True, slots=True)
class View:
    """A sheet: the cells that hold anything, its comments, what is merged (left, top, right, bottom), hidden."""

    file: str
    title: str
    cells: Mapping[Place, Seen]
    comments: Mapping[Place, str]
    merged: tuple[tuple[int, int, int, int], ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]

    def at(self, row: int, column: int) -> Location:
        """Return what messages call a cell."""
        return Location(f"{self.file} 表“{self.title}” {get_column_letter(column)}{row}")

    @property
    def whole(self) -> Location:
        """Return what messages call the sheet."""
        return Location(f"{self.file} 表“{self.title}”")

    def seen(self, row: int, column: int) -> Seen:
        """Return what stands in a cell."""
        return self.cells.get((row, column), NOTHING)

    def merged_at(self, row: int, column: int) -> str:
        """Return the merged range that a cell belongs to, the empty text without one."""
        for left, top, right, bottom in self.merged:
            if left <= column <= right and top <= row <= bottom:
                return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
        return ""


def views_of(book: Workbook, values: Workbook, file: str) -> list[View]:
    """Return every sheet of a workbook; `values` is the same with what its formulas gave."""
    return [
        _view(sheet, other, file) for sheet, other in zip(book.worksheets, values.worksheets, strict=True)
    ]


def _view(sheet: Worksheet, values: Worksheet, file: str) -> View:
    cells: dict[Place, Seen] = {}
    comments: dict[Place, str] = {}
    for place, cell in sorted(
        sheet._cells.items()
    ):  # A sheet asked for its rows makes up all that are empty.
        seen = see(cell, values.cell(*place))
        if seen != NOTHING:
            cells[place] = seen
        if cell.comment is not None and cell.comment.text:
            comments[place] = str(cell.comment.text).strip()
    hidden_columns = {
        number
        for one in sheet.column_dimensions.values()
        if one.hidden
        for number in range(one.min or 0, min(one.max or 0, 16_384) + 1)
    }
    hidden_rows = {number for number, one in sheet.row_dimensions.items() if one.hidden}
    merged = tuple(one.bounds for one in sheet.merged_cells.ranges)
    return View(file, sheet.title, cells, comments, merged, frozenset(hidden_rows), frozenset(hidden_columns))


def squeezed(text: str) -> str:
    """Return a text without blanks and in plain widths, for telling whether two say the same."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
