"""Stage 1: the name of a file -> its text, or why it cannot be read.

Only regular files are opened, never more than `MAX_BYTES` of them are taken, and nothing waits: a pipe, a
device, a loop of links or a file that is being saved is one problem that says which it is. Names are found in
any Unicode form (a Mac writes 级 or é in pieces); encodings are told apart by their bytes.
"""

from __future__ import annotations

import difflib
import os
import stat
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from zhibi.errors import Level, Location, Problem, reason
from zhibi.freshness.seen import names_like

MAX_BYTES = 16 * 1024 * 1024
"""Largest file that is read."""

_TRIES, _PAUSE = 3, 0.1
"""How often, and after how many seconds, a file is read again that changed while it was read."""

_SAVE_AS = "请用记事本打开，另存为，编码选 UTF-8"
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-")
"""How files of Word, Excel and their kin begin, new and old, and a PDF."""

_KINDS = (
    (stat.S_ISDIR, "这是一个文件夹", "请写出里面的文件，如 data/甲.yaml"),
    (stat.S_ISFIFO, "这是管道，不是文件", "请换成普通的文件"),
    (stat.S_ISCHR, "这是设备，不是文件", "请换成普通的文件"),
    (stat.S_ISBLK, "这是设备，不是文件", "请换成普通的文件"),
    (stat.S_ISSOCK, "这是程序间通信用的套接字，不是文件", "请换成普通的文件"),
)


_in_memory: ContextVar[Mapping[str, bytes]] = ContextVar("_in_memory")


@contextmanager
def held_in_memory(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Read these files from memory: what a file would be, before anything is written."""
    token = _in_memory.set({os.path.realpath(path): raw for path, raw in files.items()})
    try:
        yield
    finally:
        _in_memory.reset(token)


def _held(path: Path) -> bytes | None:
    files = _in_memory.get({})
    return files.get(os.path.realpath(path)) if files else None


def locate(path: Path) -> list[Path]:
    """Return the entries of the folder that bear the name of `path` in any Unicode form, itself first."""
    if _held(path) is not None:
        return [path]
    if path.name.isascii() and os.path.lexists(path):
        return [path]
    wanted = unicodedata.normalize("NFC", path.name)
    try:
        folder = path.parent if path.parent.is_dir() else next(iter(locate(path.parent)), path.parent)
        like = names_like(folder, path.stem, path.suffix)
        names = sorted(name for name in like if unicodedata.normalize("NFC", name) == wanted)
    except (OSError, ValueError, RecursionError):
        return [path] if os.path.lexists(path) else []  # A folder that cannot be listed.
    return sorted((folder / name for name in names), key=lambda found: found.name != path.name)


def exists(path: Path) -> bool:
    """Tell whether `path` is a file; a name that no system takes is none."""
    try:
        return any(found.is_file() for found in locate(path))
    except (OSError, ValueError):
        return False


def find_file(path: Path) -> Path:
    """Return `path` as the system writes it, or `path` itself when there is none or more than one."""
    found = locate(path)
    return found[0] if len(found) == 1 else path


def read_file(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Return the text of a file (line ends \\n, no BOM) and problems; `shown` is its name in messages."""
    found = locate(path)
    if not found:
        return "", [Problem(Location(shown), "文件", "找不到这个文件", _nearest(path))]
    at = Location(shown, 1, 1)
    if len(found) > 1:
        message = f"有 {len(found)} 个文件都叫这个名字，只是文字的编码方式不同，分不清用哪一个"
        return "", [Problem(at, "文件", message, "请把其中一个改名或移走")]
    raw, problem = _read_bytes(found[0], at)
    return ("", [problem]) if problem else decode(raw, at)


def _nearest(path: Path) -> str:
    """Say which file of the folder has a name like that of `path`."""
    try:
        names = os.listdir(path.parent)
    except (OSError, ValueError):
        return "请检查文件名和所在文件夹"
    close = difflib.get_close_matches(path.name, names, n=1, cutoff=0.6)
    return f"您是不是想写“{close[0]}”？" if close else "请检查文件名和所在文件夹"


def _read_bytes(path: Path, at: Location) -> tuple[bytes, Problem | None]:
    """Read a file whole; one that changes meanwhile is read again, a few times."""
    if (held := _held(path)) is not None:
        return held, None
    try:
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE)
            mode = path.stat().st_mode  # Asked before it is opened: opening a device can move it.
            if problem := _kind_problem(mode, at):
                return b"", problem
            handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(handle, "rb") as stream:
                before = os.fstat(handle)
                if problem := _kind_problem(before.st_mode, at):
                    return b"", problem
                raw = stream.read(MAX_BYTES + 1) if before.st_size <= MAX_BYTES else b" " * (MAX_BYTES + 1)
                after = os.fstat(handle)
            if len(raw) > MAX_BYTES:
                return b"", Problem(at, "文件", "文件太大（超过 16 MB）", "请拆成几个文件")
            if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                return raw, None
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "文件名里有不能用的字符"
        return b"", Problem(at, "文件", f"读不出这个文件（{why}）", "请检查权限，或关闭占用它的程序")
    return b"", Problem(at, "文件", "别的程序正在保存这个文件", "请等它存好再试")


