"""Other machines: a fontconfig that knows the given files only, and papers built under it.

Fontconfig reads its settings once in a process, so every paper of another machine is a process of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name

from zhibi.families import BOLD, REGULAR
from zhibi.fonts import face_file

ROOT = Path(__file__).resolve().parent.parent.parent
ASCII = "".join(map(chr, range(0x20, 0x7F)))
COMMON = ASCII + "—“”‘’…·、。，：；一二三四五六七八九十标题正文文字你好测试请同志"

_BUILD = """
import sys
from zhibi.errors import ReportError
from zhibi.layout import lay_out
from zhibi.nodes import Flow, Paragraph, Properties, Role, Section, Text
from zhibi.writers.pdf import write_pdf
exec(sys.argv[2])
blocks = tuple(Paragraph((Text(text),), Role(role)) for role, text in zip(sys.argv[3::2], sys.argv[4::2]))
try:
    layout = lay_out(Flow(Properties("t", "", "", (), "2026-01-05"), (Section(blocks),)))
    data = write_pdf(layout)
    with open(sys.argv[1], "wb") as stream:
        stream.write(data)
except ReportError as error:
    sys.exit(str(error))
for face, found in layout.faces.main.items():
    print(f"{face} {found.family} {found.weight}")
    for char, other in sorted(layout.faces.other[face].items()):
        print(f"{face} {char} {other.family}")
"""


def make_font(
    file: Path, family: str, characters: str = COMMON, *, weight: int = REGULAR, style: str = "Regular"
) -> Path:
    """Write a small font whose every glyph is a box; `style` may contradict `weight`.

    A box is one em wide, that of a bold style 0.9 em, so that a PDF shows which file was taken.
    """
    names = {ord(char): f"u{ord(char):04X}" for char in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((950, 0), (950, 800), (50, 800)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys((".notdef", *names.values()), box))
    builder.setupHorizontalMetrics(
        dict.fromkeys((".notdef", *names.values()), (900 if style == "Bold" else 1000, 50))
    )
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": style})
    builder.setupOS2(usWeightClass=weight, sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost()
    builder.save(file)
    return file


def real(*candidates: tuple[str, int]) -> list[Path]:
    """Return the files of faces that this machine has."""
    return [Path(face_file(family, weight)[0]) for family, weight in candidates]


NOTO_SERIF = (("Noto Serif CJK SC", REGULAR), ("Noto Serif CJK SC", BOLD))
LIBERATION = ("Liberation Serif", REGULAR)


def machine(folder: Path, files: Sequence[Path]) -> dict[str, str]:
    """Return the environment of a machine that has the fonts `files` and no other."""
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    for file in files:
        if file.parent != fonts:
            shutil.copy(file, fonts)
    settings = folder / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return {**os.environ, "FONTCONFIG_FILE": str(settings)}


def build(
    pdf: Path, environment: dict[str, str], *words: tuple[str, str], first: str = ""
) -> subprocess.CompletedProcess[str]:
    """Build a paper of (role, text) paragraphs after the statement `first`.

    The output names the faces, the errors are the problems.
    """
    arguments = [part for pair in words for part in pair]
    return subprocess.run(
        [sys.executable, "-c", _BUILD, str(pdf), first, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def programs(pdf: Path | bytes) -> dict[str, int]:
    """Return the bytes of every font program inside a PDF, by the font's name."""
    found = {}
    with pdfplumber.open(BytesIO(pdf) if isinstance(pdf, bytes) else pdf) as made:
        objects = [made.doc.getobj(number) for xref in made.doc.xrefs for number in xref.get_objids()]
        for item in objects:
            if isinstance(item, dict) and "FontName" in item:
                program = resolve1(item.get("FontFile2") or item.get("FontFile3"))
                found[literal_name(item["FontName"])] = len(program.get_data())
    return found
