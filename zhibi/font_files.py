"""A font file -> the few facts of it that are needed, and what is wrong with it (OpenType 1.9).

Fontconfig remembers what a file held when it was installed; whether it still does shows here. Collections
of 26 MB hold 65,000 glyphs: fontTools names each before it tells the width of one, which takes longer than
a small paper, so the tables of widths and characters are looked into in place.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

RESTRICTED = 0x0002
BITMAP_ONLY = 0x0200
"""Bits of OS/2 fsType: no embedding without the maker's leave, no embedding of outlines."""

_NEEDED = {"head": 54, "hhea": 36, "maxp": 6, "OS/2": 68}
"""Tables that a font must have, and the bytes of the shortest."""

_VERSIONS = (b"\0\1\0\0", b"OTTO", b"true")
_BEST = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of the tables of characters, the widest first."""


class FontError(ValueError):
    """Raised when a file holds no font; its text says so to a clerk."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a font file: where its tables lie."""

    file: str
    tables: Mapping[str, tuple[int, int]]

    def read(self, table: str, start: int = 0, length: int | None = None) -> bytes:
        """Return a table, or `length` bytes of it."""
        place, whole = self.tables[table]
        with Path(self.file).open("rb") as stream:
            stream.seek(place + start)
            return stream.read(whole - start if length is None else length)

    def number(self, table: str, place: int, *, signed: bool = False) -> int:
        """Return the number of two bytes that stands at a place of a table."""
        return int.from_bytes(self.read(table, place, 2), "big", signed=signed)


@cache
def font_file(file: str, index: int) -> FontFile:
    """Return a face of a font file; raise `FontError` when it is cut short or none, `OSError` when unread."""
    with Path(file).open("rb") as stream:
        size = stream.seek(0, 2)
        start, head = 0, _bytes(stream, 0, 12)
        if head[:4] == b"ttcf":
            if index >= int.from_bytes(head[8:12], "big"):
                raise FontError("内容不是字体")
            start = int.from_bytes(_bytes(stream, 12 + 4 * index, 4), "big")
            head = _bytes(stream, start, 12)
        if head[:4] not in _VERSIONS:
            raise FontError("内容不是字体")
        directory = _bytes(stream, start + 12, 16 * int.from_bytes(head[4:6], "big"))
    entries = struct.iter_unpack(">4s4xII", directory)
    tables = {tag.decode("latin-1"): (offset, length) for tag, offset, length in entries}
    if any(offset + length > size for offset, length in tables.values()):
        raise FontError("文件不完整")
    if any(tables.get(name, (0, 0))[1] < least for name, least in _NEEDED.items()):
        raise FontError("内容不是字体")
    return FontFile(file, tables)


def _bytes(stream: BinaryIO, start: int, length: int) -> bytes:
    stream.seek(start)
    data = stream.read(length)
    if len(data) < length:
        raise FontError("内容不是字体")
    return data


@cache
def fault_of(file: str, index: int) -> str:
    """Say why a font file cannot be used, or return the empty text."""
    try:
        font_file(file, index)
    except OSError:
        return "文件读不出来"
    except FontError as error:
        return str(error)
    return ""


@cache
def may_embed(file: str, index: int) -> bool:
    """Tell whether the maker allows that a PDF carries the font."""
    licence = font_file(file, index).number("OS/2", 8)
    return licence & 0x000F != RESTRICTED and not licence & BITMAP_ONLY


class Metrics:
    """The characters of a face with their glyphs and advances."""

    def __init__(self, file: str, index: int) -> None:
        font = font_file(file, index)
        self.units = font.number("head", 18)
        count = font.number("hhea", 34)
        self.widths = _numbers("H", font.read("hmtx", 0, 4 * count))[::2]
        self.glyph = _characters(font, index)

    def advance(self, char: str) -> float | None:
        """Return the advance of a character in ems; None for one that the face does not hold."""
        glyph = self.glyph(ord(char))
        return None if glyph is None else self.widths[min(glyph, len(self.widths) - 1)] / self.units


def _numbers(kind: str, data: bytes) -> array[int]:
    found = array(kind, data)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def _characters(font: FontFile, index: int) -> Callable[[int], int | None]:
    """Return what finds the glyph of a character by its number."""
    count = font.number("cmap", 2)
    records = struct.iter_unpack(">HHI", font.read("cmap", 4, 8 * count))
    places = {(platform, encoding): place for platform, encoding, place in records}
    place = next((places[kind] for kind in _BEST if kind in places), None)
    if place is None:
        return lambda code: None
    kind = font.number("cmap", place)
    if kind == 12:
        groups = int.from_bytes(font.read("cmap", place + 12, 4), "big")
        return _groups(_numbers("I", font.read("cmap", place + 16, 12 * groups)))
    if kind == 4:
        return _segments(_numbers("H", font.read("cmap", place, font.number("cmap", place + 2))))
    return _other(font.file, index)


def _groups(numbers: array[int]) -> Callable[[int], int | None]:
    """Read format 12: first character, last character and first glyph of each range."""
    firsts, lasts, glyphs = numbers[::3], numbers[1::3], numbers[2::3]

    def find(code: int) -> int | None:
        group = bisect_right(firsts, code) - 1
        return glyphs[group] + code - firsts[group] if group >= 0 and code <= lasts[group] else None

    return find


def _segments(numbers: array[int]) -> Callable[[int], int | None]:
    """Read format 4: ranges with what is added to a character, or with a place in the table of glyphs."""
    count = numbers[3] // 2
    lasts, firsts = numbers[7 : 7 + count], numbers[8 + count : 8 + 2 * count]
    added, offsets = numbers[8 + 2 * count : 8 + 3 * count], numbers[8 + 3 * count :]

    def find(code: int) -> int | None:
        segment = bisect_left(lasts, code)
        if segment == count or code < firsts[segment]:
            return None
        if not offsets[segment]:
            return (code + added[segment]) & 0xFFFF
        glyph = offsets[segment + offsets[segment] // 2 + code - firsts[segment]]
        return (glyph + added[segment]) & 0xFFFF if glyph else None

    return find


def _other(file: str, index: int) -> Callable[[int], int | None]:
    """Read a format that only old fonts have."""
    from fontTools.ttLib import TTFont  # Imported late: it takes as long as a small paper.

    with TTFont(file, fontNumber=index, lazy=True) as font:
        return {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}.get
