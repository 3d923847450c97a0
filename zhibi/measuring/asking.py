"""What PDFium knows of the characters of a page, asked for many of them at once.

To call PDFium costs less than the objects that ctypes makes around each call: here it is handed bare
addresses, and its answers lie side by side in one buffer.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable, Sequence
from itertools import compress, repeat
from typing import Any, NamedTuple

import pypdfium2.raw as raw


def _bare(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of PDFium that takes the address of a text or object first, and then `arguments`."""
    kind = ctypes.PYFUNCTYPE(result, _ADDRESS, *arguments)
    return kind(ctypes.cast(function, _ADDRESS).value or 0)


_ADDRESS, _INT = ctypes.c_void_p, ctypes.c_int
_OBJECT = _bare(raw.FPDFText_GetTextObject, _ADDRESS, _INT)
_UNICODE = _bare(raw.FPDFText_GetUnicode, ctypes.c_uint, _INT)
_NO_UNICODE = _bare(raw.FPDFText_HasUnicodeMapError, _INT, _INT)
_ORIGIN = _bare(raw.FPDFText_GetCharOrigin, _INT, _INT, *[_ADDRESS] * 2)
_INK = _bare(raw.FPDFText_GetCharBox, _INT, _INT, *[_ADDRESS] * 4)
_LOOSE = _bare(raw.FPDFText_GetLooseCharBox, _INT, _INT, _ADDRESS)
_SIZE = _bare(raw.FPDFText_GetFontSize, ctypes.c_double, _INT)
_MATRIX = _bare(raw.FPDFText_GetMatrix, _INT, _INT, _ADDRESS)
_COLOUR = _bare(raw.FPDFText_GetFillColor, _INT, _INT, *[_ADDRESS] * 4)
_FONT = _bare(raw.FPDFTextObj_GetFont, _ADDRESS)
_MODE = _bare(raw.FPDFTextObj_GetTextRenderMode, _INT)


class Look(NamedTuple):
    """How a piece of text is set: address of its font, render mode, size, first four of its matrix, colour."""

    font: int
    mode: int
    size: float
    matrix: tuple[float, float, float, float]
    colour: tuple[int, int, int, int]


class Answers:
    """The characters that are drawn on a page, in PDFium's order, without blanks.

    `numbers` are those of PDFium, `shapes` the addresses of the pieces of text that they belong to.
    """

    def __init__(self, text: Any) -> None:
        self._text = ctypes.cast(text, _ADDRESS).value
        every = range(raw.FPDFText_CountChars(text))
        shapes = list(map(_OBJECT, repeat(self._text), every))
        letters = list(map(chr, map(_UNICODE, repeat(self._text), every)))
        if _HALVES.search("".join(letters)):
            letters = _joined(letters)
        # Blanks that PDFium adds belong to no piece.
        drawn = [
            shape is not None and not letter.isspace() for shape, letter in zip(shapes, letters, strict=True)
        ]
        self.numbers: list[int] = list(compress(every, drawn))
        self.letters: list[str] = list(compress(letters, drawn))
        self.shapes: list[int] = list(compress(shapes, drawn))

    def _fill(self, ask: Callable[..., Any], numbers: Sequence[int], kind: Any, ends: int) -> list[Any]:
        """Return what is answered, number by number; `ends` are how many addresses the function takes."""
        answers = (kind * len(numbers))()
        size, step = ctypes.sizeof(kind._type_), ctypes.sizeof(kind)
        start = ctypes.addressof(answers)
        stop = start + len(numbers) * step
        given = (range(start + at * size, stop + at * size, step) for at in range(ends))
        deque(map(ask, repeat(self._text), numbers, *given), maxlen=0)
        flat = (kind._type_ * (len(numbers) * kind._length_)).from_buffer(answers)
        return list(flat)

    def without_code(self) -> list[int]:
        """Return the places of the characters whose code stands for no letter."""
        return [
            place for place, failed in enumerate(map(_NO_UNICODE, repeat(self._text), self.numbers)) if failed
        ]

    def origins(self) -> tuple[list[float], list[float]]:
        """Return how far right and up the origins of the characters lie."""
        answers = self._fill(_ORIGIN, self.numbers, ctypes.c_double * 2, 2)
        return answers[0::2], answers[1::2]

    def inks(self, wanted: Sequence[bool]) -> tuple[list[float], ...]:
        """Return left, right, lower and upper ends of the ink of the characters that are wanted."""
        answers = self._fill(_INK, list(compress(self.numbers, wanted)), ctypes.c_double * 4, 4)
        return tuple(answers[at::4] for at in range(4))

    def rights(self, wanted: Sequence[bool]) -> list[float]:
        """Return the right ends of the loose boxes of the characters that are wanted."""
        return self._fill(_LOOSE, list(compress(self.numbers, wanted)), ctypes.c_float * 4, 1)[2::4]

    def looks(self) -> dict[int, tuple[int, Look]]:
        """Return shape -> its first character and its look."""
        begins = dict(zip(reversed(self.shapes), reversed(self.numbers), strict=True))
        shapes = list(dict.fromkeys(self.shapes))
        numbers = [begins[shape] for shape in shapes]
        matrices = self._fill(_MATRIX, numbers, ctypes.c_float * 6, 1)
        colours = self._fill(_COLOUR, numbers, ctypes.c_uint * 4, 4)
        looks = zip(
            map(_FONT, shapes),
            map(_MODE, shapes),
            map(_SIZE, repeat(self._text), numbers),
            zip(*(matrices[at::6] for at in range(4)), strict=True),
            zip(*(colours[at::4] for at in range(4)), strict=True),
            strict=True,
        )
        return dict(zip(shapes, zip(numbers, map(Look._make, looks), strict=True), strict=True))


_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


def _joined(letters: Sequence[str]) -> list[str]:
    """Join the halves of letters beyond U+FFFF: the first is made a blank; one that is alone stands for no letter."""
    joined = list(letters)
    for found in _HALVES.finditer("".join(letters)):
        start, end = found.span()
        if end - start == 2:
            joined[start] = " "
            joined[end - 1] = found[0].encode("utf-16", "surrogatepass").decode("utf-16")
        else:
            joined[start] = "\ufffd"
    return joined
