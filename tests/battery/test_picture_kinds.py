"""Rows 102, 103 and 105 of the fault table: what is no whole PNG or JPEG of a common size is refused by its kind."""

from __future__ import annotations

import random
import resource
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.battery.picture_office import picture_office, refused, refused_file
from tests.pictures.picture_drawing import chunk, claiming, coded, drawn, paper
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.pipeline import check_report


@pytest.fixture
def office(tmp_path: Path) -> Project:
    return picture_office(tmp_path)


def gif(frames: int) -> bytes:
    more = [Image.new("P", (9, 9), number) for number in range(1, frames)]
    return coded(Image.new("P", (9, 9)), "GIF", save_all=True, append_images=more)


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    return out.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="9" height="9">'
BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
SVGS = {
    "脚本": f"{SVG}<script>fetch('http://127.0.0.1:9')</script></svg>",
    "事件": f'{SVG}<rect onload="alert(1)"/></svg>',
    "外部实体": f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>{SVG}<text>&a;</text></svg>',
    "参数实体": f'<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd">%a;]>{SVG}</svg>',
    "外部定义": f'<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/a.dtd">{SVG}</svg>',
    "实体炸弹": f'<!DOCTYPE svg [<!ENTITY a0 "甲">{BOMB}]>{SVG}<text>&a9;</text></svg>',
    "外部图": f'{SVG}<image x:href="http://127.0.0.1:9/a.png"/></svg>',
    "外部图形": f'{SVG}<use href="http://127.0.0.1:9/a.svg#a"/></svg>',
    "本机文件": f'{SVG}<image href="file:///etc/passwd"/></svg>',
    "样式": f"<?xml-stylesheet href='http://127.0.0.1:9/a.css'?>{SVG}<style>@import 'a.css'</style></svg>",
    "网页": f"{SVG}<foreignObject><iframe src='http://127.0.0.1:9'/></foreignObject></svg>",
    "注释在前": f"<!-- {'甲' * 400} -->\n{SVG}</svg>",
}


@pytest.mark.parametrize("name", SVGS)
@pytest.mark.parametrize("ending", ["svg", "png"])
def test_no_svg_comes_in_under_any_name(name: str, ending: str, office: Project) -> None:
    for coding in ("utf-8", "utf-8-sig", "utf-16"):
        assert "SVG" in refused_file(SVGS[name].encode(coding), office, f"图片/甲.{ending}")


def test_an_svg_behind_the_head_of_a_picture_is_no_picture(office: Project) -> None:
    assert "已损坏" in refused_file(b"\x89PNG\r\n\x1a\n" + SVGS["脚本"].encode(), office)
    assert "已损坏" in refused_file(b"\xff\xd8\xff\xe0" + SVGS["脚本"].encode(), office)


OTHERS: dict[str, Callable[[], bytes]] = {
    "GIF": lambda: gif(1),
    "动图": lambda: gif(3),
    "BMP": lambda: coded(drawn(), "BMP"),
    "TIFF": lambda: coded(drawn(), "TIFF"),
    "WebP": lambda: coded(drawn(), "WEBP"),
    "ICO": lambda: coded(drawn((32, 32)), "ICO"),
    "PDF": lambda: coded(drawn(), "PDF"),
    "PostScript": lambda: coded(drawn(), "EPS"),
    "HEIC": lambda: struct.pack(">I", 24) + b"ftypheic" + b"\0" * 90,
    "AVIF": lambda: struct.pack(">I", 24) + b"ftypavif" + b"\0" * 90,
    "EMF": lambda: b"\x01\0\0\0" + b"\1" * 36 + b" EMF" + b"\0" * 90,
    "WMF": lambda: b"\xd7\xcd\xc6\x9a" + b"\0" * 90,
    "Photoshop": lambda: b"8BPS\0\1" + b"\0" * 90,
    "JPEG 2000": lambda: b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0" * 90,
    "Word": zipped,
    "旧版 Office": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90,
    "SVGZ": lambda: b"\x1f\x8b" + zlib.compress(SVG.encode()),
    "空的": lambda: b"",
    "空的 ": lambda: b"\0" * 500,
    "这不是图片": lambda: "今天没有图".encode(),
    "会动的 PNG": lambda: coded(drawn(), save_all=True, append_images=[Image.new("RGB", (60, 40))]),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_every_other_kind_is_named(kind: str, office: Project) -> None:
    assert kind.strip() in refused_file(OTHERS[kind](), office)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_cut_off_anywhere_is_refused(
    kind: str, office: Project, rounds: Callable[[int, int], int]
) -> None:
    """Or nothing that is seen was cut off."""
    whole = coded(_noise(), kind)
    refusals = 0
    for place in _places(len(whole), rounds(25, 1000)):
        if _is_refused(whole[:place], office):
            refusals += 1
        else:
            assert _pixels(whole[:place]) == _pixels(whole), place
    assert refusals >= rounds(20, 900)


def _noise() -> Image.Image:
    return Image.frombytes("RGB", (40, 30), random.Random(5).randbytes(3600))


def _places(length: int, count: int) -> Iterator[int]:
    step = max(length // count, 1)
    yield from range(length - 1, 0, -step)


def _is_refused(data: bytes, made: Project) -> bool:
    file = made.root / "data" / "图片" / "甲.png"
    file.write_bytes(data)
    paper_file = made.root / "data" / "甲.yaml"
    paper_file.write_text(paper("{图: 图片/甲.png, 说明: 甲}"), encoding="utf-8")
    try:
        check_report(paper_file, made)
    except ReportError as error:
        problems = error.problems
    else:
        return False
    assert all(problem.at.line and problem.suggestion for problem in problems)
    return True


def _pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


def test_bytes_turned_at_random_are_refused_or_shown(
    office: Project, rounds: Callable[[int, int], int]
) -> None:
    """Never anything else: no traceback, no hang, no remark of a library."""
    dice = random.Random(4)
    wholes = [coded(drawn()), coded(drawn(), "JPEG"), coded(drawn().quantize(8)), coded(drawn(), "MPO")]
    refusals = 0
    for number in range(rounds(60, 4000)):
        data = bytearray(wholes[number % len(wholes)])
        for _ in range(dice.choice((1, 1, 3, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        refusals += _is_refused(bytes(data), office)
    assert refusals > rounds(20, 800)


def test_a_huge_picture_is_refused_unpacked_by_nobody(office: Project) -> None:
    packer = zlib.compressobj()
    text = b"a\0\0" + b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(300)) + packer.flush()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "图片太大" in refused_file(claiming(30_000, 30_000), office)
    assert "图片太大" in refused_file(claiming(6_400, 6_400), office)
    assert "已损坏" in refused_file(claiming(9, 9, chunk(b"zTXt", text)), office)
    assert "已损坏" in refused_file(claiming(9, 9, chunk(b"iCCP", text)), office)
    with open(office.root / "data" / "图片" / "大.png", "wb") as file:
        file.truncate(3_000_000_000)
    assert "最多 20 MB" in refused("图片/大.png", office)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < 100_000
