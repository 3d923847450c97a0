"""House rules for PDF files: what an archive or a listener needs and profile validators do not see.

PDF file -> faults, each begun by the name of its rule. ISO 32000-1, 14289-1 (PDF/UA-1), 19005-2 (PDF/A-2).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

from tests.judges.pdf_widths import unlike

HEADING = re.compile(r"/H[1-6]")
BLOCKS = frozenset({"/P", "/Table"})
SUBSET = re.compile(r"/[A-Z]{6}\+")
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
BEGIN_MARK = frozenset({"BMC", "BDC"})
PAGINATION = "pagination"
PROGRAM_KEYS = ("/FontFile", "/FontFile2", "/FontFile3")
NOT_OURS = ("/OpenAction", "/AA", "/AcroForm", "/Names", "/Collection", "/Threads")
"""What a paper on paper cannot do: scripts, forms, files inside, jumps."""
CLAIMS = {
    "{http://www.aiim.org/pdfa/ns/id/}part": "2",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}
TITLE = ".//{http://purl.org/dc/elements/1.1/}title//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"


@dataclass(frozen=True, slots=True)
class Words:
    """What one operator shows: its bytes, its font, and the mark it stands in (an MCID, a word or None)."""

    data: bytes
    font: str
    mark: int | str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A PDF file, the structure elements that its tree reaches, and what each page shows."""

    pdf: pikepdf.Pdf
    elements: Mapping[tuple[int, int], Any]
    pages: tuple[tuple[Any, tuple[Words, ...]], ...]


def house_rules(file: Path) -> list[str]:
    """Return the faults of a PDF file; a file that cannot be opened has only that one."""
    try:
        with pikepdf.open(file) as pdf:
            pages = tuple((page, tuple(_words(page))) for page in pdf.pages)
            opened = Opened(pdf, _elements(pdf), pages)
            return [fault for rule in RULES for fault in rule(opened)]
    except (pikepdf.PdfError, etree.XMLSyntaxError) as error:
        return [f"open: {error}"]


def _words(page: Any) -> Iterator[Words]:
    marks: list[int | str | None] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in BEGIN_MARK:
            marks.append(_mark(operands))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = str(operands[0])
        elif name in SHOWING:
            inside = next((mark for mark in reversed(marks) if mark is not None), None)
            yield Words(b"".join(_strings(operands)), font, inside)


def _mark(operands: Any) -> int | str | None:
    properties = operands[1] if len(operands) > 1 else {}
    if "/MCID" in properties:
        return int(properties["/MCID"])
    if operands[0] != "/Artifact":
        return None
    return PAGINATION if properties.get("/Type") == "/Pagination" else "artifact"


def _strings(operands: Iterable[Any]) -> Iterator[bytes]:
    for operand in operands:
        if isinstance(operand, pikepdf.Array):
            yield from _strings(operand)
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)


def _elements(pdf: pikepdf.Pdf) -> dict[tuple[int, int], Any]:
    found: dict[tuple[int, int], Any] = {}
    waiting = [pdf.Root["/StructTreeRoot"]["/K"]] if "/StructTreeRoot" in pdf.Root else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node and node.objgen not in found:
            found[node.objgen] = node
            waiting.append(node.get("/K", []))
    return found


# -- fonts and glyphs -----------------------------------------------------------------------------


def _fonts(file: Opened) -> Iterator[str]:
    fonts = {font.objgen: font for page, _ in file.pages for font in page.Resources.get("/Font", {}).values()}
    for font in fonts.values():
        name = str(font.get("/BaseFont", ""))
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        if not any(key in descriptor for key in PROGRAM_KEYS):
            yield f"fonts: {name} is not embedded"
        if not SUBSET.match(name):
            yield f"fonts: {name} is not a subset"
        if "/ToUnicode" not in font:
            yield f"fonts: {name} does not say which characters it shows"
        if "/DescendantFonts" in font:
            yield from (f"fonts: {fault}" for fault in unlike(font))


def _glyphs(file: Opened) -> Iterator[str]:
    """All our fonts are Identity-H: two bytes are the glyph, and glyph 0 is the box for a missing one."""
    for number, (page, shown) in enumerate(file.pages, 1):
        for words in shown:
            if page.Resources["/Font"][words.font].get("/Encoding") != "/Identity-H":
                yield f"glyphs: page {number}: {words.font} is not encoded as Identity-H"
            elif any(words.data[place : place + 2] == b"\0\0" for place in range(0, len(words.data), 2)):
                yield f"glyphs: page {number} shows a character that {words.font} lacks"


# -- tags -----------------------------------------------------------------------------------------


