"""Whether a finished file says what it should: who leaves something out is not faster."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.papers import Paper

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FOLIO = re.compile(r"—\d+—")
PAGES_MAY_DIFFER = 0.15
"""Share by which another program's pages may be more or fewer: it breaks lines and pages by its own rules."""


@dataclass(frozen=True)
class Content:
    """What a file holds; None is what its format does not tell."""

    characters: Counter[str] = field(repr=False)
    rows: int | None = None
    paragraphs: int | None = None
    pages: int | None = None

    @property
    def facts(self) -> dict[str, int]:
        """The counts that are known."""
        known = {"rows": self.rows, "paragraphs": self.paragraphs, "pages": self.pages}
        counts = {name: count for name, count in known.items() if count is not None}
        return {**counts, "characters": self.characters.total()}


def fold(text: str) -> str:
    """Fold width and drop blanks, control characters and marks of order; what is left must be equal."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] not in "CZ")


def wanted(paper: Paper) -> Content:
    """Return what every file of a paper must hold."""
    texts = list(paper.texts)
    rows = len(paper.rows) + 1 if paper.rows else 0
    return Content(Counter(fold("".join(texts))), rows, len(texts))


def read(path: Path, paper: Paper) -> Content:
    """Return what a file holds."""
    return read_docx(path) if path.suffix == ".docx" else read_pdf(path, fold("".join(paper.columns)))


def read_docx(path: Path) -> Content:
    """Count rows, paragraphs with words in them, and characters of a Word file."""
    from lxml import etree

    characters: Counter[str] = Counter()
    rows = paragraphs = 0
    with zipfile.ZipFile(path) as package, package.open("word/document.xml") as stream:
        for _, node in etree.iterparse(stream, tag=(f"{_W}tr", f"{_W}p")):
            if node.tag == f"{_W}tr":
                rows += 1
                node.clear()
                continue
            words = fold("".join(text.text or "" for text in node.iter(f"{_W}t")))
            characters.update(words)
            paragraphs += bool(words)
    return Content(characters, rows, paragraphs)


def read_pdf(path: Path, header: str = "") -> Content:
    """Count pages and characters of a PDF, without page numbers and headers that come again."""
    import pypdfium2

    characters: Counter[str] = Counter()
    seen = False
    document = pypdfium2.PdfDocument(path)
    try:
        for page in document:
            words = _FOLIO.sub("", fold(page.get_textpage().get_text_bounded()))
            if header and header in words:
                words = words.replace(header, "", 1) if seen else words
                seen = True
            characters.update(words)
        return Content(characters, pages=len(document))
    finally:
        document.close()


def differences(found: Content, expected: Content) -> list[str]:
    """Return in what a file differs from what it should hold; nothing is well."""
    said = []
    for name, is_, should in (
        ("rows", found.rows, expected.rows),
        ("paragraphs", found.paragraphs, expected.paragraphs),
    ):
        if is_ is not None and should is not None and is_ != should:
            said.append(f"{is_} {name} instead of {should}")
    missing, more = expected.characters - found.characters, found.characters - expected.characters
    if missing or more:
        said.append(f"{missing.total()} characters missing, {more.total()} too many")
    if found.pages and expected.pages and abs(found.pages - expected.pages) > _spare(expected.pages):
        said.append(f"{found.pages} pages beside {expected.pages}")
    return said


def _spare(pages: int) -> float:
    return max(1, pages * PAGES_MAY_DIFFER)
