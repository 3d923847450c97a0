"""Text -> runs of one script: Han, or Latin with digits.

Latin letters and digits are set in a Latin face, everything else in the Han face of the paragraph.
“ ” ‘ ’ — … · and a few signs stand in both: they are Latin only where the nearest letters on both
sides are Latin (GB/T 15834-2011 cl. 5 wants full-width marks in Chinese text).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum


class Script(StrEnum):
    """Which of a paragraph's two faces sets a run."""

    HAN = "han"
    LATIN = "latin"


# Python 3.11 looks a member up by a function of its own; where that is done for every run, it is done once.
HAN, LATIN = Script.HAN, Script.LATIN


_AMBIGUOUS = re.compile("[“”‘’—–…·°±×÷§‰′″]")
# Blanks beside Latin are Latin; U+0370-U+052F are Greek and Cyrillic, U+2010-U+2011 hyphens, U+20AC the euro.
_SIGNS = "\u00a0-\u024f\u0300-\u052f\u1e00-\u1eff\u2010\u2011\u20ac"
_LATIN = re.compile(f" *[\u0021-\u007e{_SIGNS}][\u0020-\u007e{_SIGNS}]*")
_LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE = frozenset("WF")
# Most words hold nothing but these, which are wide.
_NOT_HAN = re.compile("[^\u3000-\u303e\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]")


def split_scripts(text: str) -> Iterator[tuple[Script, str]]:
    """Yield the pieces of `text` in order, each of one script; together they are `text`."""
    end = 0
    for found in _LATIN.finditer(_mask(text)):
        start, stop = found.span()
        if start > end:
            yield HAN, text[end:start]
        yield LATIN, text[start:stop]
        end = stop
    if end < len(text):
        yield HAN, text[end:]


def has_shared_marks(text: str) -> bool:
    """Tell whether `text` holds marks that other scripts than Han have too: “ ” — ℃ ① ≥ …"""
    return any(map(_SHARED.__getitem__, _NOT_HAN.findall(text)))


class _Shared(dict[str, bool]):
    """Characters -> whether other scripts than Han have them, each looked up once."""

    def __missing__(self, char: str) -> bool:
        self[char] = shared = unicodedata.east_asian_width(char) not in _WIDE
        return shared


_SHARED = _Shared()


def _mask(text: str) -> str:
    """Return `text` with every ambiguous mark replaced by one that is plainly Latin or plainly Han."""
    if not _AMBIGUOUS.search(text):
        return text
    default = _is_latin_text(text)
    return _AMBIGUOUS.sub(lambda mark: "'" if _stands_in_latin(text, mark.start(), default) else "〇", text)


def _is_latin_text(text: str) -> bool:
    letters = _LETTER.findall(text)
    return bool(letters) and all(_LATIN_LETTER.match(letter) for letter in letters)


def _stands_in_latin(text: str, place: int, default: bool) -> bool:
    before = next((char for char in reversed(text[:place]) if _LETTER.match(char)), "")
    after = _LETTER.search(text, place + 1)
    return _is_latin(before, default) and _is_latin(after.group() if after else "", default)


def _is_latin(letter: str, default: bool) -> bool:
    return bool(_LATIN_LETTER.match(letter)) if letter else default
