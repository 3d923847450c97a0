"""States of files and folders: what has changed is seen, what has not is not read again."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from zhibi.freshness import seen as seeing
from zhibi.freshness import states
from zhibi.freshness.runs import remember, replay
from zhibi.freshness.seen import libraries_used, looked_at, names_like, watching
from zhibi.freshness.states import CHANGED, all_still, engine, is_still, part_of, settled, state_of
from zhibi.jobs import Job, make_job
from zhibi.model import Project
from zhibi.styles import STANDARD

LONG_AGO = 1_700_000_000_000_000_000


def old_file(path: Path, text: str = "甲") -> str:
    """Write a file whose last change is long ago, by its own time."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return str(path)


def settle() -> None:
    time.sleep(states.MOMENT_NS / 1e9 * 1.5)


def test_the_same_file_is_believed_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_file(tmp_path / "甲.yaml")
    settle()
    state = state_of(path)
    monkeypatch.setattr(states, "digest_of", lambda path: pytest.fail(f"read {path}"))
    assert is_still(path, state)


def test_a_file_with_the_same_size_and_time_but_another_word_is_changed(tmp_path: Path) -> None:
    path = old_file(tmp_path / "甲.yaml", "甲")
    settle()
    state = state_of(path)
    old_file(tmp_path / "甲.yaml", "乙")
    assert not is_still(path, state)


def test_a_file_written_anew_with_the_same_words_is_not_changed(tmp_path: Path) -> None:
    path = old_file(tmp_path / "甲.yaml")
    settle()
    state = state_of(path)
    (tmp_path / "甲.yaml").unlink()
    old_file(tmp_path / "甲.yaml")
    assert is_still(path, state)


def test_the_stamp_of_a_file_just_written_is_not_believed(tmp_path: Path) -> None:
    path = old_file(tmp_path / "甲.yaml")
    fresh = state_of(path)
    assert fresh is not None
    assert fresh[0] == []
    assert is_still(path, fresh)
    settle()
    (later,) = settled({path: fresh}).values()
    assert later is not None
    assert later[0] != []
    assert later[1] == fresh[1]


def test_a_file_that_was_only_touched_is_read_once_more_and_then_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIBI_CACHE", str(tmp_path / "缓存"))
    path, log = old_file(tmp_path / "甲.yaml"), old_file(tmp_path / "记录")
    settle()
    remember(["甲"], {path: state_of(path)}, [], (log, "同样"))
    os.utime(path, ns=(LONG_AGO, LONG_AGO + 1))
    settle()
    assert replay(["甲"], lambda *_: None)
    monkeypatch.setattr(states, "digest_of", lambda path: pytest.fail(f"read {path}"))
    assert replay(["甲"], lambda *_: None)


def test_what_settles_later_must_still_be_the_same(tmp_path: Path) -> None:
    path = old_file(tmp_path / "甲.yaml")
    fresh = {path: state_of(path)}
    old_file(tmp_path / "甲.yaml", "乙")
    settle()
    assert settled(fresh) == fresh
    assert not all_still(fresh)


def test_a_folder_is_known_by_its_names(tmp_path: Path) -> None:
    old_file(tmp_path / "甲.yaml")
    state = state_of(str(tmp_path))
    old_file(tmp_path / "甲.yaml", "乙")
    assert is_still(str(tmp_path), state)
    old_file(tmp_path / "丙.yaml")
    assert not is_still(str(tmp_path), state)


def test_what_is_not_there_may_come_and_go(tmp_path: Path) -> None:
    path = str(tmp_path / "甲.yaml")
    absent = state_of(path)
    assert absent is None
    assert is_still(path, absent)
    old_file(tmp_path / "甲.yaml")
    assert not is_still(path, absent)
    there = state_of(path)
    os.unlink(path)
    assert not is_still(path, there)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_never_read(tmp_path: Path) -> None:
    path = tmp_path / "管道"
    os.mkfifo(path)
    assert state_of(str(path)) == CHANGED
    assert not is_still(str(path), CHANGED)


