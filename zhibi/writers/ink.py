"""Draws on one page of WeasyPrint: words, rules, pictures, and the marks that tie them to the tags.

Places are points from the upper left corner of the sheet, downwards; words stand on a baseline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, NamedTuple

from weasyprint.draw.text import draw_emojis, draw_first_line
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import create_layout, line_size

from zhibi.fonts import FontFace
from zhibi.writers.letters import Letters, Pieces
from zhibi.writers.tags import Element

_UPRIGHT = "1 0 0 -1"
_TURNED = "0 1 1 0"
"""The ways that words run: to the right, and downwards, as on a sheet that was turned clockwise."""


class Type(NamedTuple):
    """What words are set in: face, size and letter-spacing in points, and whether they are red."""

    face: FontFace
    size: float
    spacing: float = 0.0
    red: bool = False


class Words(NamedTuple):
    """Words that are set: in glyphs, or in WeasyPrint's own layout; `width` has the spacing after them."""

    type: Type
    text: str
    width: float
    word: Pieces | None
    own: Any = None


class Ink:
    """What is drawn on one page, and which element each mark on it belongs to."""

    def __init__(self, stream: Stream, letters: Letters) -> None:
        self.marks: list[Element] = []
        self._stream = stream
        self.letters = letters
        self._state: dict[str, str] = {}

    def set(self, type_: Type, text: str) -> Words:
        """Return words that are ready to be drawn."""
        step = type_.spacing / type_.size * 1000
        word = self.letters.word(type_.face, text, step)
        if word is not None:
            width = sum([advance for _, _, advance in word]) * type_.size / 1000
            return Words(type_, text, width, word)
        style = self.letters.style(type_.face, type_.size, type_.spacing)
        own = create_layout(text, style, None, None, 0)
        line, _ = own.get_first_line()
        return Words(type_, text, line_size(line, style)[0], None, own)

    def words(self, words: Words, x: float, y: float, *, turned: bool = False) -> None:
        """Draw words that begin at a place."""
        self._use("colour", "1 0 0 rg" if words.type.red else "0 0 0 rg")
        if words.word is None:
            self._own_words(words, x, y)
            return
        size = words.type.size
        way = _TURNED if turned else _UPRIGHT
        self._write("BT")
        self._use("spacing", f"{words.type.spacing:.4f} Tc")
        for font, glyphs, advance in words.word:
            self._use("font", f"/{font} {size:g} Tf")
            self._write(f"{way} {x:.3f} {y:.3f} Tm[<{glyphs}>]TJ")
            x, y = (x, y + advance * size / 1000) if turned else (x + advance * size / 1000, y)
        self._write("ET")

    def _own_words(self, words: Words, x: float, y: float) -> None:
        """Have WeasyPrint draw words whose letters join."""
        self._use("spacing", "0 Tc")
        box = SimpleNamespace(text=words.text, style=words.own.style, pango_layout=words.own, baseline=0)
        self._stream.begin_text()
        emojis = draw_first_line(self._stream, box, "clip", "none", Matrix(d=-1, e=x, f=y))
        self._stream.end_text()
        draw_emojis(self._stream, words.own.style, x, y, emojis)
        self._state.clear()

    def box(self, place: tuple[float, float, float, float], *, red: bool = False) -> None:
        """Fill a box: left, top, width, height."""
        self._use("colour", "1 0 0 rg" if red else "0 0 0 rg")
        self._write(" ".join(f"{measure:.3f}" for measure in place) + " re f")

    def picture(self, image: Any, place: tuple[float, float, float, float]) -> None:
        """Draw a picture of WeasyPrint: left, top, width, height; smoothed pictures are none of PDF/A-2 (cl. 6.2.8)."""
        x, y, width, height = place
        with self._stream.stacked():
            self._stream.transform(e=x, f=y)
            image.draw(self._stream, width, height, {"image_rendering": "pixelated"})
        self._state.clear()

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Tie what is drawn to an element; where nothing is, there is nothing to be marked."""
        written = self._stream.stream
        written.append(f"/{element.tag} <</MCID {len(self.marks)}>> BDC")
        begun = len(written)
        yield
        if len(written) == begun:
            written.pop()
            return
        written.append("EMC")
        element.kids.append(len(self.marks))
        self.marks.append(element)

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """Draw what is no part of the text: rules, page numbers."""
        self._write(f"/Artifact <<{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._write("EMC")

    def _use(self, key: str, operator: str) -> None:
        if self._state.get(key) != operator:
            self._state[key] = operator
            self._write(operator)

    def _write(self, operators: str) -> None:
        self._stream.stream.append(operators)

    def rules(self, rules: Sequence[tuple[float, float, float, float]], weight: float) -> None:
        """Draw straight rules from place to place."""
        lines = "\n".join(f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l" for x0, y0, x1, y1 in rules)
        self._write(f"{weight:g} w\n{lines} S")
