"""A typed path -> the bytes of a regular file below the project, or a refusal.

Nothing is opened before it is known where the path ends: links are followed and judged by the file they lead
to. No form of path leads to the network; a path is a relative one, from the folder of the data file.
"""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from zhibi.errors import reason
from zhibi.freshness.seen import looked_at

MOST_BYTES = 20 * 1024 * 1024
"""Largest file that is read."""

COPY = "请把图片复制到数据文件旁边的“图片”文件夹，写成：图: 图片/名称.png"


class FileError(Exception):
    """A file that is not read: what is wrong and how to mend it, in Chinese."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(message)


_REFUSED: tuple[tuple[str, str, str], ...] = (
    (r".*[\x00-\x1f\x7f]", "图片的路径里有看不见的控制字符", "请删去这一行，重新打一遍路径"),
    (r"(?i)data:", "图片的内容不能直接写在数据里（data:）", "请存成 PNG 或 JPG 文件；" + COPY),
    (r"(?i)file:", "图片不能写成 file: 地址", COPY),
    (r"[A-Za-z][A-Za-z0-9+.-]+:", "图片不能取自网络，生成公文时不连网", "请先下载图片；" + COPY),
    (r"[/\\]{2}", "图片不能取自网络上的共享文件夹", COPY),
    (r"[A-Za-z]:", "图片的路径不能带盘符", COPY),
    (r"[/\\]", "图片的路径要从数据文件所在的文件夹写起，不能以斜线开头", COPY),
    (r"~", "图片的路径要从数据文件所在的文件夹写起，不能以 ~ 开头", COPY),
    (r".*:", "图片的路径里有半角冒号", "请把文件名里的冒号去掉"),
)
"""Pattern at the start of a path -> what is wrong and how to mend it; the first that fits is told."""

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "这是一个文件夹，不是图片文件"),
    (stat.S_ISFIFO, "这是一个管道，不是图片文件"),
    (stat.S_ISSOCK, "这是一个套接字，不是图片文件"),
    (stat.S_ISCHR, "这是一个设备，不是图片文件"),
    (stat.S_ISBLK, "这是一个设备，不是图片文件"),
)

_ENCODED = re.compile("%[0-9A-Fa-f]{2}")

_FLAGS = (
    os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)
"""Opening never waits for another program and never follows a link put there since the path was judged."""


def read_below(typed: str, folders: Sequence[Path]) -> bytes:
    """Return the bytes of the file that `typed` names below one of `folders`, counted from the first."""
    name = typed.strip()
    for pattern, message, mend in _REFUSED:
        if re.match(pattern, name, re.DOTALL):
            raise FileError(message, mend)
    path = _inside(name.replace("\\", "/"), folders)
    try:
        _refuse_special(os.stat(path, follow_symlinks=False).st_mode)
        return _read(path)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _missing(name, path) from error
    except OSError as error:
        raise FileError(f"读不出这个图片（{reason(error)}）", "请检查权限，或关闭占用它的程序") from error


def _inside(name: str, folders: Sequence[Path]) -> Path:
    """Return where a path ends, links followed; refuse what ends outside of all folders."""
    try:
        roots = [folder.resolve() for folder in folders]
        path = (roots[0] / name).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise FileError("图片的路径里有绕成圈的链接，或者没有系统认得它", COPY) from error
    if any(path.is_relative_to(root) for root in roots):
        looked_at(folders[0] / name)  # What is opened is where its links lead now.
        return path
    written = Path(os.path.normpath(roots[0] / name))
    if any(written.is_relative_to(root) for root in roots):
        raise FileError("这个名字是一个链接，指向项目文件夹之外的文件", "请把图片本身复制进来，不要用链接")
    raise FileError("图片在项目文件夹之外", COPY)


def _refuse_special(mode: int) -> None:
    for is_kind, message in _KINDS:
        if is_kind(mode):
            raise FileError(message, "请写图片文件的名字，如 图: 图片/现场.png")


def open_file(path: Path) -> BinaryIO:
    """Open a file for reading; this is the only place where one of a picture is opened."""
    return open(os.open(path, _FLAGS), "rb")


def _read(path: Path) -> bytes:
    """Read a file whose kind and size are asked again of what has really been opened."""
    with open_file(path) as file:
        status = os.fstat(file.fileno())
        _refuse_special(status.st_mode)
        data = file.read(MOST_BYTES + 1) if status.st_size <= MOST_BYTES else b""
    if status.st_size > MOST_BYTES or len(data) > MOST_BYTES:
        size = f"{status.st_size / 1024 / 1024:.0f} MB，" if status.st_size > MOST_BYTES else ""
        mend = "请用看图软件缩小后另存（印在纸上，长边 3500 像素就够）"
        raise FileError(f"图片文件太大（{size}最多 {MOST_BYTES // 1024 // 1024} MB）", mend)
    return data


def _missing(name: str, path: Path) -> FileError:
    """Return what is said of a file that is not there; a name close to it is offered."""
    message = f"找不到图片“{name}”"
    if _ENCODED.search(name):
        return FileError(message + "（里面的 % 编码按原样当作名字，不会还原）", "请写文件原来的名字")
    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return FileError(message, "请检查文件夹和文件名；路径从数据文件所在的文件夹写起")
    stems = {Path(one).stem: one for one in sorted(names)}
    for close in difflib.get_close_matches(path.stem, stems, n=1, cutoff=0.6):
        return FileError(message, f"您是不是想写“{stems[close]}”？")
    return FileError(message, "请检查文件名；路径从数据文件所在的文件夹写起")
