"""The pictures of a layout by names of our own: what a page description calls them, and what is given for a name.

A name is made of the picture's bytes. It is no address: nothing outside of this program answers to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from zhibi.layout import Layout
from zhibi.layout.blocks import LaidParagraph
from zhibi.nodes import Picture, PictureKind

_MEDIA = {PictureKind.PNG: "image/png", PictureKind.JPEG: "image/jpeg"}
_VECTOR = "image/svg+xml"


def pictures_of(layout: Layout) -> Iterator[Picture]:
    """Yield the pictures of a paper in reading order."""
    for section in layout.sections:
        for laid in section.blocks:
            if isinstance(laid, LaidParagraph) and isinstance(laid.block, Picture):
                yield laid.block


def media_type(picture: Picture) -> str:
    """Return what kind of file the pixels of a picture are."""
    return _MEDIA[picture.kind]


def shown_name(picture: Picture) -> str:
    """Return the name of what a page shows of a picture: lines where there are any, else pixels."""
    return f"picture:{sha256(picture.vector or picture.content).hexdigest()[:32]}"


def shown_files(layout: Layout) -> Mapping[str, tuple[bytes, str]]:
    """Return name -> bytes and their kind of every picture of a paper."""
    return {
        shown_name(picture): (picture.vector, _VECTOR)
        if picture.vector
        else (picture.content, media_type(picture))
        for picture in pictures_of(layout)
    }
