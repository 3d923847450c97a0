"""The package of a Word file: python-docx's template without its dead parts, zipped reproducibly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocumentObject
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from lxml import etree

from zhibi.layout import Layout
from zhibi.nodes import Properties
from zhibi.styles import Look
from zhibi.writers.docx.footers import margin_parts
from zhibi.writers.docx.pictures import Media
from zhibi.writers.docx.sections import Margins, kind_of
from zhibi.writers.docx.settings import font_table, settings
from zhibi.writers.docx.style_sheet import style_sheet
from zhibi.writers.docx.xml import Element, to_bytes, w
from zhibi.writers.pictures import media_type, pictures_of

_KEPT = frozenset({RT.STYLES, RT.SETTINGS, RT.FONT_TABLE, RT.THEME})
_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_package(properties: Properties, look: Look) -> DocumentObject:
    """Return an empty document with the paper's styles, settings and properties."""
    document = Document()
    _drop_dead_parts(document)
    fill(document.styles.element, style_sheet(properties.language, look))
    fill(document.settings.element, settings(properties.language))
    fonts = document.part.part_related_by(RT.FONT_TABLE)
    fonts._blob = to_bytes(font_table(look))
    _write_properties(document, properties)
    return document


def _drop_dead_parts(document: DocumentObject) -> None:
    """Drop numbering, web settings, printer settings, thumbnail and what else nothing uses."""
    relations = document.part.rels
    for name in [name for name, relation in relations.items() if relation.reltype not in _KEPT]:
        del relations[name]
    package = document.part.package.rels
    kept = (RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES)
    for name in [name for name, relation in package.items() if relation.reltype not in kept]:
        del package[name]


MOST = 255
"""Characters that python-docx lets a property have; the paper itself is not cut."""


def _write_properties(document: DocumentObject, properties: Properties) -> None:
    """Write the core properties; a paper was made and last changed on the day it is dated."""
    core = document.core_properties
    fill(core._element, ())
    day = datetime.fromisoformat(properties.created)
    core.title = properties.title[:MOST]
    core.subject = properties.subject[:MOST]
    core.author = properties.author[:MOST]
    core.keywords = ",".join(properties.keywords)[:MOST]
    core.last_modified_by = properties.author[:MOST]
    core.revision = 1
    core.created = day
    core.modified = day
    core.language = properties.language


_PARTS = {"header": (CT.WML_HEADER, RT.HEADER), "footer": (CT.WML_FOOTER, RT.FOOTER)}


def add_margins(document: DocumentObject, layout: Layout) -> Margins:
    """Add the headers and footers of each kind of section in use; return their relation ids."""
    return {
        kind: {
            (part, pages): _add_part(document, part, blocks)
            for part, pages, blocks in margin_parts(kind, layout.look)
        }
        for kind in dict.fromkeys(map(kind_of, layout.sections))
    }


def _add_part(document: DocumentObject, tag: str, content: Iterable[Element]) -> str:
    package = document.part.package
    name = package.next_partname(f"/word/{tag}%d.xml")
    content_type, relation = _PARTS[tag]
    part = Part(name, content_type, to_bytes(w("hdr" if tag == "header" else "ftr", *content)), package)
    return document.part.relate_to(part, relation)


def add_pictures(document: DocumentObject, layout: Layout) -> Media:
    """Add the file of each picture once, however often it is shown; return content -> relation id."""
    added: dict[bytes, str] = {}
    for picture in pictures_of(layout):
        if picture.content not in added:
            name = PackURI(f"/word/media/image{len(added) + 1}.{picture.kind}")
            part = Part(name, media_type(picture), picture.content, document.part.package)
            added[picture.content] = document.part.relate_to(part, RT.IMAGE)
    return added


def fill(root: Element, children: Iterable[Element]) -> None:
    """Put `children` in the place of all that the template had in `root`, namespaces included."""
    for child in list(root):
        root.remove(child)
    root.attrib.clear()
    root.extend(children)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])


class _Parts(dict[str, bytes]):
    """Takes the parts that python-docx writes, and never asks the clock: a zip cannot say 1979."""

    def write(self, uri: PackURI, blob: bytes) -> None:
        self[uri.membername] = blob


def save(document: DocumentObject) -> bytes:
    """Return the file; its parts are sorted and dated 1980, so that the same paper is the same bytes."""
    package, found, made = document.part.package, _Parts(), BytesIO()
    parts = package.parts
    for part in parts:
        part.before_marshal()
    writer: Any = PackageWriter
    writer._write_content_types_stream(found, parts)
    writer._write_pkg_rels(found, package.rels)
    writer._write_parts(found, parts)
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in sorted(found, key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            new.writestr(entry, found[name])
    return made.getvalue()
