"""Plain files: all or none, no workspace, leftovers of dead runs swept, those of living ones left."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from zhibi.errors import ReportError
from zhibi.output import WRITE_RULE, disk, write_files

DEAD = 4_000_000
"""No process has this number: Linux gives none above 4,194,304 and few machines get near."""


def test_files_are_written_and_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert write_files(folder, {"x": b"1", "y": b"2"}) == (folder / "x", folder / "y")
    write_files(folder, {"x": b"3"})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"x": b"3", "y": b"2"}


def test_rights_stay_as_they_were(tmp_path: Path) -> None:
    write_files(tmp_path, {"x": b"1"})
    (tmp_path / "x").chmod(0o600)
    write_files(tmp_path, {"x": b"2"})
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("links", [True, False])
def test_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    write_files(tmp_path, {"y": b"old"})
    really = os.replace

    def replace(source: Path, target: Path) -> None:
        if target.name == "z":
            raise OSError(errno.EIO, "")
        really(source, target)

    def no_links(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "")

    monkeypatch.setattr(os, "replace", replace)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(ReportError, match="磁盘读写出错") as raised:
        write_files(tmp_path, {"x": b"new", "y": b"new", "z": b"new"})
    assert raised.value.problems[0].rule == WRITE_RULE
    assert [path.name for path in tmp_path.iterdir()] == ["y"]
    assert (tmp_path / "y").read_bytes() == (b"old" if links else b"new")


def test_a_rename_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really, left = os.replace, [2]

    def replace(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(errno.EACCES, "")
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_files(tmp_path, {"x": b"1"})
    assert (tmp_path / "x").read_bytes() == b"1"
    left[0] = 10**6
    monkeypatch.setattr(disk, "PATIENCE", 0.05)
    with pytest.raises(ReportError, match="权限"):
        write_files(tmp_path, {"x": b"2"})
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_is_no_file_or_read_only_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "y").symlink_to(tmp_path / "z")
    (tmp_path / "r").write_bytes(b"old")
    (tmp_path / "r").chmod(0o444)
    with pytest.raises(ReportError) as raised:
        write_files(tmp_path, {"x": b"", "y": b"", "r": b"", "w": b""})
    assert [problem.at.file for problem in raised.value.problems] == [str(tmp_path / name) for name in "rxy"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r", "x", "y"]
    assert (tmp_path / "r").read_bytes() == b"old"


def test_leftovers_of_dead_runs_are_swept(tmp_path: Path) -> None:
    own = f".~x.{os.getpid()}.tmp"
    living = f".~x.{os.getppid()}.tmp"
    other = f".~other.{DEAD}.tmp"
    for name in (own, living, other, f".~x.{DEAD}.tmp", f".~x.{DEAD}.old", ".~x.1.txt", ".~x.tmp"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / f".~x.{DEAD + 1}.tmp").mkdir()
    write_files(tmp_path, {"x": b"1"})
    left = {living, other, ".~x.1.txt", ".~x.tmp", f".~x.{DEAD + 1}.tmp", "x"}
    assert {path.name for path in tmp_path.iterdir()} == left


def test_a_number_too_large_for_a_process(tmp_path: Path) -> None:
    (tmp_path / f".~x.{10**30}.tmp").write_bytes(b"")
    write_files(tmp_path, {"x": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_link_under_a_temporary_name_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"kept")
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / f".~x.{os.getpid()}.tmp").symlink_to(outside)
    with pytest.raises(ReportError, match="已经存在"):
        write_files(folder, {"x": b"1"})
    assert outside.read_bytes() == b"kept"
