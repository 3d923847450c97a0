"""A plot -> pictures of it, its words on lines that the one line breaker has ended, in the faces of the paper.

A row holds a name, the figures beside it and its bar. A plot that is taller than a page is parted between rows:
each part is a picture with its own heads, and says in words what is to be seen on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhibi.advances import advance
from zhibi.layout.blocks import LaidParagraph
from zhibi.layout.breaking import Line
from zhibi.layout.faces import run_face
from zhibi.layout.pictures import set_picture
from zhibi.layout.runs import paragraph_runs
from zhibi.layout.setting import ENDLESS, Setter
from zhibi.nodes import Bar, Paragraph, Picture, PictureKind, Plot, Role, RowKind, Text
from zhibi.plots import FULL, HAIR, Drawing, Field, Letter, draw, field_ends
from zhibi.typography import AUTOSPACE, MM, Style

GAP = 14.0
"""Points between columns."""

EDGE = 4.0
"""Points left free at both sides."""

LEADING = 2.0
"""Points that a row is higher than its lines."""

NAMES, FIGURES = 0.36, 0.145
"""Most of the width that the names may take, and each column of figures: the bars have what is left."""

MIDDLE = 0.38
"""Of its size that the middle of a Han character stands above the baseline."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a name and of each figure beside it; the row above the columns has no bar."""

    style: Style
    cells: tuple[tuple[Line, ...], ...]
    bar: Bar | None = None

    @property
    def height(self) -> float:
        """Return the height of the row in points."""
        return max(map(len, self.cells)) * self.style.pitch + LEADING


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns end in points from the left, where the bars stand, and what is said above their goal."""

    ends: tuple[float, ...]
    field: Field
    goal: Line


def set_plot(plot: Plot, setter: Setter, above: float) -> Iterator[LaidParagraph]:
    """Draw a plot and set it with its notes; `above` are the points of the blocks that keep with it."""
    head = _row(plot.heads, setter)
    rows = [_row((bar.name, *bar.figures), setter, bar) for bar in plot.bars]
    columns = _columns(plot, (head, *rows), setter)
    notes = [setter.set_block(Paragraph(note, Role.TABLE_NOTE)) for note in plot.notes]
    room = setter.page.text_height / MM - above - sum(note.height for note in notes)
    parts = list(_parted(rows, room - head.height - setter.look.pitch))
    pictures = (_picture(plot, (head, *part), columns, setter) for part in parts)
    laid = [one for picture in pictures for one in set_picture(picture, setter, above)]
    last = len(laid) - 1
    every = (*laid, *notes)
    for number, block in enumerate(every):
        yield replace(block, keep=last <= number < len(every) - 1)


def _row(words: Sequence[str], setter: Setter, bar: Bar | None = None) -> _Row:
    style = setter.look.row(RowKind.BODY if bar else RowKind.HEAD)
    width = setter.page.text_width / MM

    def lines(number: int, text: str) -> tuple[Line, ...]:
        runs = paragraph_runs((Text(text, bar.at if bar else None),))
        return setter.lines(runs, style, width * (FIGURES if number else NAMES))

    return _Row(style, tuple(lines(number, text) for number, text in enumerate(words)), bar)


def _columns(plot: Plot, rows: Sequence[_Row], setter: Setter) -> _Columns:
    (goal,) = setter.lines(paragraph_runs((Text(plot.goal),)), rows[0].style, ENDLESS)
    place, ends = EDGE - GAP, []
    for number in range(len(plot.heads)):
        place += GAP + max(line.width for row in rows for line in row.cells[number])
        ends.append(place)
    width = setter.page.text_width / MM - EDGE - goal.width / 2 - place - GAP
    low, high = field_ends([float(bar.value) for bar in plot.bars])
    return _Columns(tuple(ends), Field(place + GAP, width, low, high), goal)


def _parted(rows: Sequence[_Row], room: float) -> Iterator[Sequence[_Row]]:
    """Yield rows by pictures that are not higher than `room`; a row that is goes alone."""
    first, used = 0, 0.0
    for number, row in enumerate(rows):
        if number > first and used + row.height > room:
            yield rows[first:number]
            first, used = number, 0.0
        used += row.height
    yield rows[first:]


def _picture(plot: Plot, rows: Sequence[_Row], columns: _Columns, setter: Setter) -> Picture:
    """Draw rows below the heads of the columns, which are the first of them."""
    width, height = setter.page.text_width / MM, sum(row.height for row in rows)
    head, field = rows[0], columns.field
    over_goal = (field.place(FULL) - columns.goal.width / 2, height - head.height / 2)
    letters = list(_set(columns.goal, head.style, over_goal, setter))
    bars, top = [], height
    for row in rows:
        letters += _letters(row, columns, top, setter)
        if row.bar:
            bars.append((top - row.height / 2, float(row.bar.value)))
        top -= row.height
    rules = (height - HAIR / 2, height - head.height, HAIR / 2)
    drawn = draw(Drawing(width, height, field, tuple(bars), tuple(letters), rules))
    said = plot.alt + "；".join(row.bar.words for row in rows if row.bar) + "。"
    size = (width * MM, height * MM)
    return Picture(drawn.png, PictureKind.PNG, drawn.pixels, *size, said, vector=drawn.svg)


def _letters(row: _Row, columns: _Columns, top: float, setter: Setter) -> Iterator[Letter]:
    """Yield the letters of a row that begins `top` points above the lower edge: names left, figures right."""
    for number, (cell, end) in enumerate(zip(row.cells, columns.ends, strict=True)):
        middle = top - (row.height - (len(cell) - 1) * row.style.pitch) / 2
        for line in cell:
            yield from _set(line, row.style, (end - line.width if number else EDGE, middle), setter)
            middle -= row.style.pitch


def _set(line: Line, style: Style, place: tuple[float, float], setter: Setter) -> Iterator[Letter]:
    """Yield the letters of a line that begins at a place, which is at the middle of its height."""
    x, y = place[0], place[1] - MIDDLE * style.size
    for run, gap in zip(line.runs, line.gaps, strict=True):
        x += AUTOSPACE * style.size if gap else 0.0
        for char in run.text:
            ((face, _),) = setter.faces.split(run_face(run, style), char)
            yield Letter(char, face, style.size, x, y)
            x += advance(face, char) * style.size + line.spacing
