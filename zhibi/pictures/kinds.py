"""The first bytes of a file -> PNG or JPEG, or a refusal that names what it is instead.

The name's ending decides nothing: phones and chat programs save JPEG under any name, and both formats get a
copy of their own with the right one.
"""

from __future__ import annotations

from collections.abc import Callable

from zhibi.nodes import PictureKind

SAVE_AS = "请用看图软件打开，另存为 PNG 或 JPG"
PRINT_AS = "请打开它，把要用的部分截图，存为 PNG"


class KindError(Exception):
    """A file that is no PNG or JPEG: what it is and how to mend it, in Chinese."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(message)


_TAKEN = ((b"\x89PNG\r\n\x1a\n", PictureKind.PNG), (b"\xff\xd8\xff", PictureKind.JPEG))

_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
_AVIF = frozenset({b"avif", b"avis"})


def _is_svg(data: bytes) -> bool:
    head = data[:4096].replace(b"\0", b"").lower()
    return b"<svg" in head or (
        head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"svg" in head
    )


def _is_emf(data: bytes) -> bool:
    return data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF"


_OTHERS: tuple[tuple[Callable[[bytes], bool], str, str], ...] = (
    (lambda data: not data.strip(b"\0 \r\n\t"), "图片文件是空的", "请重新复制一遍图片"),
    (lambda data: data[:4] == b"GIF8", "这是 GIF（动图）", SAVE_AS),
    (lambda data: data[:2] == b"BM" and data[6:10] == b"\0\0\0\0", "这是 BMP 位图", SAVE_AS),
    (
        lambda data: data[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"},
        "这是 TIFF（或相机原始文件）",
        SAVE_AS,
    ),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", "这是 WebP", SAVE_AS),
    (lambda data: data[4:8] == b"ftyp" and data[8:12] in _HEIF, "这是 HEIC（苹果手机的照片）", SAVE_AS),
    (lambda data: data[4:8] == b"ftyp" and data[8:12] in _AVIF, "这是 AVIF", SAVE_AS),
    (lambda data: data[:4] == b"\0\0\x01\0", "这是 ICO 图标", SAVE_AS),
    (lambda data: data[4:8] == b"jP  " or data[:4] == b"\xff\x4f\xff\x51", "这是 JPEG 2000", SAVE_AS),
    (lambda data: data[:4] == b"8BPS", "这是 Photoshop 文件", SAVE_AS),
    (_is_emf, "这是 EMF 图元文件", SAVE_AS),
    (lambda data: data[:4] in {b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0"}, "这是 WMF 图元文件", SAVE_AS),
    (lambda data: b"%PDF-" in data[:1024], "这是 PDF 文件", PRINT_AS),
    (lambda data: data[:4] == b"%!PS" or data[:4] == b"\xc5\xd0\xd3\xc6", "这是 PostScript 文件", PRINT_AS),
    (_is_svg, "这是 SVG 矢量图（里面可以有脚本和外部链接）", SAVE_AS),
    (lambda data: data[:2] == b"\x1f\x8b", "这是压缩过的文件（或 SVGZ）", SAVE_AS),
    (lambda data: data[:4] == b"PK\x03\x04", "这是 Word、Excel、PPT 文件或压缩包", PRINT_AS),
    (lambda data: data[:4] == b"\xd0\xcf\x11\xe0", "这是旧版 Office 文件", PRINT_AS),
)
"""Test -> what the file is, how to mend it; in order."""


def kind_of(data: bytes) -> PictureKind:
    """Return which of the two kinds `data` is; raise `KindError` for any other."""
    for head, kind in _TAKEN:
        if data.startswith(head):
            return kind
    for is_kind, message, mend in _OTHERS:
        if is_kind(data):
            tail = "" if message.endswith("空的") else "，只能用 PNG 和 JPG 图片"
            raise KindError(message + tail, mend)
    raise KindError("这不是图片，只能用 PNG 和 JPG 图片", SAVE_AS)
