"""Who has a file open is read from the owner files of Word, WPS and LibreOffice, with care."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM
from tests.output.conftest import word_owner
from zhibi.output.held import holder, owner_names, word_user

BESIDE = f"{STEM}（新）"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("一二三四五六.docx", "~$一二三四五六.docx"),
        ("一.docx", "~$一.docx"),
        ("一二三四五六七.docx", "~$二三四五六七.docx"),
        ("一二三四五六七八.docx", "~$三四五六七八.docx"),
        ("一二三四五六七八九.docx", "~$三四五六七八九.docx"),
    ],
)
def test_the_owner_file_of_word(name: str, owner: str) -> None:
    assert owner_names(name) == {f".~lock.{name}#": "LibreOffice", owner: "Word 或 WPS", f".~{name}": "WPS"}


def test_a_pdf_has_no_owner_file_of_word() -> None:
    assert list(owner_names("一.pdf")) == [".~lock.一.pdf#"]


@pytest.mark.parametrize("name", ["张三", "Zhang San", "张 San"])
@pytest.mark.parametrize("start", [55, 56])
def test_the_user_of_word_is_read(name: str, start: int) -> None:
    assert word_user(word_owner(name, start)) == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", ""),
        (b"\0" * 162, ""),
        (b"\xff" * 162, ""),
        (bytes([54]) + b"a" * 161, ""),
        (b"\x04\xd5\xc5\xc8\xfd", "张三"),
        (b"\x02\xff\xff" + b"\0" * 159, ""),
        (word_owner("张三")[:56], "张三"),
        (word_owner("\U00030000三"), "\U00030000三"),
    ],
)
def test_an_owner_file_is_read_with_care(data: bytes, name: str) -> None:
    if "\U00030000" in name:  # Two units of UTF-16, one question mark in GBK.
        data = data[:54] + b"\x03" + data[55:]
    assert word_user(data) == name


@pytest.mark.parametrize(
    ("file", "content", "who", "program"),
    [
        ("~$三四五六七八.docx", word_owner("张三"), "张三", "Word 或 WPS"),
        ("~$三四五六七八.DOCX", word_owner("张\x07三"), "张三", "Word 或 WPS"),
        (".~一二三四五六七八.docx", b"", "", "WPS"),
        (
            ".~lock.一二三四五六七八.docx#",
            ",李四,PC,22.11.2026 10:15,file:///x;".encode(),
            "李四",
            "LibreOffice",
        ),
        (
            ".~lock.一二三四五六七八.docx#",
            "李 四,lisi,PC,22.11.2026 10:15,;".encode(),
            "李 四",
            "LibreOffice",
        ),
        (".~lock.一二三四五六七八.docx#", b"\0\xff", "\ufffd", "LibreOffice"),
        (".~lock.一二三四五六七八.docx#", b"", "", "LibreOffice"),
        ("~$三四五六七八.docx", word_owner("张" * 25), "张" * 20, "Word 或 WPS"),
    ],
)
def test_who_has_it_open(tmp_path: Path, file: str, content: bytes, who: str, program: str) -> None:
    (tmp_path / file).write_bytes(content)
    found = holder(tmp_path, os.listdir(tmp_path), "一二三四五六七八.docx")
    assert found is not None
    assert (found.who, found.program, found.file) == (who, program, file)
    assert holder(tmp_path, os.listdir(tmp_path), "别的文件.docx") is None


def test_an_owner_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "~$一.docx").mkdir()
    found = holder(tmp_path, ["~$一.docx"], "一.docx")
    assert found is not None
    assert found.who == ""
    gone = holder(tmp_path, [".~lock.一.docx#"], "一.docx")
    assert gone is not None
    assert gone.who == ""
