"""A save that fails or is interrupted by hand leaves the old pair; leftovers of all kinds are swept."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, finished, state_of
from tests.output.conftest import Save
from zhibi.errors import ReportError
from zhibi.output import recover, save_report


@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
def test_a_rename_that_fails_leaves_the_old_pair(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch, step: int, error: int
) -> None:
    save(0)
    really, made = os.replace, []

    def replace(source: Path, target: Path) -> None:
        made.append(target)
        if len(made) == step:
            raise OSError(error, "")
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(ReportError):
        save(1)
    assert len(made) >= step
    assert state_of(folder) == State(0, 0, ())
    assert save(1).problems == ()


def test_when_undoing_fails_too_the_next_run_does_it(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    really, made = os.replace, []

    def replace(source: Path, target: Path) -> None:
        made.append(target)
        if len(made) >= 3:
            raise OSError(errno.EIO, "")
        really(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(ReportError, match="磁盘读写出错"):
            save(1)
    left = state_of(folder)
    assert (left.docx, left.pdf) == (1, 0)
    assert "未完成.json" in left.strange
    assert len(recover(folder)) == 1
    assert state_of(folder) == State(1, 1, ())


def test_interrupted_by_hand_the_pair_and_what_is_known_of_it_agree(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind each rename of a save in turn; a file that differs from its entry would count as edited."""
    save(0)
    really, old, seen = os.replace, 0, set()
    for stop in range(1, 10):
        made: list[Path] = []

        def replace(source: Path, target: Path, stop: int = stop, made: list[Path] = made) -> None:
            really(source, target)
            made.append(target)
            if len(made) == stop:
                raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", replace)
            try:
                save(1 - old)
            except KeyboardInterrupt:
                new = 1 - old if state_of(folder).docx == 1 - old else old
                assert state_of(folder) == State(new, new, ()), stop
                seen.add(new == old)
                old = new
            else:
                break
        assert not save(1 - old).problems, stop  # Nothing was taken for an edit.
        old = 1 - old
    assert seen == {True, False}
    assert stop > 3


def test_a_journal_that_cannot_be_removed_does_no_harm(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    really = Path.unlink

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if path.name == "未完成.json" and path.exists():
            raise OSError(errno.EIO, "")
        really(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        assert save(1).problems == ()
    assert save(1).problems == ()
    assert state_of(folder) == State(1, 1, ())


def test_folders_that_cannot_be_flushed_do_no_harm(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.open

    def opened(path: str, flags: int, *more: int) -> int:
        if flags & getattr(os, "O_DIRECTORY", 0):
            raise OSError(errno.EINVAL, "")
        return really(path, flags, *more)

    monkeypatch.setattr(os, "open", opened)
    assert save(0).changed
    assert state_of(folder) == State(0, 0, ())


@pytest.mark.skipif(os.name == "nt", reason="Windows flushes no folders")
def test_everything_is_flushed_before_it_is_put_in_place(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: set[int] = set()
    really_flush, really = os.fsync, os.replace

    def fsync(handle: int) -> None:
        flushed.add(os.fstat(handle).st_ino)
        really_flush(handle)

    def replace(source: Path, target: Path) -> None:
        assert os.stat(source).st_ino in flushed, f"{target.name} was not flushed"
        really(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    save(0)
    save(1)
    assert {folder.stat().st_ino, (folder / ".执笔").stat().st_ino} <= flushed


def test_a_disk_that_gives_back_something_else(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    really = Path.read_bytes

    def read(path: Path) -> bytes:
        return really(path)[:-1] + b"?" if path.suffix == ".tmp" else really(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", read)
        with pytest.raises(ReportError, match="磁盘读写出错"):
            save(1)
    assert state_of(folder) == State(0, 0, ())


def test_leftovers_of_all_kinds_are_swept(save: Save, folder: Path, pairs: list[Pair]) -> None:
    save(0)
    dead = 4_000_000  # Above the highest number that Linux gives a process.
    left = [f".~{STEM}.docx.{dead}.tmp", f".~{STEM}.docx.{dead}.old", ".执笔/x.tmp", ".执笔/anything"]
    for name in left:
        (folder / name).write_bytes(b"")
    (folder / "~$别的.docx").write_bytes(b"")
    (folder / ".执笔" / "own folder").mkdir()
    assert save_report(folder, finished(pairs[0], folder)).problems == ()
    assert state_of(folder).strange == ("own folder", "~$别的.docx")


def test_recover_finds_old_leftovers_where_no_workspace_is(folder: Path) -> None:
    folder.mkdir()
    (folder / ".~a.docx.4000000.tmp").write_bytes(b"")
    assert recover(folder) == []
    assert list(folder.iterdir()) == []


def test_recover_without_a_folder(folder: Path) -> None:
    assert recover(folder) == []
    assert not folder.exists()
    folder.write_bytes(b"")
    assert recover(folder) == []


def test_recover_of_a_tidy_folder_takes_no_lock(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    (folder / ".执笔" / "somebody's folder").mkdir()

    def refused(*args: object) -> None:
        raise AssertionError("locked for nothing")

    monkeypatch.setattr("zhibi.output.save.locked", refused)
    assert recover(folder) == []
