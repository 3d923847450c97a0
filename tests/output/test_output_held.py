"""A file that another program has open is left alone; the new pair lies beside it until the next save."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, state_of
from tests.output.conftest import Save, word_owner
from zhibi.errors import Level, ReportError
from zhibi.output import WRITE_RULE, disk

BESIDE = f"{STEM}（新）"


def _open_in_word(folder: Path) -> Path:
    owner = folder / f"~${STEM[2:]}.docx"
    owner.write_bytes(word_owner("张三"))
    return owner


def test_both_files_are_saved_beside(save: Save, folder: Path, docx: Path, pairs: list[Pair]) -> None:
    save(0)
    owner = _open_in_word(folder)
    saved = save(1)
    assert [path.name for path in saved.files] == [f"{BESIDE}.docx", f"{BESIDE}.pdf"]
    assert saved.changed
    assert {path.suffix[1:]: path.read_bytes() for path in saved.files} == pairs[1]
    (problem,) = saved.problems
    assert (problem.level, problem.rule, problem.at.file) == (Level.ERROR, WRITE_RULE, docx.name)
    for word in ("张三 用 Word 或 WPS", "没有动", f"{BESIDE}.docx", f"{BESIDE}.pdf"):
        assert word in problem.message
    assert "关闭" in problem.suggestion
    assert f"请删除“{owner.name}”" in problem.suggestion
    owner.unlink()
    assert state_of(folder) == State(0, 0, (f"{BESIDE}.docx", f"{BESIDE}.pdf"))


def test_still_open_the_same_is_not_written_again(save: Save, folder: Path) -> None:
    save(0)
    _open_in_word(folder)
    first = save(1)
    inode = first.files[0].stat().st_ino
    again = save(1)
    assert (again.changed, again.files, again.problems) == (False, first.files, first.problems)
    assert inode == first.files[0].stat().st_ino
    newer = save(2)
    assert [(problem.level, problem.rule) for problem in newer.problems] == [(Level.ERROR, WRITE_RULE)]
    assert not (folder / "备份").exists()


@pytest.mark.parametrize("version", [1, 2])
def test_closed_again_the_next_save_clears_up(save: Save, folder: Path, version: int) -> None:
    save(0)
    owner = _open_in_word(folder)
    save(1)
    owner.unlink()
    assert save(version).problems == ()
    assert state_of(folder) == State(version, version, ())
    assert not save(version).changed


def test_back_to_the_old_version_the_new_ones_go_too(save: Save, folder: Path) -> None:
    save(0)
    _open_in_word(folder).with_name("x")
    save(1)
    saved = save(0)
    assert (saved.changed, saved.problems) == (False, ())
    assert state_of(folder).strange == (f"~${STEM[2:]}.docx",)


def test_a_file_saved_beside_that_was_edited_stays(save: Save, folder: Path) -> None:
    save(0)
    owner = _open_in_word(folder)
    save(1)
    owner.unlink()
    (folder / f"{BESIDE}.docx").write_bytes(b"edited")
    saved = save(2)
    assert [(problem.level, problem.at.file) for problem in saved.problems] == [
        (Level.ADVICE, f"{BESIDE}.docx")
    ]
    assert state_of(folder) == State(2, 2, (f"{BESIDE}.docx",))
    assert save(2).problems == ()
    assert (folder / f"{BESIDE}.docx").read_bytes() == b"edited"


def test_a_file_saved_beside_that_is_open_stays(save: Save, folder: Path) -> None:
    save(0)
    owner = _open_in_word(folder)
    save(1)
    owner.unlink()
    other = folder / f"~${BESIDE[2:]}.docx"
    other.write_bytes(word_owner("李四"))
    save(2)
    assert state_of(folder) == State(2, 2, (other.name, f"{BESIDE}.docx"))
    other.unlink()
    save(2)
    assert state_of(folder) == State(2, 2, ())


def test_an_edited_file_that_is_open_is_not_touched(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    docx.write_bytes(b"edited")
    _open_in_word(folder)
    save(1)
    assert docx.read_bytes() == b"edited"
    assert not (folder / "备份").exists()


def test_a_foreign_file_under_the_name_beside_is_kept(save: Save, folder: Path) -> None:
    save(0)
    _open_in_word(folder)
    (folder / f"{BESIDE}.docx").write_bytes(b"foreign")
    saved = save(1)
    assert [problem.level for problem in saved.problems] == [Level.ADVICE, Level.ERROR]
    assert [path.read_bytes() for path in (folder / "备份").iterdir()] == [b"foreign"]


def test_an_owner_file_without_its_file_says_nothing(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    _open_in_word(folder)
    assert not save(0).changed
    docx.unlink()
    assert save(0).problems == ()


def test_both_open_nothing_is_written(save: Save, folder: Path) -> None:
    save(0)
    owner = _open_in_word(folder)
    save(1)
    (folder / f"~${BESIDE[2:]}.docx").write_bytes(word_owner("李四"))
    with pytest.raises(ReportError) as raised:
        save(2)
    (problem,) = raised.value.problems
    assert problem.rule == WRITE_RULE
    assert "张三" in problem.message
    assert f"{BESIDE}.docx" in problem.message
    assert owner.exists()
    assert state_of(folder).docx == 0


def sharing_violation(number: int = 32) -> PermissionError:
    """Return what Windows says of a file that another program has open."""
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    return error


def _violating(name: str, times: int, number: int = 32) -> Callable[[Path, Path], None]:
    really, left = os.replace, [times]

    def replace(source: Path, target: Path) -> None:
        if target.name == name and left[0]:
            left[0] -= 1
            raise sharing_violation(number)
        really(source, target)

    return replace


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_held_for_a_moment_it_is_tried_again(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    save(0)
    monkeypatch.setattr(os, "replace", _violating(f"{STEM}.{ending}", 3))
    assert save(1).problems == ()
    assert state_of(folder) == State(1, 1, ())


@pytest.mark.parametrize(("ending", "number"), [("docx", 32), ("pdf", 5)])
def test_held_for_good_the_pair_is_saved_beside(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch, ending: str, number: int
) -> None:
    save(0)
    monkeypatch.setattr(disk, "PATIENCE", 0.1)
    monkeypatch.setattr(os, "replace", _violating(f"{STEM}.{ending}", -1, number))
    saved = save(1)
    assert [path.name for path in saved.files] == [f"{BESIDE}.docx", f"{BESIDE}.pdf"]
    (problem,) = saved.problems
    assert problem.at.file == f"{STEM}.{ending}"
    assert "PDF 阅读器" in problem.message
    assert state_of(folder) == State(0, 0, (f"{BESIDE}.docx", f"{BESIDE}.pdf"))


def test_a_file_that_cannot_be_opened_for_writing_is_held(
    save: Save, folder: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    monkeypatch.setattr(disk, "PATIENCE", 0.1)
    really, renamed = os.open, []

    def opened(path: Path, flags: int, *more: int) -> int:
        if path == pdf and flags & os.O_RDWR:
            raise sharing_violation()
        return really(path, flags, *more)

    really_replace = os.replace

    def replace(source: Path, target: Path) -> None:
        renamed.append(target.name)
        really_replace(source, target)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "replace", replace)
    assert [problem.rule for problem in save(1).problems] == [WRITE_RULE]
    assert f"{STEM}.docx" not in renamed, "the Word file was replaced although the PDF was open"
    assert state_of(folder) == State(0, 0, (f"{BESIDE}.docx", f"{BESIDE}.pdf"))


def test_no_rights_at_all_are_said(save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(0)
    monkeypatch.setattr(disk, "PATIENCE", 0.05)
    really = os.replace

    def refused(source: Path, target: Path) -> None:
        if target.parent == folder:
            raise PermissionError(errno.EACCES, "")
        really(source, target)

    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(ReportError, match="权限") as raised:
        save(1)
    assert raised.value.problems[0].rule == WRITE_RULE
    assert state_of(folder) == State(0, 0, ())


def test_a_file_changed_this_very_moment_is_left(
    save: Save, folder: Path, docx: Path, pairs: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    really = os.replace

    def saved_in_word(source: Path, target: Path) -> None:
        really(source, target)
        if target.name == "未完成.json" and BESIDE not in target.read_text(encoding="utf-8"):
            docx.write_bytes(pairs[4]["docx"])

    monkeypatch.setattr(os, "replace", saved_in_word)
    saved = save(1)
    assert [problem.level for problem in saved.problems] == [Level.ERROR]
    assert state_of(folder) == State(4, 0, (f"{BESIDE}.docx", f"{BESIDE}.pdf"))


def test_open_for_windows_and_its_neighbour_for_word(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    owner = _open_in_word(folder)
    save(1)
    owner.rename(folder / f"~${BESIDE[2:]}.docx")
    monkeypatch.setattr(disk, "PATIENCE", 0.05)
    monkeypatch.setattr(os, "replace", _violating(f"{STEM}.docx", -1))
    with pytest.raises(ReportError, match="也是，两个都没有动"):
        save(2)
    assert state_of(folder).docx == 0


def test_a_file_saved_beside_that_changes_this_very_moment_stays(
    save: Save, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    owner = _open_in_word(folder)
    save(1)
    owner.unlink()
    really = os.replace

    def edited_meanwhile(source: Path, target: Path) -> None:
        really(source, target)
        if target.name == "清单.json":
            (folder / f"{BESIDE}.docx").write_bytes(b"edited")

    monkeypatch.setattr(os, "replace", edited_meanwhile)
    save(2)
    assert (folder / f"{BESIDE}.docx").read_bytes() == b"edited"
    assert state_of(folder) == State(2, 2, (f"{BESIDE}.docx",))