def test_every_way_to_open_a_file_is_seen(tmp_path: Path) -> None:
    one, two, three = (old_file(tmp_path / name) for name in ("甲", "乙", "丙"))
    gone = str(tmp_path / "里" / "丁")
    with watching() as seen:
        Path(one).read_text(encoding="utf-8")
        os.close(os.open(two, os.O_RDONLY))
        os.listdir(tmp_path)
        looked_at(three)
        with pytest.raises(FileNotFoundError):
            Path(gone).read_text(encoding="utf-8")
    Path(tmp_path / "戊").write_text("后", encoding="utf-8")
    found = seen.states()
    assert set(found) == {one, two, three, gone, str(tmp_path)}
    assert found[gone] is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_name_that_goes_up_behind_a_link_is_the_file_that_was_read(tmp_path: Path) -> None:
    (tmp_path / "别处" / "2026").mkdir(parents=True)
    (tmp_path / "今年").symlink_to(tmp_path / "别处" / "2026")
    old_file(tmp_path / "别处" / "计划.yaml", "甲")
    with watching() as seen:
        (tmp_path / "今年" / ".." / "计划.yaml").read_text(encoding="utf-8")
    states = seen.states()
    assert all_still(states)
    old_file(tmp_path / "别处" / "计划.yaml", "乙")
    assert not all_still(states)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="this system has no folder in memory")
def test_a_folder_in_memory_holds_files_like_any_other() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        path = old_file(Path(folder) / "甲.yaml")
        with watching() as seen:
            Path(path).read_text(encoding="utf-8")
            Path("/dev/null").read_bytes()
        assert set(seen.states()) == {path}


def test_files_that_are_written_are_none_that_a_paper_is_made_from(tmp_path: Path) -> None:
    with watching() as seen:
        (tmp_path / "甲").write_text("甲", encoding="utf-8")
        os.close(os.open(tmp_path / "乙", os.O_WRONLY | os.O_CREAT))
    assert seen.states() == {}


def test_a_file_that_changes_while_it_is_used_is_never_the_same(tmp_path: Path) -> None:
    path = old_file(tmp_path / "甲.yaml")
    with watching() as seen:
        Path(path).read_text(encoding="utf-8")
        old_file(tmp_path / "甲.yaml", "乙乙")
    assert seen.states()[path] == CHANGED


def test_a_change_within_the_moment_of_the_first_look_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_file(tmp_path / "甲.yaml", "甲")
    found = states.stamp_of(path)
    monkeypatch.setattr(seeing, "stamp_of", lambda path: found)
    monkeypatch.setattr(states, "stamp_of", lambda path: found)
    with watching() as seen:
        Path(path).read_text(encoding="utf-8")
    old_file(tmp_path / "甲.yaml", "乙")
    settle()
    assert seen.states()[path] == CHANGED


def test_a_file_that_comes_while_it_is_looked_for_is_seen(tmp_path: Path) -> None:
    with watching() as seen:
        looked_at(tmp_path / "校对.yaml")
        os.listdir(tmp_path)
        old_file(tmp_path / "校对.yaml")
    assert seen.states() == {str(tmp_path / "校对.yaml"): CHANGED, str(tmp_path): CHANGED}


def test_who_asks_for_names_like_one_is_touched_by_those_only(tmp_path: Path) -> None:
    old_file(tmp_path / "é季.yaml")
    with watching() as seen:
        assert names_like(tmp_path, "e\u0301季", ".yaml") == ["é季.yaml"]
        old_file(tmp_path / "别的.yaml")
    found = seen.states()
    assert list(found) == [part_of(str(tmp_path), "e\u0301季", ".yaml")]
    for name in ("又一个.yaml", "é季.docx", ".#é季.yaml"):
        old_file(tmp_path / name)
        assert all_still(found), name
    old_file(tmp_path / "副本é季.yaml")
    assert not all_still(found)


def test_a_name_that_differs_in_its_case_only_is_like(tmp_path: Path) -> None:
    old_file(tmp_path / "KPI.jinja")
    with watching() as seen:
        assert names_like(tmp_path, "kpi", ".jinja") == ["KPI.jinja"]
    found = seen.states()
    old_file(tmp_path / "Kpi二.Jinja")
    assert not all_still(found)


def test_a_like_name_that_comes_while_others_are_read_is_seen(tmp_path: Path) -> None:
    with watching() as seen:
        names_like(tmp_path, "甲", ".yaml")
        old_file(tmp_path / "甲 (2).yaml")
    assert list(seen.states().values()) == [CHANGED]


