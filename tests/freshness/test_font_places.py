"""Where fonts may come and be chosen otherwise: what fontconfig follows is asked about."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from zhibi.cli.keeping import Fonts
from zhibi.font_folders import font_files, font_places
from zhibi.freshness.states import MOMENT_NS, all_still


def test_base_directories_are_followed_as_fontconfig_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"):
        monkeypatch.delenv(name, raising=False)
    usual = font_places(["/甲/乙/丙.ttf"])
    home = str(tmp_path)
    own = {f"{home}/.fonts", f"{home}/.local/share/fonts", f"{home}/.config/fontconfig/fonts.conf"}
    common = {"/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts/conf.d", "/etc/fonts/local.conf"}
    assert own | common | {"/甲", "/甲/乙"} <= usual

    monkeypatch.setenv("XDG_DATA_HOME", "/数据")
    monkeypatch.setenv("XDG_DATA_DIRS", "/共一:/共二")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/配置")
    monkeypatch.setenv("FONTCONFIG_FILE", "/别处/甲.conf")
    moved = font_places([])
    folders = {"/数据/fonts", "/共一/fonts", "/共二/fonts", "/配置/fontconfig/conf.d"}
    assert folders | {"/配置/fontconfig/fonts.conf", "/别处/甲.conf"} <= moved
    assert not any(place.startswith((f"{home}/.local", f"{home}/.config")) for place in moved)


SETTINGS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{}</fontconfig>'


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give settings of fontconfig that read a second file and those of a folder, and name a folder of fonts."""
    (tmp_path / "另外").mkdir()
    (tmp_path / "字体" / "空的" / "里面").mkdir(parents=True)
    (tmp_path / "字体" / "圈").symlink_to(tmp_path / "字体")
    more = "".join(f"<include>{tmp_path / name}</include>" for name in ("第二.conf", "另外"))
    text = SETTINGS.format(f"<dir>{tmp_path}/字体</dir><dir prefix='xdg'>字</dir>{more}")
    (tmp_path / "甲.conf").write_text(text, encoding="utf-8")
    for name in ("第二.conf", "另外/10-甲.conf"):
        (tmp_path / name).write_text(SETTINGS.format("<dir prefix='relative'>旁边</dir>"), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "甲.conf"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "家"))
    return tmp_path


@pytest.mark.skipif(
    shutil.which("fc-conflist") is None, reason="an old fontconfig does not say what it reads"
)
def test_settings_that_settings_name_are_known_and_so_are_empty_folders(settings: Path) -> None:
    read = {"甲.conf", "第二.conf", "另外", "另外/10-甲.conf"}
    folders = {"字体", "字体/空的", "字体/空的/里面", "家/字", "旁边", "另外/旁边"}
    places = font_places([])
    assert {str(settings / name) for name in read | folders} <= places
    assert not any("圈/圈" in place for place in places)


CHANGES: dict[str, Callable[[Path], object]] = {
    "别处的设置改了": lambda at: (at / "第二.conf").write_text(SETTINGS.format("<dir>/乙</dir>"), encoding="utf-8"),
    "文件夹里的设置改了": lambda at: (at / "另外" / "10-甲.conf").write_text(SETTINGS.format(""), encoding="utf-8"),
    "来了设置": lambda at: (at / "另外" / "20-乙.conf").write_text(SETTINGS.format(""), encoding="utf-8"),
    "空文件夹里来了字体": lambda at: (at / "字体" / "空的" / "里面" / "甲.ttf").write_bytes(b""),
    "没有用的字体换了": lambda at: shutil.copy(_faces()[1], at / "字体" / "甲.ttf"),
}  # fmt: skip


@pytest.mark.skipif(
    shutil.which("fc-conflist") is None, reason="an old fontconfig does not say what it reads"
)
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_may_choose_another_font_is_a_change(settings: Path, change: str) -> None:
    shutil.copy(_faces()[0], settings / "字体" / "甲.ttf")
    time.sleep(MOMENT_NS / 1e9 * 1.5)
    before = Fonts().states()
    assert all_still(before)
    CHANGES[change](settings)
    assert not all_still(before)


def _faces() -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("FONTCONFIG_FILE")
        return sorted(file for file in font_files() if file.endswith(".ttf"))[:2]
