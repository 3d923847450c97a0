"""Bytes of a PNG or JPEG -> an upright image of eight bits, grey or red-green-blue -> bytes again.

What the two formats would show each in its own way is settled here: orientation tags are applied, transparent
parts stand on white, inks and foreign colour spaces become sRGB, sixteen bits become eight, all else that a
file carries is left out. The same pixels give the same bytes.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageFile, ImageOps

from zhibi.nodes import PictureKind

MOST_PIXELS = 40_000_000
"""Most pixels of a picture; known from its head, before anything is unpacked."""

MOST_SLENDER = 100
"""A picture longer than so many times its breadth is a slip of the hand."""

LONGEST = 3508
"""Pixels of the longer side of a sheet at 300 dots to the inch: more of them are never printed."""

SCREEN_DOTS = 96.0
"""Pixels to the inch of a picture that does not say, or says what cannot be."""

_LEAST_DOTS, _MOST_DOTS = 30.0, 2400.0

QUALITY = 92
"""Of a JPEG: what is lost is not seen in print."""

_DAMAGED = ("图片已损坏，或没有传完", "请重新复制一遍，能打开的话另存为 PNG 或 JPG 再用")


class CodingError(Exception):
    """A picture that cannot be used: what is wrong and how to mend it, in Chinese."""

    def __init__(self, message: str, mend: str) -> None:
        self.message = message
        self.mend = mend
        super().__init__(message)


def open_image(data: bytes) -> tuple[Image.Image, float]:
    """Return the picture as it is to be seen, and how many pixels an inch of it has in its natural size."""
    with _strict():
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                _refuse(image)
                dots = _dots(image)
                upright = _plain(image)
        except CodingError:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large("") from error
        except Exception as error:  # A decoder fails on foreign bytes in many ways; all mean the same.
            raise CodingError(*_DAMAGED) from error
    long_side = max(upright.size)
    if long_side <= LONGEST:
        return upright, dots
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return upright, dots * max(upright.size) / long_side


@contextmanager
def _strict() -> Iterator[None]:
    """Let no cut-off file pass, whatever other libraries have told Pillow, and keep its remarks from users."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _refuse(image: Image.Image) -> None:
    """Refuse by the head alone what must not be unpacked."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_large(f"{width}×{height} 像素，")
    if max(width, height) > MOST_SLENDER * min(width, height):
        raise CodingError(f"图片太细长（{width}×{height} 像素）", "请检查是不是这张图，或裁剪后再用")
    # What a camera puts behind the first picture (MPO) is no film.
    if getattr(image, "is_animated", False) and image.format == "PNG":
        raise CodingError("这是会动的 PNG，纸上放不了", "请把要用的一帧截图，存为 PNG")


def _too_large(size: str) -> CodingError:
    mend = "请用看图软件缩小后另存（印在纸上，长边 3500 像素就够）"
    return CodingError(f"图片太大（{size}最多 {MOST_PIXELS // 10_000} 万像素）", mend)


def _dots(image: Image.Image) -> float:
    stated = image.info.get("dpi", (SCREEN_DOTS, SCREEN_DOTS))
    dots = float(stated[0])
    return dots if _LEAST_DOTS <= dots <= _MOST_DOTS else SCREEN_DOTS


def _plain(image: Image.Image) -> Image.Image:
    """Return an upright image in grey or red-green-blue, eight bits each, nothing transparent."""
    profile = image.info.get("icc_profile")
    made = ImageOps.exif_transpose(image)
    if made.mode.startswith("I"):
        made = made.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if made.has_transparency_data:
        made = made.convert("RGBA")
        white = Image.new("RGB", made.size, "white")
        white.paste(made.convert("RGB"), mask=made.getchannel("A"))
        made = white
    if made.mode in {"1", "L"}:
        made = made.convert("L")
    elif made.mode == "CMYK" or (made.mode == "RGB" and profile):
        made = _in_srgb(made, profile)
    else:
        made = made.convert("RGB")
    made.info.clear()
    return made


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return an image in sRGB; a profile that is damaged, or of another kind of colour, says nothing."""
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            made = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            made = None
        if made is not None:
            return made
    return image.convert("RGB")


def encode(image: Image.Image, kind: PictureKind) -> bytes:
    """Return an image as a file without anything but its pixels."""
    out = io.BytesIO()
    if kind is PictureKind.JPEG:
        image.save(out, "JPEG", quality=QUALITY, subsampling=0)
    else:
        image.save(out, "PNG")
    return out.getvalue()


def shrunk(data: bytes, kind: PictureKind, size: tuple[int, int]) -> bytes:
    """Return a picture of our own coding with fewer pixels."""
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
        made = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    made.info.clear()
    return encode(made, kind)
