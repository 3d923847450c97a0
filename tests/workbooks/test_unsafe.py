"""Files that are no form, or that are made to do harm: one clear sentence, nothing opened, nothing fetched."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from openpyxl import Workbook

from tests.workbooks.samples import DONE, FORM, read, repacked, saved, texts, told
from zhibi.errors import ReportError
from zhibi.workbooks import package as opened
from zhibi.workbooks import write_form

RAW = write_form(FORM)
SHEET = "xl/worksheets/sheet1.xml"
HIT = RAW.index(SHEET.encode()) + 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def stream(name: str) -> bytes:
    """Return the beginning of a compound file that has a stream of this name."""
    return OLE + name.encode("utf-16-le")


def word() -> bytes:
    made = BytesIO()
    Document().save(made)
    return made.getvalue()


def package(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as new:
        for name in names:
            new.writestr(name, "x")
    return made.getvalue()


def other_office() -> bytes:
    made = BytesIO()
    Workbook().save(made)
    return made.getvalue()


def edited(old: bytes, new: bytes, part: str = SHEET) -> bytes:
    """Return the form with one place of a part changed."""

    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return repacked(RAW, change)


def locked() -> bytes:
    """Return the form as a zip whose entries say that they are encrypted."""
    raw = bytearray(RAW)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(mark)
        while start >= 0:
            raw[start + place] |= 1
            start = raw.find(mark, start + 1)
    return bytes(raw)


def bomb() -> bytes:
    """Return a small package that unfolds to more than is read."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as new:
        new.writestr("xl/workbook.xml", "<workbook/>")
        new.writestr(SHEET, b" " * (opened.MAX_XML_BYTES + 1))
    assert len(made.getvalue()) < 100_000
    return made.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "空文件": (lambda: b"", "这个文件是空的"),
    "xls": (lambda: stream("Workbook"), "这是旧格式的表格（.xls 或 .et）"),
    "有密码": (lambda: stream("EncryptedPackage"), "这个文件加了密码"),
    "压缩有密码": (locked, "这个文件加了密码"),
    "doc": (lambda: stream("WordDocument"), "这是旧格式的 Word 文件"),
    "别的旧文件": (lambda: OLE, "这是旧格式的文件，不是 .xlsx 表格"),
    "csv": (lambda: "序号,状态\n4,已完成\n".encode("gbk"), "这是文本文件（如 .csv），不是 .xlsx 表格"),
    "docx": (word, "这是 Word 文件，不是表格"),
    "pdf": (lambda: b"%PDF-1.7\n", "这是 PDF 文件，不是表格"),
    "zip": (lambda: package("区科技局.xlsx"), "这是压缩包，不是表格"),
    "xlsb": (lambda: package("xl/workbook.bin"), "这是二进制格式的表格（.xlsb）"),
    "ods": (lambda: package("mimetype", "content.xml"), "这是 OpenDocument 格式的文件"),
    "别的字节": (lambda: b"\x09\x08\0\0" * 9, "这不是 .xlsx 表格"),
    "截断": (lambda: RAW[: len(RAW) // 2], "文件不完整"),
    "坏字节": (lambda: RAW[:HIT] + bytes(100) + RAW[HIT + 100 :], "文件不完整"),
    "炸弹": (bomb, "展开以后太大"),
    "部件太多": (lambda: package("xl/workbook.xml", *map(str, range(2001))), "展开以后太大"),
    "别的单位的表": (other_office, "这不是执笔发出的表"),
    "XML不全": (lambda: edited(b"</sheetData>", b""), "文件里面坏了"),
    "坏引用": (lambda: edited(b'r="A7"', b'r="??"'), "文件里面坏了"),
    "实体": (lambda: edited(b"<worksheet", LAUGHS + b"<worksheet"), "里面有不该有的内容（DTD）"),
    "外部实体": (lambda: edited(b"<worksheet", OUTSIDE + b"<worksheet"), "里面有不该有的内容（DTD）"),
    "合并全表": (
        lambda: edited(b"<mergeCell ", b'<mergeCell ref="A1:XFD1048576"/><mergeCell '),
        "合并的格或批注、链接的范围太大",
    ),
    "严格格式": (
        lambda: edited(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            "xl/workbook.xml",
        ),
        "这是“严格开放 XML”格式的表格",
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_form(tmp_path: Path, kind: str) -> None:
    make, message = FILES[kind]
    path = tmp_path / "区科技局.xlsx"
    path.write_bytes(make())
    with pytest.raises(ReportError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"区科技局.xlsx 错误：{message}")
    assert problem.suggestion


def test_entities_in_every_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.xlsx"

    def change(parts: dict[str, bytes]) -> None:
        words = (LAUGHS.partition(b"?>")[2] + parts["xl/styles.xml"]).decode()
        parts["xl/styles.xml"] = words.encode("utf-16")

    path.write_bytes(repacked(RAW, change))
    with pytest.raises(ReportError, match="DTD"):
        read(path)


def test_names_that_are_no_files(tmp_path: Path) -> None:
    for name, message in {
        "没有.xlsx": "找不到这个文件",
        "~$科技局.xlsx": "留下的临时文件，不是表格",
        ".~区科技局.xlsx": "留下的临时文件，不是表格",
    }.items():
        with pytest.raises(ReportError, match=message):
            read(tmp_path / name)
    with pytest.raises(ReportError, match="这是一个文件夹"):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管道.xlsx")
        with pytest.raises(ReportError, match="找不到这个文件"):
            read(tmp_path / "管道.xlsx")
    large = tmp_path / "大.xlsx"
    with large.open("wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    with pytest.raises(ReportError, match="文件太大"):
        read(large)


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path, lambda book: None)

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "held", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReportError, match="读不出这个文件（没有权限） —— 请检查权限，或关闭占用它的程序"):
        read(path)


def test_macros_and_links_are_left_alone(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/vbaProject.bin"] = b"\xd0\xcf"
        parts["xl/externalLinks/externalLink1.xml"] = b"<!DOCTYPE a []><a/>"
        plain = b"spreadsheetml.sheet.main+xml"
        assert plain in parts["[Content_Types].xml"]
        types = b"application/vnd.openxmlformats-officedocument." + plain
        macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(types, macros)

    path = tmp_path / "区科技局.xlsm"
    path.write_bytes(repacked(saved(tmp_path, _fill).read_bytes(), change))
    back = read(path)
    assert texts(back) == {("7", DONE): "第七项。"}
    assert [one.partition(" —— ")[0] for one in told(back)] == [
        "区科技局.xlsm 提醒：这个表带有宏；宏没有运行，填的内容照读",
        "区科技局.xlsm 提醒：这个表引用了别的工作簿；没有去打开，只取存下来的值",
    ]


def _fill(book: Workbook) -> None:
    book["填报"]["J8"] = "第七项。"


def test_no_address_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("a network address was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)

    def change(book: Workbook) -> None:
        book["填报"]["J8"] = "看网页"
        book["填报"]["J8"].hyperlink = "http://203.0.113.1/甲"

    assert texts(read(saved(tmp_path, change))) == {("7", DONE): "看网页"}


def test_sizes_that_a_package_lies_about(tmp_path: Path) -> None:
    """The directory says that a part is small; what unfolds beyond that is never read."""
    raw = bytearray(bomb())
    large = struct.pack("<I", opened.MAX_XML_BYTES + 1)
    assert raw.count(large) == 2
    path = tmp_path / "甲.xlsx"
    path.write_bytes(bytes(raw).replace(large, struct.pack("<I", 100)))
    with pytest.raises(ReportError, match="文件不完整"):
        read(path)


def test_random_damage_raises_nothing_else(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    path, outcomes = tmp_path / "甲.xlsx", set()
    for seed in range(rounds(40, 4000)):
        path.write_bytes(shaken(RAW, seed) if seed % 2 else repacked(RAW, partial(shake, seed)))
        try:
            outcomes.add(read(path).unit)
        except ReportError as error:
            outcomes.add(str(error.problems[0]).partition(" ")[0])
    assert outcomes == {"区科技局", "甲.xlsx"}


def shake(seed: int, parts: dict[str, bytes]) -> None:
    """Damage one part of a package inside, so that its checksum is right."""
    name = sorted(parts)[seed % len(parts)]
    parts[name] = shaken(parts[name], seed)


def shaken(raw: bytes, seed: int) -> bytes:
    """Return bytes of which a few have changed."""
    damaged = bytearray(raw)
    for step in range(1 + seed % 3):
        damaged[(seed * 7919 + step * 104_729) % len(raw)] = b'09AZ<>/"= x'[(seed + step) % 11]
    return bytes(damaged)
