"""Machines unlike this one: some office fonts, none, a slow fontconfig; and what is then said of the PDF."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.fonts.conftest import Elsewhere
from tests.fonts.machine import COMMON, build, machine, make_font
from zhibi import fonts
from zhibi.errors import ReportError
from zhibi.families import OFFICE, REGULAR, STACKS
from zhibi.font_verdict import stand_ins, verdict
from zhibi.fonts import Faces, FontFace, match_face, resolve_faces
from zhibi.typography import Face

RARE = "镕喆堃㛃䶮"


def font(folder: Path, family: str, more: str = "") -> Path:
    return make_font(folder / f"{family}.ttf", family, COMMON + more)


def used(text: str, *classes: Face) -> dict[Face, dict[str, None]]:
    return {face: dict.fromkeys(text) for face in classes or [Face.FANGSONG]}


def test_a_machine_with_simsun_alone_builds_and_says_so(tmp_path: Path) -> None:
    done = build(
        tmp_path / "a.pdf",
        machine(tmp_path, [font(tmp_path, "SimSun")]),
        ("正文", "你好A1"),
        ("公文标题", "标题"),
    )
    assert not done.stderr
    assert {"仿宋 SimSun 400", "小标宋 SimSun 400", "宋体 SimSun 400", "西文 SimSun 400"} <= set(
        done.stdout.splitlines()
    )


def test_a_face_of_another_class_is_a_stand_in(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(font(tmp_path, "SimSun"))
    faces = resolve_faces(used("你好", Face.FANGSONG, Face.SONG, Face.LATIN))
    assert faces.substitutes() == {Face.FANGSONG: "SimSun", Face.LATIN: "SimSun"}
    assert stand_ins(faces) == ("仿宋用 SimSun 代替",)


def test_a_lighter_face_of_the_kind_comes_before_another_kind(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(font(tmp_path, "SimSun"), font(tmp_path, "Noto Sans CJK SC"))
    faces = resolve_faces(used("你好", Face.HEI, Face.KAI))
    assert faces.substitutes() == {Face.HEI: "Noto Sans CJK SC", Face.KAI: "SimSun"}


@pytest.mark.parametrize("face", Face)
def test_every_office_name_is_found(face: Face, tmp_path: Path, elsewhere: Elsewhere) -> None:
    files = [make_font(tmp_path / f"{number}.ttf", name) for number, name in enumerate(OFFICE[face])]
    elsewhere(make_font(tmp_path / "0 other.ttf", "Other"), *files)
    assert [name for name in OFFICE[face] if match_face(name, REGULAR) is None] == []
    assert {Path(fonts.face_file(name, REGULAR)[0]).name for name in OFFICE[face]} == {
        file.name for file in files
    }


def test_a_rare_character_comes_from_a_face_of_the_same_class(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(font(tmp_path, "仿宋_GB2312"), font(tmp_path, "仿宋", "镕"), font(tmp_path, "宋体", "镕喆"))
    faces = resolve_faces(used("你好镕喆"))
    assert faces.main[Face.FANGSONG].family == "仿宋_GB2312"
    assert {char: found.family for char, found in faces.other[Face.FANGSONG].items()} == {
        "镕": "仿宋",
        "喆": "宋体",
    }
    assert stand_ins(faces) == ("仿宋里的“喆”用 宋体 代替",)


def test_many_rare_characters_do_not_change_the_class(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(font(tmp_path, "仿宋_GB2312"), font(tmp_path, "仿宋", RARE[:-1]), font(tmp_path, "宋体", RARE))
    faces = resolve_faces(used("你好" + RARE))
    assert faces.main[Face.FANGSONG].family == "仿宋"
    assert {char: found.family for char, found in faces.other[Face.FANGSONG].items()} == {"䶮": "宋体"}


def test_signs_never_cost_a_class_its_face(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(font(tmp_path, "仿宋_GB2312"), font(tmp_path, "宋体", "㎡①②③④⑤"))
    assert resolve_faces(used("你好㎡①②③④⑤")).main[Face.FANGSONG].family == "仿宋_GB2312"


def test_narrow_quotes_are_not_taken(tmp_path: Path, elsewhere: Elsewhere) -> None:
    family = "Zhuque Fangsong (technical preview)"
    elsewhere(font(tmp_path, family), font(tmp_path, "Noto Serif CJK SC"))
    faces = resolve_faces(used("你好“‘…—’”"))
    assert faces.main[Face.FANGSONG].family == family
    assert set(faces.other[Face.FANGSONG]) == set("“‘’”")


def test_a_machine_without_any_face_of_ours_is_told(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(font(tmp_path, "Other"))
    with pytest.raises(ReportError, match="make setup") as raised:
        resolve_faces(used("你好", Face.FANGSONG, Face.HEI))
    assert [problem.rule for problem in raised.value.problems] == ["缺字体", "缺字体"]


def test_a_machine_without_any_font_is_told(elsewhere: Elsewhere) -> None:
    elsewhere()
    assert match_face("仿宋", REGULAR) is None
    with pytest.raises(ReportError, match="仿宋"):
        resolve_faces(used("你好"))


def test_a_slow_fontconfig_is_waited_for(
    tmp_path: Path, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere(font(tmp_path, "仿宋"))
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("fc-match", "fc-list"):
        script = tools / name
        script.write_text(f'#!/bin/sh\nsleep 1\nexec {shutil.which(name)} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    assert resolve_faces(used("你好")).main[Face.FANGSONG].family == "仿宋"


def face_of(family: str) -> FontFace:
    return FontFace(family, REGULAR, (0,), (0x10FFFF,))


def test_office_faces_hold_to_the_standard_and_nothing_is_to_be_accepted() -> None:
    office = {face: face_of(names[0]) for face, names in OFFICE.items()}
    faces = Faces(office, {face: {"镕": face_of(OFFICE[face][-1])} for face in Face})
    assert stand_ins(faces) == ()
    said = {verdict(stand_ins(faces), accepted=accepted) for accepted in (True, False)}
    assert len(said) == 1
    assert "字体符合国标" in said.pop()


@pytest.mark.parametrize("face", [face for face in Face if face is not Face.LATIN])
def test_one_open_face_is_enough_to_say_no(face: Face) -> None:
    main = {one: face_of(OFFICE[one][0]) for one in Face} | {face: face_of(STACKS[face][-1][0])}
    said = stand_ins(Faces(main, {one: {} for one in Face}))
    assert said == (f"{face}用 {STACKS[face][-1][0]} 代替",)
    refused = verdict(said, accepted=False)
    assert said[0] in refused
    assert "符合国标" not in refused
    assert "认可替代字体: 是" in refused
    accepted = verdict(said, accepted=True)
    assert said[0] in accepted
    assert "符合国标" in accepted


def test_many_single_characters_are_counted() -> None:
    main = {one: face_of(OFFICE[one][0]) for one in Face}
    strays = dict.fromkeys("甲乙丙丁戊己庚辛壬癸", face_of("Noto Serif CJK SC"))
    said = stand_ins(Faces(main, {one: strays if one is Face.KAI else {} for one in Face}))
    assert said == ("楷体里的“甲乙丙丁戊己庚辛”等 10 个字用 Noto Serif CJK SC 代替",)


def test_a_stand_in_for_latin_is_no_matter_of_the_standard() -> None:
    main = {one: face_of(OFFICE[one][0]) for one in Face} | {Face.LATIN: face_of("Liberation Serif")}
    faces = Faces(main, {one: {} for one in Face})
    assert stand_ins(faces) == ()
    assert faces.substitutes() == {Face.LATIN: "Liberation Serif"}
