"""PDF bytes -> sheets of characters, rules and pictures, in millimetres from the sheet's top left corner.

Measured by PDFium (pypdfium2). A character has an em box (字身: from its origin, one size wide) and an
ink box (墨迹: what is drawn of it). Text that stands turned keeps its angle and is not put into lines.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from zhibi.errors import Location, Problem, ReportError
from zhibi.measuring.outlines import drawn_height, missing_ink
from zhibi.measuring.shapes import MM, Box, Place, Rule, box_of, drawn, is_red, placer

RULE = "量版面"


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the file: how far it says it reaches above and below the baseline, in ems.

    `missing` is the ink of its .notdef glyph in ems, or None where that draws nothing.
    """

    name: str
    embedded: bool
    ascent: float
    descent: float
    missing: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Char:
    """One character: origin `x`, `baseline`, right end of its em box, `size` in points, its ink."""

    text: str
    x: float
    right: float
    baseline: float
    size: float
    ink: Box
    font: Font
    stroked: bool
    red: bool
    angle: int
    unmapped: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; `number` counts from 1."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What stands in a PDF; `producer` are the names of the programs that made it."""

    producer: str
    sheets: tuple[Sheet, ...]


def read_pdf(data: bytes, name: str = "PDF") -> Scan:
    """Return what stands in a PDF; raise `ReportError` when it cannot be measured."""
    if b"%PDF-" not in data[:1024]:
        raise _unreadable(name, "这不是 PDF 文件", "请给出 PDF 或 DOCX 文件")
    if b"%%EOF" not in data[-2048:]:
        raise _unreadable(name, "PDF 不完整（结尾缺了一截）", "请重新复制或重新导出这个文件")
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise _unreadable(name, "PDF 加了密码，打不开", "请用没有密码的文件") from error
        raise _unreadable(name, "PDF 已损坏，打不开", "请重新导出这个文件") from error
    try:
        facts = pdf.get_metadata_dict()
        sheets = tuple(_sheet(pdf[index], index + 1) for index in range(len(pdf)))
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, "PDF 里有的页已损坏，读不出来", "请重新导出这个文件") from error
    finally:
        pdf.close()
    if not any(sheet.chars for sheet in sheets):
        raise _unreadable(name, "PDF 里没有文字（可能是扫描件）", "请用由文字处理软件直接导出的 PDF")
    return Scan(f"{facts.get('Creator', '')} {facts.get('Producer', '')}".strip(), sheets)


def _unreadable(name: str, message: str, hint: str) -> ReportError:
    return ReportError([Problem(Location(name), RULE, message, hint)])


def _sheet(page: Any, number: int) -> Sheet:
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    place = placer(rotation, (left, bottom, right, top))
    width, height = ((right - left) * MM, (top - bottom) * MM)
    if rotation in (90, 270):
        width, height = height, width
    text = page.get_textpage()
    rules, pictures = drawn(page, place)
    chars = tuple(_chars(text, place, rotation))
    text.close()
    return Sheet(number, width, height, chars, rules, pictures)


def _chars(text: Any, place: Place, rotation: int) -> Iterator[Char]:
    fonts: dict[int, Font] = {}
    high = ""
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, index))
        shape = raw.FPDFText_GetTextObject(text, index)
        if raw.FPDFText_IsGenerated(text, index) or not shape or letter.isspace():
            continue
        if "\ud800" <= letter <= "\udbff":
            high = letter
            continue
        if "\udc00" <= letter <= "\udfff":
            letter = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        handle = raw.FPDFTextObj_GetFont(shape)
        key = ctypes.addressof(handle.contents)
        if key not in fonts:
            fonts[key] = _font(text, index, handle)
        yield _char(text, index, (letter, fonts[key], rotation), place)


def _char(text: Any, index: int, known: tuple[str, Font, int], place: Place) -> Char:
    letter, font, rotation = known
    shape = raw.FPDFText_GetTextObject(text, index)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    origin = [ctypes.c_double() for _ in range(2)]
    raw.FPDFText_GetCharOrigin(text, index, *origin)
    x, y = place(origin[0].value, origin[1].value)
    loose = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text, index, loose)
    advance = max(0.0, loose.right - origin[0].value)
    width = ctypes.c_float()
    raw.FPDFFont_GetGlyphWidth(raw.FPDFTextObj_GetFont(shape), ord(letter), 1.0, width)
    if 0 < width.value * size < advance:
        advance = width.value * size  # To the loose box PDFium adds ink that stands out.
    colour = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, index, *colour)
    mode = raw.FPDFTextObj_GetTextRenderMode(shape)
    red = is_red([part.value for part in colour])
    exact = drawn_height(raw.FPDFTextObj_GetFont(shape), letter) if red and not matrix.b else None
    return Char(
        text=letter,
        x=x,
        right=x + advance * MM,
        baseline=y,
        size=size,
        ink=_ink(text, index, place) if exact is None else _exact(_ink(text, index, place), y, size, exact),
        font=font,
        stroked=mode in (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE),
        red=red,
        angle=(round(math.degrees(math.atan2(matrix.b, matrix.a))) - rotation) % 360,
        unmapped=letter in "\x00\ufffd" or bool(raw.FPDFText_HasUnicodeMapError(text, index)),
    )


def _ink(text: Any, index: int, place: Place) -> Box:
    ends = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text, index, *ends)
    x0, x1, y0, y1 = (end.value for end in ends)
    return box_of([(x0, y0), (x1, y1)], place)


def _exact(ink: Box, baseline: float, size: float, heights: tuple[float, float]) -> Box:
    low, high = heights
    return Box(ink.left, baseline - high * size * MM, ink.right, baseline - low * size * MM)


def _font(text: Any, index: int, handle: Any) -> Font:
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, buffer, 256, flags)
    try:
        name = buffer.value.decode("utf-8")
    except UnicodeDecodeError:
        name = buffer.value.decode("gbk", "replace")
    embedded = raw.FPDFFont_GetIsEmbedded(handle) == 1
    above, below = ctypes.c_float(), ctypes.c_float()
    raw.FPDFFont_GetAscent(handle, 1.0, above)
    raw.FPDFFont_GetDescent(handle, 1.0, below)
    missing = missing_ink(handle) if embedded else None
    return Font(name, embedded, above.value, abs(below.value), missing)
