"""What a picture becomes: upright, eight bits, nothing transparent, nothing but its pixels; the same bytes every time."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageFile, PngImagePlugin

from tests.pictures.picture_drawing import BLUE, GREEN, RED, WHITE, claiming, coded, corners, drawn, same
from zhibi.errors import Location, ReportError
from zhibi.nodes import Picture, PictureKind
from zhibi.pictures import read_picture, resampled
from zhibi.pictures.coding import LONGEST, MOST_PIXELS
from zhibi.pictures.files import MOST_BYTES
from zhibi.plain import Mapping, Scalar

AT = Location("数据.yaml", 3, 8)
WANTED = (RED, GREEN, BLUE, WHITE)


def typed(name: str, **more: str) -> Mapping:
    """Return the mapping of a 图 as it comes out of a data file."""
    raw = Mapping(AT)
    for key, value in {"图": name, "说明": "四色方块", **more}.items():
        raw[Scalar(key, AT)] = Scalar(value, AT)
    return raw


def read(data: bytes, folder: Path, **more: str) -> Picture:
    (folder / "甲.png").write_bytes(data)
    return read_picture(typed("甲.png", **more), (folder,))


def refusal(data: bytes, folder: Path) -> str:
    """Return what is said of a picture that is refused."""
    with pytest.raises(ReportError) as caught:
        read(data, folder)
    (problem,) = caught.value.problems
    assert problem.at == AT
    assert problem.suggestion
    return problem.message


def image_of(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.content))
    image.load()
    return image


def test_a_png_stays_one(tmp_path: Path) -> None:
    picture = read(coded(drawn()), tmp_path)
    assert picture.kind is PictureKind.PNG
    assert picture.pixels == (60, 40)
    assert corners(image_of(picture)) == list(WANTED)
    assert picture.alt == "四色方块"
    assert picture.at == AT


def test_a_photo_stays_a_jpeg_whatever_its_name_says(tmp_path: Path) -> None:
    picture = read(coded(drawn(), "JPEG"), tmp_path)
    assert picture.kind is PictureKind.JPEG
    assert image_of(picture).format == "JPEG"
    assert same(corners(image_of(picture)), WANTED)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright(orientation: int, kind: str, tmp_path: Path) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = drawn()
    if orientation in undo:
        stored = stored.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = read(coded(stored, kind, exif=exif), tmp_path)
    image = image_of(picture)
    assert picture.pixels == image.size == (60, 40)
    assert same(corners(image), WANTED)
    assert not image.getexif()


def sixteen() -> Image.Image:
    grey = [65535 if x >= 30 else 32768 * (y >= 20) for y in range(40) for x in range(60)]
    return Image.frombytes("I;16", (60, 40), b"".join(value.to_bytes(2, "little") for value in grey))


GREY = ((0, 0, 0), WHITE, WHITE, (128, 128, 128))


def palette_with_hole() -> Image.Image:
    image = Image.new("P", (60, 40), 1)
    image.putpalette([0, 0, 0, *RED])
    image.paste(0, (30, 0, 60, 40))
    return image


def half_clear() -> Image.Image:
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 30, 40))
    return image


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        pytest.param(lambda: coded(drawn().convert("CMYK"), "JPEG"), WANTED, id="CMYK"),
        pytest.param(lambda: coded(drawn().quantize(8)), WANTED, id="调色板"),
        pytest.param(lambda: coded(sixteen()), GREY, id="16位灰"),
        pytest.param(lambda: coded(drawn().convert("RGBA")), WANTED, id="有透明通道"),
        pytest.param(lambda: coded(half_clear()), (RED, WHITE, WHITE, RED), id="一半透明"),
        pytest.param(lambda: coded(half_clear().convert("LA")), None, id="灰带透明"),
        pytest.param(
            lambda: coded(palette_with_hole(), transparency=0), (RED, WHITE, WHITE, RED), id="透明的颜色"
        ),
        pytest.param(lambda: coded(drawn().convert("1")), None, id="黑白"),
        pytest.param(lambda: coded(drawn().convert("L"), "JPEG"), None, id="灰度照片"),
    ],
)
def test_every_kind_of_pixels_becomes_grey_or_colour(
    data: Callable[[], bytes], wanted: tuple[tuple[int, int, int], ...] | None, tmp_path: Path
) -> None:
    image = image_of(read(data(), tmp_path))
    assert image.mode in {"L", "RGB"}
    assert "transparency" not in image.info
    if wanted:
        assert same(corners(image), wanted)


def test_colours_of_another_space_become_those_of_the_screen(tmp_path: Path) -> None:
    """A photo that means its numbers otherwise looks the same as one in sRGB."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = read(coded(drawn(), icc_profile=profile), tmp_path)
    assert same(corners(image_of(picture)), WANTED, most=3)
    assert "icc_profile" not in image_of(picture).info
    turned = profile.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")
    red, green, *_ = corners(image_of(read(coded(drawn(), icc_profile=turned), tmp_path)))
    assert red[1] > red[0]
    assert green[0] > green[1]


