"""Finished bytes -> nothing, or `DamagedError`: a file that no program opens never replaces one that opens."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.parsers import expat

_PARTS = ("[Content_Types].xml", "word/document.xml")
_PDF_HEAD, _PDF_FOOT = b"%PDF-", b"%%EOF"
_FOOT_ROOM = 1024
"""Bytes at the end of a PDF among which its end mark stands (ISO 32000-1, annex H)."""


class DamagedError(Exception):
    """Raised when a file just made cannot be opened; a fault of the program, not of the data."""


def verify(name: str, content: bytes) -> None:
    """Raise `DamagedError` when `content` is no sound DOCX or PDF; other endings pass."""
    if name.endswith(".docx"):
        _verify_docx(name, content)
    elif name.endswith(".pdf"):
        _verify_pdf(name, content)


def _verify_docx(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            bad = package.testzip()
            if bad is not None:
                raise DamagedError(f"生成的“{name}”打不开：里面的 {bad} 坏了")
            for part in _PARTS:
                # A tree of a thousand pages would be thrown away at once.
                with package.open(part) as stream:
                    expat.ParserCreate().ParseFile(stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DamagedError(f"生成的“{name}”打不开：不是完整的 DOCX（{error}）") from error
    except KeyError as error:
        raise DamagedError(f"生成的“{name}”打不开：缺少 DOCX 的部分（{error}）") from error
    except expat.ExpatError as error:
        raise DamagedError(f"生成的“{name}”打不开：XML 不完整（{error}）") from error


def _verify_pdf(name: str, content: bytes) -> None:
    import pypdfium2  # Imported late: a Word file alone never needs it.

    # PDFium mends a PDF whose end is missing; other readers do not.
    if not content.startswith(_PDF_HEAD) or _PDF_FOOT not in content[-_FOOT_ROOM:]:
        raise DamagedError(f"生成的“{name}”打不开：不是完整的 PDF")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DamagedError(f"生成的“{name}”打不开：{error}") from error
    try:
        if len(document) < 1:
            raise DamagedError(f"生成的“{name}”打不开：一页也没有")
    finally:
        document.close()
