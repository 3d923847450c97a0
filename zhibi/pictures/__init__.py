"""A 图 of a data file -> a `Picture` node with its bytes, or a refusal with its place; and pictures cut to size.

Input: the mapping as the schema let it pass and the folders below which files may lie. The file is read here,
once; what goes on is a copy coded anew, so that nothing a stranger put into the file (places, remarks,
scripts, a second picture behind the first) gets into a paper, and the same picture stands in both formats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhibi.errors import Problem, ReportError
from zhibi.nodes import Picture
from zhibi.pictures.files import FileError, read_below
from zhibi.pictures.kinds import KindError, kind_of
from zhibi.plain import Mapping

__all__ = ["read_picture", "resampled"]

RULE = "图片"

MM_PER_INCH = 25.4

DOTS = 300
"""Pixels to the inch of the printed size: more of them make a file large and nothing sharper."""


def read_picture(raw: Mapping, folders: Sequence[Path]) -> Picture:
    """Return the picture that a 图 names, its caption left out; raise `ReportError` with what is wrong."""
    from zhibi.pictures.coding import (  # Imported late: few papers need Pillow.
        CodingError,
        encode,
        open_image,
    )

    typed = raw["图"]
    try:
        data = read_below(str(typed), folders)
        kind = kind_of(data)
        image, dots = open_image(data)
    except (FileError, KindError, CodingError) as error:
        raise ReportError([Problem(typed.at, RULE, error.message, error.mend, text=str(typed))]) from error
    width = float(raw["宽"]) if "宽" in raw else image.width / dots * MM_PER_INCH
    return Picture(
        encode(image, kind),
        kind,
        image.size,
        width,
        width * image.height / image.width,
        str(raw["说明"]).strip(),
        at=typed.at,
        asked=width if "宽" in raw else None,
    )


def resampled(picture: Picture) -> Picture:
    """Return a picture with no more pixels than its printed size shows."""
    across, down = (max(round(mm / MM_PER_INCH * DOTS), 1) for mm in (picture.width, picture.height))
    if picture.vector is not None or picture.pixels[0] <= across:
        return picture
    from zhibi.pictures.coding import shrunk

    content = shrunk(picture.content, picture.kind, (across, down))
    return replace(picture, content=content, pixels=(across, down))
