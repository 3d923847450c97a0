"""A plot -> pictures of it, its words on lines that the one line breaker has ended, in the faces of the paper.

A row holds a name, the figures beside it and its bar. A plot that is taller than a page is parted between rows:
each part is a picture with its own heads, and says in words what is to be seen on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

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

NAMES = 0.36
"""Most of the width that names may take."""

MIDDLE = 0.38
"""Of its size that the middle of a Han character stands above the baseline."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The lines of a name, the figures beside it and its height in points; `bar` is None above the columns."""

    style: Style
    name: tuple[Line, ...]
    figures: tuple[Line, ...]
    height: float
    bar: Bar | None = None


def set_plot(plot: Plot, setter: Setter, above: float) -> Iterator[LaidParagraph]:
    """Draw a plot and set it with its notes; `above` are the points of the blocks that keep with it."""
    head = _row(plot.heads, setter)
    rows = [_row((bar.name, *bar.figures), setter, bar) for bar in plot.bars]
    notes = [setter.set_block(Paragraph(note, Role.TABLE_NOTE)) for note in plot.notes]
    room = setter.page.text_height / MM - above - sum(note.height for note in notes)
    *parts, last = _parted(rows, room - head.height - setter.look.pitch)
    for part in parts:
        yield from set_picture(_picture(plot, head, part, setter), setter, above)
    (laid,) = set_picture(_picture(plot, head, last, setter), setter, above)
    yield from (replace(block, keep=True) for block in (laid, *notes)[:-1])
    yield replace((laid, *notes)[-1], keep=False)


def _row(words: Sequence[str], setter: Setter, bar: Bar | None = None) -> _Row:
    style = setter.look.row(RowKind.BODY if bar else RowKind.HEAD)
    at = bar.at if bar else None

    def lines(text: str, width: float) -> tuple[Line, ...]:
        return setter.lines(paragraph_runs((Text(text, at),)), style, width)

    name = lines(words[0], NAMES * setter.page.text_width / MM)
    figures = tuple(lines(text, ENDLESS)[0] for text in words[1:])
    return _Row(style, name, figures, len(name) * style.pitch + LEADING, bar)


def _parted(rows: Sequence[_Row], room: float) -> Iterator[Sequence[_Row]]:
    """Yield rows by pictures that are not higher than `room`; a row that is goes alone."""
    first, used = 0, 0.0
    for number, row in enumerate(rows):
        if number > first and used + row.height > room:
            yield rows[first:number]
            first, used = number, 0.0
        used += row.height
    yield rows[first:]


def _picture(plot: Plot, head: _Row, rows: Sequence[_Row], setter: Setter) -> Picture:
    width, height = setter.page.text_width / MM, sum(row.height for row in (head, *rows))
    ends, field = _columns(plot, head, rows, setter)
    tops = list(
        accumulate((row.height for row in (head, *rows)), lambda top, high: top - high, initial=height)
    )
    letters = list(_goal(plot, field, (head, height - head.height / 2), setter))
    bars = []
    for row, top in zip((head, *rows), tops, strict=False):
        letters += _letters(row, ends, top, setter)
        if row.bar:
            bars.append((top - row.height / 2, float(row.bar.value)))
    drawing = Drawing(
        width, height, field, tuple(bars), tuple(letters), (height - HAIR / 2, tops[1], HAIR / 2)
    )
    drawn = draw(drawing)
    said = "；".join(row.bar.words for row in rows if row.bar)
    return Picture(
        drawn.png,
        PictureKind.PNG,
        drawn.pixels,
        width * MM,
        height * MM,
        f"{plot.alt}{said}。",
        vector=drawn.svg,
    )


def _columns(plot: Plot, head: _Row, rows: Sequence[_Row], setter: Setter) -> tuple[tuple[float, ...], Field]:
    """Return where the columns of figures end, and the field of the bars, which takes what is left."""
    every = (head, *rows)
    place = EDGE + max(line.width for row in every for line in row.name)
    ends = []
    for number in range(len(head.figures)):
        place += GAP + max(row.figures[number].width for row in every)
        ends.append(place)
    left = place + GAP
    right = setter.page.text_width / MM - EDGE - _one_line(plot.goal, head.style, setter).width / 2
    low, high = field_ends([float(row.bar.value) for row in rows if row.bar])
    return tuple(ends), Field(left, right - left, low, high)


def _one_line(words: str, style: Style, setter: Setter) -> Line:
    return setter.lines(paragraph_runs((Text(words),)), style, ENDLESS)[0]


def _goal(plot: Plot, field: Field, place: tuple[_Row, float], setter: Setter) -> Iterator[Letter]:
    """Yield the words above the line of the goal, their middle over it."""
    head, middle = place
    line = _one_line(plot.goal, head.style, setter)
    yield from _set(line, head.style, (field.place(FULL) - line.width / 2, middle), setter)


def _letters(row: _Row, ends: Sequence[float], top: float, setter: Setter) -> Iterator[Letter]:
    """Yield the letters of a row that begins `top` points above the lower edge."""
    for number, line in enumerate(row.name):
        middle = top - LEADING / 2 - (number + 0.5) * row.style.pitch
        yield from _set(line, row.style, (EDGE, middle), setter)
    for line, end in zip(row.figures, ends, strict=True):
        yield from _set(line, row.style, (end - line.width, top - row.height / 2), setter)


def _set(line: Line, style: Style, place: tuple[float, float], setter: Setter) -> Iterator[Letter]:
    """Yield the letters of a line that begins at a place, which is at the middle of its height."""
    x, y = place[0], place[1] - MIDDLE * style.size
    for run, gap in zip(line.runs, line.gaps, strict=True):
        x += AUTOSPACE * style.size if gap else 0.0
        for char in run.text:
            ((face, _),) = setter.faces.split(run_face(run, style), char)
            yield Letter(char, face, style.size, x, y)
            x += advance(face, char) * style.size + line.spacing
