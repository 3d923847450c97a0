"""A pair is saved whole, once, only where it belongs; what must not be touched is refused by its kind."""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, finished, state_of
from tests.output.conftest import Save
from zhibi.errors import ReportError
from zhibi.output import WRITE_RULE, Finished, Saved, save_report, workspace


def _everything(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in (folder, *sorted(folder.rglob("*")))
    }


def test_a_pair_is_saved(save: Save, folder: Path, docx: Path, pdf: Path, pairs: list[Pair]) -> None:
    saved = save(0)
    assert saved == Saved((docx, pdf), True, ())
    assert (docx.read_bytes(), pdf.read_bytes()) == (pairs[0]["docx"], pairs[0]["pdf"])
    assert state_of(folder) == State(0, 0, ())
    assert sorted(path.name for path in folder.iterdir()) == [".执笔", docx.name, pdf.name]


def test_a_newer_pair_takes_its_place_without_a_word(save: Save, folder: Path) -> None:
    save(0)
    assert save(1).problems == ()
    assert state_of(folder) == State(1, 1, ())
    assert not (folder / "备份").exists()


def test_the_same_again_writes_not_one_byte(
    save: Save, folder: Path, docx: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(0)
    before = _everything(folder)

    def refused(*args: object) -> None:
        raise AssertionError("locked for nothing")

    monkeypatch.setattr("zhibi.output.save.locked", refused)
    assert save(0) == Saved((docx, pdf), False, ())
    assert _everything(folder) == before


def test_without_a_manifest_the_same_bytes_are_taken_over(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    before = docx.stat().st_ino
    (folder / ".执笔" / "清单.json").unlink()
    saved = save(0)
    assert (saved.changed, saved.problems, docx.stat().st_ino) == (False, (), before)
    assert (folder / ".执笔" / "清单.json").exists()
    assert save(1).problems == ()


def test_a_missing_half_is_written_again(save: Save, folder: Path, pdf: Path) -> None:
    save(0)
    pdf.unlink()
    assert save(0).changed
    assert state_of(folder) == State(0, 0, ())


def test_one_format_alone(folder: Path, pairs: list[Pair]) -> None:
    saved = save_report(folder, finished({"pdf": pairs[0]["pdf"]}, folder))
    assert [path.suffix for path in saved.files] == [".pdf"]
    assert state_of(folder) == State(None, 0, ())


def test_folders_are_made_and_names_never_lead_out(tmp_path: Path, pairs: list[Pair]) -> None:
    folder = tmp_path / "a" / "b"
    saved = save_report(folder, Finished("../../c", tmp_path / "x.yaml", pairs[0]))
    assert all(path.parent == folder for path in saved.files)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights_stay_as_they_were(save: Save, docx: Path, pdf: Path) -> None:
    save(0)
    docx.chmod(0o660)
    pdf.chmod(0o604)
    save(1)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (docx, pdf)] == [0o660, 0o604]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_workspace_is_as_open_as_the_folder(save: Save, folder: Path) -> None:
    folder.mkdir(mode=0o770)
    folder.chmod(0o770)
    save(0)
    assert stat.S_IMODE((folder / ".执笔").stat().st_mode) == 0o770
    assert stat.S_IMODE((folder / ".执笔" / "锁").stat().st_mode) == 0o660


@pytest.mark.skipif(not hasattr(os, "chown") or os.geteuid() != 0, reason="only the administrator can")
def test_the_owner_stays_who_it_was(save: Save, docx: Path) -> None:
    save(0)
    os.chown(docx, 12345, 23456)
    save(1)
    assert (docx.stat().st_uid, docx.stat().st_gid) == (12345, 23456)


def _link(path: Path) -> None:
    outside = path.parent.parent / "outside"
    outside.write_text("kept", encoding="utf-8")
    path.symlink_to(outside)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # The name of a socket must be short.
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


@pytest.mark.skipif(os.name == "nt", reason="made of what only POSIX has")
@pytest.mark.parametrize(
    ("make", "kind"),
    [(Path.mkdir, "文件夹"), (_link, "链接"), (os.mkfifo, "管道"), (_socket, "套接字")],
)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_what_is_no_file_is_refused_by_its_kind(
    save: Save, folder: Path, make: Callable[[Path], None], kind: str, ending: str
) -> None:
    save(0)
    path = folder / f"{STEM}.{ending}"
    path.unlink()
    make(path)
    before = _everything(folder) if kind != "链接" else {}
    with pytest.raises(ReportError) as raised:
        save(1)
    (problem,) = raised.value.problems
    assert (problem.rule, problem.at.file) == (WRITE_RULE, path.name)
    assert problem.message == f"同名的{kind}已经存在"
    assert "文件名" in problem.suggestion
    other = state_of(folder)
    assert {other.docx, other.pdf} <= {None, 0, -1}
    if kind == "链接":
        assert (folder.parent / "outside").read_text(encoding="utf-8") == "kept"
    else:
        assert {name: one for name, one in _everything(folder).items() if ".执笔" not in name} == {
            name: one for name, one in before.items() if ".执笔" not in name
        }


def test_both_faults_of_a_pair_are_told_at_once(save: Save, docx: Path, pdf: Path) -> None:
    docx.mkdir(parents=True)
    pdf.mkdir()
    with pytest.raises(ReportError) as raised:
        save(0)
    assert {problem.at.file for problem in raised.value.problems} == {docx.name, pdf.name}


def test_a_file_that_is_read_only_is_left(save: Save, folder: Path, docx: Path) -> None:
    save(0)
    docx.chmod(0o444)
    with pytest.raises(ReportError, match="只读") as raised:
        save(1)
    assert raised.value.problems[0].rule == WRITE_RULE
    assert state_of(folder) == State(0, 0, ())
    docx.chmod(0o644)
    assert save(1).changed


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"\xe7\x89\x88": 1}', b"[" * 100000, b"\xff\xfe", b'{"a": 1}']
)
def test_a_broken_manifest_is_a_lost_one(save: Save, folder: Path, pairs: list[Pair], content: bytes) -> None:
    save(0)
    (folder / ".执笔" / "清单.json").write_bytes(content)
    saved = save(1)
    assert {problem.rule for problem in saved.problems} == {"备份"}
    assert state_of(folder) == State(1, 1, ())
    assert {path.read_bytes() for path in (folder / "备份").iterdir()} == set(pairs[0].values())


