"""WordprocessingML elements (ECMA-376 part 1 cl. 17), made by lxml in the order of the schema."""

from __future__ import annotations

from lxml import etree

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_NSMAP = {"w": NS, "r": RELATIONS}

Element = etree._Element
Value = str | int


def w(tag: str, *children: Element | None, **attributes: Value | None) -> Element:
    """Return the element w:`tag`; attributes are in the w namespace too; None is left out."""
    made = etree.Element(f"{{{NS}}}{tag}", nsmap=_NSMAP)
    for name, value in attributes.items():
        if value is not None:
            made.set(f"{{{NS}}}{name}", str(value))
    made.extend(child for child in children if child is not None)
    return made


def flag(tag: str, on: bool) -> Element | None:
    """Return the element w:`tag` for a switch that is on, None for one that is off."""
    return w(tag) if on else None


def text(words: str) -> Element:
    """Return w:t; its blanks count."""
    made = w("t")
    made.text = words
    if words != words.strip() or "  " in words:
        made.set(XML_SPACE, "preserve")
    return made


def twips(points: float) -> int:
    """Return points as twentieths of a point."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Return millimetres as twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def to_bytes(root: Element) -> bytes:
    """Return `root` as an XML file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
