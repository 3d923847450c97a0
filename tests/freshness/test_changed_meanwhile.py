"""What is saved while a report is made: it is told apart from what the report was made from."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.freshness.test_nothing_twice import PAPER, edit
from zhibi import jobs
from zhibi.cli import keeping
from zhibi.cli.keeping import Keeper
from zhibi.freshness.states import state_of
from zhibi.jobs import Answer, Job, check_job, make_job
from zhibi.model import Project
from zhibi.styles import STANDARD
from zhibi.workers import Workers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "通知.yaml").write_text(PAPER, encoding="utf-8")
    return Job(tmp_path / "通知.yaml", Project(tmp_path, ROOT / "templates"), "", STANDARD, ("docx",))


def words_of(docx: bytes) -> str:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()


def test_a_paper_checked_before_an_edit_is_not_made_after_it(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may have checked it after the edit: what this one knows is of an earlier run."""
    monkeypatch.setattr(jobs, "_checked", type(jobs._checked)())
    assert check_job(job).good
    edit(job.data, "材料", "报告")
    made = make_job(job).made
    assert made is not None
    assert "报送报告" in words_of(made.files["docx"])


def test_a_finished_file_edited_before_it_was_kept_is_no_finished_file(job: Job, tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes("改过".encode())
    keeper = Keeper(tmp_path)
    told = {"stem": "通知", "files": [str(path)], "outcome": {}}
    states = {str(job.data): state_of(str(job.data))}
    keeper.keep(job, {path: "做好".encode()}, ((), told), states, unfinished=False)
    assert keeper.known(job, unfinished=False) is None
    keeper.keep(job, {path: "改过".encode()}, ((), told), states, unfinished=False)
    assert keeper.known(job, unfinished=False) is not None


def test_a_font_that_comes_while_papers_are_made_is_in_none_of_them(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "字体"
    fonts.mkdir()
    monkeypatch.setattr(keeping, "font_places", lambda files: {str(fonts)})
    keeper = Keeper(tmp_path)
    (fonts / "甲.otf").write_bytes(b"")
    keeper.keep(job, {}, ((), {}), {}, unfinished=False)
    keeper.end()
    assert Keeper(tmp_path).known(job, unfinished=False) is None


def test_a_font_that_comes_as_records_are_read_is_in_no_paper_of_theirs(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "字体"
    fonts.mkdir()

    def come(name: str) -> set[str]:
        (fonts / name).write_bytes(b"")
        return {str(fonts)}

    monkeypatch.setattr(keeping, "font_places", lambda files: come("甲.otf"))
    keeper = Keeper(tmp_path)
    keeper.keep(job, {}, ((), {}), {}, unfinished=False)
    keeper.end()
    assert Keeper(tmp_path).known(job, unfinished=False) is not None
    monkeypatch.setattr(keeping, "font_places", lambda files: come("乙.otf"))
    assert Keeper(tmp_path).known(job, unfinished=False) is None


def test_a_font_replaced_while_papers_are_made_may_be_in_any_of_them(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = tmp_path / "甲.otf"
    font.write_bytes(b"1")
    monkeypatch.setattr(keeping, "font_files", lambda: {str(font)})
    keeper = Keeper(tmp_path)
    font.write_bytes(b"22")
    keeper.keep(job, {}, ((), {}), {}, unfinished=False)
    keeper.end()
    assert not keeper.whole
    again = Keeper(tmp_path)
    assert again.known(job, unfinished=False) is None
    assert not again.fonts.like(keeper.fonts)
    assert again.fonts.like(Keeper(tmp_path).fonts)


def test_renewed_workers_know_nothing_of_before(job: Job) -> None:
    with Workers() as workers:
        first, again = (next(workers.run(process, [job], 60)) for _ in range(2))
        workers.renew()
        other = next(workers.run(process, [job], 60))
    assert first.stem == again.stem != other.stem


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_a_worker_that_is_killed_while_it_waits_is_replaced(job: Job) -> None:
    with Workers() as workers:
        first = next(workers.run(process, [job], 60))
        os.kill(int(first.stem), signal.SIGKILL)
        end = time.monotonic() + 30
        while workers._pools[0].active and time.monotonic() < end:
            time.sleep(0.02)
        assert next(workers.run(process, [job], 60)).good


def process(_: Job) -> Answer:
    return Answer(stem=str(os.getpid()))


def test_a_plan_saved_between_two_reports_is_not_remembered_as_that_of_both(job: Job, tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    for old, new in (("材料", "报告"), ("报告", "总结")):
        keeper.saw({str(job.data): state_of(str(job.data))})
        edit(job.data, old, new)
    assert not keeper.whole


def test_what_changed_between_the_choice_and_the_making_is_not_remembered(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIBI_CACHE", str(tmp_path / "缓存"))
    seen = {str(job.data): state_of(str(job.data))}
    edit(job.data, "材料", "报告")
    keeper = Keeper(tmp_path)
    keeper.states = {str(job.data): state_of(str(job.data))}
    keeper.remember(["甲"], seen, [])
    assert not list((tmp_path / "缓存").rglob("*.json"))
    keeper.remember(["甲"], keeper.states, [])
    assert len(list((tmp_path / "缓存").rglob("*.json"))) == 1
