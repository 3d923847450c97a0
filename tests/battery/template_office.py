"""A small office for the battery: template, data and plan as text in, the paper or its problems out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from zhibi.errors import Problem, ReportError
from zhibi.model import Project
from zhibi.pipeline import Checked, check_report

HEAD = "---\n版本: 1\n说明: 试验\n字段:\n  正文: {类型: 正文}\n  名: {类型: 文字}\n  各项: {类型: 文字列表}\n  计划: {类型: 计划}\n---\n"
BODY_LINE = HEAD.count("\n") + 1
"""Line of the file that the body begins on."""

PLAN = "版本: 1\n名称: 计划\n年度: 2026\n任务:\n  - {序号: 1, 内容: 抓平台, 责任单位: 科技局}\n  - {序号: 2, 内容: 抓人才, 责任单位: 人才办}\n指标:\n  投入: {单位: 亿元, 目标: '3.9', 实际: '3.5'}\n"
DATA = "版本: 1\n模板: 试验\n文件名: 试验\n名: 云川区\n各项: [甲, 乙]\n计划: 计划.yaml\n"

_seen: list[str] = []
_watched: list[str] = []


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event.startswith(
        ("os.system", "os.exec", "os.posix_spawn", "os.fork", "subprocess.", "socket.", "ctypes.")
    ):
        _seen.append(f"{event} {arguments!r}")
    if event == "open" and any(str(arguments[0]).endswith(name) for name in _watched):
        _seen.append(f"open {arguments[0]!r}")


sys.addaudithook(_listen)  # Python has no way to take a hook off again; it is deaf outside `watching`.


@contextmanager
def watching(*names: str) -> Iterator[list[str]]:
    """Give the list of what happens inside: processes, sockets, and files opened that end in `names`."""
    _seen.clear()
    _watched.extend(names)
    try:
        yield _seen
    finally:
        _watched.clear()


def write_office(folder: Path, body: str = "::正文 正文\n", data: str = "", head: str = HEAD) -> Path:
    """Write template, plan and data; return the data file."""
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "试验.jinja").write_text(head + body, encoding="utf-8")
    (folder / "计划.yaml").write_text(PLAN, encoding="utf-8")
    file = folder / "数据.yaml"
    file.write_text(data if data.startswith("版本") else DATA + data, encoding="utf-8")
    return file


def check(file: Path) -> Checked | tuple[Problem, ...]:
    """Return the checked paper of a data file, or its problems."""
    try:
        return check_report(file, Project(file.parent, file.parent / "templates"))
    except ReportError as error:
        return error.problems


def problems(file: Path) -> tuple[Problem, ...]:
    """Return the problems of a data file that must not pass."""
    found = check(file)
    assert isinstance(found, tuple), "it passed"
    return found
