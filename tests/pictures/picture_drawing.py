"""Small pictures made here, and papers that hold them; nothing is taken from elsewhere."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from zhibi.model import Project

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"

RED, GREEN, BLUE, WHITE = (200, 30, 30), (30, 150, 30), (30, 30, 200), (255, 255, 255)

TEXT = "今年以来，全局深入落实部署，实施项目一百二十八项，成效明显，各项指标稳步上升，群众满意度不断提高。"


def drawn(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Return a picture whose corners differ: red, green, blue and white from the upper left clockwise."""
    image = Image.new("RGB", size, (128, 128, 128))
    pen = ImageDraw.Draw(image)
    width, height = size[0] // 2, size[1] // 2
    for left, top, colour in ((0, 0, RED), (width, 0, GREEN), (width, height, BLUE), (0, height, WHITE)):
        pen.rectangle((left, top, left + width, top + height), fill=colour)
    return image


def corners(image: Image.Image) -> list[Any]:
    """Return the colours a tenth in from the corners, from the upper left clockwise."""
    right, low = image.width - 1 - image.width // 10, image.height - 1 - image.height // 10
    left, top = image.width // 10, image.height // 10
    places = ((left, top), (right, top), (right, low), (left, low))
    return [image.convert("RGB").getpixel(place) for place in places]


def same(colours: Sequence[Any], wanted: Sequence[Any], most: int = 40) -> bool:
    """Tell whether colours are those wanted, but for what coding changes."""
    return all(
        abs(one - other) <= most
        for colour, want in zip(colours, wanted, strict=True)
        for one, other in zip(colour, want, strict=True)
    )


def coded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return an image as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claiming(width: int, height: int, *more: bytes) -> bytes:
    """Return a small PNG of one bit a pixel whose head claims a size; `more` are chunks behind the head."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rest = chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + rest


def project(folder: Path) -> Project:
    """Return a project in `folder` with one good picture, 图片/好.png."""
    (folder / "data" / "图片").mkdir(parents=True)
    (folder / "data" / "图片" / "好.png").write_bytes(coded(drawn()))
    return Project(folder, TEMPLATES)


def paper(*blocks: str, title: str = "关于现场情况的报告", more: str = "") -> str:
    """Return the data of a paper whose text is `blocks`."""
    body = "".join(f"  - {block}\n" for block in blocks)
    return f"版本: 1\n模板: 文稿\n标题: {title}\n{more}正文:\n{body}"


def random_paper(seed: int, folder: Path) -> Path:
    """Write a paper with pictures of many heights among headings, paragraphs and tables; return its data file."""
    dice = random.Random(seed)
    (folder / "图片").mkdir(parents=True, exist_ok=True)
    blocks = []
    for number in range(dice.randint(6, 12)):
        if dice.random() < 0.5:
            blocks.append(f"标题: 第{number}件事\n    层次: {dice.choice('112')}")
        for _ in range(dice.randint(0, 2)):
            blocks.append(TEXT * dice.randint(1, 4))
        if dice.random() < 0.2:
            rows = "".join(f"        - {{项目: 第{row}项, 数: {row}}}\n" for row in range(dice.randint(1, 9)))
            blocks.append(f"表:\n      标题: 数量\n      栏: [项目, 数]\n      行:\n{rows}".rstrip())
        blocks.append(_random_picture(dice, f"{seed}-{number}", folder))
    blocks.append(TEXT)
    more = "主送机关: 区政府：\n署名: 区科技局\n成文日期: 2026年3月1日\n"
    file = folder / f"第{seed}份.yaml"
    file.write_text(paper(*blocks, title=f"关于第{seed}份情况的报告", more=more), encoding="utf-8")
    return file


def _random_picture(dice: random.Random, name: str, folder: Path) -> str:
    width, height = dice.randint(20, 400), dice.randint(20, 600)
    ending = dice.choice(("png", "jpg"))
    drawn((width, height)).save(folder / "图片" / f"{name}.{ending}")
    lines = [f"图: 图片/{name}.{ending}", "说明: 四色方块"]
    if dice.random() < 0.6:
        lines.append(f"题: 图{name}" + "　现场情况和有关说明" * dice.choice((0, 1, 4)))
    if dice.random() < 0.5:
        lines.append(f"宽: {dice.randint(10, 160)}")
    return "\n    ".join(lines)
