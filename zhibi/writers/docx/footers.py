"""Page numbers: — 1 — in 四号 宋体, to the right on odd pages, to the left on even ones (cl. 7.5)."""

from __future__ import annotations

from zhibi.nodes import Align, Role
from zhibi.styles import Look
from zhibi.writers.docx.names import role_id
from zhibi.writers.docx.paragraphs import RunLook, run
from zhibi.writers.docx.style_sheet import JC
from zhibi.writers.docx.xml import Element, text, w


def footer(align: Align, look: Look) -> Element:
    """Return the only paragraph of a footer; the field has a cached value for programs without fields."""
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
