"""What does not open is found before it is written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from tests.battery.writing_papers import finished, make_docx, make_pdf
from zhibi.output import DamagedError, save_report, verify

DOCX, PDF = make_docx(1), make_pdf(1)


def _package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return stream.getvalue()


def _flipped() -> bytes:
    """Return a Word file with one byte of its text turned over."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(stream, "w") as package:
        for name in old.namelist():
            package.writestr(name, old.read(name))
    content = stream.getvalue()
    return content.replace("第 1 版".encode(), "第 2 版".encode())


def _without_pages() -> bytes:
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("a.docx", DOCX), ("a.pdf", PDF), ("a.txt", b""), ("a.json", b"{")]
)
def test_sound_files_and_other_endings_pass(name: str, content: bytes) -> None:
    verify(name, content)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.docx", b"", "不是完整的 DOCX"),
        ("a.docx", DOCX[:-200], "不是完整的 DOCX"),
        ("a.docx", _flipped(), "坏了"),
        ("a.docx", _package({"[Content_Types].xml": "<a/>"}), "缺少"),
        ("a.docx", _package({"word/document.xml": "<a/>"}), "缺少"),
        ("a.docx", _package({"[Content_Types].xml": "<a/>", "word/document.xml": "<a>"}), "XML"),
        ("a.docx", _package({"[Content_Types].xml": "", "word/document.xml": "<a/>"}), "XML"),
        ("a.pdf", b"", "不是完整的 PDF"),
        ("a.pdf", PDF[:-10], "不是完整的 PDF"),
        ("a.pdf", b"x" + PDF, "不是完整的 PDF"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "打不开"),
        ("a.pdf", _without_pages(), "打不开"),
    ],
)
def test_damage_is_found(name: str, content: bytes, word: str) -> None:
    with pytest.raises(DamagedError, match=word) as raised:
        verify(name, content)
    assert name in str(raised.value)


@pytest.mark.parametrize("pair", [{"docx": DOCX[:-9], "pdf": PDF}, {"docx": DOCX, "pdf": PDF[:-9]}])
def test_nothing_is_written_when_one_is_damaged(tmp_path: Path, pair: dict[str, bytes]) -> None:
    folder = tmp_path / "成品"
    with pytest.raises(DamagedError):
        save_report(folder, finished(pair, folder))
    assert not folder.exists()
