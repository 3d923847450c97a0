"""Page numbers: — 1 — in 四号 宋体, to the right on odd pages, to the left on even ones (cl. 7.5).

On a turned page the number stands where the upright sheet has it (cl. 8): at its left, turned clockwise.
"""

from __future__ import annotations

from zhibi.nodes import Align, Orientation, Role
from zhibi.styles import MM, PAGE_NUMBER_DROP, Look
from zhibi.writers.docx.names import SEPARATOR, role_id
from zhibi.writers.docx.paragraphs import RunLook, run, styled
from zhibi.writers.docx.style_sheet import JC
from zhibi.writers.docx.xml import Element, mm_twips, text, twips, w

TURNED_SHIFT = 0.6
"""Millimetres by which the cell of a turned number stands too far in.

LibreOffice sets turned words 0.8 mm outside of the middle of their line, and so puts the dash where it
puts it on upright pages.
"""


def footer(align: Align, orientation: Orientation, look: Look) -> tuple[Element, ...]:
    """Return the blocks of a footer."""
    if orientation is Orientation.PORTRAIT:
        return (_number(align, look),)
    return _turned(_number(align, look), look), styled(SEPARATOR)


def _turned(number: Element, look: Look) -> Element:
    """Return a floating table of one cell as long as the line on an upright sheet, its words turned.

    Of what Word can turn, this alone LibreOffice sets where it belongs: not a frame, not a text box.
    """
    page = look.pages[Orientation.LANDSCAPE]
    pitch = look.styles[Role.PAGE_NUMBER].pitch
    left = page.left - PAGE_NUMBER_DROP - pitch / 2 * MM + TURNED_SHIFT
    width = twips(pitch)
    place = {"tblpX": mm_twips(left), "tblpY": mm_twips(page.top)}
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblpPr", leftFromText=0, rightFromText=0, vertAnchor="page", horzAnchor="page", **place),
            w("tblW", w=width, type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))),
        ),
        w("tblGrid", w("gridCol", w=width)),
        w(
            "tr",
            w("trPr", w("trHeight", val=mm_twips(page.text_height), hRule="exact")),
            w("tc", w("tcPr", w("tcW", w=width, type="dxa"), w("textDirection", val="tbRl")), number),
        ),
    )


def _number(align: Align, look: Look) -> Element:
    """Return the paragraph of a page number; the field has a cached value for programs without fields."""
    style = look.styles[Role.PAGE_NUMBER]
    properties = w(
        "pPr",
        w("pStyle", val=role_id(Role.PAGE_NUMBER)),
        w("jc", val=JC[align]) if align is not style.align else None,
    )
    instruction = w("instrText")
    instruction.text = "PAGE"
    field = (
        w("r", w("fldChar", fldCharType="begin")),
        w("r", instruction),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", text("1")),
        w("r", w("fldChar", fldCharType="end")),
    )
    dash = RunLook(face=look.faces[style.face])
    return w("p", properties, run("— ", dash), *field, run(" —", dash))
