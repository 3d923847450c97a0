"""A face -> what of it a PDF carries: the outlines of the glyphs that are drawn, made by HarfBuzz.

WeasyPrint keeps the numbers of glyphs by filling up all numbers below the last with empty ones: 80 kB for ten
characters of a face of 65,000, and two subsets. A CFF face that is keyed by numbers (CID) says of each glyph
which number it has, so it needs no others (ISO 32000-1 cl. 9.7.4.2, 9.9); in others empty glyphs take no room.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from io import BytesIO
from types import FunctionType, SimpleNamespace
from typing import Any

from fontTools.cffLib import CFFFontSet
from weasyprint.pdf import fonts as weasy
from weasyprint.text.ffi import ffi, harfbuzz
from weasyprint.text.fonts import get_hb_object_data

_NEEDED = frozenset(("CFF ", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"))
"""The tables that a PDF reads (ISO 32000-1 cl. 9.9)."""

_SFNT = (b"\0\1\0\0", b"true")
_OPENTYPE = b"OTTO"
"""How files begin whose outlines are those of TrueType, or CFF among other tables."""

_KEPT = 8
"""So many font programs stay in memory, mostly of 0.5 MB: who mends a paper needs nearly all of them again."""


class Face(weasy.Font):  # type: ignore[misc]
    """A face as a process knows it; the PDF of each paper has a copy of its own, which notes the glyphs in use."""

    def __init__(self, pango_font: Any, description: Any, size: float) -> None:
        _begin(self, pango_font, description, size)
        self.whole = self

    def for_paper(self) -> Face:
        """Return the face as a paper begins with it."""
        face = copy(self)
        face.widths, face.to_unicode, face.missing = {}, {}, {}
        face.variations = dict(self.variations)
        return face

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Make what the PDF carries; WeasyPrint's own way is for faces that vary, emoji, and glyphs that lack."""
        plain = not (self.missing or self.png or self.svg or self.colr or "fvar" in self.tables or hinting)
        content = _subset(self.whole, tuple(sorted(to_unicode))) if plain else None
        if content is None:
            self.file_content = get_hb_object_data(self.hb_face)
            super().clean(to_unicode, hinting)
        else:
            self.file_content = content

    @property
    def type(self) -> str:
        """Return what WeasyPrint calls the kind of outlines; CFF may stand without the tables of OpenType."""
        return "ttf" if self.file_content[:4] in _SFNT else "otf"


_begin = FunctionType(
    weasy.Font.__init__.__code__, {**vars(weasy), "get_hb_object_data": lambda _: b""}, "_begin"
)
"""How WeasyPrint begins a font, but without a copy of its file: of 26 MB, none of which may ever be needed."""


@lru_cache(_KEPT)
def _subset(face: Face, glyphs: tuple[int, ...]) -> bytes | None:
    """Return the outlines of some glyphs of a face, None where WeasyPrint has to make them."""
    if not weasy.harfbuzz_subset or not harfbuzz.hb_version_atleast(4, 1, 0):
        return None
    if "CFF " in face.tables:
        made = _harfbuzz_subset(face, glyphs, weasy.harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE)
        return _numbered(_table(made, b"CFF "), glyphs) if made else None
    if "glyf" in face.tables:
        made = _harfbuzz_subset(face, glyphs, weasy.harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS)
        return get_hb_object_data(made) if made else None
    return None


def _harfbuzz_subset(face: Face, glyphs: Iterable[int], flags: int) -> Any:
    """Return a face of HarfBuzz that holds some glyphs and the tables that a PDF reads."""
    harfbuzz_subset = weasy.harfbuzz_subset
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _fill(harfbuzz_subset.hb_subset_input_glyph_set(wanted), glyphs)
    needless = [harfbuzz.hb_tag_from_string(tag.encode(), -1) for tag in face.tables if tag not in _NEEDED]
    drop = harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG
    _fill(harfbuzz_subset.hb_subset_input_set(wanted, drop), sorted(needless))
    flags |= harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
    harfbuzz_subset.hb_subset_input_set_flags(wanted, flags)
    made = harfbuzz_subset.hb_subset_or_fail(face.hb_face, wanted)
    return ffi.gc(made, harfbuzz.hb_face_destroy) if made != ffi.NULL else None


def _fill(numbers: Any, content: Iterable[int]) -> None:
    # An array of no stated length: cffi reads the C of each new type with a parser, which takes milliseconds.
    array = ffi.new("hb_codepoint_t[]", list(content))
    harfbuzz.hb_set_add_sorted_array(numbers, array, len(array))


def _table(face: Any, tag: bytes) -> bytes:
    """Return a table of a face of HarfBuzz."""
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(tag, -1))
    data = harfbuzz.hb_blob_get_data(blob, ffi.NULL)
    content = bytes(ffi.buffer(data, harfbuzz.hb_blob_get_length(blob))) if data != ffi.NULL else b""
    harfbuzz.hb_blob_destroy(blob)
    return content


def _numbered(content: bytes, glyphs: tuple[int, ...]) -> bytes | None:
    """Return CFF outlines whose numbers are those of the glyphs in the whole face, None if it has no numbers."""
    outlines = CFFFontSet()
    outlines.decompile(BytesIO(content), None)
    top = outlines[0]
    names = [".notdef", *(f"cid{glyph:05d}" for glyph in glyphs if glyph)]
    if not hasattr(top, "ROS") or len(top.charset) != len(names):
        return None
    if top.charset == names:
        return content
    # The glyphs of Adobe-GB1 have numbers of that collection, from which some are left out.
    places = top.CharStrings.charStrings
    top.CharStrings.charStrings = {name: places[old] for name, old in zip(names, top.charset, strict=True)}
    top.charset = names
    out = BytesIO()
    outlines.compile(out, SimpleNamespace(recalcBBoxes=False), isCFF2=False)
    return out.getvalue()


packed_program = lru_cache(_KEPT)(zlib.compress)
"""A font program, compressed."""


def is_font_program(stream: Any) -> bool:
    """Tell whether a stream of a PDF is a font program."""
    return stream.extra.get("Subtype") == "/OpenType" or "Length1" in stream.extra


def is_bare(content: bytes) -> bool:
    """Tell whether a font program is CFF without the tables of OpenType."""
    return content[:4] not in (*_SFNT, _OPENTYPE)