def _marks(file: Opened) -> Iterator[str]:
    """All words are either in the tree or a page number; one page number a page (PDF/UA-1 cl. 7.1, 7.8)."""
    if not file.elements:
        yield "tags: there is no tree"
        return
    parents = _parents(file.pdf.Root["/StructTreeRoot"]["/ParentTree"])
    for number, (page, shown) in enumerate(file.pages, 1):
        owners = parents.get(int(page.get("/StructParents", -1)), [])
        for words in shown:
            if words.mark is None:
                yield f"tags: page {number} shows words outside of any mark"
            elif isinstance(words.mark, int) and not _in_tree(words.mark, owners, file):
                yield f"tags: page {number}: mark {words.mark} is not in the tree"
        if sum(words.mark == PAGINATION for words in shown) != 1:
            yield f"tags: page {number} has no page number that is marked as one"


def _parents(tree: Any) -> dict[int, Any]:
    numbers = list(tree["/Nums"])
    return {int(key): owners for key, owners in zip(numbers[::2], numbers[1::2], strict=True)}


def _in_tree(mark: int, owners: Any, file: Opened) -> bool:
    return mark < len(owners) and owners[mark] is not None and owners[mark].objgen in file.elements


def _tables(file: Opened) -> Iterator[str]:
    kinds = [str(element["/S"]) for element in file.elements.values()]
    if "/Table" in kinds and "/TH" not in kinds:
        yield "tables: a table has no heading cell"
    for element in file.elements.values():
        if element["/S"] == "/TH" and element.get("/A", {}).get("/Scope") not in ("/Row", "/Column"):
            yield "tables: a heading cell does not say what it heads"


def _bookmarks(file: Opened) -> Iterator[str]:
    """On each page as many bookmarks lead as headings begin; a heading may go on over the page's end."""
    with file.pdf.open_outline() as outline:
        marks = Counter(item.destination[0].objgen for item in _flat(outline.root))
    if not marks:
        yield "bookmarks: there is none"
    blocks = [(block["/Pg"].objgen, str(block["/S"])) for block in file.elements.values() if _is_block(block)]
    headings = Counter(place for place, kind in blocks if HEADING.fullmatch(kind))
    going_on = {
        place
        for (before, above), (place, kind) in pairwise(blocks)
        if before != place and above == kind and HEADING.fullmatch(kind)
    }
    for number, (page, _) in enumerate(file.pages, 1):
        missing = headings[page.objgen] - marks[page.objgen]
        if missing not in (0, int(page.objgen in going_on)):
            yield f"bookmarks: page {number}: {missing} of {headings[page.objgen]} headings have none"


def _is_block(element: Any) -> bool:
    """Tell whether an element is a paragraph, a table or a heading with words."""
    kind = str(element["/S"])
    return kind in BLOCKS or (bool(HEADING.fullmatch(kind)) and _has_words(element.get("/K", [])))


def _has_words(node: Any) -> bool:
    if isinstance(node, pikepdf.Array):
        return any(_has_words(kid) for kid in node)
    return isinstance(node, int) or (isinstance(node, pikepdf.Dictionary) and _has_words(node.get("/K", [])))


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _flat(item.children)


# -- the file as a whole --------------------------------------------------------------------------


def _about(file: Opened) -> Iterator[str]:
    root = file.pdf.Root
    if not re.match(r"zh\b", str(root.get("/Lang", ""))):
        yield f"about: the language is {root.get('/Lang')}"
    if root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield "about: the title is not shown"
    if root.get("/MarkInfo", {}).get("/Marked") is not True:
        yield "about: the file does not say that it is tagged"
    if file.pdf.is_encrypted:
        yield "about: the file is encrypted"
    yield from (f"about: the file holds {key}" for key in NOT_OURS if key in root)
    yield from (
        f"about: page {number} holds {key}"
        for number, (page, _) in enumerate(file.pages, 1)
        for key in ("/AA", "/Annots")
        if key in page
    )


def _metadata(file: Opened) -> Iterator[str]:
    """The two claims and the title stand where a catalogue finds them without a PDF program."""
    if "/Metadata" not in file.pdf.Root:
        yield "metadata: there is none"
        return
    stream = file.pdf.Root["/Metadata"]
    if "/Filter" in stream:
        yield "metadata: it is compressed"
    tree = etree.fromstring(stream.read_bytes())
    said = {str(key): value for node in tree.iter() for key, value in node.attrib.items()}
    yield from (
        f"metadata: {key} is {said.get(key)}" for key, value in CLAIMS.items() if said.get(key) != value
    )
    title = tree.findtext(TITLE)
    if not title or title != str(file.pdf.docinfo.get("/Title", "")):
        yield f"metadata: the title is {title} here and {file.pdf.docinfo.get('/Title')} in the file"


RULES: tuple[Callable[[Opened], Iterable[str]], ...] = (
    _fonts,
    _glyphs,
    _marks,
    _tables,
    _bookmarks,
    _about,
    _metadata,
)
