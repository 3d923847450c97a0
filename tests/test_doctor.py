"""The doctor: every check with a planted fault, and a machine on which nothing starts."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from zhibi import doctor
from zhibi.doctor import ADVICE, BAD, GOOD, Finding, as_json, as_text, examine, healthy, machine, project
from zhibi.doctor.typefaces import ASCII, RARE, check_class, check_faces, gb2312
from zhibi.errors import ReportError
from zhibi.families import OFFICE
from zhibi.fonts import FontFace
from zhibi.typography import Face

ROOT = Path(__file__).resolve().parent.parent
LOCK = """one-lib==1.2 \\
    --hash=sha256:00
    # via x
two==3.0 ; implementation_name != 'PyPy' \\
three==1 ; sys_platform == 'os2'
"""
MEGABYTE = 1_000_000


def results(findings: Sequence[Finding]) -> list[str]:
    return [finding.result for finding in findings]


def test_this_machine_is_well() -> None:
    findings = examine()
    assert [finding for finding in findings if finding.result == BAD] == []
    items = " ".join(finding.item for finding in findings)
    for name in ("Python", ".venv", "程序库", "pango", "harfbuzz-subset", "fontconfig", *Face, "LibreOffice"):
        assert name in items
    for name in ("config.yaml", "模板", "输出文件夹", "临时文件夹", "文字编码"):
        assert name in items


@pytest.mark.parametrize(("version", "result"), [((3, 11, 0), GOOD), ((3, 14, 1), GOOD), ((3, 10, 9), BAD)])
def test_an_old_python(version: tuple[int, ...], result: str) -> None:
    assert machine.check_python(version).result == result


def test_the_environment_of_the_project(tmp_path: Path) -> None:
    assert machine.check_environment(tmp_path, tmp_path).result == GOOD
    assert machine.check_environment(Path("/usr"), tmp_path / ".venv").result == ADVICE
    assert machine.check_environment(Path("/usr"), tmp_path).result == BAD


@pytest.mark.parametrize(
    ("installed", "wanted", "words"),
    [
        ({"one-lib": "1.2", "two": "3.0"}, [GOOD], "2 个"),
        ({"one-lib": "1.2"}, [BAD], "没有安装 two"),
        ({"one-lib": "1.3", "two": "3.0"}, [BAD], "装的是 1.3，锁文件要 1.2"),
        ({}, [BAD], "one-lib、two"),
    ],
)
def test_libraries_are_those_of_the_lock(installed: Mapping[str, str], wanted: list[str], words: str) -> None:
    findings = list(machine.check_versions(LOCK, installed.get))
    assert results(findings) == wanted
    assert words in findings[0].note


def test_every_line_of_the_real_lock_is_read() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    here = {"platform_python_implementation": "CPython", "implementation_name": "cpython"}
    old, new = (
        dict(machine.pins(lock, {**here, "python_full_version": version})) for version in ("3.11.9", "3.12.0")
    )
    names = set(re.findall(r"(?m)^([A-Za-z0-9._-]+)==", lock))
    assert len(names) > 30
    assert set(old) == set(new) == names - {"brotlicffi"}  # For other Pythons.
    assert old["weasyprint"] == "70.0"
    assert old["numpy"] < new["numpy"]


def test_an_empty_lock_is_no_good_news() -> None:
    assert results(list(machine.check_versions("", {}.get))) == [BAD]


def test_a_library_that_is_there_but_does_not_start() -> None:
    def load(name: str) -> object:
        if name == "weasyprint":
            raise OSError("cannot load library 'pango'\nlong advice")
        if name in {"yaml", "rjieba"}:
            raise ModuleNotFoundError("no", name=name)
        return object()

    weasyprint, missing = machine.check_imports(load)
    assert (weasyprint.item, weasyprint.result) == ("程序库 weasyprint", BAD)
    assert "long advice" not in weasyprint.note
    assert (missing.result, missing.note) == (BAD, "缺少 yaml、rjieba")
    assert list(machine.check_imports(lambda name: object())) == []


def test_what_a_library_prints_when_it_starts_is_not_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "loud_library.py").write_text("print('advice')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    machine.import_quietly("loud_library")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("missing", machine.LIBRARIES)
def test_a_missing_system_library(missing: str) -> None:
    def load(name: str) -> object:
        if name == missing:
            raise OSError(name)
        return machine.load_library(name)

    found = {finding.item: finding.result for finding in machine.check_shared(load)}
    assert found.pop(f"系统库 {missing}") == (ADVICE if missing == machine.SUBSETTER else BAD)
    assert set(found.values()) == {GOOD}


def test_no_library_is_found_by_a_name_that_none_has() -> None:
    with pytest.raises(OSError, match="zhibi"):
        machine.load_library("zhibi-none")


def test_an_old_harfbuzz(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "library_version", lambda library, name: (2, 6, 4))
    found = {finding.item: finding for finding in machine.check_shared(lambda name: object())}
    assert found["系统库 harfbuzz"].result == ADVICE
    assert "2.6.4" in found["系统库 harfbuzz"].note
    assert found["系统库 pango-1.0"].result == GOOD


@pytest.mark.parametrize("missing", ["fc-match", "fc-list"])
def test_no_fontconfig(missing: str) -> None:
    found = machine.check_fontconfig(lambda name: None if name == missing else f"/bin/{name}")
    assert found.result == BAD
    assert missing in found.note
    assert machine.check_fontconfig(lambda name: name).result == GOOD


def test_no_libreoffice_is_no_trouble() -> None:
    assert machine.check_office(lambda name: None).result == ADVICE
    assert machine.check_office(lambda name: "x" if name == "libreoffice" else None).result == GOOD


def face(family: str, lacks: str = "") -> FontFace:
    """Return a face that holds everything but `lacks`."""
    codes = sorted({-1, *map(ord, lacks), 0x110000})
    ranges = [(low + 1, high - 1) for low, high in pairwise(codes) if low + 1 < high]
    return FontFace(family, 400, tuple(low for low, _ in ranges), tuple(high for _, high in ranges))


@pytest.mark.parametrize(
    ("stack", "result", "words"),
    [
        ([], BAD, "没有可用的字体"),
        ([face("仿宋")], GOOD, "机关常用字体"),
        ([face("FandolFang")], ADVICE, "替代字体"),
        ([face("仿宋", RARE), face("宋体")], GOOD, f"“{RARE}”用 宋体"),
        ([face("仿宋", "镕")], ADVICE, "“镕”没有字体能显示"),
        ([face("仿宋", "工"), face("宋体")], ADVICE, "缺 1 个常用字，如“工”"),
        ([face("仿宋", "工科")], BAD, "2 个本机没有字体能显示"),
        ([face("FandolFang", "工")], BAD, "1 个本机没有字体能显示"),
    ],
)
def test_faces_of_a_class(stack: list[FontFace], result: str, words: str) -> None:
    found = check_class("仿宋", stack, OFFICE[Face.FANGSONG], (gb2312(), RARE))
    assert found.result == result
    assert words in found.note
    assert bool(found.mend) is (result != GOOD)


def test_the_common_characters_are_those_of_gb2312() -> None:
    assert len(gb2312()) == len(set(gb2312())) == 6763
    assert not set(RARE) & set(gb2312())


def test_a_stand_in_for_latin_is_well() -> None:
    *_, latin = check_faces()
    assert (latin.item, latin.result) == ("字体 西文", GOOD)
    assert check_class("西文", [face("甲", ASCII)], ("乙",), (ASCII, "")).result == BAD


def refuse(code: int) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        raise OSError(code, os.strerror(code))

    return write


@pytest.mark.parametrize(
    ("free", "code", "result", "words"),
    [
        (900 * MEGABYTE, 0, GOOD, "900 MB"),
        (300 * MEGABYTE, 0, ADVICE, "300 MB"),
        (3 * MEGABYTE, 0, BAD, "3 MB"),
        (900 * MEGABYTE, errno.EROFS, BAD, "磁盘是只读的"),
        (900 * MEGABYTE, errno.EACCES, BAD, "没有权限"),
    ],
)
def test_a_folder(free: int, code: int, result: str, words: str, tmp_path: Path) -> None:
    write = refuse(code) if code else lambda folder: None
    found = project.check_folder("输出文件夹", tmp_path / "还没有" / "的", lambda folder: free, write)
    assert found.result == result
    assert words in found.note


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("", encoding="utf-8")
    (tmp_path / "config.yaml").write_text("没有", encoding="utf-8")
    output, temporary = project.check_folders(tmp_path / "config.yaml")
    assert (output.result, temporary.result) == (BAD, GOOD)
    assert "路径里有一段不是文件夹" in output.note


def test_the_output_folder_is_that_of_the_settings(tmp_path: Path) -> None:
    text = "版本: 1\n输出: 成品\n报告: [{名称: 甲, 数据: 甲.yaml}]\n"
    (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
    assert "成品" in next(project.check_folders(tmp_path / "config.yaml")).note
    assert list(tmp_path.iterdir()) == [tmp_path / "config.yaml"], "a check leaves nothing behind"


@pytest.mark.parametrize(
    ("terminal", "files", "result"),
    [
        ("utf-8", "utf-8", GOOD),
        (None, "utf-8", GOOD),
        ("gbk", "utf-8", ADVICE),
        ("ascii", "utf-8", ADVICE),
        ("no such", "utf-8", ADVICE),
        ("utf-8", "latin-1", BAD),
    ],
)
def test_encodings(terminal: str | None, files: str, result: str) -> None:
    assert project.check_encoding(terminal, files).result == result


def test_settings_and_templates_with_faults(tmp_path: Path) -> None:
    config, templates = tmp_path / "config.yaml", tmp_path / "templates"
    assert results(list(project.check_project(config, templates))) == [BAD, BAD]
    config.write_text("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", encoding="utf-8")
    shutil.copytree(ROOT / "templates", templates)
    found, good = project.check_project(config, templates)
    assert (found.result, good.result) == (BAD, GOOD)
    assert "找不到数据文件 甲.yaml" in found.note
    (tmp_path / "甲.yaml").write_text("", encoding="utf-8")
    (templates / "坏.jinja").write_bytes(b"\xff\xfe\xff")
    good, found = project.check_project(config, templates)
    assert (good.result, found.result) == (GOOD, BAD)
    assert "坏.jinja" in found.note


def test_a_check_that_fails_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ReportError.__new__(ReportError)

    def lack(*_: object) -> None:
        raise ImportError("No module named 'jinja2'")

    monkeypatch.setattr(machine, "check_fontconfig", fail)
    monkeypatch.setattr(project, "check_project", lack)
    found = {finding.item: finding for finding in doctor.examine()}
    assert found["字体工具"].result == found["配置和模板"].result == BAD
    assert "make setup" in found["配置和模板"].mend
    assert found["文字编码"].result == GOOD


def test_a_machine_without_fontconfig_is_examined(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from zhibi import fonts

    monkeypatch.setenv("PATH", str(tmp_path))
    for asked in (fonts.match_face, fonts._matched, fonts._families):
        asked.cache_clear()
    found = {finding.item: finding.result for finding in examine()}
    assert found["字体工具 fontconfig"] == found["字体"] == BAD
    assert found["程序库"] == GOOD


def test_the_report_for_people_and_for_programs() -> None:
    findings = [Finding("甲", GOOD, "好"), Finding("乙", ADVICE, "慢", "换"), Finding("丙", BAD, "坏", "修")]
    assert as_text(findings).splitlines() == [
        "[正常] 甲：好",
        "[提醒] 乙：慢",
        "    怎么办：换",
        "[有问题] 丙：坏",
        "    怎么办：修",
        "共查 3 项：有问题 1 项，提醒 1 项。",
    ]
    said = json.loads(as_json(findings))
    assert said["healthy"] is False
    assert said["findings"][1] == {"item": "乙", "result": "提醒", "note": "慢", "mend": "换"}
    assert healthy(findings[:2])
