"""Rows 101 and 104 of the fault table: a 图 that leads anywhere but below the project is refused with its place."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from tests.battery.picture_office import PATHS, picture_office, refused
from tests.pictures.picture_drawing import coded, drawn, paper
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.pictures import files
from zhibi.pipeline import check_report


@pytest.fixture
def office(tmp_path: Path) -> Project:
    return picture_office(tmp_path)


@pytest.mark.parametrize("typed", PATHS, ids=[ascii(typed)[1:40] for typed in PATHS])
def test_a_path_that_leads_elsewhere_is_refused(typed: str, office: Project) -> None:
    assert PATHS[typed] in refused(typed, office)


def test_a_character_that_ends_names_is_refused_where_it_stands(office: Project) -> None:
    assert "\0" not in refused("图片/好.png\0.txt", office)


def test_a_socket_is_refused(office: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.root / "data")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("套.png")
        assert "套接字" in refused("套.png", office)


@pytest.mark.parametrize(("code", "words"), [(errno.EACCES, "没有权限"), (errno.EIO, "磁盘读写出错")])
def test_a_file_that_cannot_be_read_says_why(
    code: int, words: str, office: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise OSError(code, "refused", str(path))

    monkeypatch.setattr(files, "open_file", fail)
    assert words in refused("图片/好.png", office)


def test_what_lies_below_the_project_is_taken(office: Project) -> None:
    """By any way of writing its path; a link is judged by where it ends."""
    (office.root / "共用.png").write_bytes(coded(drawn()))
    data = office.root / "data" / "甲.yaml"
    for typed in ("图片/好.png", "图片\\好.png", "./图片/../图片/好.png", "内链.png", "../共用.png"):
        data.write_text(paper(f"{{图: {typed}, 说明: 甲}}"), encoding="utf-8")
        assert check_report(data, office).paper.document.body


def test_a_name_that_is_nearly_right_is_offered(office: Project) -> None:
    data = office.root / "data" / "甲.yaml"
    for typed in ("好.PNG", "好", "好 .png"):
        data.write_text(paper(f"{{图: 图片/{typed}, 说明: 甲}}"), encoding="utf-8")
        with pytest.raises(ReportError, match=r"您是不是想写“好\.png”"):
            check_report(data, office)
