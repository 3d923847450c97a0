"""Characters -> glyphs, as Pango sets them for WeasyPrint: each character of a face is looked up once a paper.

Lines are broken and measured long before (`layout`), and plain characters look the same wherever they stand.
So Pango shapes the words in which a character is met first, and from then on its glyph is known. Words with
signs that join or change their neighbours (accents put on letters, Arabic, emoji) are left to WeasyPrint whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from weasyprint.css import InitialStyle
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import FontConfiguration, get_pango_font_key
from weasyprint.text.line_break import Layout as PangoLayout
from weasyprint.text.line_break import line_size

from zhibi.fonts import FontFace

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
    """A character in glyphs: the name of its font in the file, the glyphs in hex, thousandths of an em.

    Of several characters that are drawn by one glyph `joined` have none of their own.
    """

    font: str
    glyphs: str
    advance: float
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
        self._known: dict[tuple[str, int], dict[str, Unit | None]] = {}

    def style(self, face: FontFace, size: float, spacing: float = 0.0) -> Any:
        """Return what WeasyPrint calls a style."""
        style = InitialStyle(font_configuration())
        style.update(
            font_family=(face.family,),
            font_weight=face.weight,
            font_size=size,
            letter_spacing=spacing,
            font_kerning="none",
            font_variant_ligatures="none",
            lang=self._language,
        )
        return style

    def word(self, face: FontFace, text: str, step: float) -> Pieces | None:
        """Return words in glyphs, None where only WeasyPrint can set them.

        `step` is the letter-spacing in thousandths of an em: PDF adds it to each glyph, we to each character.
        """
        if not _PLAIN.fullmatch(text):
            return None
        # The hash of a face would go over every character that it holds.
        known = self._known.setdefault((face.family, face.weight), {})
        units = _UNIT.findall(text)
        if not known.keys() >= set(units):
            known.update(self._looked_up(face, text, units))
        found = [unit for unit in map(known.get, units) if unit is not None]
        if len(found) < len(units):
            return None
        word: Pieces = []
        for font, group in groupby(found, key=attrgetter("font")):
            part = list(group)
            shown = [f"{one.glyphs}>{-one.joined * step:.3f}<" if one.joined else one.glyphs for one in part]
            count = sum([len(one.glyphs) // GLYPH + one.joined for one in part])
            word.append((font, "".join(shown), sum([one.advance for one in part]) + count * step))
        return word

    def middle(self, face: FontFace) -> float:
        """Return how far the baseline of a line is below its middle, in ems."""
        layout = self._shaped(face, " ")
        line, _ = layout.get_first_line()
        _, height = line_size(line, layout.style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        return float((baseline - height / 2) / EM)

    def ink_middle(self, face: FontFace, text: str) -> float:
        """Return how far above the baseline the middle of the ink of words is, in ems."""
        layout = self._shaped(face, text)
        line, _ = layout.get_first_line()
        ink = ffi.new("PangoRectangle *")
        pango.pango_layout_line_get_extents(line, ink, ffi.NULL)
        return float(-(ink.y + ink.height / 2) * FROM_UNITS / EM)

    def _shaped(self, face: FontFace, text: str) -> PangoLayout:
        """Return a layout of Pango, which its lines must not outlive."""
        layout = PangoLayout(self.style(face, EM))
        layout.set_text(text)
        return layout

    def _looked_up(self, face: FontFace, text: str, units: list[str]) -> dict[str, Unit | None]:
        """Return the units of a text as Pango shapes them in it."""
        clusters = self._clusters(self._shaped(face, text), text)
        found: dict[str, Unit | None] = {}
        for unit in units:
            parts, length = [], 0
            while length < len(unit):
                count, part = next(clusters)
                parts.append(part)
                length += count
            found[unit] = _joined(parts, length) if length == len(unit) else None
        return found

    def _clusters(self, layout: PangoLayout, text: str) -> Iterator[tuple[int, Unit | None]]:
        """Yield what Pango made of a text: how many characters, and their glyphs where they are plain."""
        line, _ = layout.get_first_line()
        encoded = text.encode()
        item = line.runs[0]
        while item != ffi.NULL:
            glyph_item, item = item.data, item.next
            glyphs, start = glyph_item.glyphs, glyph_item.item.offset
            font = self._font(glyph_item.item.analysis.font)
            places = [glyphs.log_clusters[number] for number in range(glyphs.num_glyphs)]
            ends = [*sorted({*places})[1:], glyph_item.item.length]
            for place, end in zip(sorted({*places}), ends, strict=True):
                shown = [glyphs.glyphs[number] for number, one in enumerate(places) if one == place]
                words = encoded[start + place : start + end].decode()
                yield len(words), _unit(font, shown, words)

    def _font(self, pango_font: Any) -> Font:
        """Return a font of the PDF, as WeasyPrint makes it."""
        key, description, size = get_pango_font_key(pango_font)
        if key not in self._fonts:
            self._fonts[key] = Font(pango_font, description, size)
        return self._fonts[key]


def _unit(font: Font, shown: list[Any], words: str) -> Unit | None:
    """Return glyphs as a unit and tell the font of them; None for those that are drawn otherwise than in a row."""
    if font.bitmap or font.png or font.svg or font.colr:
        return None
    code, advance = "", 0.0
    for info in shown:
        glyph, width = info.glyph, info.geometry.width * FROM_UNITS
        special = glyph == pango.PANGO_GLYPH_EMPTY or glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG
        if special or info.geometry.x_offset or info.geometry.y_offset:
            return None
        font.to_unicode.setdefault(glyph, "" if code else words)
        font.widths.setdefault(glyph, round(width, 2))
        code += f"{glyph:04x}"
        advance += width
    return Unit(font.hash, code, advance)


def _joined(parts: list[Unit | None], length: int) -> Unit | None:
    """Return what stands side by side as one unit of so many characters."""
    whole = [part for part in parts if part is not None]
    if len(whole) < len(parts) or len({part.font for part in whole}) > 1:
        return None
    glyphs = "".join(part.glyphs for part in whole)
    joined = length - len(glyphs) // GLYPH
    return Unit(whole[0].font, glyphs, sum(part.advance for part in whole), joined)