def test_a_broken_profile_says_nothing(tmp_path: Path) -> None:
    picture = read(coded(drawn(), icc_profile=b"no profile at all"), tmp_path)
    assert corners(image_of(picture)) == list(WANTED)


def test_nothing_but_pixels_is_kept(tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "<script>秘密</script>")
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    for data in (
        coded(drawn(), pnginfo=words, exif=exif),
        coded(drawn(), "JPEG", exif=exif, comment="SECRET"),
    ):
        kept = read(data + b"<svg onload=alert(1)>SECRET</svg>", tmp_path).content
        assert b"SECRET" in data or b"script" in data
        assert not any(word in kept for word in (b"SECRET", b"script", b"<svg", b"Exif"))


def test_the_second_picture_of_a_camera_is_left_out(tmp_path: Path) -> None:
    data = coded(drawn(), "MPO", save_all=True, append_images=[drawn((90, 90))])
    picture = read(data, tmp_path)
    assert picture.pixels == (60, 40)
    assert len(picture.content) < len(data)


def test_a_film_is_refused(tmp_path: Path) -> None:
    data = coded(drawn(), save_all=True, append_images=[Image.new("RGB", (60, 40))])
    assert "会动的 PNG" in refusal(data, tmp_path)


def test_size_by_resolution(tmp_path: Path) -> None:
    assert read(coded(drawn()), tmp_path).width == pytest.approx(60 / 96 * 25.4)
    stated = read(coded(drawn(), dpi=(300, 300)), tmp_path)
    assert (stated.width, stated.height) == pytest.approx((5.08, 3.387), abs=0.01)
    for odd in ((1, 1), (20000, 20000)):
        assert read(coded(drawn(), dpi=odd), tmp_path).width == pytest.approx(60 / 96 * 25.4)
    asked = read(coded(drawn()), tmp_path, 宽="120")
    assert (asked.width, asked.height, asked.asked) == pytest.approx((120, 80, 120))


def test_more_pixels_than_print_shows_are_dropped(tmp_path: Path) -> None:
    picture = read(coded(drawn((4000, 1000))), tmp_path, 宽="100")
    assert picture.pixels == (LONGEST, 877)
    fitted = resampled(picture)
    assert fitted.pixels == (1181, 295)
    assert same(corners(image_of(fitted)), WANTED)
    assert resampled(fitted) is fitted
    natural = read(coded(drawn((4000, 1000)), dpi=(400, 400)), tmp_path)
    assert (natural.width, natural.height) == pytest.approx((254, 63.5), abs=0.1)


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    for data in (coded(drawn((900, 700))), coded(drawn((900, 700)), "JPEG")):
        first = resampled(read(data, tmp_path, 宽="20"))
        assert first == resampled(read(data, tmp_path, 宽="20"))
        assert first.content


def test_too_many_pixels_are_refused_by_the_head_alone(tmp_path: Path) -> None:
    side = int(MOST_PIXELS**0.5) + 1
    assert f"{side}×{side} 像素" in refusal(claiming(side, side), tmp_path)
    for claimed in ((30_000, 30_000), (2**31 - 1, 2**31 - 1)):
        assert "图片太大" in refusal(claiming(*claimed), tmp_path)


def test_too_many_bytes_are_refused_unread(tmp_path: Path) -> None:
    with open(tmp_path / "甲.png", "wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(ReportError, match="最多 20 MB"):
        read_picture(typed("甲.png"), (tmp_path,))


def test_a_sliver_is_refused(tmp_path: Path) -> None:
    assert "太细长" in refusal(coded(drawn((5000, 3))), tmp_path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_cut_off_picture_is_refused_whatever_others_told_the_library(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """WeasyPrint tells Pillow to let cut-off files pass; that must not reach us, nor be undone for it."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    data = coded(drawn((300, 300)), kind)
    assert "已损坏" in refusal(data[: len(data) // 2], tmp_path)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True
