"""What a clerk changed by hand is kept before it is replaced, and said; never lost, never kept twice."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, state_of
from tests.output.conftest import Save
from zhibi.errors import Level, ReportError

NOON = time.mktime((2026, 11, 22, 10, 15, 0, 0, 0, -1))


def _edit(path: Path, content: bytes, at: float = NOON) -> None:
    path.write_bytes(content)
    os.utime(path, (at, at))


def _kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "备份").iterdir()}


def test_an_edited_file_is_kept_and_said(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    _edit(docx, b"edited")
    (problem,) = save(1).problems
    name = f"{STEM}（2026-11-22 1015 改）.docx"
    assert _kept(folder) == {name: b"edited"}
    assert (problem.level, problem.at.file, problem.text) == (Level.ADVICE, docx.name, name)
    assert name in problem.message
    assert "写进数据" in problem.suggestion
    assert state_of(folder) == State(1, 1, ())
    assert save(2).problems == ()


def test_a_backup_keeps_its_time_and_is_a_file_of_its_own(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    _edit(docx, b"edited")
    save(1)
    backup = next((folder / "备份").iterdir())
    assert backup.stat().st_mtime == NOON
    assert backup.stat().st_nlink == 1


def test_edited_twice_in_one_minute_both_are_kept(save: Save, folder: Path, docx: Path) -> None:
    for version, content in enumerate((b"one", b"two", b"three", b"two")):
        save(version)
        _edit(docx, content)
    save(5)
    begin = f"{STEM}（2026-11-22 1015 改"
    assert _kept(folder) == {
        f"{begin}）.docx": b"one",
        f"{begin} 2）.docx": b"two",
        f"{begin} 3）.docx": b"three",
    }


def test_a_file_that_was_never_ours_is_kept(save: Save, folder: Path, pdf: Path) -> None:
    folder.mkdir()
    _edit(pdf, b"foreign")
    saved = save(0)
    assert [problem.at.file for problem in saved.problems] == [pdf.name]
    assert list(_kept(folder).values()) == [b"foreign"]


def test_an_edit_that_is_the_new_version_needs_no_backup(
    save: Save, folder: Path, docx: Path, pairs: list[Pair]
) -> None:
    save(0)
    _edit(docx, pairs[1]["docx"])
    assert save(1).problems == ()
    assert not (folder / "备份").exists()


def test_an_edit_is_replaced_even_when_the_paper_did_not_change(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    _edit(docx, b"edited")
    assert len(save(0).problems) == 1
    assert state_of(folder) == State(0, 0, ())


def test_a_time_that_no_calendar_knows(
    save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    _edit(docx, b"edited")

    def no_calendar(_: float) -> time.struct_time:
        raise OverflowError

    monkeypatch.setattr(time, "localtime", no_calendar)
    save(1)
    assert list(_kept(folder)) == [f"{STEM}（时间不明 改）.docx"]


def test_without_hard_links_it_is_copied(
    save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "")

    monkeypatch.setattr(os, "link", no_links)
    save(0)
    _edit(docx, b"edited")
    assert len(save(1).problems) == 1
    assert list(_kept(folder).values()) == [b"edited"]
    assert next((folder / "备份").iterdir()).stat().st_mtime == NOON
    assert state_of(folder) == State(1, 1, ())


def test_the_backup_is_there_before_the_file_goes(
    save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    _edit(docx, b"edited")
    really, seen = os.replace, []

    def watched(source: Path, target: Path) -> None:
        if target == docx:
            seen.append((list(_kept(folder).values()), docx.read_bytes()))
        really(source, target)

    monkeypatch.setattr(os, "replace", watched)
    save(1)
    assert seen == [([b"edited"], b"edited")]


def test_when_the_backup_fails_nothing_is_replaced(
    save: Save, folder: Path, docx: Path, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    _edit(docx, pairs[3]["docx"])
    really = os.link

    def no_backup(source: Path, target: Path) -> None:
        if target.parent.name == "备份":
            raise FileExistsError(errno.EEXIST, "", str(target))
        really(source, target)

    monkeypatch.setattr(os, "link", no_backup)
    with pytest.raises(ReportError, match="同名的文件已经存在"):
        save(1)
    assert state_of(folder) == State(3, 0, ())


def test_a_save_that_fails_and_is_repeated_keeps_one_backup(
    save: Save, folder: Path, docx: Path, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    _edit(docx, pairs[3]["docx"])
    really = os.replace

    def no_pdf(source: Path, target: Path) -> None:
        if target.suffix == ".pdf":
            raise OSError(errno.EIO, "")
        really(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", no_pdf)
        with pytest.raises(ReportError, match="磁盘读写出错"):
            save(1)
    assert state_of(folder) == State(3, 0, ())
    save(1)
    assert list(_kept(folder).values()) == [pairs[3]["docx"]]
    assert state_of(folder) == State(1, 1, ())
