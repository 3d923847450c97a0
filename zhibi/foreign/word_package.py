"""The zip of a Word file + comments -> the zip with them.

Only the parts that comments need are written anew: python-docx refuses files whose parts are not all there, that are
strict or have macros, and offices send such files.
"""

from __future__ import annotations

import posixpath
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from zhibi.importer.word_xml import Element, attribute, child, local, main_part, relations

_DATE = (1980, 1, 1, 0, 0, 0)
_TYPES = "[Content_Types].xml"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION = {
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
"""The type of the relation to the comments, by whether the file is strict."""


class WordPackage:
    """The parts of a Word file, to be changed."""

    def __init__(self, raw: bytes) -> None:
        """Take a file that has been read before; raise `BadZipFile` where a part is damaged or missing."""
        with ZipFile(BytesIO(raw)) as package:
            self._files = {one.filename: (one.date_time, package.read(one)) for one in package.infolist()}
            names = set(self._files)
            self._main = main_part(package, names) or ""
            if not self._main or _TYPES not in names:
                raise BadZipFile("no document")
            self._related = relations(package, names, self._main)
        self._changed: dict[str, Element] = {}
        self.document = self._part(self._main)
        self.space = etree.QName(self.document).namespace or ""

    def make(self, name: str, *children: Element, text: str = "", **attributes: str) -> Element:
        """Return a new element of the document's namespace."""
        element = etree.Element(self.name(name), {self.name(key): value for key, value in attributes.items()})
        element.text = text or None
        element.extend(children)
        return element

    def name(self, local_name: str) -> str:
        """Return a name in the document's namespace."""
        return f"{{{self.space}}}{local_name}"

    def comments(self) -> Element:
        """Return the part that holds the comments, a new one where there is none."""
        folder, main = posixpath.split(self._main)
        name = self._related.get("comments") or posixpath.join(folder, "comments.xml")
        if "comments" in self._related and name in self._files:
            return self._part(name)
        if "comments" not in self._related:
            while name in self._files:  # Somebody else's.
                name = f"{name.removesuffix('.xml')}1.xml"
            self._relate(posixpath.join(folder, "_rels", f"{main}.rels"), posixpath.basename(name))
        self._declare(name)
        self._changed[name] = etree.Element(self.name("comments"), nsmap={"w": self.space})
        return self._changed[name]

    def style(self, kind: str, identifier: str, name: str) -> str:
        """Return the id of the style of that name, a new one where there is none; nothing without styles."""
        part = self._related.get("styles", "")
        if part not in self._files:
            return ""
        styles = self._part(part)
        known = {
            attribute(child(one, "name"), "val").lower(): attribute(one, "styleId")
            for one in styles
            if isinstance(one.tag, str) and local(one) == "style"
        }
        if name in known:
            return known[name]
        while identifier in known.values():
            identifier += "1"
        named = self.make("name", val=name)
        styles.append(self.make("style", named, type=kind, styleId=identifier))
        return identifier

    def saved(self) -> bytes:
        """Return the file: the other parts as they were, in their order."""
        new = BytesIO()
        with ZipFile(new, "w", ZIP_DEFLATED) as package:
            for name in (*self._files, *(one for one in self._changed if one not in self._files)):
                date, old = self._files.get(name, (_DATE, b""))
                entry = ZipInfo(name, date)
                entry.compress_type = ZIP_DEFLATED
                package.writestr(entry, _xml(self._changed[name]) if name in self._changed else old)
        return new.getvalue()

    def _part(self, name: str) -> Element:
        if name not in self._changed:
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            )
            self._changed[name] = etree.fromstring(self._files[name][1], parser)
        return self._changed[name]

    def _relate(self, rels: str, target: str) -> None:
        if rels not in self._files:
            self._changed[rels] = etree.Element(f"{{{_PACKAGE}}}Relationships", nsmap={None: _PACKAGE})
        relation = etree.SubElement(self._part(rels), f"{{{_PACKAGE}}}Relationship")
        taken = {attribute(one, "Id") for one in self._part(rels)}
        number = next(one for one in range(1, len(taken) + 2) if f"rId{one}" not in taken)
        relation.set("Id", f"rId{number}")
        relation.set("Type", _RELATION["purl.oclc.org" in self.space])
        relation.set("Target", target)

    def _declare(self, name: str) -> None:
        types = self._part(_TYPES)
        if not any(attribute(one, "PartName").lower() == f"/{name}".lower() for one in types):
            space = etree.QName(types).namespace or ""
            etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{name}", ContentType=_COMMENTS)


def _xml(element: Element) -> bytes:
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
