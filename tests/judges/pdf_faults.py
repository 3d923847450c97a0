"""Faults to plant into a good PDF file: file -> the same file with one defect."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf

Plant = Callable[[bytes], bytes]
Change = Callable[[pikepdf.Pdf], object]


def resave(data: bytes, change: Change = lambda pdf: None) -> bytes:
    """Write the file again after a change, metadata as it was."""
    made = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(made, fix_metadata_version=False)
    return made.getvalue()


def changed(change: Change) -> Plant:
    """Return the fault that a change of the open file makes."""
    return lambda data: resave(data, change)


def swap_bytes(old: bytes, new: bytes) -> Plant:
    """Return the fault that writes `new` for the last match of the pattern `old`."""

    def plant(data: bytes) -> bytes:
        *_, match = re.finditer(old, data)
        return data[: match.start()] + match.expand(new) + data[match.end() :]

    return plant


def _swap_stream(stream: Any, old: bytes, new: bytes) -> None:
    before = stream.read_bytes()
    after = re.sub(old, new, before, count=1)
    assert after != before
    stream.write(after)


def _content(old: bytes, new: bytes) -> Plant:
    """Return the fault in what the first page draws."""
    return changed(lambda pdf: _swap_stream(pdf.pages[0].Contents, old, new))


def _metadata(old: bytes, new: bytes) -> Plant:
    """Return the fault in the XMP packet, which stays uncompressed."""

    def change(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata
        after = re.sub(old, new, packet.read_bytes(), count=1, flags=re.DOTALL)
        assert after != packet.read_bytes()
        pdf.Root.Metadata = pikepdf.Stream(pdf, after, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)

    return changed(change)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield from pdf.pages[0].Resources.Font.values()


def _unembed(pdf: pikepdf.Pdf) -> None:
    descriptor = next(_fonts(pdf)).DescendantFonts[0].FontDescriptor
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def _drop_unicode(pdf: pikepdf.Pdf) -> None:
    del next(_fonts(pdf))["/ToUnicode"]


def _widen(kind: str) -> Plant:
    """Return the fault that fonts of a kind tell a width that their glyph does not have."""

    def change(pdf: pikepdf.Pdf) -> None:
        fonts = [font.DescendantFonts[0] for font in _fonts(pdf)]
        font = next(font for font in fonts if font.Subtype == kind)
        font.W[1][0] = float(font.W[1][0]) + 100

    return changed(change)


def _not_a_subset(pdf: pikepdf.Pdf) -> None:
    font = next(_fonts(pdf))
    font.BaseFont = pikepdf.Name("/" + str(font.BaseFont).partition("+")[2])


def _elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == kind and "/P" in item:
            yield item


def _drop_scope(pdf: pikepdf.Pdf) -> None:
    del next(_elements(pdf, "/TH")).A["/Scope"]


def _no_heading_cells(pdf: pikepdf.Pdf) -> None:
    for cell in list(_elements(pdf, "/TH")):
        cell.S = pikepdf.Name.TD


def _skip_a_level(pdf: pikepdf.Pdf) -> None:
    for heading in list(_elements(pdf, "/H2")):
        heading.S = pikepdf.Name.H4


def _cut_from_tree(pdf: pikepdf.Pdf) -> None:
    next(_elements(pdf, "/P")).P.K = pikepdf.Array()


def _drop(*path: str) -> Plant:
    """Return the fault that something of the catalogue is missing."""

    def change(pdf: pikepdf.Pdf) -> None:
        place: Any = pdf.Root
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return changed(change)


def _untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]
    del pdf.Root["/MarkInfo"]


def _drop_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def _add_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _encrypt(data: bytes) -> bytes:
    made = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        pdf.save(made, encryption=pikepdf.Encryption(owner="x", user=""))
    return made.getvalue()


def _run_into_line_end(data: bytes) -> bytes:
    """End a stream with a CR right before the LF that parts it from endstream."""
    made = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        content = pdf.pages[0].Contents
        content.write(content.read_bytes() + b"\r")
        pdf.save(made, fix_metadata_version=False, compress_streams=False)
    assert b"\r\nendstream" in made.getvalue()
    return made.getvalue()


MARKED_TEXT = rb"/Span\s*<<\s*/MCID \d+\s*>>\s*BDC(\s+BT.*?)EMC"

FAULTS: Mapping[str, tuple[Plant, str, str]] = {
    "claims without tags": (changed(_untag), "PDF/UA-1", "TAGGED"),
    "font not embedded": (changed(_unembed), "PDF/A-2a", "FONT"),
    "font not a subset": (changed(_not_a_subset), "house rules", "not a subset"),
    "font without characters": (changed(_drop_unicode), "house rules", "which characters"),
    "another width than that of a CFF glyph": (_widen("/CIDFontType0"), "house rules", "wide, it is"),
    "another width than that of a TrueType glyph": (_widen("/CIDFontType2"), "house rules", "wide, it is"),
    "missing glyph": (_content(rb"<[0-9a-f]{4}", b"<0000"), "house rules", "glyphs: page 1"),
    "heading cell without scope": (changed(_drop_scope), "PDF/UA-1", "SCOPE"),
    "table without heading cells": (changed(_no_heading_cells), "house rules", "no heading cell"),
    "heading level skipped": (changed(_skip_a_level), "PDF/UA-1", "HEADING"),
    "tags cut from the tree": (changed(_cut_from_tree), "house rules", "not in the tree"),
    "words outside of any mark": (
        _content(rb"(?s)" + MARKED_TEXT, rb"\1"),
        "house rules",
        "outside of any mark",
    ),
    "page number not marked": (_content(b"/Pagination", b"/Layout"), "house rules", "no page number"),
    "no language": (_drop("/Lang"), "house rules", "the language"),
    "no title": (changed(_drop_title), "house rules", "the title is"),
    "title in the metadata missing": (_metadata(rb"<dc:title>.*</dc:title>", b""), "PDF/UA-1", "TITLE"),
    "title not shown": (_drop("/ViewerPreferences"), "PDF/UA-1", "DisplayDocTitle"),
    "no bookmarks": (_drop("/Outlines"), "house rules", "bookmarks:"),
    "one bookmark missing": (_drop("/Outlines", "/First", "/First"), "house rules", "bookmarks: page"),
    "no claim of UA": (_metadata(rb' pdfuaid:part="1"', b""), "PDF/UA-1", "ID-PART"),
    "no claim of A": (_metadata(rb' pdfaid:part="2"', b""), "PDF/A-2a", "ID-PART"),
    "claim of UA not described": (
        _metadata(rb"<pdfaExtension.*</pdfaExtension:schemas>", b""),
        "PDF/A-2a",
        "XMP",
    ),
    "no metadata": (_drop("/Metadata"), "house rules", "metadata: there is none"),
    "colours without meaning": (_drop("/OutputIntents"), "PDF/A-2a", "DEVICE-RGB"),
    "a script": (changed(_add_script), "house rules", "OpenAction"),
    "encrypted": (_encrypt, "house rules", "encrypted"),
    "broken xref": (swap_bytes(rb"startxref\n\d+", b"startxref\n7"), "qpdf", "xref"),
    "stream that runs into its end": (_run_into_line_end, "PDF/A-2a", "STREAM-LENGTH"),
    "wrong stream length": (swap_bytes(rb"/Length \d+(\d)", rb"/Length 9\1"), "qpdf", ""),
    "truncated": (lambda data: data[: len(data) // 2], "qpdf", ""),
}
"""Name -> the fault, the judge that must see it, and words of that judge's verdict."""
