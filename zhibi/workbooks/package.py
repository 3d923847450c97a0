"""The bytes of a workbook -> a package that is safe to open: no DTD, nothing huge, no pictures, no links.

What is left out is noted: where pictures lie, whether there are macros or links to other workbooks.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_STORED, ZipFile

from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

MAX_XML_BYTES = 8 * 1024 * 1024
"""So much XML is read of one workbook at most, in some seconds; a form has a hundred thousand bytes."""

MAX_PARTS = 2000
MAX_RANGE_CELLS = 200_000
"""So many cells are merged, linked or commented on in one sheet at most: each costs memory."""

_RANGED = frozenset({"mergeCell", "hyperlink", "comment"})

_WORKBOOK = "xl/workbook.xml"
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(?:_rels/)?[^/]*\.(?:xml|rels)"
    r"|xl/(?:worksheets|tables|comments|threadedComments|persons)/(?:_rels/)?[^/]*\.(?:xml|rels)"
)
"""The parts that are opened; pictures, drawings, macros, links, pivots and properties are not."""

_LEFT_OUT = ("/drawing", "/pivotTable", "/externalLink", "/vmlDrawing", "/image")
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class UnsafeError(ValueError):
    """A workbook that is not opened; `args` are what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook without what is not read; `pictures` is sheet -> cells that pictures or shapes begin at."""

    content: bytes
    pictures: Mapping[str, tuple[str, ...]]
    macros: bool
    links: bool


def safe_package(raw: bytes) -> Package:
    """Return the package of these bytes; raise `UnsafeError` when they are not to be opened."""
    try:
        with ZipFile(BytesIO(raw)) as archive:
            parts = _read(archive)
            names = archive.namelist()
            pictures = dict(_pictures(parts, archive))
    except UnsafeError:
        raise
    except etree.LxmlError as error:
        raise UnsafeError("文件里面坏了，读不懂", "请让单位重新发一份") from error
    except Exception as error:  # A damaged directory makes zipfile raise nearly anything.
        raise UnsafeError("文件不完整，可能没有下载完或没有存完", "请让单位重新发一份") from error
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    links = any(name.startswith("xl/externalLinks/") for name in names)
    return Package(made.getvalue(), pictures, macros, links)


def _read(archive: ZipFile) -> dict[str, bytes]:
    """Return the parts that are opened, each looked through."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    if problem := _other_kind(frozenset(entries)):
        raise UnsafeError(*problem)
    if any(entry.flag_bits & 1 for entry in entries.values()):
        raise UnsafeError("这个文件加了密码", "请让单位去掉密码再发一份")
    kept = [entry for name, entry in entries.items() if _KEPT.fullmatch(name)]
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in kept) > MAX_XML_BYTES:
        raise UnsafeError("展开以后太大，不像是我们发的表", "请让单位在原来发的表里填写")
    parts = {entry.filename: archive.read(entry) for entry in kept}
    for name, content in parts.items():
        _look_through(content)
        if name.endswith(".rels"):
            parts[name] = _without_left_out(content)
    if _STRICT in parts[_WORKBOOK]:
        raise UnsafeError("这是“严格开放 XML”格式的表格", "请另存为“Excel 工作簿（.xlsx）”")
    return parts


def _other_kind(names: frozenset[str]) -> tuple[str, str] | None:
    """Say what a package is that is no workbook of this kind."""
    if _WORKBOOK in names:
        return None
    if any(name.startswith("word/") for name in names):
        return "这是 Word 文件，不是表格", "请让单位在我们发的表里填写"
    if "xl/workbook.bin" in names:
        return "这是二进制格式的表格（.xlsb）", "请另存为“Excel 工作簿（.xlsx）”"
    if "mimetype" in names and "content.xml" in names:
        return "这是 OpenDocument 格式的文件（.ods 等）", "请另存为“Excel 工作簿（.xlsx）”"
    return "这是压缩包，不是表格", "请解压以后再收里面的表"


def _look_through(content: bytes) -> None:
    """Refuse XML with a DTD, in which entities could be declared, endless ranges, and XML that is broken."""
    parser, left = expat.ParserCreate(), MAX_RANGE_CELLS

    def refuse(*_: object) -> None:
        raise UnsafeError("里面有不该有的内容（DTD），可能会害到电脑", "请不要打开它，让单位重新发一份")

    def measure(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        if name.rpartition(":")[2] in _RANGED:
            left -= _cells_of(attributes.get("ref", ""))
            if left < 0:
                raise UnsafeError("合并的格或批注、链接的范围太大", "请让单位在原来发的表里填写")

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = refuse, measure
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeError("文件里面坏了，读不懂", "请让单位重新发一份") from error


def _cells_of(ref: str) -> int:
    """Return how many cells a range has; nothing for what is no range, which fails later."""
    try:
        left, top, right, bottom = (one or 2**20 for one in range_boundaries(ref))
    except (ValueError, TypeError):
        return 0
    return (abs(right - left) + 1) * (abs(bottom - top) + 1)


def _without_left_out(content: bytes) -> bytes:
    """Return relations without those to what is not opened."""
    root = etree.fromstring(content, _parser())
    for relation in list(root):
        if (relation.get("Type") or "").endswith(_LEFT_OUT):
            root.remove(relation)
    return etree.tostring(root)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _pictures(parts: Mapping[str, bytes], archive: ZipFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the sheets on which pictures or shapes lie, with the cells that those begin at."""
    for title, part in _sheets(parts):
        folder, name = posixpath.split(part)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in parts:
            continue
        original = etree.fromstring(archive.read(relations), _parser())
        targets = [
            one.get("Target") or "" for one in original if (one.get("Type") or "").endswith("/drawing")
        ]
        cells = [cell for target in targets for cell in _anchors(archive, _whole(folder, target))]
        if cells:
            yield title, tuple(dict.fromkeys(cells))


def _sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield the title and the part of each sheet."""
    relations = etree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"), _parser())
    targets = {one.get("Id"): _whole("xl", one.get("Target") or "") for one in relations}
    for sheet in etree.fromstring(parts[_WORKBOOK], _parser()).iter("{*}sheet"):
        yield sheet.get("name") or "", targets.get(sheet.get(_RELATION), "")


def _whole(folder: str, target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _anchors(archive: ZipFile, part: str) -> list[str]:
    """Return the cells that the pictures and shapes of a drawing begin at."""
    if part not in archive.namelist() or archive.getinfo(part).file_size > MAX_XML_BYTES:
        return []
    content = archive.read(part)
    _look_through(content)
    found = []
    for start in etree.fromstring(content, _parser()).iter("{*}from"):
        column, row = (start.findtext(f"{{*}}{name}") or "" for name in ("col", "row"))
        if column.isdecimal() and row.isdecimal() and int(column) < 16384:
            found.append(f"{get_column_letter(int(column) + 1)}{int(row) + 1}")
    return found
