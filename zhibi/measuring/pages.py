"""A sheet -> a page: its lines, its page number, and the long rules over it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhibi.measuring.lines import Line, lines_of, upright
from zhibi.measuring.measures import SEVEN_EIGHTHS, STANDARD_AREA, Area
from zhibi.measuring.reading import Sheet
from zhibi.measuring.shapes import Box

_FOLIO = re.compile(r"^[—–\-－―─‐‑·第]*\d{1,4}[—–\-－―─‐‑·页共\d]*$")

_AT_FOOT = 0.9
"""Part of a sheet's height below which a red rule is the lower one of a letter."""


@dataclass(frozen=True, slots=True)
class Page:
    """One side: its lines outside of tables without the page number, which is `folio`.

    `folio_turned`: the sheet is landscape and its number stands turned, as clause 8 wants it.
    """

    sheet: Sheet
    lines: tuple[Line, ...]
    tables: tuple[Box, ...]
    folio: Line | None
    folio_turned: bool

    @property
    def landscape(self) -> bool:
        """Tell whether the sheet is wider than high."""
        return self.sheet.width > self.sheet.height


@dataclass(frozen=True, slots=True)
class Bar:
    """A rule over the page, or several close ones (the double rule of a letter), from top to bottom."""

    page: int
    box: Box
    parts: tuple[Box, ...]


def page_of(sheet: Sheet) -> Page:
    """Return the page that stands on a sheet."""
    lines = lines_of(sheet)
    landscape = sheet.width > sheet.height
    if landscape:
        turned = next(
            (line for line in lines_of(upright(sheet)) if _is_folio(line, STANDARD_AREA.bottom)), None
        )
        if turned:
            return Page(sheet, lines, sheet.tables, turned, folio_turned=True)
    foot = sheet.height - 35.0 if not landscape else sheet.height - 26.0
    folio = next((line for line in reversed(lines) if _is_folio(line, foot)), None)
    return Page(
        sheet, tuple(line for line in lines if line != folio), sheet.tables, folio, folio_turned=False
    )


def _is_folio(line: Line, foot: float) -> bool:
    return line.baseline > foot and bool(_FOLIO.match(line.text))


def bars_of(sheet: Sheet, *, red: bool) -> tuple[Bar, ...]:
    """Return the long level rules outside of tables, close ones together."""
    found = [
        rule.box
        for rule in sheet.rules
        if rule.level and rule.red is red and not any(_within(rule.box, table) for table in sheet.tables)
    ]
    groups: list[list[Box]] = []
    for box in sorted(found, key=lambda box: box.top):
        if groups and box.top - groups[-1][-1].bottom < (2.5 if red else 0.3):
            groups[-1].append(box)
        else:
            groups.append([box])
    bars = []
    for group in groups:
        left, right = min(box.left for box in group), max(box.right for box in group)
        around = Box(left, group[0].top, right, max(box.bottom for box in group))
        if around.width > 100:
            bars.append(Bar(sheet.number, around, tuple(group)))
    return tuple(bars)


def foot_of(page: Page, area: Area) -> float:
    """Return the lower edge of the type area; the first page of a letter goes down to its rule (cl. 10.1)."""
    rules = [bar.box for bar in bars_of(page.sheet, red=True) if bar.box.top > _AT_FOOT * page.sheet.height]
    return (rules[-1].top + rules[-1].bottom) / 2 - SEVEN_EIGHTHS if rules else area.bottom


def _within(box: Box, table: Box) -> bool:
    return (
        table.left - 1 < box.left
        and box.right < table.right + 1
        and table.top - 1 < box.top < table.bottom + 1
    )
