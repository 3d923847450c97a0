"""Rows 101-106 of the fault table: whatever a 图 names that is no picture of the project is refused with its place.

A secret picture lies beside the project: a trick has succeeded when it comes in, or when anything is opened
that does not lie below the project.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.pictures.picture_drawing import ROOT, chunk, claiming, coded, drawn, paper, project
from zhibi.errors import ReportError
from zhibi.layout import lay_out
from zhibi.model import Project
from zhibi.pipeline import check_report
from zhibi.writers.docx import write_docx

AT = "data/甲.yaml:5:8"
OUTSIDE = "项目文件夹之外"
NETWORK = "不能取自网络"


@pytest.fixture
def office(tmp_path: Path) -> Project:
    """A project with a secret picture beside it, and every kind of thing that a path can lead to."""
    (tmp_path / "秘密.png").write_bytes(coded(drawn()))
    made = project(tmp_path / "项目")
    folder = made.root / "data"
    links = {
        "直链.png": "../../秘密.png",
        "绝对链.png": tmp_path / "秘密.png",
        "二链.png": "直链.png",
        "夹": tmp_path,
        "密码.png": "/etc/passwd",
        "自己.png": "自己.png",
        "零.png": "/dev/zero",
        "环境.png": "/proc/self/environ",
        "内链.png": "图片/好.png",
    }
    for name, target in links.items():
        (folder / name).symlink_to(target)
    os.mkfifo(folder / "管道.png")
    return made


def refused(typed: str, made: Project) -> str:
    """Return what is said of a 图 that is refused; it has its place and says how to mend it."""
    data = made.root / "data" / "甲.yaml"
    data.write_text(paper(f"图: {json.dumps(typed, ensure_ascii=False)}\n    说明: 甲"), encoding="utf-8")
    before = time.monotonic()
    with pytest.raises(ReportError) as caught:
        check_report(data, made)
    assert time.monotonic() - before < 5
    (problem,) = caught.value.problems
    assert str(problem.at) == AT
    assert problem.suggestion
    return problem.message


def refused_file(content: bytes, made: Project, name: str = "图片/甲.png") -> str:
    (made.root / "data" / name).write_bytes(content)
    return refused(name, made)


# -- rows 101, 104: where a path leads -----------------------------------------------------------------

PATHS = {
    "http://example.invalid/a.png": NETWORK,
    "https://example.invalid/a.png": NETWORK,
    "HTTP://169.254.169.254/latest/meta-data/": NETWORK,
    "http:/127.0.0.1/a.png": NETWORK,
    "ftp://example.invalid/a.png": NETWORK,
    "gopher://127.0.0.1:9/_a": NETWORK,
    "javascript:alert(1)": NETWORK,
    "jar:file:/a.zip!/a.png": NETWORK,
    " https://example.invalid/a.png": NETWORK,
    "file:///etc/passwd": "file: 地址",
    "FILE:图片/好.png": "file: 地址",
    "data:image/png;base64,iVBORw0KGgo=": "data:",
    "//example.invalid/a.png": "共享文件夹",
    "\\\\server\\share\\a.png": "共享文件夹",
    "\\\\?\\C:\\a.png": "共享文件夹",
    "C:\\图片\\好.png": "盘符",
    "c:/图片/好.png": "盘符",
    "/etc/passwd": "斜线开头",
    "\\etc\\passwd": "斜线开头",
    "/dev/stdin": "斜线开头",
    "/proc/self/environ": "斜线开头",
    "~/秘密.png": "~ 开头",
    "~root/秘密.png": "~ 开头",
    "../../秘密.png": OUTSIDE,
    "图片/../../../秘密.png": OUTSIDE,
    "..\\..\\秘密.png": OUTSIDE,
    "../../../../../../../../etc/passwd": OUTSIDE,
    "没有/../../../秘密.png": OUTSIDE,
    "%2e%2e/%2e%2e/秘密.png": "% 编码",
    "..%2f..%2f秘密.png": "% 编码",
    "直链.png": "指向项目文件夹之外",
    "绝对链.png": "指向项目文件夹之外",
    "二链.png": "指向项目文件夹之外",
    "夹/秘密.png": "指向项目文件夹之外",
    "密码.png": "指向项目文件夹之外",
    "零.png": "指向项目文件夹之外",
    "环境.png": "指向项目文件夹之外",
    "自己.png": "圈",
    "管道.png": "管道",
    "图片": "文件夹",
    ".": "文件夹",
    "图片/好.png:流": "半角冒号",
    "图片/好.png/甲": "找不到图片",
    "图片/没有.png": "找不到图片",
    "ｈｔｔｐ：//甲/a.png": "找不到图片",
    "图片/\n好.png": "控制字符",
    "长" * 300 + ".png": "文件名太长",
}


@pytest.mark.parametrize("typed", PATHS, ids=[ascii(typed)[1:40] for typed in PATHS])
def test_a_path_that_leads_elsewhere_is_refused(typed: str, office: Project) -> None:
    assert PATHS[typed] in refused(typed, office)


def test_a_character_that_ends_names_is_refused_where_it_stands(office: Project) -> None:
    assert "\0" not in refused("图片/好.png\0.txt", office)


def test_a_socket_is_refused(office: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office.root / "data")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("套.png")
        assert "套接字" in refused("套.png", office)


def test_a_file_that_may_not_be_read_is_named_as_such(office: Project) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (office.root / "data" / "图片" / "好.png").chmod(0)
    assert "没有权限" in refused("图片/好.png", office)


def test_what_lies_below_the_project_is_taken(office: Project) -> None:
    """By any way of writing its path; a link is judged by where it ends."""
    (office.root / "共用.png").write_bytes(coded(drawn()))
    data = office.root / "data" / "甲.yaml"
    for typed in ("图片/好.png", "图片\\好.png", "./图片/../图片/好.png", "内链.png", "../共用.png"):
        data.write_text(paper(f"{{图: {typed}, 说明: 甲}}"), encoding="utf-8")
        assert check_report(data, office).paper.document.body


def test_a_name_that_is_nearly_right_is_offered(office: Project) -> None:
    data = office.root / "data" / "甲.yaml"
    for typed in ("好.PNG", "好", "好 .png"):
        data.write_text(paper(f"{{图: 图片/{typed}, 说明: 甲}}"), encoding="utf-8")
        with pytest.raises(ReportError, match=r"您是不是想写“好\.png”"):
            check_report(data, office)


# -- rows 102, 105: what a file is -----------------------------------------------------------------------


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


# -- row 103: what is too large --------------------------------------------------------------------------


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


# -- whole builds ----------------------------------------------------------------------------------------


def _config(made: Project, names: str) -> None:
    rows = "".join(f"  - {{名称: {name}, 数据: data/{name}.yaml}}\n" for name in names)
    (made.root / "config.yaml").write_text(f"版本: 1\n输出: 成品\n报告:\n{rows}", encoding="utf-8")


def _write(made: Project, name: str, *blocks: str) -> None:
    text = paper(*blocks, title=f"关于{name}的通知")
    (made.root / "data" / f"{name}.yaml").write_text(text, encoding="utf-8")


def test_a_bad_picture_stops_its_own_paper_only(office: Project) -> None:
    _config(office, "甲乙丙")
    for name, picture in (("甲", "图片/好.png"), ("乙", "图片/没有.png"), ("丙", "图片/好.png")):
        _write(office, name, f"图: {picture}\n    说明: 甲")
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--config", "config.yaml", "--format", "docx"],
        cwd=office.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "data/乙.yaml:5:8 错误：找不到图片“图片/没有.png” —— 请检查文件名；" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    made = sorted(path.name for path in (office.root / "成品").glob("关于*"))
    assert made == ["关于丙的通知.docx", "关于甲的通知.docx"]


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_build_opens_no_socket_and_nothing_outside(office: Project) -> None:
    """Not even for the papers that ask for it: in each of them something else is wrong as well."""
    _config(office, "甲乙")
    _write(office, "甲", "图: 图片/好.png\n    说明: 甲", "图: 内链.png\n    说明: 甲\n    题: 图1")
    asked = [typed for typed in PATHS if not typed.startswith(" ") and typed.isprintable()]
    _write(office, "乙", *(f"图: {json.dumps(typed, ensure_ascii=False)}\n    说明: 甲" for typed in asked))
    log = office.root / "记录"
    done = subprocess.run(
        [
            *("strace", "-f", "--seccomp-bpf", "-s", "400"),
            *("-e", "trace=connect,sendto,open,openat,openat2", "-o", str(log)),
            *(sys.executable, str(ROOT / "build.py"), "--config", "config.yaml"),
        ],
        cwd=office.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("data/乙.yaml:") >= len(asked)
    assert sorted(path.name for path in (office.root / "成品").glob("关于*")) == [
        "关于甲的通知.docx",
        "关于甲的通知.pdf",
    ]
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert any("好.png" in _plain(call) for call in calls), "the log shows what is opened"
    for call in map(_plain, calls):
        assert not ("AF_INET" in call and "connect(" in call), call
        for secret in ("秘密.png", "/etc/passwd", "/dev/zero", "/environ", "/dev/stdin", "管道.png"):
            assert f'{secret}"' not in call, call


def _plain(call: str) -> str:
    """Return a line of the log with the octal bytes of names as letters."""
    raw = call.encode("utf-8", errors="replace").decode("unicode_escape", errors="replace")
    return raw.encode("latin-1", errors="replace").decode("utf-8", errors="replace")


# -- row 106: the same picture more than once --------------------------------------------------------------


def test_a_picture_shown_often_is_one_file_with_numbers_of_its_own(office: Project) -> None:
    data = office.root / "data" / "甲.yaml"
    block = "{图: 图片/好.png, 说明: 甲}"
    annex = f"附件:\n  - 标题: 图\n    正文: [{block}, {block}]\n"
    data.write_text(paper(block, block, block, more=annex), encoding="utf-8")
    made = write_docx(lay_out(check_report(data, office).paper.flow))
    with ZipFile(BytesIO(made)) as archive:
        words = archive.read("word/document.xml").decode()
        assert len([name for name in archive.namelist() if "media" in name]) == 1
    assert [f'docPr id="{number}"' in words for number in range(1, 7)] == [True] * 5 + [False]
