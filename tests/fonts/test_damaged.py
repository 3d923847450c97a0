"""Rows 97-100 of the fault table: font files cut short or replaced, no place for a cache, licences."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.fonts.conftest import Elsewhere
from tests.fonts.machine import build, machine, make_font
from zhibi.errors import Level, ReportError
from zhibi.font_files import fault_of, font_file
from zhibi.fonts import embedding_problems, resolve_faces
from zhibi.typography import Face

WORDS = (("正文", "你好A1"), ("公文标题", "标题"))


def cut(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[: len(data) * 9 // 10])


def fonts(folder: Path) -> list[Path]:
    return [make_font(folder / f"{family}.ttf", family) for family in ("SimSun", "仿宋")]


def test_a_font_that_was_cut_short_is_named(tmp_path: Path) -> None:
    files = fonts(tmp_path)
    cut(files[1])
    done = build(tmp_path / "a.pdf", machine(tmp_path, files), *WORDS)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "字体“仿宋”的文件坏了（文件不完整）：仿宋.ttf —— 请重新安装这个字体，或把它删去" in done.stderr
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 5000, b"<html>404</html>", b"OTTO\xff\xff\xff\xff" + b"x" * 99]
)
def test_a_file_that_is_no_font_is_passed_over(content: bytes, tmp_path: Path) -> None:
    files = fonts(tmp_path)
    files[1].write_bytes(content)
    done = build(tmp_path / "a.pdf", machine(tmp_path, files), *WORDS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "仿宋 SimSun 400" in done.stdout.splitlines()


@pytest.mark.parametrize("spoil", [cut, lambda file: file.write_bytes(b"<html>404</html>" * 99), Path.unlink])
def test_a_font_that_was_spoilt_after_fontconfig_read_it_is_named(
    spoil: Callable[[Path], object], tmp_path: Path, elsewhere: Elsewhere
) -> None:
    elsewhere(*fonts(tmp_path))
    used = {Face.FANGSONG: dict.fromkeys("你好"), Face.SONG: dict.fromkeys("你")}
    assert resolve_faces(used).main[Face.FANGSONG].family == "仿宋"
    spoil(tmp_path / "fonts" / "仿宋.ttf")
    fault_of.cache_clear()
    font_file.cache_clear()
    with pytest.raises(ReportError, match="字体“仿宋”的文件坏了") as raised:
        resolve_faces(used)
    assert [problem.rule for problem in raised.value.problems] == ["坏字体"]


@pytest.mark.parametrize("home", [None, "/proc/nowhere"])
def test_no_home_and_no_place_for_a_cache_do_not_stop_a_build(home: str | None, tmp_path: Path) -> None:
    environment = machine(tmp_path, fonts(tmp_path))
    (tmp_path / "cache").write_text("not a folder")
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        environment.pop(name, None)
        if home:
            environment[name] = home
    done = build(tmp_path / "a.pdf", environment, *WORDS)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.pdf").stat().st_size > 1000
    assert (tmp_path / "cache").read_text() == "not a folder"


@pytest.mark.parametrize(
    ("licence", "allowed"), [(0, True), (2, False), (4, True), (8, True), (0x200, False), (0x108, True)]
)
def test_a_licence_that_forbids_embedding_is_said(
    licence: int, *, allowed: bool, tmp_path: Path, elsewhere: Elsewhere
) -> None:
    files = fonts(tmp_path)
    with TTFont(files[1]) as font:
        font["OS/2"].fsType = licence
        font.save(files[1])
    elsewhere(*files)
    problems = embedding_problems(resolve_faces({Face.FANGSONG: dict.fromkeys("你好")}))
    assert [problem.level for problem in problems] == [] if allowed else [Level.ADVICE]
    assert all("字体“仿宋”的许可不允许嵌入 PDF" in problem.message for problem in problems)
