"""Stage 1: bytes to text, and names to files: every limit from both sides, every message in full."""

from __future__ import annotations

import errno
import os
import pickle
import stat
from pathlib import Path

import pytest

from zhibi import plain
from zhibi.errors import Level, Location, Problem
from zhibi.reading import copy_problems, exists, find_file, locate, read_file, stray_problem
from zhibi.reading.input_file import MAX_BYTES, decode

AT = Location("甲.yaml", 1, 1)
SAVE_AS = "请用记事本打开，另存为，编码选 UTF-8"
NO_MARK = "文件编码认不出来（像是没有标记的 UTF-16 或 UTF-32）"
AS_GBK = Problem(AT, "编码", "文件是 GBK/GB18030 编码，已按此读入", SAVE_AS, Level.ADVICE)


def damaged(line: int, column: int, count: int) -> Problem:
    message = f"文件是 UTF-8 编码，但有 {count} 处坏字，这是第一处"
    hint = "请重新输入这里的字；文件若没有存完，请重新保存"
    return Problem(Location("甲.yaml", line, column), "编码", message, hint)


def unreadable(line: int, column: int) -> Problem:
    return Problem(Location("甲.yaml", line, column), "编码", "文件编码认不出来，从这里起读不懂", SAVE_AS)


@pytest.mark.parametrize(
    ("raw", "text", "problems"),
    [
        (b"", "", []),
        (b"a\r\nb\rc\n", "a\nb\nc\n", []),
        ("\ufeff甲".encode(), "甲", []),
        ("甲\r\n".encode("utf-16"), "甲\n", []),
        (b"\xfe\xff" + "甲".encode("utf-16-be"), "甲", []),
        (
            "甲".encode("utf-16")[:-1],
            "",
            [Problem(AT, "编码", "文件编码认不出来（UTF-16 的文件不完整）", SAVE_AS)],
        ),
        ("abcd".encode("utf-32"), "", [Problem(AT, "编码", NO_MARK, SAVE_AS)]),
        ("abcd".encode("utf-16-le"), "", [Problem(AT, "编码", NO_MARK, SAVE_AS)]),
        ("abcd".encode("utf-16-be"), "", [Problem(AT, "编码", NO_MARK, SAVE_AS)]),
        ("甲\r\n乙\r丙".encode("gb18030"), "甲\n乙\n丙", [AS_GBK]),
        ("甲".encode("gb18030") + b"\xff", "", [unreadable(1, 1)]),
        (b"ab\r\ncd\xff", "", [unreadable(2, 3)]),
        (b"a\x80", "", [unreadable(1, 2)]),
        ("甲乙丙丁\n戊己".encode() + b"\xff", "", [damaged(2, 3, 1)]),
        ("甲乙丙丁\r\n戊".encode() + b"\xff\xff" + "己庚辛壬癸".encode(), "", [damaged(2, 2, 2)]),
    ],
)
def test_bytes_become_text_or_a_problem(raw: bytes, text: str, problems: list[Problem]) -> None:
    assert decode(raw, AT) == (text, problems)


def test_a_file_counts_as_damaged_when_one_sign_in_five_is_bad_or_fewer() -> None:
    for good, is_damaged in ((3, False), (4, True)):
        _, problems = decode("甲".encode() * good + b"\xff" + b"\x7f" * 9, AT)
        assert problems == [damaged(1, good + 1, 1) if is_damaged else unreadable(1, good + 1)]


def test_a_few_zeros_are_no_sign_of_utf_16() -> None:
    assert decode(b"abc\0" + b"defg" * 3, AT)[1] == []
    assert decode(b"a\0b\0c\0" + b"defgh" * 9, AT)[1] == []
    assert decode(b"a\0b\0c\0d\0" + b"defgh" * 9, AT)[1] == [Problem(AT, "编码", NO_MARK, SAVE_AS)]
    assert decode(b"a\0b\0c\0d\0" + b"e" + b"\0fghijk" * 9, AT)[1] == []
    assert decode(b"\0\0a" + b"b" * 5, AT)[1] == []
    assert decode(b"\0\0a\0" + b"b" * 7, AT)[1] == [Problem(AT, "编码", NO_MARK, SAVE_AS)]
    assert decode(b"x" * 4096 + b"\0a" * 40, AT)[1] == []


