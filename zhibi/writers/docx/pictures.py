"""Pictures -> w:drawing in a line of their own (ECMA-376 part 1 cl. 20.4.2.8; alternative text: 20.4.2.5 descr).

The line is at least as high as the picture and never exactly so: an exact line would cut it off. Everything
else in the line is one point high, so that the picture alone decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from zhibi.layout.blocks import LaidParagraph
from zhibi.nodes import Picture, Role
from zhibi.writers.docx.names import role_id
from zhibi.writers.docx.xml import Element, flag, quoted, twips, w

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_MAIN, _PICTURE = f"{_DRAWING}main", f"{_DRAWING}picture"


@dataclass(frozen=True, slots=True)
class Media:
    """Content of a picture -> relation id of its file, and the numbers of drawings.

    Every drawing has a number of its own: Word repairs a file in which two have the same.
    """

    relations: Mapping[bytes, str]
    numbers: Iterator[int] = field(default_factory=lambda: count(1))


EMU = 36_000
"""Units of a drawing in a millimetre."""


def picture(laid: LaidParagraph, shown: Picture, media: Media) -> Element:
    """Return the paragraph of a picture."""
    properties = w(
        "pPr",
        w("pStyle", val=role_id(Role.PICTURE)),
        flag("keepNext", laid.keep),
        flag("keepLines", laid.keep),
        w("spacing", before=0, after=0, line=twips(laid.style.pitch), lineRule="atLeast"),
        _small(),
    )
    return w("p", properties, w("r", _small(), w("drawing", _inline(shown, media))))


def _small() -> Element:
    return w("rPr", w("sz", val=2), w("szCs", val=2))


def _inline(shown: Picture, media: Media) -> Element:
    number = next(media.numbers)
    own = f'id="{number}" name="图片 {number}"'
    size = f'cx="{round(shown.width * EMU)}" cy="{round(shown.height * EMU)}"'
    return (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {own} descr="{quoted(shown.alt)}"/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks xmlns:a="{_MAIN}" noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f"<pic:nvPicPr><pic:cNvPr {own}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{media.relations[shown.content]}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline>"
    )
