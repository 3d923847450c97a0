"""The name of a data file -> what it says against the file: a lock, a backup, a copy beside it.

Word, editors and shared drives leave such files beside the real ones; the wrong one is read easily.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from zhibi.errors import Level, Location, Problem
from zhibi.freshness.seen import names_like

_STRAYS = (
    (r"~\$.*|\.~lock\..*#", "这是 Word 或 WPS 打开文件时留下的临时文件"),
    (r".*\.(bak|old|orig|tmp|temp|swp|wbk|asd)|.*~|~.*\.tmp|\.#.*|#.*#", "这是备份文件或临时文件"),
    (r"\.DS_Store|\._.*|Thumbs\.db|desktop\.ini", "这是系统自己用的文件"),
    (r".*\.(docx?|wps|xlsx?|et|pdf|pptx?|zip|rar|7z|png|jpe?g)", "这不是 YAML 数据文件"),
)

_COPY = re.compile(
    r"[ _]?[(（]\d+[)）]"
    r"| ?[-–—_]? ?(?:副本|拷贝|复件|[Cc]opy)(?: ?[(（]\d+[)）])?"
    r"|[ _.-]*[(（]?.*(?:冲突|衝突|[Cc]onflict).*"
    r"|-(?:DESKTOP|LAPTOP|PC|WIN)-[0-9A-Z]+(?:-\d+)?"
)
"""What shared drives and file managers add to the name of a second copy."""

_BEFORE = re.compile(r"(?:副本|复件|[Cc]opy of) ?(?:[(（]\d+[)）] ?)?")


def stray_problem(path: Path, at: Location) -> Problem | None:
    """Return a problem when the name tells that `path` is no data file."""
    for pattern, message in _STRAYS:
        if re.fullmatch(pattern, path.name, re.IGNORECASE):
            hint = "请改成要用的 .yaml 数据文件"
            return Problem(at, "文件", message, hint, text=path.name)
    return None


def copy_problems(path: Path, at: Location) -> list[Problem]:
    """Return an advice for each file beside `path` that looks like a second copy of it."""
    try:
        names = names_like(path.parent, path.stem, path.suffix)
    except (OSError, ValueError):
        return []
    stem, ending = unicodedata.normalize("NFC", path.stem), path.suffix
    copies = sorted(
        name for name in names if name.endswith(ending) and _is_copy(unicodedata.normalize("NFC", name), stem)
    )
    hint = "请核对哪一份是最新的，把另一份移走"
    return [
        Problem(at, "文件", f"旁边有“{name}”，像是同一文件的副本或冲突副本", hint, Level.ADVICE, name)
        for name in copies
    ]


def _is_copy(name: str, stem: str) -> bool:
    other = name.rpartition(".")[0]
    if other.startswith(stem):
        return bool(_COPY.fullmatch(other[len(stem) :]))
    return other.endswith(stem) and bool(_BEFORE.fullmatch(other[: -len(stem)]))
