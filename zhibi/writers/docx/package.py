"""The package of a Word file (ECMA-376 part 2): its parts, what they are, what they refer to; zipped reproducibly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhibi.layout import Layout
from zhibi.nodes import Properties
from zhibi.styles import Look
from zhibi.writers.docx.footers import margin_parts
from zhibi.writers.docx.pictures import Media
from zhibi.writers.docx.sections import Margins, kind_of
from zhibi.writers.docx.settings import font_table, settings
from zhibi.writers.docx.style_sheet import style_sheet
from zhibi.writers.docx.xml import DECLARATION, Element, escaped, to_bytes
from zhibi.writers.pictures import media_type, pictures_of

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = f"{_PACKAGE}/relationships/metadata/core-properties"
_TYPES = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_TYPES}.wordprocessingml"
_XML, _RELS = "application/xml", "application/vnd.openxmlformats-package.relationships+xml"

_OWN = {
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/theme/theme1.xml": f"{_TYPES}.theme+xml",
}
"""The parts that every paper has, and what each is."""

_RELATIONS = {
    "rId3": ("styles", "styles.xml"),
    "rId5": ("settings", "settings.xml"),
    "rId7": ("fontTable", "fontTable.xml"),
    "rId8": ("theme", "theme/theme1.xml"),
}

MOST = 255
"""Characters that programs let a property have; the paper itself is not cut."""


@dataclass
class Package:
    """The parts of a file by name, the kinds of those and of endings, what the document refers to."""

    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=lambda: dict(_OWN))
    endings: dict[str, str] = field(default_factory=lambda: {"rels": _RELS, "xml": _XML})
    relations: dict[str, tuple[str, str]] = field(default_factory=lambda: dict(_RELATIONS))

    def relate(self, kind: str, target: str) -> str:
        """Let the document refer to a part; return the first id that is free."""
        numbers = range(1, len(self.relations) + 2)
        name = next(f"rId{number}" for number in numbers if f"rId{number}" not in self.relations)
        self.relations[name] = kind, target
        return name

    def save(self) -> bytes:
        """Return the file; its parts are sorted and dated 1980, so that the same paper is the same bytes."""
        ids = {
            "rId3": (_CORE, "docProps/core.xml"),
            "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
        }
        own = {name: (f"{_OFFICE}/{kind}", target) for name, (kind, target) in self.relations.items()}
        found = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _relations(ids),
            "word/_rels/document.xml.rels": _relations(own),
            **self.parts,
        }
        made = BytesIO()
        with ZipFile(made, "w", ZIP_DEFLATED) as new:
            for name in sorted(found, key=lambda name: (name != "[Content_Types].xml", name)):
                entry = ZipInfo(name, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = 3
                entry.external_attr = 0o644 << 16
                new.writestr(entry, found[name])
        return made.getvalue()

    def _types(self) -> bytes:
        endings = (
            f'<Default Extension="{ending}" ContentType="{kind}"/>'
            for ending, kind in sorted(self.endings.items())
        )
        names = (
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in sorted(self.kinds.items())
        )
        return _file(f'<Types xmlns="{_PACKAGE}/content-types">', (*endings, *names), "</Types>")


def _relations(relations: dict[str, tuple[str, str]]) -> bytes:
    each = (
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, (kind, target) in relations.items()
    )
    return _file(f'<Relationships xmlns="{_PACKAGE}/relationships">', each, "</Relationships>")


def _file(head: str, children: Iterable[str], foot: str) -> bytes:
    return f"{DECLARATION}{head}{''.join(children)}{foot}".encode()


def add_static_parts(package: Package, properties: Properties, look: Look) -> None:
    """Add the paper's styles, settings, fonts and properties."""
    package.parts |= {
        "docProps/core.xml": _properties(properties),
        "word/fontTable.xml": to_bytes("fonts", font_table(look)),
        "word/settings.xml": to_bytes("settings", settings(properties.language), ("r", "w")),
        "word/styles.xml": to_bytes("styles", style_sheet(properties.language, look), ("r", "w")),
        "word/theme/theme1.xml": _theme(),
    }


@cache
def _theme() -> bytes:
    """Return the theme of python-docx's template; nothing else of that library is needed, so it is not imported."""
    spec = find_spec("docx")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("docx")
    with ZipFile(Path(spec.origin).parent / "templates" / "default.docx") as template:
        return template.read("word/theme/theme1.xml")


def _properties(properties: Properties) -> bytes:
    """Return the core properties; a paper was made and last changed on the day it is dated."""
    day = f"{datetime.fromisoformat(properties.created):%Y-%m-%dT%H:%M:%SZ}"
    dc, terms = ' xmlns:dc="http://purl.org/dc/elements/1.1/"', "http://purl.org/dc/terms/"
    fields = (
        ("dc:title", dc, properties.title),
        ("dc:subject", dc, properties.subject),
        ("dc:creator", dc, properties.author),
        ("cp:keywords", "", ",".join(properties.keywords)),
        ("cp:lastModifiedBy", "", properties.author),
        ("cp:revision", "", "1"),
        ("dcterms:created", f' xmlns:dcterms="{terms}" xsi:type="dcterms:W3CDTF"', day),
        ("dcterms:modified", f' xmlns:dcterms="{terms}" xsi:type="dcterms:W3CDTF"', day),
        ("dc:language", dc, properties.language),
    )
    head = (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    )
    each = (f"<{tag}{spaces}>{escaped(words[:MOST])}</{tag}>" for tag, spaces, words in fields)
    return _file(head, each, "</cp:coreProperties>")


def add_margins(package: Package, layout: Layout) -> Margins:
    """Add the headers and footers of each kind of section in use; return their relation ids."""
    return {
        kind: {
            (part, pages): _add_part(package, part, blocks)
            for part, pages, blocks in margin_parts(kind, layout.look)
        }
        for kind in dict.fromkeys(map(kind_of, layout.sections))
    }


def _add_part(package: Package, tag: str, content: Iterable[Element]) -> str:
    number = 1 + sum(name.startswith(f"word/{tag}") for name in package.parts)
    name = f"{tag}{number}.xml"
    package.parts[f"word/{name}"] = to_bytes("hdr" if tag == "header" else "ftr", content)
    package.kinds[f"word/{name}"] = f"{_WORD}.{tag}+xml"
    return package.relate(tag, name)


def add_pictures(package: Package, layout: Layout) -> Media:
    """Add the file of each picture once, however often it is shown."""
    added: dict[bytes, str] = {}
    for picture in pictures_of(layout):
        if picture.content not in added:
            name = f"media/image{len(added) + 1}.{picture.kind}"
            package.parts[f"word/{name}"] = picture.content
            package.endings[str(picture.kind)] = media_type(picture)
            added[picture.content] = package.relate("image", name)
    return Media(added)
