"""A Word file -> what kinds of words in it are not proofread: they stand outside the body's paragraphs and tables."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from zhibi.importer.word_xml import Element, descendants

_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
_PART = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def unread(raw: bytes, document: Element) -> list[str]:
    """Return the kinds that hold words, in the order of the parts; a page number is none."""
    found = ["文本框"] if any(_has_words(box) for box in descendants(document, "txbxContent")) else []
    with ZipFile(BytesIO(raw)) as package:
        for name in sorted(package.namelist()):
            match = _PART.fullmatch(name)
            kind = _PARTS[match[1]] if match else ""
            if kind and kind not in found and _is_worded(package, name):
                found.append(kind)
    return found


def _is_worded(package: ZipFile, name: str) -> bool:
    """Tell whether a part holds words; one that is damaged cannot be read by anybody."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        return _has_words(etree.fromstring(package.read(name), parser))
    except (BadZipFile, OSError, EOFError, RuntimeError, etree.XMLSyntaxError):
        return False


def _has_words(element: Element) -> bool:
    return bool(_HAN.search("".join(text.text or "" for text in descendants(element, "t"))))