def _kind_problem(mode: int, at: Location) -> Problem | None:
    for is_kind, message, suggestion in _KINDS:
        if is_kind(mode):
            return Problem(at, "文件", message, suggestion)
    return None


def decode(raw: bytes, at: Location) -> tuple[str, list[Problem]]:
    """Return `raw` as text: UTF-8, UTF-16 with BOM, or GB18030 with a notice."""
    if raw.startswith(_OFFICE):
        hint = "Word 公文请用 python3 build.py import 变成数据；表格和 PDF 请照样例另写数据文件"
        return "", [Problem(at, "文件", "这是 Word、Excel 或 PDF 文件，不是 YAML 数据", hint)]
    if raw[:4] == b"\xff\xfe\0\0" or (raw[:2] not in {b"\xff\xfe", b"\xfe\xff"} and _is_wide(raw[:4096])):
        message = "文件编码认不出来（像是没有标记的 UTF-16 或 UTF-32）"
        return "", [Problem(at, "编码", message, _SAVE_AS)]
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        try:
            return _plain_ends(raw.decode("utf-16")), []
        except UnicodeDecodeError:
            return "", [Problem(at, "编码", "文件编码认不出来（UTF-16 的文件不完整）", _SAVE_AS)]
    try:
        return _plain_ends(raw.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        return _decode_other(raw, at, error)


def _is_wide(head: bytes) -> bool:
    """Tell UTF-16 or UTF-32 without a mark: every other byte of its ASCII is zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return (even + odd) * 4 > len(head) or (even + odd >= 4 and not (even and odd))


def _decode_other(raw: bytes, at: Location, error: UnicodeDecodeError) -> tuple[str, list[Problem]]:
    """Read bytes that are no UTF-8: GB18030, or UTF-8 that was damaged."""
    text = raw.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    # Chinese in GBK taken for UTF-8 is nearly all replacement marks; a damaged file has a few.
    damaged = wrong * 4 < sum(char > "\x7f" for char in text)
    if not damaged:
        try:
            other = raw.decode("gb18030")
        except UnicodeDecodeError:
            other = ""
        if other:
            message = "文件是 GBK/GB18030 编码，已按此读入"
            return _plain_ends(other), [Problem(at, "编码", message, _SAVE_AS, Level.ADVICE)]
    # The decoder counts from behind the byte order mark.
    before = _plain_ends(error.object[: error.start].decode("utf-8", "replace"))
    place = Location(at.file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    if damaged:
        message = f"文件是 UTF-8 编码，但有 {wrong} 处坏字，这是第一处"
        return "", [Problem(place, "编码", message, "请重新输入这里的字；文件若没有存完，请重新保存")]
    return "", [Problem(place, "编码", "文件编码认不出来，从这里起读不懂", _SAVE_AS)]


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
