"""Papers of odd texts: built from YAML, and what other people's programs read out of both files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
from docx2python import docx2python
from fontTools.ttLib import TTFont

from zhibi.errors import Problem, ReportError
from zhibi.fonts import face_file as file_of
from zhibi.fonts import installed_faces, match_face
from zhibi.model import Project
from zhibi.pipeline import build_report, check_report
from zhibi.typography import Face

ROOT = Path(__file__).resolve().parent.parent.parent
HEAD = "版本: 1\n模板: 文稿\n文件名: 值\n"
_FOLIO = re.compile(r"^[ \r]*— \d+ —[ \r]*$", re.MULTILINE)
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_HYPHEN_OF_PDFIUM = {0xFFFE: "-"}
"""How PDFium marks a hyphen at the end of a line."""


@dataclass(frozen=True)
class Printed:
    """A built paper: the paragraphs of its Word file, the text of its PDF, and what was said."""

    paragraphs: list[str]
    pdf: str
    problems: Sequence[Problem]
    docx_file: Path
    pdf_file: Path

    @property
    def said(self) -> list[str]:
        return [str(problem) for problem in self.problems if problem.rule == "字符"]


def build(folder: Path, text: str | bytes, head: str = HEAD) -> Printed:
    """Build a paper of the keys in `text`; raise `ReportError` as the program does."""
    data = folder / "甲.yaml"
    data.write_bytes(head.encode() + (text if isinstance(text, bytes) else text.encode()))
    checked = check_report(data, Project(folder, ROOT / "templates"))
    built = build_report(checked, folder, ("docx", "pdf"))
    docx, pdf = built.files
    return Printed(list(read_docx(docx)), read_pdf(pdf), built.problems, docx, pdf)


def body(*paragraphs: str) -> str:
    return "正文:\n" + "".join(f"  - {paragraph}\n" for paragraph in paragraphs)


def both_say(printed: Printed, *paragraphs: str) -> None:
    assert printed.paragraphs == list(paragraphs)
    assert printed.pdf == unspaced("".join(paragraphs))


def refusal(folder: Path, text: str | bytes) -> list[str]:
    """Return what is said of a paper that is refused; nothing may have been written."""
    try:
        build(folder, text)
    except ReportError as error:
        assert sorted(path.name for path in folder.iterdir()) == ["甲.yaml"]
        return [str(problem) for problem in error.problems]
    raise AssertionError("the paper was built")


def read_docx(path: Path) -> Iterator[str]:
    """Yield the paragraphs of a Word file, cells included, as docx2python reads them."""
    with docx2python(path) as read:
        for table in read.body:
            for row in table:
                for cell in row:
                    yield from (paragraph for paragraph in cell if paragraph)


def read_pdf(path: Path) -> str:
    """Return the text of a PDF as PDFium reads it, without page numbers and white space."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return unspaced("".join(_FOLIO.sub("", page) for page in pages).translate(_HYPHEN_OF_PDFIUM))


def unspaced(text: str) -> str:
    return "".join(text.split())


def as_drawn(text: str) -> str:
    """Fold characters that one glyph draws, which a PDF cannot tell apart (〜 and ～), and ligatures."""
    return text.translate(_LIGATURES).translate(_twins())


@cache
def _twins() -> dict[int, int]:
    first: dict[tuple[str, int, str], int] = {}
    twins: dict[int, int] = {}
    for file, index in _files():
        with TTFont(file, fontNumber=index, lazy=True) as font:
            for code, glyph in sorted(font.getBestCmap().items()):
                one = first.setdefault((file, index, glyph), code)
                if one != code:
                    twins[code] = twins.get(one, one)
    return {code: _root(twins, code) for code in twins}


def _root(twins: dict[int, int], code: int) -> int:
    while code in twins:
        code = twins[code]
    return code


def _files() -> Iterable[tuple[str, int]]:
    faces = dict.fromkeys(found for face in Face for found in installed_faces(face))
    return dict.fromkeys(
        file_of(found.family, found.weight) for found in faces if match_face(found.family, found.weight)
    )
