"""Every reason of the system has its Chinese words, its advice, and for a full disk its megabytes."""

from __future__ import annotations

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from tests.battery.writing_papers import State, state_of
from tests.output.conftest import Save
from zhibi.errors import Location, ReportError, reason
from zhibi.output import WRITE_RULE, write_files
from zhibi.output.faults import problem_of

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("number", "words", "mend"),
    [
        (errno.EROFS, "磁盘是只读的", "--out"),
        (errno.EIO, "磁盘读写出错", "--out"),
        (errno.ESTALE, "网络盘断开了", "重新连接"),
        (errno.ENAMETOOLONG, "文件名太长", "文件名"),
        (errno.EACCES, "没有写入的权限", "权限"),
        (errno.EPERM, "没有写入的权限", "权限"),
        (errno.EBUSY, "文件正被占用", "关闭"),
        (errno.ENOSPC, "磁盘空间不足，还需约", "腾出空间"),
        (errno.EDQUOT, "磁盘配额用完了，还需约", "腾出空间"),
        (errno.EFBIG, "文件超过了系统允许的大小", "检查"),
        (errno.ENOTDIR, "路径里有一段不是文件夹", "检查"),
        (errno.ENOLCK, "不能给文件上锁", "--out"),
        (4095, "系统错误 4095", "检查"),
    ],
)
def test_the_cause_is_said(tmp_path: Path, number: int, words: str, mend: str) -> None:
    problem = problem_of(OSError(number, "English words", "/some/where"), tmp_path, lambda path: path.name, 1)
    assert (problem.at, problem.rule) == (Location(tmp_path.name), WRITE_RULE)
    assert words in problem.message
    assert mend in problem.suggestion
    assert "English" not in str(problem)
    assert "/some/where" not in str(problem)


@pytest.mark.parametrize(
    ("needed", "free", "lacking"),
    [(5_000_000, 1_000_000, 4), (5_000_001, 1_000_000, 5), (1, 0, 1), (2_500_000, 9_000_000, 3), (0, 0, 1)],
)
def test_how_much_must_be_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: int, free: int, lacking: int
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, free))
    problem = problem_of(OSError(errno.ENOSPC, ""), tmp_path, str, needed)
    assert problem.message == f"磁盘空间不足，还需约 {lacking} MB"


def test_a_folder_of_which_nothing_is_known(tmp_path: Path) -> None:
    problem = problem_of(OSError(errno.ENOSPC, ""), tmp_path / "gone", str, 2_000_000)
    assert "还需约 2 MB" in problem.message


@pytest.mark.parametrize(
    "name", ["ESTALE", "EDQUOT", "EFBIG", "ETXTBSY", "ENOLCK", "ENOSYS", "EXDEV", "EMFILE"]
)
def test_reasons_are_chinese(name: str) -> None:
    assert "系统错误" not in reason(OSError(getattr(errno, name), ""))


@pytest.mark.parametrize("call", ["mkdir", "replace", "fsync", "listdir", "lstat"])
def test_whatever_fails_it_is_a_problem(
    save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    save(0)
    docx.write_bytes(b"edited")
    monkeypatch.setattr(os, call, _disconnected)
    with pytest.raises(ReportError, match="网络盘断开了"):
        save(1)
    assert docx.read_bytes() == b"edited"


@pytest.mark.parametrize("call", ["link", "chmod"])
def test_what_can_be_done_without_is_done_without(
    save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    save(0)
    docx.write_bytes(b"edited")
    monkeypatch.setattr(os, call, _disconnected)
    assert save(1).changed
    assert state_of(folder) == State(1, 1, ())


def _disconnected(*_: object, **__: object) -> None:
    raise OSError(errno.ESTALE, "")


def test_an_output_folder_below_a_file(tmp_path: Path, save: Save, folder: Path) -> None:
    folder.write_bytes(b"")
    with pytest.raises(ReportError) as raised:
        save(0)
    assert raised.value.problems[0].rule == WRITE_RULE
    with pytest.raises(ReportError, match="不是文件夹"):
        write_files(folder / "a", {"b": b""})
