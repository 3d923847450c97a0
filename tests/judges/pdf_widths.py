"""The widths that a PDF tells of its glyphs, held against those in the fonts inside of it (PDF/A-2 cl. 6.2.11.5)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont

MOST = 1.0
"""Thousandths of an em by which the two may differ."""


def unlike(font: Any) -> Iterator[str]:
    """Yield the glyphs of a composite font whose widths are others than those that it tells."""
    inner = font["/DescendantFonts"][0]
    descriptor = inner["/FontDescriptor"]
    key = next((key for key in ("/FontFile2", "/FontFile3") if key in descriptor), None)
    if key is None:
        return
    own = _in_program(descriptor[key].read_bytes())
    glyphs = inner.get("/CIDToGIDMap", "/Identity")
    if glyphs != "/Identity":
        places = glyphs.read_bytes()
        own = {
            place // 2: own[int.from_bytes(places[place : place + 2], "big")]
            for place in range(0, len(places), 2)
        }
    for glyph, width in _told(inner.get("/W", [])):
        if glyph not in own or abs(own[glyph] - width) > MOST:
            found = f"{own[glyph]:g}" if glyph in own else "none"
            yield f"glyph {glyph} of {font['/BaseFont']} is told to be {width:g} wide, it is {found}"


def _told(widths: Any) -> Iterator[tuple[int, float]]:
    """Yield what /W tells: first [width width …] or first last width (ISO 32000-1 cl. 9.7.4.3)."""
    parts = iter(widths)
    for first in parts:
        second = next(parts)
        if isinstance(second, int):
            width = float(next(parts))
            yield from ((glyph, width) for glyph in range(int(first), second + 1))
        else:
            yield from ((int(first) + place, float(width)) for place, width in enumerate(second))


def _in_program(content: bytes) -> dict[int, float]:
    if content[:4] in (b"OTTO", b"\0\1\0\0", b"true"):
        font = TTFont(BytesIO(content))
        scale = 1000 / font["head"].unitsPerEm
        return {number: font["hmtx"][name][0] * scale for number, name in enumerate(font.getGlyphOrder())}
    fonts = CFFFontSet()
    fonts.decompile(BytesIO(content), None)
    top = fonts[0]
    return {int(name[3:]) if name != ".notdef" else 0: _width(top.CharStrings[name]) for name in top.charset}


def _width(outline: Any) -> float:
    outline.draw(NullPen())
    return float(outline.width)
