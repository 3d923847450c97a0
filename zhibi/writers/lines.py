"""Lines of the layout -> words at their places on a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from zhibi.fonts import Faces
from zhibi.layout.blocks import LaidParagraph
from zhibi.layout.breaking import Line
from zhibi.layout.faces import run_face
from zhibi.layout.runs import Run, Voice
from zhibi.nodes import Align
from zhibi.styles import Look
from zhibi.typography import AUTOSPACE, Style
from zhibi.writers.ink import Ink, Type, Words

Placed = tuple[Words, float, float]
"""Words, and where they begin on their baseline."""


class Room(NamedTuple):
    """The edges between which a line stands, in points, and how it stands there."""

    left: float
    right: float
    align: Align


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes lines on one page; `area` is the left edge of the type area and its width in points.

    Every line stands as the text face has it, whatever face sets its words: its baseline is `middle` ems below
    the middle of the line.
    """

    ink: Ink
    faces: Faces
    look: Look
    area: tuple[float, float]
    middle: float

    def draw(self, placed: Iterable[Placed]) -> None:
        """Draw words at their places."""
        for words, x, y in placed:
            self.ink.words(words, x, y)

    def paragraph(self, laid: LaidParagraph, lines: tuple[int, int], top: float) -> None:
        """Draw some lines of a paragraph."""
        for number in range(*lines):
            self.draw(self.set_line(laid, number, top))
            top += laid.style.pitch

    def set_line(self, laid: LaidParagraph, number: int, top: float) -> list[Placed]:
        """Return the words of a line of a paragraph."""
        style = laid.style
        left, width = self.area
        indent = style.chars(style.left + (style.first_indent if not number else 0))
        room = Room(left + indent, left + width - style.chars(style.right), style.align)
        return self.set(laid.lines[number], style, room, top)

    def lines(self, lines: Iterable[Line], style: Style, room: Room, top: float) -> float:
        """Draw lines one below the other, and return where the next one would begin."""
        for line in lines:
            self.draw(self.set(line, style, room, top))
            top += style.pitch
        return top

    def set(self, line: Line, style: Style, room: Room, top: float) -> list[Placed]:
        """Return the words of a line in its room."""
        words = list(self._words(line, style))
        if not words:
            return []
        # The letter-spacing after the last character is no part of the line.
        width = sum(gap + one.width for one, gap in words) - line.spacing
        spare = room.right - room.left - width
        before = {Align.CENTRE: spare / 2, Align.RIGHT: spare}.get(room.align, 0.0)
        return self._placed(words, room.left + before, self.baseline(style, top))

    def _placed(self, words: Iterable[tuple[Words, float]], x: float, y: float) -> list[Placed]:
        placed = []
        for one, gap in words:
            placed.append((one, x + gap, y))
            x += gap + one.width
        return placed

    def _words(self, line: Line, style: Style) -> Iterator[tuple[Words, float]]:
        """Yield the words of each face with the space before them."""
        last = len(line.runs) - 1
        for number, (run, gap) in enumerate(zip(line.runs, line.gaps, strict=True)):
            text = run.text.rstrip(" ") if number == last and not line.ends else run.text
            space = AUTOSPACE * style.size if gap else 0.0
            for face, part in self.faces.split(run_face(run, style), text):
                if part:
                    type_ = Type(face, style.size, line.spacing, style.red)
                    yield self.ink.set(type_, part), space
                space = 0.0

    def parts(self, laid: LaidParagraph, top: float) -> None:
        """Draw a line whose pieces have places of their own."""
        style = laid.style
        x = self.area[0] + style.chars(style.left + style.first_indent)
        for part in laid.parts:
            x += part.gap
            self.draw(self._placed(self._words(part.line, style), x, self.baseline(style, top)))
            x += part.line.width

    def run_in(
        self, laid: LaidParagraph, lines: tuple[int, int], top: float
    ) -> tuple[list[Placed], list[Placed]]:
        """Return the words of a heading, and those that run on in its line."""
        head: list[Placed] = []
        rest: list[Placed] = []
        for number in range(*lines):
            line = laid.lines[number]
            split = next((n for n, run in enumerate(line.runs) if run.voice is Voice.REST), len(line.runs))
            count = sum(len(self._parts_of(run, laid.style)) for run in line.runs[:split])
            words = self.set_line(laid, number, top)
            (rest if rest else head).extend(words[:count])
            rest.extend(words[count:])
            top += laid.style.pitch
        return head, rest

    def _parts_of(self, run: Run, style: Style) -> list[str]:
        return [text for _, text in self.faces.split(run_face(run, style), run.text)]

    def baseline(self, style: Style, top: float) -> float:
        """Return the baseline of a line that begins at `top`."""
        return top + style.pitch / 2 + self.middle * style.size
