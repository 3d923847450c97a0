"""A file that came back -> an open workbook, or the one reason why it cannot be opened."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from zhibi.errors import Level, Location, Problem, ReportError, reason
from zhibi.reading import exists, find_file
from zhibi.workbooks.package import Package, UnsafeError, safe_package

RULE = "收表"

MAX_BYTES = 16 * 1024 * 1024
"""Largest file that is read; pictures make one larger."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”"
_OLD = (
    ("EncryptedPackage", "这个文件加了密码", "请让单位去掉密码（文件→信息→保护工作簿）再发一份"),
    ("WordDocument", "这是旧格式的 Word 文件，不是表格", "请让单位在我们发的表里填写"),
    ("Workbook", "这是旧格式的表格（.xls 或 .et）", _SAVE_AS),
    ("Book", "这是旧格式的表格（.xls 或 .et）", _SAVE_AS),
)
"""A stream of an old compound file -> what the file is."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open workbook: `book` with its formulas, `values` with what they gave when it was saved."""

    book: Workbook
    values: Workbook
    package: Package


def open_book(path: Path, shown: str) -> Opened:
    """Open a workbook; raise `ReportError` when it cannot be read."""
    at = Location(shown)
    try:
        return _open(_read(path))
    except UnsafeError as error:
        raise ReportError([Problem(at, RULE, *error.args)]) from error


def _open(raw: bytes) -> Opened:
    """Open the bytes of a workbook; raise `UnsafeError` when they are none that can be read."""
    if problem := _other_format(raw):
        raise UnsafeError(*problem)
    package = safe_package(raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # What openpyxl does not keep, we do not read.
            book = load_workbook(BytesIO(package.content), keep_links=False)
            values = book
            if _has_formulas(book):  # Only then is it worth reading everything twice.
                values = load_workbook(BytesIO(package.content), keep_links=False, data_only=True)
    except Exception as error:  # Whatever a broken file makes of openpyxl, the clerk is told one thing.
        raise UnsafeError("文件里面坏了，读不懂", "请让单位重新发一份") from error
    return Opened(book, values, package)


def _has_formulas(book: Workbook) -> bool:
    return any(cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values())


def _read(path: Path) -> bytes:
    if path.name.startswith(("~$", ".~")):
        hint = "请收它旁边那个不带 ~$ 的文件；填表的人要先存盘关闭"
        raise UnsafeError("这是 Excel 或 WPS 开着表格时留下的临时文件，不是表格", hint)
    path = find_file(path)
    try:
        if path.is_dir():
            raise UnsafeError("这是一个文件夹", "请写出里面的文件，如 收到的表/*.xlsx")
        if not exists(path):
            raise UnsafeError("找不到这个文件", "请检查文件名和所在文件夹")
        if path.stat().st_size > MAX_BYTES:
            raise UnsafeError("文件太大（超过 16 MB）", "多半是贴了图片；请删去图片再存一次")
        return path.read_bytes()
    except OSError as error:
        raise UnsafeError(f"读不出这个文件（{reason(error)}）", "请检查权限，或关闭占用它的程序") from error


def _other_format(raw: bytes) -> tuple[str, str] | None:
    """Say what bytes are that are no zip package."""
    if not raw:
        return "这个文件是空的", "请让单位重新发一份"
    if raw.startswith(_OLE):
        found = (told for name, *told in _OLD if name.encode("utf-16-le") in raw)
        message, hint = next(found, ("这是旧格式的文件，不是 .xlsx 表格", _SAVE_AS))
        return message, hint
    if raw.startswith(b"PK"):
        return None
    if raw.startswith(b"%PDF"):
        return "这是 PDF 文件，不是表格", "请让单位交回填好的 .xlsx"
    if b"\0" in raw[:4096]:
        return "这不是 .xlsx 表格", "请让单位在我们发的表里填写"
    return "这是文本文件（如 .csv），不是 .xlsx 表格", "请让单位在我们发的表里填写"


def notices(opened: Opened, shown: str) -> Iterator[Problem]:
    """Yield what is said of a workbook as a whole."""
    if opened.package.macros:
        yield _advice(shown, "这个表带有宏；宏没有运行，填的内容照读", "请问清单位为什么带宏")
    if opened.package.links:
        yield _advice(shown, "这个表引用了别的工作簿；没有去打开，只取存下来的值", "请核对收进来的数")
    for title, cells in opened.package.pictures.items():
        where = "、".join(cells[:5]) + ("等处" if len(cells) > 5 else "")
        at = f"{shown} 表“{title}” {cells[0]}"
        message = f"表里贴了 {len(cells)} 个图片或图形（{where}），没有收"
        yield _advice(at, message, "图片里有要写的内容，请让单位打成文字")


def _advice(place: str, message: str, hint: str) -> Problem:
    return Problem(Location(place), RULE, message, hint, Level.ADVICE)
