"""Settings, templates, folders and encodings -> findings."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from zhibi.doctor.findings import ADVICE, BAD, GOOD, Finding

LITTLE, ROOMY = 50, 500
"""Free megabytes below which a build may fail, and below which it may soon."""

_SHOWN = 3
"""Problems of one file that are told; the build tells all."""


def check_project(config: Path, templates: Path) -> Iterator[Finding]:
    """Read config.yaml, look for the data files it names, and read every template."""
    from zhibi.errors import ReportError  # Imported late, as all of the program: see the package.
    from zhibi.model import Project, read_config
    from zhibi.templates import SUFFIX, read_template

    project = Project(config.resolve().parent, templates)
    try:
        reports = read_config(config, project).reports
        missing = [project.shown(entry.data) for entry in reports if not entry.data.is_file()]
        if missing:
            yield Finding(
                f"配置 {config.name}", BAD, f"找不到数据文件 {'、'.join(missing)}", "请核对“数据”的写法"
            )
        else:
            yield Finding(f"配置 {config.name}", GOOD, f"{len(reports)} 份报告")
    except ReportError as error:
        yield _problems(f"配置 {config.name}", error.problems)
    files = sorted(templates.glob(f"*{SUFFIX}"))
    problems = [problem for file in files for problem in read_template(file, project.shown(file))[1]]
    if problems:
        yield _problems("模板", problems)
    elif files:
        yield Finding("模板", GOOD, f"{len(files)} 个都能读")
    else:
        yield Finding("模板", BAD, f"{templates} 里没有模板", "请恢复 templates 文件夹")


def _problems(item: str, problems: Iterable[Any]) -> Finding:
    from zhibi.errors import has_errors

    said = [f"{problem.at} {problem.message}" for problem in problems]
    more = f"等 {len(said)} 处" if len(said) > _SHOWN else ""
    result = BAD if has_errors(problems) else ADVICE
    return Finding(item, result, "；".join(said[:_SHOWN]) + more, "请按提示修改这些地方")


def check_folders(config: Path) -> Iterator[Finding]:
    """Judge the folder of the finished papers and the one for temporary files."""
    output = config.resolve().parent / "reports"
    try:
        from zhibi.model import Project, read_config

        output = read_config(config, Project(config.resolve().parent, output)).output
    except Exception:  # What is wrong with the settings is a finding of its own.
        output = config.resolve().parent / "reports"
    yield check_folder("输出文件夹", output, _free, _write)
    yield check_folder("临时文件夹", Path(tempfile.gettempdir()), _free, _write)


def check_folder(
    item: str, folder: Path, free: Callable[[Path], int], write: Callable[[Path], None]
) -> Finding:
    """Judge a folder, or the nearest one above it that exists: `free` says bytes, `write` tries a file."""
    near = next(one for one in (folder, *folder.parents) if one.exists())
    try:
        write(near)
        room = free(near) // 1_000_000
    except OSError as error:
        return Finding(item, BAD, f"{folder} 写不进去（{_reason(error)}）", "请检查权限，或另选一个文件夹")
    if room < LITTLE:
        return Finding(item, BAD, f"{folder} 所在的磁盘只剩 {room} MB", "请腾出空间")
    if room < ROOMY:
        return Finding(item, ADVICE, f"{folder} 所在的磁盘只剩 {room} MB", "请留意，必要时腾出空间")
    return Finding(item, GOOD, f"{folder} 可以写入，磁盘还有 {room} MB")


def _write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as stream:
        stream.write(b"\0" * 1024)


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _reason(error: OSError) -> str:
    try:
        from zhibi.errors import reason
    except ImportError:  # An old Python.
        return f"系统错误 {error.errno}"
    return reason(error)


def check_encoding(terminal: str | None, files: str) -> Finding:
    """Judge how the terminal is written to (None: it is closed) and how file names are encoded."""
    item = "文字编码"
    mend = "请把环境变量 LANG 设为 C.UTF-8 或 zh_CN.UTF-8"
    if not _can_write("公文镕", files):
        return Finding(item, BAD, f"文件名的编码 {files} 写不了中文", mend)
    if terminal and not _can_write("公文镕✓", terminal):
        return Finding(item, ADVICE, f"终端的编码 {terminal} 有的字显示不了，会显示成 \\u 加数字", mend)
    return Finding(item, GOOD, f"终端 {terminal or '无'}，文件名 {files}")


def _can_write(text: str, encoding: str) -> bool:
    try:
        codecs.encode(text, encoding)
    except (UnicodeError, LookupError):
        return False
    return True
