"""Page numbers: — 1 — in 四号 宋体, to the right on odd pages, to the left on even ones (cl. 7.5)."""

from __future__ import annotations

from zhibi.nodes import Align, Role
from zhibi.styles import LOOK, OFFICIAL_FACES
from zhibi.writers.docx.names import role_id
from zhibi.writers.docx.paragraphs import Look, run
from zhibi.writers.docx.style_sheet import JC
from zhibi.writers.docx.xml import Element, text, w


def footer(align: Align) -> Element:
    """Return the only paragraph of a footer; the field has a cached value for programs without fields."""
    own = LOOK[Role.PAGE_NUMBER].align
    properties = w(
        "pPr",
        w("pStyle", val=role_id(Role.PAGE_NUMBER)),
        w("jc", val=JC[align]) if align is not own else None,
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
    dash = Look(face=OFFICIAL_FACES[LOOK[Role.PAGE_NUMBER].face])
    return w("p", properties, run("— ", dash), *field, run(" —", dash))
