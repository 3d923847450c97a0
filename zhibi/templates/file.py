"""A template's file before it is read: what kind of file it is, where it leads, whether it has a twin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from zhibi.errors import Location, Problem
from zhibi.folders import leaves
from zhibi.freshness.seen import names_like

_KINDS = (
    (b"PK\x03\x04", "Word 或其他压缩格式的文件"),
    (b"\xd0\xcf\x11\xe0", "旧版 Word 文件，或加了密码的 Word 文件"),
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文件"),
)
"""First bytes -> what the file is; the templates of this program are plain text."""


def file_problems(path: Path, shown: str) -> Iterator[Problem]:
    """Yield what makes a file no template, whatever stands in it."""
    at = Location(shown)
    if leaves(path, path.parent):
        yield Problem(
            at, "模板", "模板是一个链接，指到 templates 文件夹外面", "请把文件本身放进 templates 文件夹"
        )
        return
    if kind := _kind(path):
        hint = "模板是纯文本：请照 templates 文件夹里的样子写，另存为 UTF-8 文本"
        yield Problem(at, "模板", f"这不是模板，是{kind}", hint)
    for twin in _twins(path):
        message = f"有两个模板名称相同：{path.name} 和 {twin}（只差大小写或字符的编码）"
        yield Problem(at, "重名", message, "请改名或移走其中一个")


def _kind(path: Path) -> str:
    try:
        if not path.is_file():
            return ""  # Reading will say so.
        with path.open("rb") as stream:
            head = stream.read(8)
    except (OSError, ValueError):
        return ""
    return next((kind for mark, kind in _KINDS if head.startswith(mark)), "")


def _twins(path: Path) -> list[str]:
    """Return the other files of the folder whose name is the same to Windows or to macOS."""
    try:
        names = names_like(path.parent, path.stem, path.suffix)
    except (OSError, ValueError):
        return []
    return sorted(name for name in names if name != path.name and _folded(name) == _folded(path.name))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
