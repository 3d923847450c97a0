"""Faces: what is installed is used, what has no glyph is said."""

from __future__ import annotations

import pytest

from zhibi import fonts
from zhibi.errors import Location, ReportError
from zhibi.fonts import STACKS, match_face, resolve_faces
from zhibi.typography import OFFICIAL_FACES, Face

AT = Location("甲.yaml", 2, 3)
TRADITIONAL = "關於國際會議電腦網絡資訊臺灣與香港特別行政區聯繫辦公室舉辦學術會議產業鏈強為"


def used(text: str, face: Face = Face.FANGSONG) -> dict[Face, dict[str, Location | None]]:
    return {face: dict.fromkeys(text, AT)}


def test_every_class_has_names_for_both_files() -> None:
    assert set(STACKS) == set(OFFICIAL_FACES) == set(Face)
    assert all(len(stack) > 5 for stack in STACKS.values())


@pytest.mark.parametrize("face", Face)
def test_every_class_is_installed_here(face: Face) -> None:
    faces = resolve_faces({face: dict.fromkeys("一A1" if face is not Face.LATIN else "A1")})
    assert (faces.main[face].family, faces.main[face].weight) in STACKS[face]


def test_fontconfig_must_give_what_was_asked() -> None:
    assert match_face("没有这种字体", fonts.REGULAR) is None
    # fontconfig answers this alias with a real family, which is a candidate under its own name only.
    assert match_face("serif", fonts.REGULAR) is None


def test_coverage_is_that_of_the_font() -> None:
    face = match_face("FandolFang", fonts.REGULAR)
    assert face is not None
    assert all(map(face.holds, "通知“”—…，。"))
    assert not any(map(face.holds, "镕喆\ue123\U00030000"))


def test_a_rare_character_gets_the_next_face_that_has_it() -> None:
    faces = resolve_faces(used("请镕喆同志阅"))
    parts = list(faces.split(Face.FANGSONG, "请镕喆同志"))
    assert [text for _, text in parts] == ["请", "镕喆", "同志"]
    assert parts[0][0] is parts[2][0] is faces.main[Face.FANGSONG]
    assert parts[1][0].holds("镕")
    assert parts[1][0] is not parts[0][0]


def test_a_traditional_paper_is_set_in_one_face() -> None:
    faces = resolve_faces(used(TRADITIONAL) | used("產", Face.KAI))
    assert all(map(faces.main[Face.FANGSONG].holds, TRADITIONAL))
    assert not faces.other[Face.FANGSONG]
    # One character alone would be tolerated; in a traditional paper it is not.
    assert faces.main[Face.KAI].holds("產")
    assert not resolve_faces(used("產", Face.KAI)).main[Face.KAI].holds("產")


def test_all_missing_characters_are_said_at_once() -> None:
    with pytest.raises(ReportError) as raised:
        resolve_faces(used("好\ue123\U00030000") | used("\ue123", Face.HEI))
    problems = raised.value.problems
    assert {problem.text for problem in problems} == {"\ue123", "\U00030000"}
    assert {(problem.rule, problem.at) for problem in problems} == {("缺字", AT)}
    assert any("U+30000" in problem.message for problem in problems)


def test_what_nobody_draws_is_not_missing() -> None:
    assert resolve_faces(used("好\t\n\u200b\ufe0f")).main


def test_a_class_without_any_face_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "STACKS", dict.fromkeys(Face, (("没有这种字体", 400),)))
    with pytest.raises(ReportError, match="仿宋") as raised:
        resolve_faces(used("好"))
    assert [problem.rule for problem in raised.value.problems] == ["缺字体"]


def test_a_machine_without_fontconfig_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ReportError, match="fontconfig"):
        fonts._ask("fc-match", "x")


def test_fontconfig_is_asked_once_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_faces(used("好"))
    monkeypatch.setenv("PATH", "/nowhere")
    assert resolve_faces(used("坏")).main[Face.FANGSONG]


def test_the_face_of_digits_is_never_given_up_for_rare_letters() -> None:
    plain = resolve_faces({Face.LATIN: {"1": None}, Face.FANGSONG: {"中": None}})
    rare = dict.fromkeys("1ǎǐǒǔǚ")
    assert (
        resolve_faces({Face.LATIN: rare, Face.FANGSONG: {"中": None}}).main[Face.LATIN]
        == plain.main[Face.LATIN]
    )
