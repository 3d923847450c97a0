"""What WeasyPrint, Pango and fontconfig do wrong with some fonts, and that no paper shows it."""

from __future__ import annotations

import itertools
import logging
import re
import subprocess
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from fontTools.ttLib import TTFont

from tests.fonts.conftest import Elsewhere
from tests.fonts.machine import COMMON, LIBERATION, NOTO_SERIF, build, machine, make_font, programs, real
from tests.writers.papers import everything, flow, line
from zhibi.errors import ReportError
from zhibi.families import BOLD, REGULAR, STACKS
from zhibi.fonts import FontFace, face_file, installed_faces, match_face
from zhibi.layout import Layout, lay_out, setting
from zhibi.nodes import Heading, Orientation, Role, Text
from zhibi.styles import STANDARD
from zhibi.typography import SIZE_3, Face
from zhibi.writers import font_programs, letters
from zhibi.writers.pdf import write_pdf

MM = 72 / 25.4
MIXED = "镕 甲 A1“引”·㎡ 喆 乙 ② 中文 " * 60
LARGEST_PROGRAM = 1_000_000


def mixed() -> Layout:
    """A paper of every class whose lines mix faces."""
    return lay_out(
        flow(Heading(1, (Text("镕A1总“体”"),)), Heading(2, (Text("堃A1要求"),)), line(MIXED), line("完"))
    )


@pytest.fixture(scope="module")
def mixed_pdf() -> bytes:
    return write_pdf(mixed())


# Trap 1: HarfBuzz fails on some fonts, and the whole font is embedded.


def test_only_the_used_part_of_a_font_is_embedded() -> None:
    data = write_pdf(lay_out(everything()))
    assert len(data) < LARGEST_PROGRAM
    found = programs(data)
    assert len(found) >= 5
    for name, size in found.items():
        assert re.match(r"[A-Z]{6}\+", name), f"{name} is not called a subset"
        assert size < LARGEST_PROGRAM, f"{name} is whole"


def test_the_whole_font_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_programs, "_is_keyed", lambda *_: False)
    monkeypatch.setattr("weasyprint.pdf.fonts.Font.subset", lambda *_: None)
    for known in ("_FACES", "_SHAPED"):
        monkeypatch.setattr(letters, known, {})
    assert max(programs(write_pdf(lay_out(flow(line("甲"))))).values()) > LARGEST_PROGRAM


def test_a_font_that_cannot_be_cut_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(font: object, *_: object) -> None:
        logging.getLogger("weasyprint").warning('Unable to subset "%s" with HarfBuzz', "LXGW WenKai")

    font_programs._subset.cache_clear()
    monkeypatch.setattr(font_programs, "_harfbuzz_subset", lambda *_: None)
    monkeypatch.setattr("weasyprint.pdf.fonts.Font._harfbuzz_subset", fail)
    laid = lay_out(flow(line("甲")))
    with pytest.raises(ReportError) as raised:
        write_pdf(laid)
    assert {problem.rule for problem in raised.value.problems} == {"PDF字体"}
    assert {problem.text for problem in raised.value.problems} <= {
        face.family for face in laid.faces.main.values()
    }
    for known in ("_FACES", "_SHAPED"):
        monkeypatch.setattr(letters, known, {})
    monkeypatch.setattr(font_programs, "_is_keyed", lambda *_: False)
    with pytest.raises(ReportError, match="LXGW WenKai"):
        write_pdf(laid)
    font_programs._subset.cache_clear()


def test_a_machine_without_harfbuzz_subset_builds_the_same(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    environment = machine(tmp_path, [make_font(fonts / "a.ttf", "宋体", COMMON + "镕喆堃" * 9)])
    missing = "import weasyprint.pdf.fonts as fonts; fonts.harfbuzz_subset = None"
    done = build(tmp_path / "a.pdf", environment, ("正文", "你好"), first=missing)
    assert not done.stderr
    whole = (fonts / "a.ttf").stat().st_size
    assert [size < whole / 2 for size in programs(tmp_path / "a.pdf").values()] == [True]


@pytest.mark.skipif(not match_face("LXGW WenKai", REGULAR), reason="LXGW WenKai is not installed")
def test_wenkai_is_cut_or_refused(tmp_path: Path) -> None:
    environment = machine(tmp_path, real(*NOTO_SERIF, LIBERATION, ("LXGW WenKai", REGULAR)))
    hanzi = "".join(
        bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xC0) for cell in range(0xA1, 0xFF)
    )
    done = build(tmp_path / "a.pdf", environment, ("二级标题", hanzi))
    if done.returncode:
        assert "LXGW WenKai" in done.stderr
    else:
        assert max(programs(tmp_path / "a.pdf").values()) < LARGEST_PROGRAM


# Trap 2: a bold file that says it is regular is chosen for regular text.


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")], ids=["bold first", "regular first"])
def test_a_bold_file_is_not_taken_for_the_regular_one(names: tuple[str, str], tmp_path: Path) -> None:
    bold, regular = (tmp_path / f"{name}.ttf" for name in names)
    make_font(bold, "FandolFang", style="Bold")
    make_font(regular, "FandolFang")
    song = make_font(tmp_path / "c.ttf", "宋体")
    done = build(tmp_path / "a.pdf", machine(tmp_path, [bold, regular, song]), ("正文", "你好"))
    # Where the bold file is all that can be had by this name, another family is taken.
    assert f"仿宋 {'宋体' if names[0] == 'a' else 'FandolFang'} 400" in done.stdout
    with pdfplumber.open(tmp_path / "a.pdf") as made:
        widths = {round(char["x1"] - char["x0"], 2) for char in made.pages[0].chars if char["text"] in "你好"}
    assert widths == {SIZE_3}


