"""Whether a name that stands in data leads out of the folders it may lead into."""

from __future__ import annotations

from pathlib import Path

from zhibi.errors import Problem
from zhibi.plain import Scalar


def leaves(path: Path, *folders: Path) -> bool:
    """Tell whether `path` ends up in none of `folders` once `..` and links are followed.

    A name that no system takes leads nowhere, so it does not leave; it will not be found.
    """
    try:
        whole = path.resolve()
    except (OSError, RuntimeError, ValueError):
        return False
    return not any(whole.is_relative_to(folder.resolve()) for folder in folders)


def leading_out(name: Scalar, file: Path, *folders: Path) -> Problem | None:
    """Return the problem of a file that data name and that lies in none of `folders`."""
    if not leaves(file, *folders):
        return None
    hint = "请把它放进数据文件所在的文件夹，写：计划: 文件名.yaml"
    return Problem(name.at, "文件", f"计划文件“{name}”不在项目文件夹里", hint)
