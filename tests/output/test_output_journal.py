"""What a killed run left is finished when that is safe, undone when it is not, and never touches an edit."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, finished, state_of
from tests.output.conftest import Save
from zhibi.errors import Level, ReportError
from zhibi.output import recover, save_report
from zhibi.output.journal import settle
from zhibi.output.workspace import Workspace


class Killed(BaseException):
    """Stands for a kill: nothing of the program runs after it."""


def kill_at(monkeypatch: pytest.MonkeyPatch, step: int, save: Callable[[], object]) -> None:
    """Run a save that dies before its `step`-th rename: 1 journal, 2 Word file, 3 PDF, 4 manifest."""
    really, really_unlink, made = os.replace, Path.unlink, []

    def replace(source: Path, target: Path) -> None:
        made.append(target)
        if len(made) >= step:
            raise Killed
        really(source, target)

    def unlink(path: Path, missing_ok: bool = False) -> None:
        if len(made) >= step:
            raise Killed
        really_unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        patch.setattr(Path, "unlink", unlink)
        with pytest.raises(Killed):
            save()


Half = Callable[[int], None]


@pytest.fixture
def half(save: Save, monkeypatch: pytest.MonkeyPatch) -> Half:
    """Save version 0, then version 1 as far as a step."""

    def killed(step: int) -> None:
        save(0)
        kill_at(monkeypatch, step, lambda: save(1))

    return killed


@pytest.mark.parametrize(("step", "version"), [(1, 0), (2, 1), (3, 1), (4, 1)])
def test_the_next_run_finds_one_version(half: Half, folder: Path, step: int, version: int) -> None:
    half(step)
    problems = recover(folder, lambda path: path.name)
    assert state_of(folder) == State(version, version, ())
    assert [problem.level for problem in problems] == [Level.ADVICE] * (step > 1)
    assert recover(folder) == []


def test_what_was_finished_is_said_and_known(half: Half, save: Save, folder: Path) -> None:
    half(3)
    saved = save(2)
    assert [problem.message for problem in saved.problems] == [
        f"上次运行中断，没有写完“{STEM}.docx”“{STEM}.pdf”，现在已经补完"
    ]
    assert state_of(folder) == State(2, 2, ())
    assert not (folder / "备份").exists(), "a finished file counted as edited"


def _staged(folder: Path, ending: str) -> Path:
    raw = json.loads((folder / ".执笔" / "未完成.json").read_bytes())
    name = next(one["暂存"] for one in raw["文件"] if one["名"].endswith(ending))
    return folder / ".执笔" / name


def test_a_damaged_staged_file_is_not_put_in_place(half: Half, folder: Path) -> None:
    half(3)
    _staged(folder, "pdf").write_bytes(b"")
    (problem,) = recover(folder)
    assert "退回原样" in problem.message
    assert state_of(folder) == State(0, 0, ())


def test_a_damaged_staged_file_never_takes_the_place_of_an_edit(
    half: Half, folder: Path, pdf: Path, pairs: list[Pair]
) -> None:
    half(3)
    _staged(folder, "pdf").write_bytes(b"")
    pdf.write_bytes(pairs[4]["pdf"])
    recover(folder)
    assert state_of(folder) == State(0, 4, ())


def test_a_lost_staged_file_undoes_the_pair(half: Half, folder: Path) -> None:
    half(3)
    _staged(folder, "pdf").unlink()
    recover(folder)
    assert state_of(folder) == State(0, 0, ())


def test_a_fresh_pair_is_undone_to_nothing(
    save: Save, folder: Path, docx: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kill_at(monkeypatch, 3, lambda: save(1))
    assert docx.exists()
    _staged(folder, "pdf").unlink()
    recover(folder)
    assert state_of(folder) == State(None, None, ())


def test_an_edit_made_since_is_not_overwritten(
    half: Half, folder: Path, pdf: Path, pairs: list[Pair]
) -> None:
    half(3)
    pdf.write_bytes(pairs[4]["pdf"])
    recover(folder)
    assert state_of(folder) == State(0, 4, ())


def test_an_edit_of_the_new_file_keeps_the_new_pair(
    half: Half, folder: Path, docx: Path, pairs: list[Pair]
) -> None:
    half(3)
    docx.write_bytes(pairs[4]["docx"])
    recover(folder)
    assert state_of(folder) == State(4, 1, ())


def test_a_half_finished_undo_is_finished(half: Half, folder: Path, docx: Path, pairs: list[Pair]) -> None:
    half(3)
    docx.write_bytes(pairs[0]["docx"])
    recover(folder)
    assert state_of(folder) == State(0, 0, ())


def test_a_new_file_that_was_deleted_undoes_the_other(half: Half, folder: Path, docx: Path) -> None:
    half(4)
    docx.unlink()
    recover(folder)
    assert state_of(folder) == State(None, 0, ())


def test_a_folder_in_the_way_is_left(half: Half, folder: Path, pdf: Path) -> None:
    half(3)
    pdf.unlink()
    pdf.mkdir()
    recover(folder)
    assert pdf.is_dir()
    assert state_of(folder).docx == 0


def test_a_journal_that_the_manifest_carries_is_done_with(
    half: Half, save: Save, folder: Path, docx: Path, pairs: list[Pair]
) -> None:
    half(4)
    journal = folder / ".执笔" / "未完成.json"
    content = journal.read_bytes()
    recover(folder)
    journal.write_bytes(content)
    docx.write_bytes(pairs[0]["docx"])
    assert recover(folder) == []
    assert state_of(folder) == State(0, 1, ())
    assert not journal.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"\xe5\x8f\xb7": "1"}', b"\xff", b'{"\xe6\x96\x87\xe4\xbb\xb6": [1]}'],
)
def test_a_broken_journal_is_swept(save: Save, folder: Path, content: bytes) -> None:
    save(0)
    (folder / ".执笔" / "未完成.json").write_bytes(content)
    (folder / ".执笔" / "x.tmp").write_bytes(b"")
    assert recover(folder) == []
    assert state_of(folder) == State(0, 0, ())


@pytest.mark.parametrize("field", ["名", "暂存", "原样"])
@pytest.mark.parametrize("name", ["../x", "/etc/x", "..", ".", "a\\b", "a\0b", 1])
def test_a_journal_that_leads_out_of_the_folder_is_broken(
    half: Half, folder: Path, field: str, name: str | int
) -> None:
    half(3)
    journal = folder / ".执笔" / "未完成.json"
    raw = json.loads(journal.read_bytes())
    for one in raw["文件"]:
        one[field] = name
    journal.write_text(json.dumps(raw), encoding="utf-8")
    (folder.parent / "x").write_bytes(b"outside")
    assert settle(Workspace(folder)).names == ()
    assert (folder.parent / "x").read_bytes() == b"outside"


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


def test_interrupted_by_hand_everything_is_as_it_was(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    really, made = os.replace, []

    def replace(source: Path, target: Path) -> None:
        really(source, target)
        made.append(target)
        if len(made) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(KeyboardInterrupt):
            save(1)
    assert state_of(folder) == State(0, 0, ())


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

    def refused(*args: object) -> None:
        raise AssertionError("locked for nothing")

    monkeypatch.setattr("zhibi.output.save.locked", refused)
    assert recover(folder) == []
