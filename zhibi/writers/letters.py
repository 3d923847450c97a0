"""Characters -> glyphs, as Pango sets them for WeasyPrint: each character of a face is looked up once.

Lines are broken and measured long before (`layout`), and plain characters look the same wherever they stand.
So Pango shapes each on a line of its own when it is first met, and from then on its glyph is known, in later
papers too: what stands in one never depends on those before it. Words with signs that join or change their
neighbours (accents put on letters, Arabic, emoji) are left to WeasyPrint whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from weasyprint.css import InitialStyle
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, ffi, pango, unicode_to_char_p
from weasyprint.text.fonts import FontConfiguration, get_pango_font_key
from weasyprint.text.line_break import Layout as PangoLayout
from weasyprint.text.line_break import line_size

from zhibi.fonts import FontFace
from zhibi.writers.font_programs import Face

EM = 1000.0
"""Size at which characters are looked up: advances are then thousandths of an em, as PDF counts them."""

_PLAIN = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02af\u0370-\u052f\u2010-\u2027\u2030-\u205e\u2070-\u2bff\u2e80-\u3029\u3030-\u3098"
    "\u309b-\u31ff\u3200-\u9fff\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uffee\U00020000-\U0003ffff]*"
)
"""Words of characters that neither join nor change their neighbours, but for the dashes and dots below."""

_UNIT = re.compile("—+|…+|.")
"""What has glyphs of its own: a character, or dashes and dots, which some faces join."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A character in glyphs: its font with the name in the file, the glyphs in hex, thousandths of an em.

    `drawn` are its glyphs, each with the text that it stands for and its width. Of several characters that are
    drawn by one glyph `joined` have none of their own.
    """

    font: str
    face: int
    glyphs: str
    advance: float
    drawn: tuple[tuple[int, str, float], ...]
    joined: int = 0


GLYPH = 4
"""Hex digits of a glyph."""

Pieces = list[tuple[str, str, float]]
"""Pieces of one font: its name, glyphs as `TJ` shows them (ISO 32000-1 cl. 9.4.3), thousandths of an em."""


@cache
def font_configuration() -> FontConfiguration:
    """Return where Pango finds fonts: one for the process, as each new one would keep the fonts in memory again."""
    return FontConfiguration()


class Letters:
    """The faces of one paper; `fonts` are those of the PDF, which come to know the glyphs that it needs."""

    def __init__(self, language: str, fonts: dict[Any, Font]) -> None:
        self._language = language
        self._fonts = fonts
        self._known: dict[tuple[str, int], dict[str, Unit]] = {}

    def style(self, face: FontFace, size: float, spacing: float = 0.0) -> Any:
        """Return what WeasyPrint calls a style."""
        return _style(face, self._language, size, spacing)

    def word(self, face: FontFace, text: str, step: float) -> Pieces | None:
        """Return words in glyphs, None where only WeasyPrint can set them.

        `step` is the letter-spacing in thousandths of an em: PDF adds it to each glyph, we to each character.
        """
        # The hash of a face goes through Python, once a word.
        known = self._known.setdefault((face.family, face.weight), {})
        units = _UNIT.findall(text) if "—" in text or "…" in text else text
        try:
            found = [known[unit] for unit in units]
        except KeyError:
            if not _PLAIN.fullmatch(text) or not self._meet(face, text, known):
                return None
            found = [known[unit] for unit in units]
        if len({unit.font for unit in found}) == 1:
            return [_piece(found, step)]
        return [_piece(list(part), step) for _, part in groupby(found, key=attrgetter("font"))]

    def _meet(self, face: FontFace, text: str, known: dict[str, Unit]) -> bool:
        """Take the units of a text into the paper; tell whether all of them can be set in glyphs."""
        new = [unit for unit in dict.fromkeys(_UNIT.findall(text)) if unit not in known]
        shaped = _shaped(face, self._language, _neighbour(face, text), new)
        for words, unit in zip(new, shaped, strict=True):
            if unit is None:
                return False
            known[words] = self._numbered(unit)
        return True

    def _numbered(self, unit: Unit) -> Unit:
        """Return a unit with the numbers that its glyphs have in the paper."""
        whole = _FACES[unit.face]
        key = (unit.face, whole.hash) if whole.numbers_glyphs else unit.face
        font = self._fonts.get(key) or self._fonts.setdefault(key, whole.for_paper())
        numbers = []
        for glyph, letters, width in unit.drawn:
            numbers.append(number := font.number(glyph))
            font.to_unicode.setdefault(number, letters)
            font.widths.setdefault(number, width)
        return replace(unit, glyphs="".join([f"{number:04x}" for number in numbers]))

    def middle(self, face: FontFace) -> float:
        """Return how far the baseline of a line is below its middle, in ems."""
        return _middle(face, self._language)

    def ink_middle(self, face: FontFace, text: str) -> float:
        """Return how far above the baseline the middle of the ink of words is, in ems."""
        return _ink_middle(face, self._language, text)


_FACES: dict[int, Face] = {}
"""The faces that Pango has set something in, by what WeasyPrint calls them; as many as are installed at most."""

_SHAPED: dict[tuple[str, int, str, str], dict[str, Unit | None]] = {}
"""What Pango has shaped: family, weight, language and neighbour -> units."""

_MOST = 30_000
"""So many units stay in memory, some 15 MB, before all are forgotten: all of GB 2312 in four faces."""

_HAN = re.compile("[\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def _piece(units: list[Unit], step: float) -> tuple[str, str, float]:
    """Return units of one font as they are shown."""
    shown = [f"{unit.glyphs}>{-unit.joined * step:.3f}<" if unit.joined else unit.glyphs for unit in units]
    advance = sum([unit.advance for unit in units])
    if step:
        advance += sum([len(unit.glyphs) // GLYPH + unit.joined for unit in units]) * step
    return units[0].font, "".join(shown), advance


def _style(face: FontFace, language: str, size: float, spacing: float = 0.0) -> Any:
    style = InitialStyle(font_configuration())
    style.update(
        font_family=(face.family,),
        font_weight=face.weight,
        font_size=size,
        letter_spacing=spacing,
        font_kerning="none",
        font_variant_ligatures="none",
        lang=language,
    )
    return style


@lru_cache(32)
def _layout_of(face: FontFace, language: str) -> PangoLayout:
    return PangoLayout(_style(face, language, EM))


def _layout(face: FontFace, language: str, text: str) -> PangoLayout:
    """Return lines as Pango lays them out, until it is asked for others of the same face."""
    layout = _layout_of(face, language)
    words, _held = unicode_to_char_p(text)
    pango.pango_layout_set_text(layout.layout, words, -1)
    return layout


@lru_cache(64)
def _middle(face: FontFace, language: str) -> float:
    layout = _layout(face, language, " ")
    line, _ = layout.get_first_line()
    _, height = line_size(line, layout.style)
    baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
    return float((baseline - height / 2) / EM)


@lru_cache(64)
def _ink_middle(face: FontFace, language: str, text: str) -> float:
    layout = _layout(face, language, text)
    line, _ = layout.get_first_line()
    ink = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, ffi.NULL)
    return float(-(ink.y + ink.height / 2) * FROM_UNITS / EM)


def _neighbour(face: FontFace, text: str) -> str:
    """Return what stands for the neighbours of each unit of a text: dashes, say, of a face may differ by script."""
    if _HAN.search(text):
        letter = "国"
    elif any(map(str.isalpha, text)):
        letter = "A"
    else:
        return ""
    return letter if face.holds(letter) else ""


def _shaped(face: FontFace, language: str, neighbour: str, units: list[str]) -> list[Unit | None]:
    """Return units as Pango shapes them beside a neighbour, None for those that it cannot set in a row of glyphs."""
    if sum(map(len, _SHAPED.values())) > _MOST:
        _SHAPED.clear()
    shaped = _SHAPED.setdefault((face.family, face.weight, language, neighbour), {})
    new = [unit for unit in units if unit not in shaped]
    lines = [neighbour + unit for unit in new]
    layout = _layout(face, language, "\n".join(lines)).layout
    faces: dict[Any, tuple[int, Face]] = {}
    start = 0
    for number, (line, unit) in enumerate(zip(lines, new, strict=True)):
        item = pango.pango_layout_get_line_readonly(layout, number).runs[0]
        clusters = list(_clusters(item, (line, start), faces))
        first = clusters.pop(0)[0] if neighbour else ""
        shaped[unit] = _joined([part for _, part in clusters], len(unit)) if first == neighbour else None
        start += len(line.encode()) + 1
    return [shaped[unit] for unit in units]


def _clusters(
    item: Any, line: tuple[str, int], faces: dict[Any, tuple[int, Face]]
) -> Iterator[tuple[str, Unit | None]]:
    """Yield what Pango made of a line, which begins at a byte: words, and their glyphs where they are plain."""
    text, begin = line
    encoded = text.encode()
    while item != ffi.NULL:
        glyph_item, item = item.data, item.next
        glyphs, start = glyph_item.glyphs, glyph_item.item.offset - begin
        font = glyph_item.item.analysis.font
        if font not in faces:
            faces[font] = _face(font)
        places = [glyphs.log_clusters[number] for number in range(glyphs.num_glyphs)]
        ends = [*sorted({*places})[1:], glyph_item.item.length]
        for place, end in zip(sorted({*places}), ends, strict=True):
            shown = [glyphs.glyphs[number] for number, one in enumerate(places) if one == place]
            words = encoded[start + place : start + end].decode()
            yield words, _unit(faces[font], shown, words)


def _face(pango_font: Any) -> tuple[int, Face]:
    """Return a font of Pango as a face, with what WeasyPrint calls it."""
    key, description, size = get_pango_font_key(pango_font)
    if key not in _FACES:
        _FACES[key] = Face(pango_font, description, size)
    return key, _FACES[key]


def _unit(face: tuple[int, Face], shown: list[Any], words: str) -> Unit | None:
    """Return glyphs as a unit; None for those that are drawn otherwise than in a row."""
    key, font = face
    if font.bitmap or font.png or font.svg or font.colr:
        return None
    drawn: list[tuple[int, str, float]] = []
    advance = 0.0
    for info in shown:
        glyph, width = info.glyph, info.geometry.width * FROM_UNITS
        special = glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
        if special or info.geometry.x_offset or info.geometry.y_offset:
            return None
        drawn.append((glyph, "" if drawn else words, round(width, 2)))
        advance += width
    glyphs = "".join([f"{glyph:04x}" for glyph, _, _ in drawn])
    return Unit(font.hash, key, glyphs, advance, tuple(drawn))


def _joined(parts: list[Unit | None], length: int) -> Unit | None:
    """Return what stands side by side as one unit of so many characters."""
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts) or len({part.face for part in whole}) > 1:
        return None
    glyphs = "".join(part.glyphs for part in whole)
    drawn = tuple(glyph for part in whole for glyph in part.drawn)
    joined = length - len(glyphs) // GLYPH
    return Unit(whole[0].font, whole[0].face, glyphs, sum(part.advance for part in whole), drawn, joined)
