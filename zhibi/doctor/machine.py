"""Interpreter, libraries and programs -> findings; what asks the machine is handed in, so that tests can lie."""

from __future__ import annotations

import contextlib
import importlib
import io
import operator
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from zhibi.doctor.findings import ADVICE, BAD, GOOD, REBUILD, SETUP, Finding

OLDEST = (3, 11)

IMPORTED = (
    *("jinja2", "docx", "weasyprint", "yaml", "lxml.etree", "click", "jsonschema", "fontTools.ttLib"),
    *("rjieba", "openpyxl", "ruamel.yaml", "holidays", "matplotlib"),
)
"""What the program imports of its libraries: one can be installed and yet not start."""

SUBSETTER = "harfbuzz-subset"
LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig", SUBSETTER)

FIRST_FAST_HARFBUZZ = (4, 1)
_SLOW = "能做 PDF，但嵌入字体要慢十倍以上"


def check_python(version: Sequence[int]) -> Finding:
    """Judge the version of the interpreter."""
    said = ".".join(map(str, version))
    if tuple(version[:2]) >= OLDEST:
        return Finding("Python", GOOD, said)
    mend = "请安装 Python 3.11 或更高版本，然后运行 make setup"
    return Finding("Python", BAD, f"{said} 太旧，需要 3.11 或更高版本", mend)


def check_environment(prefix: Path, venv: Path) -> Finding:
    """Judge whether the project's own environment is there and in use."""
    item = "项目环境 .venv"
    if os.path.realpath(prefix) == os.path.realpath(venv):
        return Finding(item, GOOD, "正在使用")
    if not venv.exists():
        return Finding(item, ADVICE, f"还没有建立，现在用的是 {prefix}", SETUP)
    return Finding(item, BAD, f"没有用上，可能已损坏；现在用的是 {prefix}", REBUILD)


_PIN = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;\s*(\w+)\s*([=!<>]=|[<>])\s*'([^']*)')?", re.MULTILINE
)
_COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def pins(lock: str, here: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield name and version of every library that a lock file wants where the markers are `here`."""
    for name, version, marker, sign, value in _PIN.findall(lock):
        if not marker or _COMPARED[sign](_ordered(here.get(marker, "")), _ordered(value)):
            yield name, version


def _ordered(value: str) -> tuple[object, ...]:
    """Return a marker's value so that 3.9 comes before 3.12; words stay words."""
    return tuple(int(part) if part.isdecimal() else part for part in value.split("."))


def check_versions(lock: str, version_of: Callable[[str], str | None]) -> Iterator[Finding]:
    """Compare the installed libraries with the lock file; `version_of` says None for a missing one."""
    here = {
        "platform_python_implementation": platform.python_implementation(),
        "implementation_name": sys.implementation.name,
        "python_full_version": platform.python_version(),
        "sys_platform": sys.platform,
    }
    wanted = list(pins(lock, here))
    if not wanted:
        yield Finding("程序库", BAD, "锁文件 requirements.lock 里没有内容", "请恢复这个文件")
        return
    found = {name: version_of(name) for name, _ in wanted}
    missing = [name for name, _ in wanted if found[name] is None]
    wrong = [(name, pin) for name, pin in wanted if name not in missing and found[name] != pin]
    if missing:
        yield Finding("程序库", BAD, f"没有安装 {'、'.join(missing)}", SETUP)
    for name, pin in wrong:
        yield Finding(f"程序库 {name}", BAD, f"装的是 {found[name]}，锁文件要 {pin}", REBUILD)
    if not missing and not wrong:
        yield Finding("程序库", GOOD, f"{len(wanted)} 个，版本都与锁文件一致")


def installed_version(name: str) -> str | None:
    """Return the version of an installed library."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def check_imports(load: Callable[[str], object]) -> Iterator[Finding]:
    """Start every library that the program imports; one that is not there at all is said with all others."""
    missing = []
    for name in IMPORTED:
        try:
            load(name)
        except ModuleNotFoundError as error:
            missing.append(error.name or name)
        except Exception as error:  # A broken library may raise anything.
            said = str(error).strip().partition("\n")[0]
            yield Finding(f"程序库 {name}", BAD, f"不能启动（{type(error).__name__}：{said}）", SETUP)
    if missing:
        yield Finding("程序库模块", BAD, f"缺少 {'、'.join(dict.fromkeys(missing))}", SETUP)


def import_quietly(name: str) -> object:
    """Import a module; WeasyPrint prints a page of advice when a system library is missing."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return importlib.import_module(name)


def check_shared(load: Callable[[str], Any]) -> Iterator[Finding]:
    """Load the system's libraries that WeasyPrint needs; `load` raises OSError for a missing one."""
    for name in LIBRARIES:
        item = f"系统库 {name}"
        try:
            version = library_version(load(name), name)
        except OSError:
            if name == SUBSETTER:
                mend = "请管理员安装 libharfbuzz-subset0，或运行 make setup"
                yield Finding(item, ADVICE, f"没有找到：{_SLOW}", mend)
            else:
                yield Finding(item, BAD, "没有找到，不能做 PDF", SETUP)
            continue
        said = ".".join(map(str, version))
        if name == "harfbuzz" and version and version < FIRST_FAST_HARFBUZZ:
            yield Finding(item, ADVICE, f"{said} 太旧：{_SLOW}", "请管理员升级 HarfBuzz 到 4.1 以上")
        else:
            yield Finding(item, GOOD, said or "可用")


def load_library(name: str) -> Any:
    """Load a library of the system by the names it has on Linux, macOS and Windows."""
    import ctypes  # Imported late: a Python that somebody built may lack it.

    names = (f"lib{name}.so.0", f"lib{name}.so.1", f"lib{name}.so", f"lib{name}.0.dylib", f"lib{name}-0.dll")
    for file in names:
        with contextlib.suppress(OSError):
            return ctypes.CDLL(file)
    raise OSError(name)


def library_version(library: Any, name: str) -> tuple[int, ...]:
    """Return the version that Pango or HarfBuzz gives of itself, or nothing."""
    import ctypes

    ask = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}.get(name)
    if ask is None:
        return ()
    function = getattr(library, ask)
    function.restype = ctypes.c_char_p
    return tuple(int(part) for part in re.findall(r"\d+", function().decode()))


def check_fontconfig(which: Callable[[str], str | None]) -> Finding:
    """Look for the programs that say which fonts are installed."""
    missing = [name for name in ("fc-match", "fc-list") if which(name) is None]
    if missing:
        return Finding("字体工具 fontconfig", BAD, f"没有找到 {'、'.join(missing)}，不能挑选字体", SETUP)
    return Finding("字体工具 fontconfig", GOOD, "可用")


def check_office(which: Callable[[str], str | None]) -> Finding:
    """Look for LibreOffice, with which `make test` compares the pages of a Word file with the PDF's."""
    if which("soffice") or which("libreoffice"):
        return Finding("LibreOffice", GOOD, "可用")
    note = "没有安装；生成公文用不到，只在核对 Word 文件的版面时要用"
    return Finding("LibreOffice", ADVICE, note, "需要核对时，请运行 make setup-test")
