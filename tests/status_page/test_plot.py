"""A plot and the faces of a paper -> its pictures: the same bytes every time, nothing but lines, every word whole."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from PIL import Image

from zhibi.advances import advance
from zhibi.fonts import resolve_faces
from zhibi.layout import Layout, lay_out, plots
from zhibi.nodes import Bar, Flow, Orientation, Picture, Plot, Properties, Section, Text
from zhibi.plots import Drawing, Drawn, Field, Letter, draw, field_ends
from zhibi.typography import MM, Face
from zhibi.writers.pictures import pictures_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "$x^2_{3}$收入",
    "\\alpha{}\\n产值",
    "a<b>&amp;\"c\" 'd'企业",
    "]]><script>alert(1)</script>税收",
    "全社会研究与试验发展经费内部支出中由规模以上工业企业承担并已完成税前加计扣除备案的部分占比",
)


def plot_of(*values: str, names: tuple[str, ...] = ()) -> Plot:
    bars = tuple(
        Bar(name, ("100", value, value), Fraction(value), f"{name}，完成率{value}%")
        for name, value in zip(names or [f"第{n}项" for n in range(len(values))], values, strict=True)
    )
    return Plot(("指标", "目标", "累计", "完成率（%）"), "目标", bars, "条形图：", ((Text("注：说明。"),),))


def laid_out(plot: Plot, orientation: Orientation = Orientation.PORTRAIT) -> Layout:
    return lay_out(Flow(Properties("图"), (Section((plot,), orientation),)))


def pictures(plot: Plot, orientation: Orientation = Orientation.PORTRAIT) -> list[Picture]:
    return list(pictures_of(laid_out(plot, orientation)))


def svg_of(picture: Picture) -> ET.Element:
    assert picture.vector is not None
    return ET.fromstring(picture.vector)


def bars(svg: ET.Element) -> list[tuple[float, float]]:
    """Return left and right of every bar in points."""
    found = []
    for group in svg.iter(f"{SVG}g"):
        if group.get("id", "").startswith("bar-"):
            places = re.findall(r"[ML] ([-\d.]+) ", group[0].get("d", ""))
            found.append((min(map(float, places)), max(map(float, places))))
    return found


def test_bars_are_as_long_as_their_values() -> None:
    (picture,) = pictures(plot_of("100", "50", "25.5", "0"))
    (left, full), *others = bars(svg_of(picture))
    assert [(end - start) / (full - left) for start, end in others] == pytest.approx(
        [0.5, 0.255, 0], abs=1e-4
    )
    assert {start for start, _ in others} == {left}


def test_a_bar_below_nought_goes_the_other_way_and_one_far_beyond_is_cut() -> None:
    (picture,) = pictures(plot_of("100", "-40", "9876500", "200"))
    (left, full), (low, nought), (_, cut), (_, twice) = bars(svg_of(picture))
    assert nought == left
    assert (nought - low) / (full - left) == pytest.approx(0.4, abs=1e-4)
    assert cut == twice
    assert b"#ffffff" in (picture.vector or b"").split(b'id="bar-3"')[1].split(b'id="bar-4"')[0]


def test_the_ends_of_the_field() -> None:
    assert field_ends([65.0, 99.0]) == (0.0, 100.0)
    assert field_ends([263.3, -5.0]) == (-5.0, 200.0)
    assert field_ends([-900.0]) == (-200.0, 100.0)


def test_what_has_reached_its_goal_is_dark_by_the_exact_value() -> None:
    (picture,) = pictures(plot_of("99.99", "100"))
    fills = re.findall(rb'id="bar-\d">.*?fill: (#\w+)', picture.vector or b"", re.DOTALL)
    assert fills == [b"#d9d9d9", b"#595959"]


def test_a_picture_is_lines_and_the_same_every_time() -> None:
    (one,), (other,) = (pictures(plot_of("65", "105", names=HOSTILE[:2])) for _ in range(2))
    assert (one.vector, one.content) == (other.vector, other.content)
    tags = {element.tag.removeprefix(SVG) for element in svg_of(one).iter()}
    assert tags == {"svg", "defs", "style", "g", "path", "clipPath", "rect"}
    assert not re.search(rb"date|http://(?!www\.w3\.org)|file:|data:", one.vector or b"", re.IGNORECASE)


def test_pixels_are_fine_grey_and_as_wide_as_the_lines() -> None:
    (picture,) = pictures(plot_of("65", "105"), Orientation.LANDSCAPE)
    with Image.open(io.BytesIO(picture.content)) as image:
        assert image.mode == "L"
        assert image.size == picture.pixels
        assert image.info == {}
    assert picture.width == pytest.approx(225)
    assert picture.pixels[0] / picture.width * 25.4 >= 299
    svg = svg_of(picture)
    size = (float(svg.get("width", "0")[:-2]), float(svg.get("height", "0")[:-2]))
    assert size == pytest.approx((picture.width / MM, picture.height / MM), abs=1e-4)
    assert picture.pixels[0] / picture.pixels[1] == pytest.approx(size[0] / size[1], rel=0.01)


def test_hostile_names_are_drawn_letter_by_letter() -> None:
    (picture,) = pictures(plot_of(*["50"] * len(HOSTILE), names=HOSTILE))
    assert len(bars(svg_of(picture))) == len(HOSTILE)
    assert all(name in picture.alt for name in HOSTILE)
    assert b"script" not in (picture.vector or b"")


def test_every_letter_is_drawn_where_the_paper_would_set_it() -> None:
    """A formula's marks are letters like others, and a character that its face lacks comes from the paper's other face."""
    word = "$x_1$䶮龘R&D"
    faces = resolve_faces({Face.FANGSONG: dict.fromkeys(word), Face.LATIN: {}})
    letters, place = [], 10.0
    for face, text in faces.split(Face.FANGSONG, word):
        for char in text:
            assert face.holds(char)
            letters.append(Letter(char, face, 10.5, place, 10.0))
            place += advance(face, char) * 10.5
    drawn = draw(Drawing(200.0, 40.0, Field(150.0, 40.0, 0.0, 100.0), (), tuple(letters), (39.0, 30.0, 1.0)))
    path = drawn.svg.decode().split('id="words"')[1].split('d="')[1].split('"')[0]
    starts = [float(x) for x in re.findall(r"M ([\d.]+) ", path)]
    for letter, after in zip(letters, [*(one.x for one in letters[1:]), place], strict=True):
        assert any(letter.x - 1 <= x <= after + 1 for x in starts), letter.char


def test_a_long_name_wraps_and_makes_its_row_higher() -> None:
    (short,), (long,) = pictures(plot_of("50", names=("短",))), pictures(plot_of("50", names=(HOSTILE[-1],)))
    lines = round((long.height - short.height) / MM / 14)
    assert lines >= 2
    assert bars(svg_of(long))[0][0] < long.width / MM * 0.75


def test_a_plot_taller_than_a_page_is_parted_and_each_part_says_its_own_bars() -> None:
    layout = laid_out(plot_of(*map(str, range(50, 76))), Orientation.LANDSCAPE)
    found = list(pictures_of(layout))
    assert len(found) == 2
    assert len(layout.sections[0].pages) == 2
    for number in range(26):
        holding = [picture for picture in found if f"第{number}项，完成率{number + 50}%" in picture.alt]
        assert len(holding) == 1
    lefts = {bars(svg_of(picture))[0][0] for picture in found}
    assert len(lefts) == 1, "bars of all parts stand below each other"
    assert all(picture.height <= layout.sections[0].page.text_height for picture in found)


def test_notes_stand_on_the_page_of_the_last_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plots, "draw", lambda drawing: Drawn(b"<svg/>", b"", (1, 1)))
    for count in (1, 10, *range(20, 27), 40):
        section = laid_out(plot_of(*["50"] * count), Orientation.LANDSCAPE).sections[0]
        shown = [type(section.blocks[placed.block].block).__name__ for placed in section.pages[-1]]  # type: ignore[union-attr]
        assert shown == ["Picture", "Paragraph"], count