def test_a_manifest_that_leads_out_of_the_folder_is_a_lost_one(save: Save, folder: Path) -> None:
    save(0)
    manifest = folder / ".执笔" / "清单.json"
    raw = json.loads(manifest.read_bytes())
    raw["文件"]["../x.docx"] = {"sha256": "", "数据": "", "代替": f"{STEM}.docx"}
    manifest.write_text(json.dumps(raw), encoding="utf-8")
    (folder.parent / "x.docx").write_bytes(b"")
    save(1)
    assert (folder.parent / "x.docx").exists()


def test_a_manifest_whose_data_file_has_no_name_loses_nothing(
    save: Save, folder: Path, pairs: list[Pair]
) -> None:
    save(0)
    manifest = folder / ".执笔" / "清单.json"
    raw = json.loads(manifest.read_bytes())
    for entry in raw["文件"].values():
        entry["数据"] = "\0"
    manifest.write_text(json.dumps(raw), encoding="utf-8")
    assert {problem.rule for problem in save(1).problems} == {"备份"}
    assert state_of(folder) == State(1, 1, ())
    assert {path.read_bytes() for path in (folder / "备份").iterdir()} == set(pairs[0].values())


@pytest.mark.parametrize("name", [".执笔", "备份"])
def test_a_workspace_that_is_no_folder_is_refused(save: Save, folder: Path, docx: Path, name: str) -> None:
    folder.mkdir()
    docx.write_bytes(b"edited")
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    for make in (lambda path: path.write_bytes(b""), lambda path: path.symlink_to(elsewhere)):
        make(folder / name)
        with pytest.raises(ReportError, match="程序自己的文件") as raised:
            save(0)
        assert raised.value.problems[0].at.file == name
        assert docx.read_bytes() == b"edited"
        (folder / name).unlink()
    assert list(elsewhere.iterdir()) == []


def test_a_report_leaves_the_others_in_the_manifest(save: Save, folder: Path) -> None:
    save(0, stem="甲", data="甲.yaml")
    save(1, stem="乙", data="乙.yaml")
    assert not save(0, stem="甲", data="甲.yaml").changed
    (folder / "甲.docx").unlink()
    save(2, stem="乙", data="乙.yaml")
    raw = json.loads((folder / ".执笔" / "清单.json").read_bytes())
    assert sorted(raw["文件"]) == ["乙.docx", "乙.pdf", "甲.pdf"]


def test_the_lock_and_the_records_have_the_names_of_the_battery() -> None:
    desk = workspace.Workspace(Path("成品"))
    assert [desk.lock.name, desk.manifest.name, desk.journal.name] == ["锁", "清单.json", "未完成.json"]
    assert desk.root == Path("成品/.执笔")
