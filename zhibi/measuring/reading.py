"""PDF bytes -> sheets of characters, rules and pictures, in millimetres from the sheet's top left corner.

Measured by PDFium (pypdfium2). A character has an em box (字身: from its origin, one size wide) and an
ink box (墨迹: what is drawn of it). Text that stands turned keeps its angle and is not put into lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from zhibi.errors import Location, Problem, ReportError
from zhibi.measuring.characters import Char, Faces, Font, Words
from zhibi.measuring.shapes import MM, Box, Rule, drawn, placer, tables_of

RULE = "量版面"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; `number` counts from 1, `tables` are the frames of its tables.

    Of the words in tables only what is turned stands in `chars`. `fonts` are those of all characters in
    the order in which they are met, `lost` are the letters that have no glyph or no code.
    """

    number: int
    width: float
    height: float
    rules: tuple[Rule, ...]
    pictures: tuple[Box, ...]
    tables: tuple[Box, ...]
    chars: tuple[Char, ...]
    fonts: tuple[Font, ...]
    lost: tuple[str, ...]


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
        sheets = tuple(_sheets(pdf))
    except pypdfium2.PdfiumError as error:
        raise _unreadable(name, "PDF 里有的页已损坏，读不出来", "请重新导出这个文件") from error
    finally:
        pdf.close()
    if not any(sheet.fonts for sheet in sheets):
        raise _unreadable(name, "PDF 里没有文字（可能是扫描件）", "请用由文字处理软件直接导出的 PDF")
    return Scan(f"{facts.get('Creator', '')} {facts.get('Producer', '')}".strip(), sheets)


def _unreadable(name: str, message: str, hint: str) -> ReportError:
    return ReportError([Problem(Location(name), RULE, message, hint)])


def _sheets(pdf: Any) -> Iterator[Sheet]:
    """Yield the sheets. PDFium holds a font as long as a page that uses it is open, so each stays until the next
    one is read: what is known of its fonts need not be asked again.
    """
    before, faces = None, Faces()
    for index in range(len(pdf)):
        page = pdf[index]
        sheet, faces = _sheet(page, index + 1, faces)
        yield sheet
        if before:
            before.close()
        before = page


def _sheet(page: Any, number: int, known: Faces) -> tuple[Sheet, Faces]:
    """Return what stands on a page, and the fonts that it uses."""
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()
    place = placer(rotation, (left, bottom, right, top))
    width, height = ((right - left) * MM, (top - bottom) * MM)
    if rotation in (90, 270):
        width, height = height, width
    rules, pictures = drawn(page, place)
    tables = tables_of(rules)
    text = page.get_textpage()
    words = Words((text.raw, place, rotation), tables, known)
    chars = tuple(words.chars())
    text.close()
    fonts = tuple(dict.fromkeys(face.font for face in words.faces.values()))
    sheet = Sheet(number, width, height, rules, pictures, tables, chars, fonts, tuple(words.lost))
    return sheet, words.faces
