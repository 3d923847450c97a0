"""`watch`: what is saved is made again, problems are told when they come and when they go."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest
from watchfiles import Change

from tests.freshness.test_nothing_twice import CONFIG, PAPER, PLAN, QUARTER, edit
from tests.test_cli import run
from zhibi.cli import main
from zhibi.cli.watch import _changes, _is_ours, _Watch, watch
from zhibi.errors import Location, Problem, ReportError
from zhibi.font_folders import font_files
from zhibi.workers import Workers

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 90
"""Seconds that a test waits for a word."""


class Watcher:
    """A running `watch` and what it has said so far."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", str(ROOT / "build.py"), "watch", "--config", "config.yaml", *words],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self.seen = 0
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def says(self, words: str) -> str:
        """Wait until it says `words`; return what it said since it was last asked."""
        end = time.monotonic() + LONGEST
        while words not in self.said[self.seen :]:
            assert time.monotonic() < end, f"never said {words!r}, but:\n{self.said}"
            time.sleep(0.02)
        fresh, self.seen = self.said[self.seen :], len(self.said)
        return fresh

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "config.yaml").write_text(CONFIG.replace("季表", "函"), encoding="utf-8")
    (tmp_path / "data" / "通知.yaml").write_text(PAPER, encoding="utf-8")
    (tmp_path / "data" / "函.yaml").write_text(PAPER.replace("通知", "函"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def watching(office: Path) -> Iterator[Callable[..., Watcher]]:
    started: list[Watcher] = []

    def start(*words: str) -> Watcher:
        started.append(Watcher(office, *words))
        started[-1].says("按 Ctrl-C 结束")
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()
        one.listener.join()
        assert one.process.stdout is not None
        one.process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to another process there")
def test_what_is_saved_is_made_again_until_ctrl_c(office: Path, watching: Callable[..., Watcher]) -> None:
    watcher = watching()
    first = watcher.said
    assert first.index("✓", first.index("] 通知")) < first.index("✓", first.index("] 函"))
    before = {path: path.read_bytes() for path in (office / "成品").glob("*.docx")}
    assert len(before) == 2

    edit(office / "data" / "通知.yaml", "按时报送", "及时报送")
    said = watcher.says("✓")
    assert "] 通知" in said, "saved even before the folders were watched"
    assert "] 函" not in said
    changed = [path.name for path, content in before.items() if path.read_bytes() != content]
    assert changed == ["关于报送的通知.docx"]

    edit(office / "data" / "函.yaml", "标题:", "标提:")
    assert "函.yaml:3:1 错误：不认识“标提”" in watcher.says("✗ 没有生成")
    edit(office / "data" / "通知.yaml", "及时报送", "按期报送")
    said = watcher.says("通知 ✓")
    assert "通知.yaml 有改动" in said
    assert "标提" not in said, "told a second time"
    edit(office / "data" / "函.yaml", "标提:", "标题:")
    assert "改好了：data/函.yaml 不认识“标提”" in watcher.says("改好了")

    edit(office / "config.yaml", "版本: 1", "版体: 1")
    assert "版体" in watcher.says("config.yaml:1:1 错误")
    edit(office / "config.yaml", "版体: 1", "版本: 1")
    watcher.says("改好了")
    assert "清单.json" not in watcher.said, "it saw what it wrote itself"
    assert watcher.end() == 0
    assert watcher.said.endswith("已停止。\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to another process there")
def test_folders_that_a_failed_report_reads_and_those_made_again_are_watched(
    office: Path, watching: Callable[..., Watcher]
) -> None:
    (office / "计划").mkdir()
    (office / "计划" / "计划.yaml").write_text(PLAN, encoding="utf-8")
    quarter = QUARTER.replace("模板: 表", "模板: 区级季度完成情况").replace("计划: ", "计划: ../计划/")
    (office / "data" / "函.yaml").write_text(quarter, encoding="utf-8")
    watcher = watching("--format", "docx")
    edit(office / "计划" / "计划.yaml", "名称", "名秤")
    watcher.says("函 ✗ 没有生成")
    time.sleep(2.5)  # Else the first quiet moment after folders change would find it.
    edit(office / "计划" / "计划.yaml", "名秤", "名称")
    watcher.says("改好了")

    shutil.copytree(office / "data", office / "另存")
    shutil.rmtree(office / "data")
    (office / "另存").rename(office / "data")
    watcher.says("data、")
    time.sleep(2.5)
    edit(office / "data" / "通知.yaml", "材料", "报告")
    assert "通知.yaml 有改动" in watcher.says("通知 ✓")


def test_a_font_that_takes_the_place_of_another_is_seen(
    watching: Callable[..., Watcher],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    share = tmp_path_factory.mktemp("share")
    fonts = share / "fonts"
    fonts.mkdir(parents=True)
    face, other = sorted(file for file in font_files() if file.endswith((".ttf", ".otf")))[:2]
    shutil.copy(face, fonts / f"甲{face[-4:]}")
    monkeypatch.setenv("XDG_DATA_HOME", str(share))
    watcher = watching("--format", "docx", "通知")
    shutil.copy(other, fonts / f"甲{face[-4:]}")
    # Its name is told only where it came after the folders were watched.
    watcher.says("通知 ✓")


@pytest.fixture
def turned(office: Path) -> Iterator[Callable[..., _Watch]]:
    """Give a `watch` of these names after its first turn."""
    with Workers() as workers:

        def turn(*names: str) -> _Watch:
            typed = {
                "config_file": str(office / "config.yaml"),
                "formats": "docx",
                "out": None,
                "count": None,
            }
            one = _Watch(names, {**typed, "force": False, "as_json": False, "quiet": True}, workers)
            with click.Context(watch):
                one.turn()
            return one

        yield turn


@pytest.fixture
def places(turned: Callable[..., _Watch]) -> Callable[..., frozenset[Path]]:
    """Give the folders that are watched after a turn of `watch` with these names."""

    def turn(*names: str) -> frozenset[Path]:
        with click.Context(watch):
            return turned(*names).turn()

    return turn


def test_a_data_file_that_is_asked_for_may_come(office: Path, places: Callable[..., frozenset[Path]]) -> None:
    series = '定期:\n  - {名称: 年报, 周期: 年, 数据: "data/{年度}年报.yaml", 起始: 2026}\n'
    (office / "config.yaml").write_text(CONFIG.replace("报告:", f"{series}报告:"), encoding="utf-8")
    assert office / "data" in places("年报2026")


def test_a_folder_that_cannot_be_written_leaves_the_data_watched(
    office: Path, places: Callable[..., frozenset[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise ReportError([Problem(Location("成品"), "占用", "另一个执笔正在往这个文件夹写")])

    monkeypatch.setattr("zhibi.cli.watch.recover", held)
    assert office / "data" in places()


def test_a_folder_that_goes_before_it_is_watched_is_built_again(office: Path) -> None:
    assert list(_changes(frozenset({office / "没有"}))) == [[]]


def test_a_program_s_own_helper_files_are_no_edit(tmp_path: Path) -> None:
    ours = [
        name
        for name in ("甲.yaml", "图.png", "~$甲.docx", ".甲.yaml.swp", "甲.yaml~", "4913.tmp")
        if _is_ours(Change.modified, f"/a/{name}")
    ]
    assert ours == ["甲.yaml", "图.png"]
    assert not _is_ours(Change.modified, str(tmp_path)), "of a folder its files tell"
    assert _is_ours(Change.added, str(tmp_path))


def test_only_what_is_another_file_than_was_read_or_written_is_named(
    office: Path, turned: Callable[..., _Watch]
) -> None:
    (office / "config.yaml").write_text(
        CONFIG.replace("季表", "函").replace("成品", "data"), encoding="utf-8"
    )
    data = office / "data"
    looked_for = str(data / "校对.yaml")
    one = turned()
    assert len(list(data.glob("*.docx"))) == 2
    for path in (data / "新的.yaml", data / "笔记.txt", data / "sedHht53"):
        path.write_text("甲", encoding="utf-8")
    edit(data / "通知.yaml", "材料", "报告")
    (data / "函.yaml").unlink()
    named = {path.name for path in data.iterdir() if one._is_edit(str(path))}
    assert named == {"通知.yaml", "新的.yaml"}, "neither finished files nor what is no paper's"
    assert one._is_edit(str(data / "函.yaml"))
    assert one._is_edit(str(data))
    assert not one._is_edit(str(data / "sedAbc12"))
    assert not one._is_edit(looked_for)
    Path(looked_for).write_text("版本: 1\n", encoding="utf-8")
    assert one._is_edit(looked_for)


@pytest.mark.parametrize("error", [OSError(28, "watch limit"), RuntimeError("os error 24")])
def test_a_system_that_tells_of_nothing_is_asked_each_second(
    office: Path, turned: Callable[..., _Watch], error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def changes(*_: object, force_polling: bool | None, **__: object) -> Iterator[set[tuple[int, str]]]:
        if not force_polling:
            raise error
        yield {(2, str(office / "data" / "通知.yaml"))}
        raise error

    one = turned()
    monkeypatch.setattr("watchfiles.watch", changes)
    monkeypatch.setattr("zhibi.cli.watch.tell", said.append)
    assert list(one._changes(frozenset({office}))) == [[]]
    assert len(said) == 1
    assert "改为每秒查看一次" in said[0]
    again = one._changes(frozenset({office}))
    assert next(again) == [str(office / "data" / "通知.yaml")]
    with pytest.raises(type(error)):
        next(again)
    assert len(said) == 1


@pytest.mark.parametrize(("name", "told"), [("没有", "没有名叫“没有”的报告"), ("甲.docx", "不是数据文件")])
def test_who_names_no_report_is_told_so_and_need_not_wait(office: Path, name: str, told: str) -> None:
    said = run(["watch", "--config", "config.yaml", name], office)
    assert said.code == 2
    assert told in said.err
    assert "存盘就重做" not in said.out


def test_a_report_that_may_begin_is_waited_for(
    office: Path, turned: Callable[..., _Watch], monkeypatch: pytest.MonkeyPatch
) -> None:
    series = '定期:\n  - {名称: 年报, 周期: 年, 数据: "data/{年度}年报.yaml", 起始: 2026}\n'
    (office / "config.yaml").write_text(CONFIG.replace("报告:", f"{series}报告:"), encoding="utf-8")
    one = turned("年报2026")

    def waits(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_Watch, "_until_places_change", waits)
    with click.Context(watch), pytest.raises(KeyboardInterrupt):
        one.run()


def test_watch_works_with_as_many_processes_as_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    @contextmanager
    def counted(count: int) -> Iterator[None]:
        asked.append(count)
        yield

    monkeypatch.setattr("zhibi.cli.watch.Workers", counted)
    monkeypatch.setattr(_Watch, "run", lambda self: None)
    assert main(["watch", "--jobs", "3"]) == 0
    assert asked == [3]


def test_watch_gives_no_json(office: Path) -> None:
    said = run(["watch", "--json", "--config", "config.yaml"], office)
    assert said.code == 2
    assert "watch 没有 --json" in said.out
