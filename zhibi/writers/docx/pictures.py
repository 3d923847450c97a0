"""Pictures -> w:drawing in a line of their own (ECMA-376 part 1 cl. 20.4.2.8; alternative text: 20.4.2.5 descr).

The line is at least as high as the picture and never exactly so: an exact line would cut it off. Everything
else in the line is one point high, so that the picture alone decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml.builder import ElementMaker

from zhibi.layout.blocks import LaidParagraph
from zhibi.nodes import Picture, Role
from zhibi.writers.docx.names import role_id
from zhibi.writers.docx.xml import RELATIONS, Element, flag, twips, w

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/"
_PLACE, _MAIN, _PICTURE = f"{_DRAWING}wordprocessingDrawing", f"{_DRAWING}main", f"{_DRAWING}picture"
_wp = ElementMaker(namespace=_PLACE, nsmap={"wp": _PLACE})
_a = ElementMaker(namespace=_MAIN, nsmap={"a": _MAIN})
_pic = ElementMaker(namespace=_PICTURE, nsmap={"pic": _PICTURE})

Media = Mapping[bytes, str]
"""Content of a picture -> relation id of its file."""

EMU = 36_000
"""Units of a drawing in a millimetre."""


def picture(laid: LaidParagraph, shown: Picture, relation: str) -> Element:
    """Return the paragraph of a picture whose file is `relation`; its drawing has no number yet."""
    properties = w(
        "pPr",
        w("pStyle", val=role_id(Role.PICTURE)),
        flag("keepNext", laid.keep),
        flag("keepLines", laid.keep),
        w("spacing", before=0, after=0, line=twips(laid.style.pitch), lineRule="atLeast"),
        _small(),
    )
    return w("p", properties, w("r", _small(), w("drawing", _inline(shown, relation))))


def _small() -> Element:
    return w("rPr", w("sz", val=2), w("szCs", val=2))


def _inline(shown: Picture, relation: str) -> Element:
    size = {"cx": str(round(shown.width * EMU)), "cy": str(round(shown.height * EMU))}
    return _wp.inline(
        _wp.extent(size),
        _wp.docPr(id="0", name="", descr=shown.alt),
        _wp.cNvGraphicFramePr(_a.graphicFrameLocks(noChangeAspect="1")),
        _a.graphic(_a.graphicData(_pixels(size, relation), uri=_PICTURE)),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )


def _pixels(size: dict[str, str], relation: str) -> Element:
    blip = _a.blip({f"{{{RELATIONS}}}embed": relation})
    return _pic.pic(
        _pic.nvPicPr(_pic.cNvPr(id="0", name=""), _pic.cNvPicPr()),
        _pic.blipFill(blip, _a.stretch(_a.fillRect())),
        _pic.spPr(_a.xfrm(_a.off(x="0", y="0"), _a.ext(size)), _a.prstGeom(_a.avLst(), prst="rect")),
    )


def number_drawings(body: Element) -> None:
    """Give every drawing a number of its own: Word repairs a file in which two have the same."""
    for number, drawing in enumerate(body.iter(f"{{{_PLACE}}}inline"), 1):
        for own in drawing.iter(f"{{{_PLACE}}}docPr", f"{{{_PICTURE}}}cNvPr"):
            own.set("id", str(number))
            own.set("name", f"图片 {number}")