@pytest.mark.parametrize("head", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"])
def test_files_of_office_programs(head: bytes) -> None:
    hint = "Word 公文请用 python3 build.py import 变成数据；表格和 PDF 请照样例另写数据文件"
    assert decode(head + b"1", AT) == (
        "",
        [Problem(AT, "文件", "这是 Word、Excel 或 PDF 文件，不是 YAML 数据", hint)],
    )


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ([], "请检查文件名和所在文件夹"),
        (["别的东西.txt"], "请检查文件名和所在文件夹"),
        (["通知书.yaml", "通告.yaml"], "您是不是想写“通知书.yaml”？"),
    ],
)
def test_a_file_that_is_not_there(tmp_path: Path, names: list[str], hint: str) -> None:
    for name in names:
        (tmp_path / name).write_bytes(b"")
    said = [Problem(Location("甲.yaml"), "文件", "找不到这个文件", hint)]
    assert read_file(tmp_path / "通知.yaml", "甲.yaml") == ("", said)


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    said = [Problem(Location("甲.yaml"), "文件", "找不到这个文件", "请检查文件名和所在文件夹")]
    assert read_file(tmp_path / "没有" / "a.yaml", "甲.yaml") == ("", said)


def test_the_largest_file(tmp_path: Path) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes(b"a" * MAX_BYTES)
    assert read_file(file, "甲.yaml") == ("a" * MAX_BYTES, [])
    file.write_bytes(b"a" * (MAX_BYTES + 1))
    assert read_file(file, "甲.yaml") == (
        "",
        [Problem(AT, "文件", "文件太大（超过 16 MB）", "请拆成几个文件")],
    )


def test_the_size_that_the_system_tells_need_not_be_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes(b"a" * 20)
    monkeypatch.setattr("zhibi.reading.input_file.MAX_BYTES", 19)
    really = os.fstat
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result((*really(handle)[:6], 5, 0, 0, 0)))
    assert "文件太大" in read_file(file, "甲.yaml")[1][0].message


@pytest.mark.parametrize(
    ("kind", "message", "suggestion"),
    [
        (stat.S_IFDIR, "这是一个文件夹", "请写出里面的文件，如 data/甲.yaml"),
        (stat.S_IFIFO, "这是管道，不是文件", "请换成普通的文件"),
        (stat.S_IFCHR, "这是设备，不是文件", "请换成普通的文件"),
        (stat.S_IFBLK, "这是设备，不是文件", "请换成普通的文件"),
        (stat.S_IFSOCK, "这是程序间通信用的套接字，不是文件", "请换成普通的文件"),
    ],
)
def test_what_becomes_no_file_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: int, message: str, suggestion: str
) -> None:
    file = tmp_path / "甲.yaml"
    file.write_bytes(b"a")
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result((kind, *(0,) * 9)))
    assert read_file(file, "甲.yaml") == ("", [Problem(AT, "文件", message, suggestion)])


def test_a_file_is_opened_without_waiting_and_as_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, asked, really = tmp_path / "甲.yaml", list[int](), os.open
    file.write_bytes(b"a")

    def opened(path: Path, flags: int) -> int:
        asked.append(flags)
        return really(path, os.O_RDONLY)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "O_BINARY", 1 << 28, raising=False)
    read_file(file, "甲.yaml")
    monkeypatch.delattr(os, "O_BINARY")
    monkeypatch.delattr(os, "O_NONBLOCK")
    read_file(file, "甲.yaml")
    assert asked == [os.O_RDONLY | 0o4000 | 1 << 28, os.O_RDONLY]


def test_a_file_that_is_being_saved_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, slept, really, left = tmp_path / "甲.yaml", list[float](), os.fstat, [0]
    file.write_bytes(b"abc")

    def changing(handle: int) -> os.stat_result:
        found = list(really(handle))
        left[0] -= 1
        found[6] = 3 + (left[0] >= 0 and left[0] % 2)
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", changing)
    monkeypatch.setattr("zhibi.reading.input_file.time.sleep", slept.append)
    left[0] = 4
    assert read_file(file, "甲.yaml") == ("abc", [])
    assert slept == [0.1, 0.1]
    left[0] = 6
    assert read_file(file, "甲.yaml") == (
        "",
        [Problem(AT, "文件", "别的程序正在保存这个文件", "请等它存好再试")],
    )
    assert slept == [0.1] * 4


def test_names_are_found_or_left(tmp_path: Path) -> None:
    file = tmp_path / "é.yaml"
    file.write_bytes(b"")
    assert exists(tmp_path / "e\u0301.yaml")
    assert find_file(tmp_path / "e\u0301.yaml") == file
    assert not exists(tmp_path)
    assert not exists(tmp_path / "没有")
    assert not exists(tmp_path / ("长" * 300))
    assert not exists(Path("a\0b"))
    assert find_file(tmp_path / "没有") == tmp_path / "没有"
    (tmp_path / "e\u0301.yaml").write_bytes(b"")
    assert find_file(file) == file
    assert find_file(tmp_path / "e\u0301.yaml") == tmp_path / "e\u0301.yaml"


