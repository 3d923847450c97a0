"""What a killed run left is finished when that is safe, undone when it is not, and never touches an edit."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, state_of
from tests.output.conftest import Save
from zhibi.errors import Level
from zhibi.output import recover
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
