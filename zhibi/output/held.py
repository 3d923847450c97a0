"""A finished file -> who has it open, from the owner files that office programs lay beside it.

Word and WPS write `~$` and the name, less its first characters; WPS also `.~` and the name; LibreOffice
writes `.~lock.` and the name. A file of a program that died stays, so it is never proof, only a reason to
leave the file alone.
"""

from __future__ import annotations

import csv
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zhibi.output.names import folded, split

_WORD_ENDINGS = frozenset({".docx", ".doc"})
_READ_BYTES = 1024
_ANSI_FIELD = 53
"""Bytes of the user's name in the code page of Windows, after the byte of its length."""

_WIDE_STARTS = (55, 56)
"""Where the same name begins in UTF-16; its length stands at 54, in one byte or two."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open: the user's name when it is known, and the owner file that says so."""

    who: str
    program: str
    file: str


def owner_names(name: str) -> dict[str, str]:
    """Return owner file -> program for a finished file."""
    names = {f".~lock.{name}#": "LibreOffice"}
    stem, ending = split(name)
    if ending.lower() in _WORD_ENDINGS:
        dropped = max(0, min(2, len(stem) - 6))
        names |= {f"~${stem[dropped:]}{ending}": "Word 或 WPS", f".~{name}": "WPS"}
    return names


def holder(folder: Path, listing: Iterable[str], name: str) -> Holder | None:
    """Return who has `name` open by the owner files of `listing`, None when there are none."""
    wanted = {folded(owner): program for owner, program in owner_names(name).items()}
    for owner in sorted(listing):
        program = wanted.get(folded(owner))
        if program:
            read = _libreoffice_user if program == "LibreOffice" else word_user
            return Holder(_printable(read(_beginning(folder / owner))), program, owner)
    return None


def _beginning(path: Path) -> bytes:
    """Return the first bytes of an owner file; nothing when its program lets nobody read it."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return b""
        with open(path, "rb") as stream:
            return stream.read(_READ_BYTES)
    except OSError:
        return b""


def word_user(data: bytes) -> str:
    """Return the user's name of an owner file of Word, the empty text when none can be read.

    The name stands there twice; the wide one holds every character, the other proves that it was found.
    """
    if not data or not 0 < data[0] <= _ANSI_FIELD:
        return ""
    narrow = data[1 : 1 + data[0]]
    for start in _WIDE_STARTS:
        length = data[54] if len(data) > start else 0
        wide = data[start : start + 2 * length].decode("utf-16-le", errors="ignore")
        if wide and wide.encode("gbk", errors="replace") == narrow:
            return wide
    name = narrow.decode("gbk", errors="replace")
    return "" if "\ufffd" in name else name


def _libreoffice_user(data: bytes) -> str:
    """Return the user's name of a lock file: the first field, or the second where the first is empty."""
    lines = data.decode(errors="replace").splitlines()[:1]
    fields = next(csv.reader(lines), [])
    return next((field.strip() for field in fields[:2] if field.strip()), "")


def _printable(name: str) -> str:
    """Return a name for a message: no control characters, at most 20 characters."""
    return "".join(char for char in name if char.isprintable()).strip()[:20]