def test_a_folder_that_is_looked_through_for_like_names_may_come_and_go(tmp_path: Path) -> None:
    folder = tmp_path / "季"
    with watching() as seen, pytest.raises(FileNotFoundError):
        names_like(folder, "甲", ".yaml")
    absent = seen.states()
    folder.mkdir()
    assert not all_still(absent)
    with watching() as seen:
        names_like(folder, "甲", ".yaml")
        folder.rmdir()
    assert list(seen.states().values()) == [CHANGED]


def test_one_who_looks_at_states_tells_nobody_of_folders(tmp_path: Path) -> None:
    with watching() as outer:
        with watching() as inner:
            names_like(tmp_path, "甲", ".yaml")
        inner.states()
    assert list(outer.states()) == [part_of(str(tmp_path), "甲", ".yaml")]


def test_a_folder_with_an_editor_s_own_files_is_the_same_folder(tmp_path: Path) -> None:
    old_file(tmp_path / "甲.yaml")
    settle()
    state = state_of(str(tmp_path))
    for name in (".甲.yaml.swp", "甲.yaml~", "~$甲.docx", "4913.tmp"):
        old_file(tmp_path / name)
    assert is_still(str(tmp_path), state)
    old_file(tmp_path / "乙.yaml")
    assert not is_still(str(tmp_path), state)


def test_a_stamp_in_whole_seconds_is_believed_later(tmp_path: Path) -> None:
    now = time.time_ns()
    assert not states.is_fresh([1, now - states.MOMENT_NS * 2 + 1, 1, 1])
    assert states.is_fresh([1, now // 10**9 * 10**9, 0, 1])
    assert not states.is_fresh([1, (now // 10**9 - 3) * 10**9, 0, 1])


def test_one_piece_of_work_inside_another_is_seen_by_both(tmp_path: Path) -> None:
    path = old_file(tmp_path / "甲.yaml")
    with watching() as outer:
        with watching() as inner:
            Path(path).read_text(encoding="utf-8")
        assert path in inner.states()
    assert path in outer.states()


def test_the_engine_is_what_it_was_until_a_library_or_a_setting_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = engine()
    assert engine() == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    dated = engine()
    assert dated != before
    packages = tmp_path / ".venv" / "lib" / "python3" / "site-packages"
    (packages / "weasyprint-70.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(states, "ROOT", str(tmp_path))
    states._installed.cache_clear()
    old = engine()
    (packages / "weasyprint-70.0.dist-info").rename(packages / "weasyprint-71.0.dist-info")
    assert engine() == old, "what runs is still what was there when it began"
    states._installed.cache_clear()
    assert engine() != old
    states._installed.cache_clear()


def test_another_interpreter_behind_the_same_link_is_another_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    old_file(python, "3.11.7")
    monkeypatch.setattr(states, "ROOT", str(tmp_path))
    states._installed.cache_clear()
    before = engine()
    old_file(python, "3.11.8")
    states._installed.cache_clear()
    assert engine() != before
    states._installed.cache_clear()


def test_the_system_s_libraries_that_decide_how_a_paper_comes_out_are_seen(tmp_path: Path) -> None:
    pango, other, gone = (
        old_file(tmp_path / name) for name in ("libpango-1.0.so.0", "libssl.so.3", "libharfbuzz.so.0")
    )
    place = "7f1d6a600000-7f1d6a602000 r--p 00000000 fe:01 4242                       "
    lines = ("7ffc2b9e6000-7ffc2ba07000 rw-p 00000000 00:00 0                          [stack]", "")
    maps = tmp_path / "maps"
    maps.write_text("\n".join((place + pango, place + other, f"{place}{gone} (deleted)", *lines)), "utf-8")
    with watching() as seen:
        libraries_used(str(maps))
        libraries_used(str(tmp_path / "没有"))
    found = seen.states()
    assert found[gone] == CHANGED, "what runs is no longer what the next one would load"
    assert set(found) == {pango, gone, str(maps), str(tmp_path / "没有")}
    old_file(tmp_path / "libpango-1.0.so.0", "乙")
    assert not is_still(pango, found[pango])


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells what is loaded")
def test_a_paper_rests_on_the_pango_it_was_set_with(tmp_path: Path) -> None:
    data = tmp_path / "通知.yaml"
    data.write_text("版本: 1\n模板: 文稿\n标题: 关于报送的通知\n正文:\n  - 请按时报送。\n", encoding="utf-8")
    answer = make_job(Job(data, Project(tmp_path, Path(states.ROOT) / "templates"), "", STANDARD, ("pdf",)))
    assert answer.made
    assert any("libpango" in path for path in answer.states)
