"""`OSError` -> a problem in Chinese that says where, why and what to do."""

from __future__ import annotations

import contextlib
import errno
import math
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError, reason

WRITE_RULE = "写文件"
"""Rule of the problems that mean: the input was right, the files could not be written."""

LOCK_RULE = "占用"
"""Rule of the problem that means: another run has been writing into the folder all the time."""

NAME_RULE = "重名"
"""Rule of the problem that means: another report's file has this name."""

Shown = Callable[[Path], str]
_MB = 1_000_000
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_HINTS = {
    errno.EROFS: "请检查这个磁盘，或用 --out 换一个文件夹",
    errno.EIO: "请检查磁盘和网络盘，或用 --out 换一个文件夹",
    errno.ESTALE: "请重新连接网络盘再运行",
    errno.ENAMETOOLONG: "请在数据里用“文件名”另起一个短些的名字，或换一个浅些的文件夹",
    errno.EBUSY: "请关闭打开它的程序再运行",
    errno.ENOLCK: "请用 --out 换一个文件夹",
    errno.ENOSYS: "请用 --out 换一个文件夹",
}


@contextlib.contextmanager
def told(folder: Path, shown: Shown, needed: int) -> Iterator[None]:
    """Turn an `OSError` of the block into a `ReportError`; `needed` is how many bytes are to be written."""
    try:
        yield
    except OSError as error:
        raise ReportError([problem_of(error, folder, shown, needed)]) from error


def problem_of(error: OSError, folder: Path, shown: Shown, needed: int) -> Problem:
    """Return the problem that tells of `error`, with the folder as its place."""
    at = Location(shown(folder))
    if error.errno in _FULL:
        message = f"{reason(error)}，还需约 {_lacking(folder, needed)} MB"
        return Problem(at, WRITE_RULE, message, "请腾出空间再试")
    if isinstance(error, PermissionError):
        message = "没有写入的权限，或文件正被 Word、WPS 打开"
        return Problem(at, WRITE_RULE, message, "请关闭打开它的程序，或检查文件夹的权限")
    hint = _HINTS.get(error.errno or 0, "请检查这个文件夹")
    return Problem(at, WRITE_RULE, f"写不进去（{reason(error)}）", hint)


def _lacking(folder: Path, needed: int) -> int:
    """Return how many megabytes must be freed; a quota does not tell, then all that is to be written."""
    free = 0
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(folder).free
    return math.ceil((needed - free if free < needed else needed) / _MB) or 1
