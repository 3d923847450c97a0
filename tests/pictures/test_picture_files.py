"""Pictures in the finished files: sizes, words for those who do not see them, numbers, and what validators say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from tests.judges import DOCX, PDF
from tests.judges.tools import NO_SDK, sdk_program
from tests.pictures.picture_drawing import (
    BLUE,
    GREEN,
    RED,
    TEXT,
    WHITE,
    coded,
    corners,
    drawn,
    paper,
    project,
    same,
)
from tests.writers.papers import flow, line, words
from zhibi.errors import ReportError
from zhibi.layout import Layout, lay_out, page_problems
from zhibi.layout.blocks import LaidParagraph
from zhibi.nodes import Heading, Orientation, Picture, PictureKind, Role
from zhibi.pipeline import WRITERS, check_report
from zhibi.typography import MM
from zhibi.writers.docx import write_docx
from zhibi.writers.drawn_pictures import OwnPictures
from zhibi.writers.pdf import write_pdf

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
LINES = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M0 0 L60 40" stroke="black"/></svg>'
)
NEEDS_SDK = pytest.mark.skipif(sdk_program() is None, reason=NO_SDK)


def shown(width: float = 60, height: float = 40, caption: str = "", **more: object) -> Picture:
    picture = Picture(coded(drawn()), PictureKind.PNG, (60, 40), width, height, "四色“方块”<&>")
    return replace(picture, caption=words(caption) if caption else (), **more)


def laid_pictures(layout: Layout) -> Iterator[tuple[LaidParagraph, Picture]]:
    for section in layout.sections:
        for laid in section.blocks:
            if isinstance(laid, LaidParagraph) and isinstance(laid.block, Picture):
                yield laid, laid.block


@pytest.fixture(scope="module")
def many() -> Layout:
    """A paper with the same picture twice, a photo, one of lines, captions and none, on a page of its own."""
    photo = replace(shown(), content=coded(drawn((300, 200)), "JPEG"), kind=PictureKind.JPEG, alt="照片")
    return lay_out(
        flow(
            line("关于图片的报告", Role.TITLE),
            line(TEXT),
            shown(caption="图1 四色“方块”"),
            Heading(1, words("情况"), number="一、"),
            shown(),
            photo,
            line(TEXT),
            shown(caption="图2 线条", vector=LINES.encode()),
            shown(width=156, height=400, caption="图3 太高"),
        )
    )


@pytest.fixture(scope="module")
def files(many: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("图片")
    for kind, write in WRITERS.items():
        (folder / f"样.{kind}").write_bytes(write(many))
    return folder


@pytest.mark.parametrize(
    "judge", [pytest.param(name, marks=NEEDS_SDK if "SDK" in name else ()) for name in DOCX]
)
def test_the_word_file_is_valid(judge: str, files: Path) -> None:
    assert DOCX[judge](files / "样.docx") == []


@pytest.mark.parametrize("judge", PDF)
def test_the_pdf_is_valid(judge: str, files: Path) -> None:
    assert PDF[judge](files / "样.pdf") == []


def test_a_picture_has_its_size_words_and_number_in_the_word_file(many: Layout, files: Path) -> None:
    with ZipFile(files / "样.docx") as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
    drawings = list(root.iter(f"{WP}inline"))
    pictures = [picture for _, picture in laid_pictures(many)]
    assert len(drawings) == len(pictures) == 5
    for number, (drawing, picture) in enumerate(zip(drawings, pictures, strict=True), 1):
        extent, own = drawing.find(f"{WP}extent"), drawing.find(f"{WP}docPr")
        assert extent is not None
        assert own is not None
        assert int(extent.get("cx")) == round(picture.width * 36000)
        assert int(extent.get("cy")) == round(picture.height * 36000)
        assert (own.get("id"), own.get("descr")) == (str(number), picture.alt)
    assert len(media) == 2, "the same picture is one file"


def test_a_picture_is_a_figure_with_words_in_the_pdf(files: Path) -> None:
    with pikepdf.open(files / "样.pdf") as pdf:
        figures = [item for item in pdf.objects if _is_figure(item)]
        assert sorted(str(item["/Alt"]) for item in figures) == sorted(["四色“方块”<&>"] * 4 + ["照片"])
        images = {item.objgen: item for item in pdf.objects if _is_image(item)}.values()
        # The picture of lines is drawn, not painted; no picture is smoothed (PDF/A-2 cl. 6.2.8).
        assert len(images) == 2
        assert not any(image.get("/Interpolate") or "/SMask" in image for image in images)
        for image in images:
            assert same(corners(pikepdf.PdfImage(image).as_pil_image()), (RED, GREEN, BLUE, WHITE))


def _is_figure(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"


def _is_image(item: object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"


def test_both_files_hold_the_same_pixels(tmp_path: Path) -> None:
    """A photo that the camera says is turned stands alike in both."""
    made = project(tmp_path)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = drawn().transpose(Image.Transpose.ROTATE_90)
    (tmp_path / "data" / "图片" / "照片.jpg").write_bytes(coded(turned, "JPEG", exif=exif))
    data = tmp_path / "data" / "甲.yaml"
    data.write_text(paper("{图: 图片/照片.jpg, 说明: 甲}"), encoding="utf-8")
    layout = lay_out(check_report(data, made).paper.flow)
    with ZipFile(io.BytesIO(write_docx(layout))) as archive:
        word = Image.open(io.BytesIO(archive.read("word/media/image1.jpg")))
        word.load()
    with pikepdf.open(io.BytesIO(write_pdf(layout))) as pdf:
        (image,) = (item for item in pdf.objects if _is_image(item))
        other = pikepdf.PdfImage(image).as_pil_image()
    assert word.size == other.size == (60, 40)
    assert word.tobytes() == other.tobytes()
    assert same(corners(word), (RED, GREEN, BLUE, WHITE))


# -- what a page leaves ---------------------------------------------------------------------------


@pytest.mark.parametrize("height", [1, 28, 29, 57, 58, 100, 600])
def test_the_text_below_a_picture_stays_on_its_lines(height: float) -> None:
    layout = lay_out(flow(line(TEXT), shown(width=50, height=height * MM, caption="图"), line(TEXT)))
    ((laid, picture),) = laid_pictures(layout)
    lines = laid.height / layout.look.pitch
    assert lines == pytest.approx(round(lines), abs=0.001)
    assert 0.5 < laid.height - picture.height / MM < layout.look.pitch + 0.6


@pytest.mark.parametrize("orientation", list(Orientation))
def test_a_picture_is_cut_down_to_what_a_page_leaves(orientation: Orientation) -> None:
    long = "图题" * 60
    for width, height in ((400, 40), (40, 900), (900, 900)):
        for caption in ("", "图", long):
            layout = lay_out(flow(shown(width, height, caption), orientation=orientation))
            page = layout.sections[0].page
            ((laid, picture),) = laid_pictures(layout)
            assert picture.width <= page.text_width + 0.01
            assert picture.width / picture.height == pytest.approx(width / height)
            assert len(layout.sections[0].pages) == 1
            assert sum(block.height for block in layout.sections[0].blocks) <= page.text_height / MM
            assert laid.keep is bool(caption)


def test_a_picture_shares_its_page_with_the_headings_above_it() -> None:
    heads = [Heading(level, words("情况"), number="一、") for level in (1, 2, 3)]
    layout = lay_out(flow(line(TEXT * 9), *heads, shown(156, 300, "图1"), line(TEXT)))
    pages = layout.sections[0].pages
    assert [piece.block for piece in pages[1]][:5] == [1, 2, 3, 4, 5]


def test_a_picture_and_its_caption_are_never_parted() -> None:
    for lines in range(1, 24):
        before = [line("甲") for _ in range(lines)]
        layout = lay_out(flow(*before, shown(60, 50, "图1"), line("乙")))
        for page in layout.sections[0].pages:
            blocks = [piece.block for piece in page]
            assert (lines in blocks) is (lines + 1 in blocks)


def test_a_width_that_cannot_be_had_is_told() -> None:
    (advice,) = page_problems(lay_out(flow(shown(200, 40, asked=200.0), shown(100, 40, asked=100.0))))
    assert "放不下 200 毫米宽，已缩到 156.0 毫米" in advice.message


# -- nothing from outside -------------------------------------------------------------------------


def test_weasyprint_is_given_pictures_by_names_of_our_own(many: Layout) -> None:
    fetcher = OwnPictures(many)
    assert all(name.startswith("picture:") for name in fetcher.pictures)
    with pytest.raises(ValueError, match="not a picture of this paper"):
        fetcher.fetch("file:///etc/hostname")
    with pikepdf.open(io.BytesIO(write_pdf(many))) as made:
        told = [str(one["/Alt"]) for one in made.objects if is_figure(one)]
    assert len(told) == 5
    assert "四色“方块”<&>" in told


def is_figure(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/a.png", "file:///etc/hostname", "data:image/png;base64,aa"]
)
def test_even_a_drawing_of_our_own_reads_nothing(address: str) -> None:
    """Whatever is not a picture of the paper is refused where it is asked for."""
    svg = LINES.replace("<path", f'<image href="{address}" width="9" height="9"/><path')
    with pytest.raises(ReportError, match="not a picture of this paper"):
        write_pdf(lay_out(flow(shown(vector=svg.encode()))))


def test_the_same_paper_is_the_same_bytes(many: Layout) -> None:
    assert write_docx(many) == write_docx(many)
    assert write_pdf(many) == write_pdf(many)
