"""A trial, not shipped: what would a PDF writer without WeasyPrint save? Run with a data file, prints seconds of CPU.

Lines, tables and page numbers are drawn by the program's own modules; in the place of WeasyPrint's streams, Pango and
its fonts stands this file: glyphs by the cmap of a face, HarfBuzz to cut fonts, a bare PDF around them. It has no
tags, bookmarks, metadata, pictures, joined letters or PDF/A, so it is the least that such a writer would cost.
"""

from __future__ import annotations

import ctypes
import mmap
import sys
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from fontTools.ttLib import TTFont

from zhibi.fonts import face_file
from zhibi.layout import lay_out
from zhibi.layout.blocks import LaidTable
from zhibi.model import Project
from zhibi.pipeline import check_report
from zhibi.typography import MM

_HB = ctypes.CDLL("libharfbuzz-subset.so.0")
for _name in (
    "hb_blob_create",
    "hb_face_create",
    "hb_subset_input_create_or_fail",
    "hb_subset_input_glyph_set",
):
    getattr(_HB, _name).restype = ctypes.c_void_p
for _name in ("hb_subset_or_fail", "hb_face_reference_blob", "hb_blob_get_data"):
    getattr(_HB, _name).restype = ctypes.c_void_p
_RETAIN_GIDS = 2


class Face:
    """A face: glyph and width of each character, and the glyphs that were used."""

    def __init__(self, name: str, family: str, weight: int) -> None:
        self.name, self.used = name, {0}
        self.file, self.index = face_file(family, weight)
        with TTFont(self.file, fontNumber=self.index, lazy=True) as font:
            order = {glyph: number for number, glyph in enumerate(font.getGlyphOrder())}
            units = font["head"].unitsPerEm
            self.kind = "CIDFontType0" if "CFF " in font else "CIDFontType2"
            names, widths = font.getBestCmap(), font["hmtx"].metrics
            self.glyphs = {
                chr(code): (order[glyph], widths[glyph][0] * 1000 / units) for code, glyph in names.items()
            }

    def cut(self) -> bytes:
        """Return the font with the used glyphs only."""
        with Path(self.file).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as data:
            held = ctypes.c_char.from_buffer(data)
            blob = _HB.hb_blob_create(ctypes.byref(held), len(data), 1, None, None)
            face = ctypes.c_void_p(_HB.hb_face_create(ctypes.c_void_p(blob), self.index))
            asked = ctypes.c_void_p(_HB.hb_subset_input_create_or_fail())
            wanted = ctypes.c_void_p(_HB.hb_subset_input_glyph_set(asked))
            for glyph in self.used:
                _HB.hb_set_add(wanted, glyph)
            _HB.hb_subset_input_set_flags(asked, _RETAIN_GIDS)
            made = ctypes.c_void_p(_HB.hb_subset_or_fail(face, asked))
            length = ctypes.c_uint()
            out = ctypes.c_void_p(_HB.hb_face_reference_blob(made))
            start = _HB.hb_blob_get_data(out, ctypes.byref(length))
            found = ctypes.string_at(start, length.value)
            del held
            _HB.hb_face_destroy(face)
            _HB.hb_blob_destroy(ctypes.c_void_p(blob))
            return found


@dataclass(frozen=True, slots=True)
class Type:
    """As in `zhibi.writers.ink`."""

    face: Any
    size: float
    spacing: float = 0.0
    red: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """Words that are set."""

    type: Type
    font: Face
    glyphs: str
    width: float


FACES: dict[tuple[str, int], Face] = {}


class Ink:
    """Draws on a page as `zhibi.writers.ink` does, without WeasyPrint."""

    def __init__(self, height: float) -> None:
        self.letters = self
        self.stream = [f"1 0 0 -1 0 {height:.3f} cm"]

    def ink_middle(self, *_: object) -> float:
        return 0.38

    def set(self, type_: Type, text: str) -> Words:
        key = (type_.face.family, type_.face.weight)
        if key not in FACES:
            FACES[key] = Face(f"F{len(FACES)}", *key)
        font = FACES[key]
        found = [font.glyphs.get(char, (0, 1000.0)) for char in text]
        font.used.update(glyph for glyph, _ in found)
        width = sum(width for _, width in found) * type_.size / 1000 + type_.spacing * len(text)
        return Words(type_, font, "".join(f"{glyph:04x}" for glyph, _ in found), width)

    def words(self, words: Words, x: float, y: float, *, turned: bool = False) -> None:
        way = "0 1 1 0" if turned else "1 0 0 -1"
        self.stream.append(
            f"BT {words.type.spacing:.5g} Tc /{words.font.name} {words.type.size:g} Tf"
            f" {way} {x:.3f} {y:.3f} Tm<{words.glyphs}>Tj ET"
        )

    def rules(self, rules: list[tuple[float, float, float, float]], weight: float) -> None:
        lines = "\n".join(f"{x0:.3f} {y0:.3f} m {x1:.3f} {y1:.3f} l" for x0, y0, x1, y1 in rules)
        self.stream.append(f"{weight:g} w\n{lines} S")

    @contextmanager
    def mark(self, *_: Any) -> Any:
        yield

    artifact = mark


