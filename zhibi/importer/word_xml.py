"""A .docx file -> the XML parts that hold words: document, styles, numbering (ECMA-376 part 1 cl. 11.3).

Elements and attributes are looked up by their local names, which the transitional and the strict form share.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from zhibi.errors import Location, Problem, ReportError

MAX_BYTES = 200_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHER_KINDS = ((b"%pdf", " PDF 文件"), (b"{\\rtf", " RTF 文件"), (b"<!doctype", "网页"), (b"<html", "网页"))
_OTHER_OFFICE = {
    "xl/workbook.xml": "Excel 表格",
    "ppt/presentation.xml": "演示文稿",
    "content.xml": "OpenDocument 文档",
}

Element = etree._Element


@dataclass(frozen=True, slots=True)
class Parts:
    """The parsed parts; a part that the file does not have is None."""

    document: Element
    styles: Element | None
    numbering: Element | None
    language: str


def is_word(name: str, data: bytes) -> bool:
    """Tell whether a file is to be read as Word: by its ending, or by what it begins with."""
    return name.lower().endswith((".docx", ".doc")) or data.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def open_parts(data: bytes, file: str) -> Parts:
    """Return the parts of a Word file; raise `ReportError` for anything else."""
    if data.startswith(_OLE):
        encrypted = _ENCRYPTED in data
        message = "文件加了密码，不能导入" if encrypted else "这是旧的 .doc 文件，不能导入"
        raise _refusal(file, message, "请在 Word 里去掉密码再存" if encrypted else "请在 Word 里另存为 .docx")
    head = data[:512].lstrip().lower()
    if kind := next((kind for mark, kind in OTHER_KINDS if head.startswith(mark)), ""):
        raise _refusal(file, f"这是{kind}，不是 Word 文件", "请用 Word 或 WPS 打开，另存为 .docx")
    try:
        with ZipFile(BytesIO(data)) as package:
            return _read_parts(package, file)
    except (BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _refusal(file, "文件损坏，不是完整的 Word 文件", "请用 Word 打开并另存一份") from error
    except etree.XMLSyntaxError as error:
        raise _refusal(file, "文件损坏，里面的 XML 读不懂", "请用 Word 打开并另存一份") from error


def _read_parts(package: ZipFile, file: str) -> Parts:
    names = set(package.namelist())
    if sum(entry.file_size for entry in package.infolist()) > MAX_BYTES:
        raise _refusal(file, "文件解压后太大，没有导入", "请删去图片后另存一份")
    main = main_part(package, names)
    if main is None:
        kind = next((word for name, word in _OTHER_OFFICE.items() if name in names), "别的压缩文件")
        raise _refusal(file, f"这不是 Word 文件，是{kind}", "请选 .docx 文件")
    related = relations(package, names, main)
    return Parts(
        _parse(package, main),
        _related(package, names, related, "styles"),
        _related(package, names, related, "numbering"),
        _language(package, names),
    )


def main_part(package: ZipFile, names: set[str]) -> str | None:
    """Return the name of the part that holds the paper."""
    target = relations(package, names, "").get("officeDocument", "word/document.xml")
    return target if target in names and target.endswith(".xml") and "word" in target else None


def relations(package: ZipFile, names: set[str], part: str) -> dict[str, str]:
    """Return the parts that `part` refers to, by the last word of the relation's type."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in names:
        return {}
    return {
        attribute(relation, "Type").rsplit("/", 1)[-1]: posixpath.normpath(
            posixpath.join("/" + folder, attribute(relation, "Target"))
        ).lstrip("/")
        for relation in _parse(package, rels)
        if attribute(relation, "TargetMode") != "External"
    }


def _related(package: ZipFile, names: set[str], related: dict[str, str], kind: str) -> Element | None:
    return _parse(package, related[kind]) if related.get(kind) in names else None


def _language(package: ZipFile, names: set[str]) -> str:
    if "docProps/core.xml" not in names:
        return ""
    found = next(descendants(_parse(package, "docProps/core.xml"), "language"), None)
    return (found.text or "") if found is not None else ""


def _parse(package: ZipFile, name: str) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(package.read(name), parser)


def _refusal(file: str, message: str, suggestion: str) -> ReportError:
    return ReportError([Problem(Location(file), "导入", message, suggestion)])


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(element).localname


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its local name, or the empty text."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if etree.QName(str(key)).localname == name:
            return str(value)
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first child along `path`, or None."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def descendants(element: Element, name: str) -> Iterator[Element]:
    """Yield every element of that name below `element`."""
    return (inner for inner in element.iter() if isinstance(inner.tag, str) and local(inner) == name)


def is_on(element: Element | None) -> bool:
    """Tell whether a switch such as w:tblHeader is there and not off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")
