"""Faults to plant into a good Word file: file -> the same file with one defect.

The first six are known from the field; the others are what a careless change of a writer would make.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from PIL import Image

DOCUMENT = "word/document.xml"
STYLES = "word/styles.xml"
LINKS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
FOOTER = "word/footer1.xml"

Plant = Callable[[bytes], bytes]


def repack(data: bytes, change: Callable[[dict[str, bytes]], object] = lambda parts: None) -> bytes:
    """Zip the parts again after a change."""
    with ZipFile(BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


def swap(part: str, old: str, new: str) -> Plant:
    """Return the fault that writes `new` for the first `old` of a part."""

    def change(parts: dict[str, bytes]) -> None:
        before = parts[part]
        parts[part] = before.replace(old.encode(), new.encode(), 1)
        assert parts[part] != before, f"{part} has no {old}"

    return lambda data: repack(data, change)


def without(part: str) -> Plant:
    """Return the fault that leaves a part out."""
    return lambda data: repack(data, lambda parts: parts.pop(part))


def _break_crc(data: bytes) -> bytes:
    """Change one letter of a part that is stored as it is, so that only its CRC tells."""
    stored = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stored, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    good = stored.getvalue()
    bad = good.replace("关于印发".encode(), "关于印友".encode(), 1)
    assert bad != good
    return bad


def _same_drawing_twice(data: bytes) -> bytes:
    """Put a picture into the header and one into the body: python-docx numbers each part from 1."""
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    document = docx.Document(BytesIO(data))
    document.paragraphs[0].add_run().add_picture(picture)
    document.sections[0].header.paragraphs[0].add_run().add_picture(picture)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


CELL = "<w:tc><w:tcPr><w:tcW "
IMAGE = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
    ' Target="file:///tmp/a.png" TargetMode="External"/></Relationships>'
)
BOOKMARK = '<w:bookmarkStart w:id="7" w:name="{}"/><w:bookmarkEnd w:id="7"/>'
HEADING_STYLE = '<w:pStyle w:val="Heading1"/>'

FAULTS: Mapping[str, tuple[Plant, str, str]] = {
    "wrong word in an enumeration": (
        swap(DOCUMENT, 'w:jc w:val="', 'w:jc w:val="x'),
        "Open XML SDK",
        "Enumeration",
    ),
    "wrong order": (swap(DOCUMENT, "<w:tblPr>", "<w:tblGrid/><w:tblPr>"), "openxml-audit", "tbl"),
    "styles part missing": (without(STYLES), "house rules", "styles: no"),
    "cell without paragraph": (swap(DOCUMENT, CELL, f"<w:tc/>{CELL}"), "house rules", "cells:"),
    "truncated": (lambda data: data[: len(data) // 2], "house rules", "zip:"),
    "malformed XML": (swap(DOCUMENT, "</w:body>", ""), "house rules", "xml:"),
    "style that is not there": (
        swap(DOCUMENT, HEADING_STYLE, '<w:pStyle w:val="Heading9"/>'),
        "house rules",
        "names Heading9",
    ),
    "style of another type": (
        swap(DOCUMENT, HEADING_STYLE, '<w:pStyle w:val="段首句"/>'),
        "house rules",
        "of type character",
    ),
    "style id twice": (
        swap(STYLES, 'w:styleId="Heading2"', 'w:styleId="Heading1"'),
        "house rules",
        "styles: id Heading1",
    ),
    "field without end": (
        swap(FOOTER, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
        "house rules",
        "fields:",
    ),
    "picture from outside": (swap(LINKS, "</Relationships>", IMAGE), "house rules", "leads outside"),
    "drawing number twice": (_same_drawing_twice, "house rules", "ids: drawing 1"),
    "bookmark number twice": (
        swap(DOCUMENT, "<w:body><w:tbl>", f"<w:body>{BOOKMARK.format('a')}{BOOKMARK.format('b')}<w:tbl>"),
        "house rules",
        "bookmarkStart 7",
    ),
    "relation that is not there": (
        swap(
            DOCUMENT,
            '<w:footerReference w:type="default" r:id="',
            '<w:footerReference w:type="default" r:id="x',
        ),
        "house rules",
        "uses xrId",
    ),
    "relation to a missing part": (without(FOOTER), "house rules", "leads to word/footer1.xml"),
    "part without content type": (
        swap(TYPES, "/word/footer1.xml", "/word/footer9.xml"),
        "house rules",
        "types:",
    ),
    "part that nothing leads to": (
        lambda data: repack(data, lambda parts: parts.update({"word/media/a.png": b""})),
        "house rules",
        "nothing leads to",
    ),
    "list that is not there": (
        swap(
            DOCUMENT,
            HEADING_STYLE,
            f'{HEADING_STYLE}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>',
        ),
        "house rules",
        "numbers:",
    ),
    "wrong CRC": (_break_crc, "house rules", "zip: Bad CRC"),
}
"""Name -> the fault, the judge that must see it, and words of that judge's verdict."""
