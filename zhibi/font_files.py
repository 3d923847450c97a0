"""A font file -> what is wrong with it: cut short on its way, not a font any more, not to be embedded.

Fontconfig remembers what a file held when it was installed; whether it still does shows here (OpenType 1.9).
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

RESTRICTED = 0x0002
BITMAP_ONLY = 0x0200
"""Bits of OS/2 fsType: no embedding without the maker's leave, no embedding of outlines."""

_NEEDED = ("head", "hhea", "maxp", "OS/2")


@cache
def fault_of(file: str, index: int) -> str:
    """Say why a font file cannot be used, or return the empty text."""
    try:
        size = Path(file).stat().st_size
        with Path(file).open("rb") as stream, TTFont(stream, fontNumber=index, lazy=True) as font:
            if any(entry.offset + entry.length > size for entry in font.reader.tables.values()):
                return "文件不完整"
            for table in _NEEDED:
                font[table]
    except OSError:
        return "文件读不出来"
    except (TTLibError, struct.error, AssertionError, KeyError, ValueError):
        return "内容不是字体"
    return ""


@cache
def may_embed(file: str, index: int) -> bool:
    """Tell whether the maker allows that a PDF carries the font."""
    with TTFont(file, fontNumber=index, lazy=True) as font:
        licence: int = font["OS/2"].fsType
    return licence & 0x000F != RESTRICTED and not licence & BITMAP_ONLY
