"""Word files as other programs make them: automatic numbers, merged cells, controls, tracked changes."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))


def new_file() -> DocumentObject:
    """Return a document with one list of three levels (numId 7), bullets (8) and the list again from 1 (9)."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (kind, text) in enumerate(_LEVELS)
    )
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    numbering.insert(0, _xml(f'<w:abstractNum {{ns}} w:abstractNumId="70">{levels}</w:abstractNum>'))
    numbering.insert(1, _xml(f'<w:abstractNum {{ns}} w:abstractNumId="80">{bullet}</w:abstractNum>'))
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number, abstract, extra in ((7, 70, ""), (8, 80, ""), (9, 70, start)):
        numbering.append(
            _xml(f'<w:num {{ns}} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{extra}</w:num>')
        )
    return document


def _xml(text: str):  # type: ignore[no-untyped-def]
    return parse_xml(text.replace("{ns}", nsdecls("w")))


def add_numbered(document: DocumentObject, text: str, level: int, number: int = 7) -> None:
    """Add a paragraph that Word numbers."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(
        _xml(f'<w:numPr {{ns}}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )


def add_xml(document: DocumentObject, text: str) -> None:
    """Add elements to the body, before the last section's properties."""
    wrapper = _xml(f"<w:body {{ns}}>{text}</w:body>")
    for element in list(wrapper):
        document.element.body.insert(len(document.element.body) - 1, element)


def save(document: DocumentObject, folder: Path) -> Path:
    path = folder / "文.docx"
    document.save(str(path))
    return path
