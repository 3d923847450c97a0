"""The bytes of a file -> its byte order mark and its encoding, so that it can be written back as it was."""

from __future__ import annotations

import codecs


def encoding_of(raw: bytes) -> tuple[bytes, str]:
    """Return the byte order mark of a file and the encoding that the reader takes it for."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if raw.startswith(mark):
            return mark, codec
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return b"", "gb18030"
    return b"", "utf-8"
