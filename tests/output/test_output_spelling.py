"""Whose file it is: of another report, of data that is gone, or the same under another spelling."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, Pair, State, finished, state_of
from tests.output.conftest import Save
from zhibi.errors import ReportError
from zhibi.output import NAME_RULE, Finished, save_report


def test_the_manifest_names_data_by_a_path_that_can_be_moved(
    save: Save, folder: Path, tmp_path: Path, pairs: list[Pair]
) -> None:
    save(0)
    raw = json.loads((folder / ".执笔" / "清单.json").read_bytes())
    assert {one["数据"] for one in raw["文件"].values()} == {"../样文.yaml"}
    moved = tmp_path.with_name(tmp_path.name + "-moved")
    tmp_path.rename(moved)
    tmp_path.mkdir()
    again = save_report(moved / "成品", finished(pairs[1], moved / "成品"))
    assert again.problems == ()


def test_a_file_of_another_report_is_not_overwritten(save: Save, folder: Path) -> None:
    save(0, data="甲.yaml")
    with pytest.raises(ReportError) as raised:
        save(1, data="乙.yaml")
    assert {problem.rule for problem in raised.value.problems} == {NAME_RULE}
    assert len(raised.value.problems) == 2
    assert "甲.yaml" in raised.value.problems[0].message
    assert "文件名" in raised.value.problems[0].suggestion
    assert state_of(folder) == State(0, 0, ())
    with pytest.raises(ReportError, match=r"甲\.yaml"):
        save(0, data="乙.yaml")


def test_the_name_of_a_report_that_is_gone_is_taken_over(save: Save, folder: Path, pairs: list[Pair]) -> None:
    save(0, data="甲.yaml")
    (folder.parent / "甲.yaml").unlink()
    saved = save(1, data="乙.yaml")
    assert saved.changed
    assert {problem.rule for problem in saved.problems} == {"备份"}
    assert {path.read_bytes() for path in (folder / "备份").iterdir()} == set(pairs[0].values())
    assert save(2, data="乙.yaml").problems == ()


def test_the_name_is_free_when_the_files_are_gone(save: Save, docx: Path, pdf: Path) -> None:
    save(0, data="甲.yaml")
    docx.unlink()
    pdf.unlink()
    assert save(1, data="乙.yaml").problems == ()


def test_the_same_data_under_another_path_is_the_same(save: Save, folder: Path, pairs: list[Pair]) -> None:
    save(0)
    (folder.parent / "link.yaml").symlink_to(folder.parent / "样文.yaml")
    saved = save_report(folder, Finished(STEM, folder / ".." / "link.yaml", pairs[1]))
    assert saved.problems == ()
    os.link(folder.parent / "样文.yaml", folder.parent / "hard link.yaml")
    saved = save_report(folder, Finished(STEM, folder.parent / "hard link.yaml", pairs[2]))
    assert saved.problems == ()


@pytest.mark.parametrize(("first", "then"), [("Report A", "REPORT a"), ("cafe\u0301 表", "CAF\u00c9 表")])
def test_another_spelling_is_the_same_file(save: Save, folder: Path, first: str, then: str) -> None:
    save(0, stem=first)
    saved = save(1, stem=then)
    assert saved.problems == ()
    stem = unicodedata.normalize("NFC", first)
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [f"{stem}.docx", f"{stem}.pdf"]
    assert [path.name for path in saved.files] == [f"{stem}.docx", f"{stem}.pdf"]
    assert not save(1, stem=then).changed
    with pytest.raises(ReportError) as raised:
        save(2, stem=then, data="乙.yaml")
    assert raised.value.problems[0].rule == NAME_RULE


def test_a_file_that_macos_spelt_is_the_same_file(save: Save, folder: Path, pairs: list[Pair]) -> None:
    save(0, stem="café")
    for path in [path for path in folder.iterdir() if path.is_file()]:
        path.rename(path.with_name(unicodedata.normalize("NFD", path.name)))
    save(1, stem="café")
    files = [path for path in folder.iterdir() if path.is_file()]
    assert sorted(path.read_bytes() for path in files) == sorted(pairs[1].values())


def test_a_data_file_whose_name_is_no_text(folder: Path, pairs: list[Pair]) -> None:
    source = Finished("甲", Path(os.fsdecode(b"/nowhere/\xff.yaml")), pairs[0])
    assert save_report(folder, source).changed
    assert not save_report(folder, source).changed