def test_stray_files_and_copies_in_full(tmp_path: Path) -> None:
    hint = "请改成要用的 .yaml 数据文件"
    assert stray_problem(Path("data/~$甲.docx"), AT) == Problem(
        AT, "文件", "这是 Word 或 WPS 打开文件时留下的临时文件", hint, text="~$甲.docx"
    )
    assert stray_problem(Path("data/甲.BAK"), AT) == Problem(
        AT, "文件", "这是备份文件或临时文件", hint, text="甲.BAK"
    )
    assert stray_problem(Path("甲.docx/乙.yaml"), AT) is None
    names = [
        "通知.yaml",
        "通知(1).yaml",
        "通知 - 副本.yaml",
        "副本 通知.yaml",
        "通知 - 副本.txt",
        "通知书.yaml",
        "附：通知.yaml",
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"")
    told = [
        Problem(
            AT,
            "文件",
            f"旁边有“{name}”，像是同一文件的副本或冲突副本",
            "请核对哪一份是最新的，把另一份移走",
            Level.ADVICE,
            name,
        )
        for name in ("副本 通知.yaml", "通知 - 副本.yaml", "通知(1).yaml")
    ]
    assert copy_problems(tmp_path / "通知.yaml", AT) == told
    for name in ("2026.9 甲.yaml", "2026.9 甲(1).yaml", "甲.yaml", "副本 甲.yaml"):
        (tmp_path / name).write_bytes(b"")
    assert [problem.text for problem in copy_problems(tmp_path / "2026.9 甲.yaml", AT)] == [
        "2026.9 甲(1).yaml"
    ]
    assert [problem.text for problem in copy_problems(tmp_path / "甲.yaml", AT)] == ["副本 甲.yaml"]
    assert copy_problems(tmp_path / "没有" / "通知.yaml", AT) == []
    assert copy_problems(Path("a\0b/甲.yaml"), AT) == []


def test_a_typed_value_keeps_its_place_on_its_way_to_another_process() -> None:
    value = pickle.loads(pickle.dumps(plain.Scalar("1,007", AT, quoted=True)))
    assert (value, value.at, value.quoted) == ("1,007", AT, True)
    assert (int(value), float(plain.Scalar("-1,000.5", AT))) == (1007, -1000.5)
    assert not plain.Scalar("甲", AT).quoted
    data = plain.Mapping(AT)
    data["甲"] = 1
    assert data.place_of("甲") == data.place_of("乙") == AT
    assert plain.place_of(5, Location("乙")) == Location("乙")
    assert plain.place_of(plain.Sequence(AT), Location("乙")) == AT


def test_a_name_that_cannot_be_asked_for_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, str(path))

    monkeypatch.setattr(Path, "is_file", refused)
    assert not exists(tmp_path)


def test_two_files_of_one_name_in_full(tmp_path: Path) -> None:
    composed, apart = tmp_path / "é.yaml", tmp_path / "e\u0301.yaml"
    for path in (composed, apart):
        path.write_bytes(b"1")
    message = "有 2 个文件都叫这个名字，只是文字的编码方式不同，分不清用哪一个"
    said = [Problem(AT, "文件", message, "请把其中一个改名或移走")]
    assert read_file(composed, "甲.yaml") == read_file(apart, "甲.yaml") == ("", said)
    assert locate(composed) == [composed, apart]
    assert locate(apart) == [apart, composed]


def test_a_folder_is_found_in_any_form_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "e\u0301夹"
    folder.mkdir()
    (folder / "甲.yaml").write_bytes(b"1")
    assert locate(tmp_path / "é夹" / "甲.yaml") == [folder / "甲.yaml"]
    assert locate(tmp_path / "没有" / "甲.yaml") == []

    def refused(path: Path) -> list[str]:
        raise PermissionError(errno.EACCES, str(path))

    monkeypatch.setattr(os, "listdir", refused)
    assert locate(folder / "甲.yaml") == [folder / "甲.yaml"]
    assert locate(folder / "乙.yaml") == []


@pytest.mark.parametrize(
    ("error", "why"),
    [(PermissionError(errno.EACCES, ""), "没有权限"), (ValueError(), "文件名里有不能用的字符")],
)
def test_a_file_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, why: str
) -> None:
    (tmp_path / "a.yaml").write_bytes(b"1")

    def refused(path: Path, flags: int) -> int:
        raise error

    monkeypatch.setattr(os, "open", refused)
    said = Problem(AT, "文件", f"读不出这个文件（{why}）", "请检查权限，或关闭占用它的程序")
    assert read_file(tmp_path / "a.yaml", "甲.yaml") == ("", [said])
