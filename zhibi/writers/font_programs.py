"""A face -> what of it a PDF carries: the outlines of the glyphs that are drawn, made by HarfBuzz.

A paper numbers the glyphs of a face in the order in which it meets them. WeasyPrint keeps the numbers that they have
in the face, and fills up all below the last: 80 kB for ten characters of a face of 65,000. A CFF face that is keyed by
numbers (CID) says of each glyph which one it has (ISO 32000-1 cl. 9.7.4.2, 9.9); of TrueType the PDF says that, and
empty glyphs take no room. Small numbers are quicker to read, too: of the first 255 PDFium remembers how large they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from copy import copy
from functools import lru_cache
from hashlib import md5
from io import BytesIO
from types import FunctionType, SimpleNamespace
from typing import Any

from fontTools.cffLib import CFFFontSet
from weasyprint.logger import LOGGER
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
        self.name: bytes
        varied = self.png or self.svg or self.colr or "fvar" in self.tables
        plain = not varied and weasy.harfbuzz_subset and harfbuzz.hb_version_atleast(4, 1, 0)
        self.numbers_glyphs = bool(plain) and ("glyf" in self.tables or _is_keyed(self.hb_face))
        self.numbers: dict[int, int] = {}
        if self.numbers_glyphs:
            # WeasyPrint's own words may be set in the same face, by its own numbers.
            own = md5(self.name, usedforsecurity=False).digest()[:6]
            self.hash = "".join([chr(65 + letter % 26) for letter in own])
            self.name = b"/" + self.hash.encode() + self.name[7:]

    def for_paper(self) -> Face:
        """Return the face as a paper begins with it."""
        face = copy(self)
        face.widths, face.to_unicode, face.missing, face.numbers = {}, {}, {}, {}
        face.variations = dict(self.variations)
        return face

    def number(self, glyph: int) -> int:
        """Return by which number the paper shows a glyph."""
        return self.numbers.setdefault(glyph, len(self.numbers) + 1) if self.numbers_glyphs else glyph

    def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
        """Make what the PDF carries; WeasyPrint's own way is for faces that vary, emoji, and what HarfBuzz cannot cut."""
        content = _subset(self.whole, tuple(self.numbers)) if self.numbers_glyphs else None
        if content is not None:
            self.file_content = content
        elif self.numbers_glyphs and "CFF " in self.tables:  # Which would know glyphs by their old numbers.
            LOGGER.warning('Unable to subset "%s" with HarfBuzz', self.family)
        else:
            self.file_content = get_hb_object_data(self.hb_face)
            super().clean(dict.fromkeys(self.numbers, "") or to_unicode, hinting)

    @property
    def glyph_map(self) -> bytes:
        """Return the glyph of each number, two bytes each (CIDToGIDMap, ISO 32000-1 cl. 9.7.4.2)."""
        return b"".join([glyph.to_bytes(2, "big") for glyph in (0, *self.numbers)])

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
    """Return the outlines of some glyphs of a face, in the order of their numbers; None if that cannot be."""
    retain = weasy.harfbuzz_subset.HB_SUBSET_FLAGS_RETAIN_GIDS
    if "CFF " not in face.tables:
        made = _harfbuzz_subset(face, glyphs, retain)
        return get_hb_object_data(made) if made else None
    flags = weasy.harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE
    for more in (
        0,
        retain,
    ):  # HarfBuzz may add variants of characters; then only places tell which glyph is which.
        made = _harfbuzz_subset(face, glyphs, flags | more)
        if made and (content := _numbered(_table(made, b"CFF "), glyphs)):
            return content
    return None


def _is_keyed(face: Any) -> bool:
    """Tell whether the outlines of a face are CFF whose glyphs have numbers: its Top DICT begins with ROS (TN 5176 cl. 18)."""
    head = _table(face, b"CFF ", _HEAD)
    if not head:
        return False
    start = _after_index(head, head[2])
    count, size = int.from_bytes(head[start : start + 2], "big"), head[start + 2]
    place = start + 3 + (count + 1) * size
    while place < len(head) and head[place] > _LAST_OPERATOR:  # The numbers before the first operator.
        place += {28: 3, 29: 5}.get(head[place], 1 if head[place] < _TWO_BYTES else 2)
    return head[place : place + 2] == _ROS


_HEAD = 1 << 12
_LAST_OPERATOR, _TWO_BYTES = 21, 247
_ROS = b"\x0c\x1e"


def _after_index(data: bytes, start: int) -> int:
    """Return where an INDEX of CFF ends (TN 5176 cl. 5)."""
    count, size = int.from_bytes(data[start : start + 2], "big"), data[start + 2]
    ends = start + 3 + count * size
    return ends + size - 1 + int.from_bytes(data[ends : ends + size], "big")


def _harfbuzz_subset(face: Face, glyphs: Iterable[int], flags: int) -> Any:
    """Return a face of HarfBuzz that holds some glyphs and the tables that a PDF reads."""
    harfbuzz_subset = weasy.harfbuzz_subset
    wanted = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    _fill(harfbuzz_subset.hb_subset_input_glyph_set(wanted), sorted(glyphs))
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


def _table(face: Any, tag: bytes, most: int = -1) -> bytes:
    """Return a table of a face of HarfBuzz, or so many bytes of its beginning."""
    blob = harfbuzz.hb_face_reference_table(face, harfbuzz.hb_tag_from_string(tag, -1))
    data = harfbuzz.hb_blob_get_data(blob, ffi.NULL)
    length = harfbuzz.hb_blob_get_length(blob)
    content = bytes(ffi.buffer(data, min(most, length) if most >= 0 else length)) if data != ffi.NULL else b""
    harfbuzz.hb_blob_destroy(blob)
    return content


def _numbered(content: bytes, glyphs: tuple[int, ...]) -> bytes | None:
    """Return CFF outlines whose glyphs have the numbers that their place in `glyphs` gives them, from 1 on.

    None if it holds others and does not say which they are.
    """
    outlines = CFFFontSet()
    outlines.decompile(BytesIO(content), None)
    top = outlines[0]
    wanted = sorted(glyphs)
    if len(top.charset) == len(wanted) + 1:
        places = [*range(len(wanted) + 1)]
    elif len(top.charset) > wanted[-1]:
        places = [0, *wanted]
    else:
        return None
    numbers = {glyph: number for number, glyph in enumerate(glyphs, 1)}
    names = [".notdef", *(f"cid{numbers[glyph]:05d}" for glyph in wanted)]
    outlines_of, old, dictionary_of = top.CharStrings, top.charset, top.FDSelect.gidArray
    # Looked up at once: by their old places they find the dictionaries of their widths.
    drawn = [outlines_of[old[place]] for place in places]
    outlines_of.charStrings, outlines_of.charStringsAreIndexed = dict(zip(names, drawn, strict=True)), 0
    top.FDSelect.gidArray = [dictionary_of[place] for place in places]
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
