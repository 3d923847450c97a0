"""Lines and rules for the pages of the tests, each put where the test says.

WeasyPrint centres what a font reaches up and down in the height of a line; tops below are those of line boxes.
"""

from __future__ import annotations

import subprocess
from functools import cache
from typing import Any

import weasyprint
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

FACES = {
    "仿宋": ("FandolFang", 400),
    "楷体": ("FandolKai", 400),
    "黑体": ("Noto Sans CJK SC", 700),
    "小标宋": ("Noto Serif CJK SC", 700),
    "宋体": ("Noto Serif CJK SC", 400),
}
MM = 25.4 / 72
PITCH = 28.95
STEP = PITCH * MM
CHAR = 15.75 * MM


def words(text: str, left: float, top: float, **look: Any) -> str:
    """Return one line; `top` is that of its box, `pitch` high; `right`/`centre` put it from another side."""
    family, weight = FACES[look.get("face", "仿宋")]
    size = look.get("size", 16)
    pitch = look.get("pitch", PITCH)
    spacing = look.get("spacing", -0.25 if size == 16 else 0)
    side = f"left:{left}mm"
    if "right" in look:
        side = f"right:{look['right']}mm"
    elif "centre" in look:
        side = f"left:{look['centre'] - 150}mm;width:300mm;text-align:center"
    return (
        f'<p style="position:absolute;margin:0;white-space:pre;{side};top:{top}mm;line-height:{pitch}pt;'
        f"font:{weight} {size}pt/{pitch}pt '{family}';letter-spacing:{spacing}pt;{look.get('css', '')}\">{text}</p>"
    )


def rule(left: float, top: float, width: float, height: float, colour: str = "black") -> str:
    """Return a rule by the upper left corner of its ink."""
    return (
        f'<p style="position:absolute;margin:0;left:{left}mm;top:{top}mm;width:{width}mm;height:{height}mm;'
        f'background:{colour}"></p>'
    )


@cache
def _font(family: str, weight: int) -> TTFont:
    style = "Bold" if weight == 700 else "Regular"
    asked = ["fc-match", "-f", "%{file}\t%{index}", f"{family}:style={style}"]
    file, index = subprocess.run(asked, capture_output=True, check=True, text=True).stdout.split("\t")
    return TTFont(file, fontNumber=int(index) & 0xFFFF, lazy=True)


@cache
def ink(face: str, text: str) -> tuple[float, float]:
    """Return the highest and the lowest ink of a text above its baseline, in ems, as the font itself says."""
    font = _font(*FACES[face])
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    heights = []
    for letter in text:
        pen = BoundsPen(glyphs)
        glyphs[names[ord(letter)]].draw(pen)
        heights.append((pen.bounds[1], pen.bounds[3]))
    unit = font["head"].unitsPerEm
    return max(high for _, high in heights) / unit, min(low for low, _ in heights) / unit


def baseline(face: str, size: float, pitch: float) -> float:
    """Return how far below the top of a line box WeasyPrint sets the baseline, in millimetres."""
    head = _font(*FACES[face])["hhea"]
    unit = _font(*FACES[face])["head"].unitsPerEm
    return (pitch / 2 + (head.ascent + head.descent) / unit * size / 2) * MM


def pdf(sections: list[str], paper: str = "210mm 297mm") -> bytes:
    """Return the PDF of pages given as the HTML of what stands on them."""
    style = (
        f"@page{{size:{paper};margin:0}} @page wide{{size:297mm 210mm;margin:0}} body{{margin:0}} .wide{{page:wide}}"
        "section{position:relative;break-after:page;height:200mm;overflow:visible}"
        "section:last-child{break-after:auto}"
    )
    pages = "".join(
        part if part.startswith("<section") else f"<section>{part}</section>" for part in sections
    )
    made = weasyprint.HTML(string=f"<style>{style}</style>{pages}").write_pdf(uncompressed_pdf=True)
    assert isinstance(made, bytes)
    return made
