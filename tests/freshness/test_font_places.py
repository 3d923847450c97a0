"""Where fonts may come and be chosen otherwise: what fontconfig follows is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhibi.font_folders import font_places


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
