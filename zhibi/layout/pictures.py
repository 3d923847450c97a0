"""A picture -> a line as high as itself, its caption below it; both on whole lines of the text (cl. 5.2.3).

It is never wider than the type area nor higher than what a page leaves beside its caption and the headings that
keep with it, so it never needs to be parted. What its height lacks to whole lines stands above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from zhibi.errors import Level, Location, Problem
from zhibi.layout.blocks import LaidBlock, LaidParagraph
from zhibi.layout.reach import TOLERANCE
from zhibi.layout.setting import Setter
from zhibi.nodes import Paragraph, Picture, Role
from zhibi.typography import MM, whole_twips

ROOM = 0.6
"""Points above the picture for what word processors add below it: the foot of a letter of one point."""

RULE = "图片缩小"

NOTICED = 0.5
"""Millimetres less than asked that are told."""


def set_picture(picture: Picture, setter: Setter, above: float) -> Iterator[LaidParagraph]:
    """Set a picture and its caption; `above` are the points of the blocks that keep with it."""
    from zhibi.pictures import resampled  # Imported late: few papers have pictures, and Pillow is large.

    style, pitch = setter.look.styles[Role.PICTURE], setter.look.pitch
    caption = setter.set_block(Paragraph(picture.caption, Role.PICTURE_TITLE)) if picture.caption else None
    page = setter.page.text_height / MM
    left = max(page - above, page / 2) - (caption.height if caption else 0.0)
    most = max(int((left + TOLERANCE) / pitch), 1) * pitch - ROOM
    scale = min(1.0, setter.page.text_width / picture.width, most * MM / picture.height)
    fitted = resampled(replace(picture, width=picture.width * scale, height=picture.height * scale))
    lines = max(ceil((fitted.height / MM + ROOM - TOLERANCE) / pitch), 1)
    tall = replace(style, pitch=whole_twips(lines * pitch))
    yield LaidParagraph(fitted, tall, setter.lines((), tall, page), keep=caption is not None)
    if caption:
        yield caption


def picture_problems(blocks: Sequence[LaidBlock]) -> Iterator[Problem]:
    """Yield advice on each picture that cannot be as wide as a person asked."""
    for laid in blocks:
        picture = laid.block if isinstance(laid, LaidParagraph) else None
        if not isinstance(picture, Picture) or (picture.asked or 0.0) - picture.width <= NOTICED:
            continue
        message = f"图片放不下 {picture.asked:g} 毫米宽，已缩到 {picture.width:.1f} 毫米"
        hint = "宽和高都不能超出版心；要清楚些可以横排（横向: 是），或分成几张图"
        yield Problem(picture.at or Location(""), RULE, message, hint, Level.ADVICE)
