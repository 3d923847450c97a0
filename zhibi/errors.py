"""Places and problems: what every stage says when something is wrong.

A stage never prints and never stops at the first fault: it collects `Problem`s and either returns
them beside its result or raises one `ReportError` that carries them all.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How certain a problem is; only `ERROR` stops a build."""

    ERROR = "错误"
    ADVICE = "提醒"
    QUERY = "询问"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file: `line` and `column` count from 1; 0 means the file as a whole.

    `part` is what people call a place where there are no lines (第12段 of a Word file).
    """

    file: str
    line: int = 0
    column: int = 0
    part: str = ""

    def __str__(self) -> str:
        if self.part:
            return f"{self.file} {self.part}"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what is wrong (`message`) and how to mend it (`suggestion`).

    `text` holds the words at fault, `context` the line or sentence they stand in, `start` where in it they do (-1: not
    known), `mended` what the program itself may put in their place (None: a person must decide).
    """

    at: Location
    rule: str
    message: str
    suggestion: str = ""
    level: Level = Level.ERROR
    text: str = ""
    context: str = ""
    mended: str | None = None
    start: int = -1

    def __str__(self) -> str:
        mend = f" —— {self.suggestion}" if self.suggestion else ""
        return f"{self.at} {self.level}：{self.message}{mend}"

    def as_json(self) -> dict[str, str | int]:
        """Return the flat mapping that `--json` prints."""
        return {
            "file": self.at.file,
            "line": self.at.line,
            "column": self.at.column,
            "rule": self.rule,
            "level": str(self.level),
            "text": self.text,
            "context": self.context,
            "message": self.message,
            "suggestion": self.suggestion,
        }


class ReportError(Exception):
    """Raised when a paper cannot be made; `problems` is never empty and holds all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.at))
        assert self.problems, "a ReportError needs at least one problem"
        super().__init__("\n".join(str(problem) for problem in self.problems))


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "找不到",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "同名的文件夹已经存在",
    errno.EEXIST: "同名的文件已经存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EBUSY: "文件正被占用",
    errno.ETXTBSY: "文件正被占用",
    errno.EIO: "磁盘读写出错",
    errno.EFBIG: "文件超过了系统允许的大小",
    errno.ESTALE: "网络盘断开了",
    errno.ENOTCONN: "网络盘断开了",
    errno.EHOSTDOWN: "网络盘没有回应",
    errno.ETIMEDOUT: "网络盘没有回应",
    errno.ENODEV: "磁盘不在了",
    errno.ENXIO: "磁盘不在了",
    errno.EXDEV: "文件夹跨了两个磁盘",
    errno.EMLINK: "链接太多",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOLCK: "这个磁盘不能给文件上锁",
    errno.ENOSYS: "这个磁盘不支持需要的操作",
    errno.EOPNOTSUPP: "这个磁盘不支持需要的操作",
}


def reason(error: OSError) -> str:
    """Say in Chinese why the system refused."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of `problems` stops the build."""
    return any(problem.level is Level.ERROR for problem in problems)