class Element:
    """Nothing is noted."""

    def add(self, *_: str) -> Element:
        return self


def without_weasyprint() -> None:
    """Put this file where the program's modules look for WeasyPrint's part."""
    for name, parts in (("ink", (Ink, Words, Type)), ("tags", (Element,))):
        module = ModuleType(f"zhibi.writers.{name}")
        vars(module).update({part.__name__: part for part in parts})
        sys.modules[module.__name__] = module


def write(layout: Any) -> bytes:
    """Return a bare PDF of paragraphs and tables."""
    from zhibi.writers.edges import draw_page_number
    from zhibi.writers.lines import Pen
    from zhibi.writers.tables import draw_table

    pages: list[tuple[Any, str]] = []
    for section in layout.sections:
        left, top = section.page.left / MM, section.page.top / MM
        for page in section.pages:
            ink: Any = Ink(section.page.height / MM)
            nothing: Any = Element()
            area = (left, section.page.text_width / MM)
            pen = Pen(ink, layout.faces, layout.look, area, 0.38)
            for placed in page:
                laid = section.blocks[placed.block]
                if isinstance(laid, LaidTable):
                    draw_table(pen, nothing, laid, (placed, top + placed.top))
                else:
                    pen.paragraph(laid, (placed.first, placed.last), top + placed.top)
            draw_page_number(pen, section, len(pages) + 1)
            pages.append((section.page, "\n".join(ink.stream)))
    return _file(pages)


def _file(pages: list[tuple[Any, str]]) -> bytes:
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b""]

    def add(head: str, data: bytes | None = None) -> int:
        packed = b"" if data is None else zlib.compress(data, 9)
        more = f"/Filter/FlateDecode/Length {len(packed)}>>\nstream\n" if data is not None else ">>"
        objects.append(f"<<{head}{more}".encode() + (packed + b"\nendstream" if data is not None else b""))
        return len(objects)

    fonts = []
    for face in FACES.values():
        file = add("/Subtype/OpenType", face.cut())
        key = "FontFile3"
        descriptor = add(f"/Type/FontDescriptor/FontName/{face.name}/Flags 4/{key} {file} 0 R")
        known = {glyph: width for glyph, width in face.glyphs.values() if glyph in face.used}
        widths = " ".join(f"{glyph} [{width:g}]" for glyph, width in sorted(known.items()))
        child = add(
            f"/Type/Font/Subtype/{face.kind}/BaseFont/{face.name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor {descriptor} 0 R/W [{widths}]"
        )
        chars = [(glyph, char) for char, (glyph, _) in face.glyphs.items() if glyph in face.used]
        table = "\n".join(f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>" for glyph, char in chars)
        unicode = add("", f"begincmap {len(chars)} beginbfchar\n{table}\nendbfchar endcmap".encode())
        fonts.append(
            f"/{face.name} {add(f'/Type/Font/Subtype/Type0/BaseFont/{face.name}/Encoding/Identity-H/DescendantFonts[{child} 0 R]/ToUnicode {unicode} 0 R')} 0 R"
        )
    objects[2] = f"<</Font<<{''.join(fonts)}>>>>".encode()
    kids = []
    for page, content in pages:
        box = f"[0 0 {page.width / MM:.3f} {page.height / MM:.3f}]"
        stream = add("", content.encode())
        kids.append(add(f"/Type/Page/Parent 2 0 R/MediaBox{box}/Resources 3 0 R/Contents {stream} 0 R"))
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    made += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(made)


def main() -> None:
    data, target = Path(sys.argv[1]), Path(sys.argv[2])
    checked = check_report(data, Project(data.parent, Path("templates").resolve()))
    layout = lay_out(checked.paper.flow, checked.look)
    began = time.process_time()
    if "--weasyprint" in sys.argv:
        from zhibi.writers.pdf import write_pdf

        made = write_pdf(layout)
    else:
        without_weasyprint()
        made = write(layout)
    print(f"{time.process_time() - began:.2f} s, {len(made)} bytes")
    target.write_bytes(made)


if __name__ == "__main__":
    main()
