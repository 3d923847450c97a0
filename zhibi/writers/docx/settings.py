"""The settings and the font table of a Word file (ECMA-376 part 1 cl. 17.8, 17.15)."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.styles import Look
from zhibi.typography import OFFICIAL_FACES, Face
from zhibi.writers.docx.xml import Element, w

_COMPAT_URI = "http://schemas.microsoft.com/office/word"

_MODES = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}

_ALTERNATIVES = {
    Face.TITLE_SONG: "方正小标宋_GBK",
    Face.FANGSONG: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "SimHei",
    Face.SONG: "SimSun",
}
"""What Word takes on a machine that has not got the official face."""


def settings(language: str) -> Iterator[Element]:
    """Yield the children of w:settings in the order of the schema."""
    yield w("zoom", percent=100)
    yield w("defaultTabStop", val=420)
    yield w("evenAndOddHeaders")
    yield w("characterSpacingControl", val="doNotCompress")
    yield w(
        "compat",
        w("doNotExpandShiftReturn"),
        w("useFELayout"),
        *(w("compatSetting", name=name, uri=_COMPAT_URI, val=value) for name, value in _MODES.items()),
    )
    yield w("themeFontLang", val="en-US", eastAsia=language)
    yield w("decimalSymbol", val=".")
    yield w("listSeparator", val=",")


def font_table(look: Look) -> Iterator[Element]:
    """Yield the children of w:fonts: the faces that the styles name and what may stand in for them."""
    for face, usual in _ALTERNATIVES.items():
        name = look.faces[face]
        alternative = usual if name == OFFICIAL_FACES[face] else OFFICIAL_FACES[face]
        yield w(
            "font",
            w("altName", val=alternative),
            w("charset", val="86"),
            w("family", val="auto"),
            w("pitch", val="default"),
            name=name,
        )
    latin = (w("charset", val="00"), w("family", val="roman"), w("pitch", val="variable"))
    yield w("font", *latin, name=look.faces[Face.LATIN])