def test_the_only_face_of_a_heavy_family_is_its_regular_one(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(make_font(tmp_path / "a.ttf", "方正小标宋简体", weight=700, style="Bold"))
    assert match_face("方正小标宋简体", REGULAR) is not None


def test_no_bold_is_asked_of_a_family_that_has_none(tmp_path: Path, elsewhere: Elsewhere) -> None:
    elsewhere(make_font(tmp_path / "a.ttf", "Noto Serif CJK SC"))
    assert match_face("Noto Serif CJK SC", BOLD) is None
    assert [(face.family, face.weight) for face in installed_faces(Face.TITLE_SONG)] == [
        ("Noto Serif CJK SC", REGULAR)
    ]


@pytest.mark.parametrize("face", Face)
def test_every_installed_face_is_the_file_of_its_weight(face: Face) -> None:
    found = installed_faces(face)
    assert found
    for one in found:
        file, index = face_file(one.family, one.weight)
        with TTFont(file, fontNumber=index, lazy=True) as font:
            assert bool(font["head"].macStyle & 1) is (one.weight == BOLD), file


# Trap 3: brackets in a family's name break the PDF.


@pytest.mark.parametrize(
    ("fault", "clean"), [("", True), ("module._escape_font_names = lambda pdf: None", False)]
)
def test_a_name_with_brackets_gives_a_clean_pdf(tmp_path: Path, fault: str, clean: bool) -> None:
    zhuque = make_font(tmp_path / "a.ttf", "Zhuque Fangsong (technical preview)", COMMON + "镕")
    environment = machine(tmp_path, [zhuque, *real(*NOTO_SERIF, LIBERATION)])
    first = f"import zhibi.writers.pdf as module; {fault}"
    done = build(tmp_path / "a.pdf", environment, ("正文", "你好“镕”A1"), first=first)
    assert "仿宋 Zhuque Fangsong (technical preview) 400\n仿宋 “ Noto" in done.stdout, done.stderr
    table = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True)
    assert (not table.stderr) is clean
    assert ("+Zhuque-Fangsong-(technical-preview)" in table.stdout) is clean


# Trap 4: a character that its font lacks becomes a box.


def test_rare_names_are_drawn_in_a_face_that_holds_them(mixed_pdf: bytes) -> None:
    with pdfplumber.open(BytesIO(mixed_pdf)) as made:
        drawn = {char["text"]: char["fontname"] for page in made.pages for char in page.chars}
    for char in "镕喆":
        name = drawn[char].partition("+")[2]
        family = next(
            one for one in installed_faces(Face.FANGSONG) if _pdf_name(one.family, one.weight) == name
        )
        assert family.holds(char)


# Trap 5: a line of two faces grows.


def pitches(data: bytes, char: str) -> set[float]:
    """Return the distances in points between the base lines of a character on the first page."""
    with pdfplumber.open(BytesIO(data)) as made:
        lines = {round(one["matrix"][5], 3) for one in made.pages[0].chars if one["text"] == char}
    return {round(above - below, 3) for above, below in itertools.pairwise(sorted(lines, reverse=True))}


def test_lines_of_mixed_faces_stand_exactly_one_pitch_apart(mixed_pdf: bytes) -> None:
    assert len({name.partition("+")[2] for name in programs(mixed_pdf)}) >= 4
    assert pitches(mixed_pdf, "甲") == pitches(mixed_pdf, "喆") == {STANDARD.pitch}


# Trap 6: bold is not synthesised.


def _pdf_name(family: str, weight: int) -> str:
    return family.replace(" ", "-") + "-Bold" * (weight == BOLD)


def test_bold_is_asked_only_of_faces_that_are(mixed_pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = mixed()
    asked: set[tuple[str, int]] = set()
    shaped = letters._shaped

    def noted(face: FontFace, language: str, neighbour: str, units: list[str]) -> object:
        asked.add((face.family, face.weight))
        return shaped(face, language, neighbour, units)

    monkeypatch.setattr(letters, "_shaped", noted)
    assert write_pdf(layout) == mixed_pdf
    assert {weight for _, weight in asked} == {REGULAR, BOLD}
    known = {(found.family, found.weight) for stack in map(installed_faces, STACKS) for found in stack}
    assert asked <= known
    resolved = {
        *layout.faces.main.values(),
        *(one for face in layout.faces.other.values() for one in face.values()),
    }
    names = {_pdf_name(found.family, found.weight) for found in resolved}
    assert {name.partition("+")[2] for name in programs(mixed_pdf)} <= names


# Trap 7: a line of mixed-face hanzi with blanks runs over the margin.


def overflow(data: bytes) -> float:
    """Return by how many points the widest line runs over the right edge of the type area."""
    edge = (STANDARD.pages[Orientation.PORTRAIT].width - STANDARD.pages[Orientation.PORTRAIT].right) * MM
    with pdfplumber.open(BytesIO(data)) as made:
        return max(char["x1"] - edge for page in made.pages for char in page.chars if char["text"].strip())


def test_lines_of_mixed_faces_end_at_the_margin(mixed_pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert overflow(mixed_pdf) < 0.05
    measured = setting.advance
    monkeypatch.setattr(setting, "advance", lambda face, char: 0.9 * measured(face, char))
    assert overflow(write_pdf(mixed())) > 8


def test_no_role_runs_over_the_margin() -> None:
    for role in set(Role) - {Role.PAGE_NUMBER}:
        assert overflow(write_pdf(lay_out(flow(line(MIXED[:120], role))))) < 0.05, role
