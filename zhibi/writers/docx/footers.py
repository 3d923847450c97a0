"""Page numbers: — 1 — in 四号 宋体, to the right on odd pages, to the left on even ones (cl. 7.5).

On a turned page the number stands where the upright sheet has it (cl. 8): at its left, turned clockwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhibi.nodes import Align, Orientation, Role
from zhibi.styles import Look
from zhibi.typography import MM
from zhibi.writers.docx.names import SEPARATOR, role_id
from zhibi.writers.docx.paragraphs import RunLook, run, styled
from zhibi.writers.docx.sections import LETTER_HEADER, LETTER_RULE_FOOT, Kind, number_foot
from zhibi.writers.docx.style_sheet import JC, rule_border
from zhibi.writers.docx.xml import Element, mm_twips, text, twips, w

TURNED_SHIFT = 0.6
"""Millimetres by which the cell of a turned number stands too far in.

LibreOffice sets turned words 0.8 mm outside of the middle of their line, and so puts the dash where it
puts it on upright pages.
"""


Blocks = tuple[Element, ...]


def margin_parts(kind: Kind, look: Look) -> Iterator[tuple[str, str, Blocks]]:
    """Yield the headers and footers of a kind of section: which part, on which pages, its blocks."""
    if kind.letter:
        page = look.pages[Orientation.PORTRAIT]
        for pages in ("default", "even"):
            yield "header", pages, (_space(page.top - LETTER_HEADER),)
    for pages, align in (("default", Align.RIGHT), ("even", Align.LEFT)):
        yield "footer", pages, _footer(align, kind, look)
    if kind.letter:
        yield "footer", "first", (_double_rule(look),)


def _footer(align: Align, kind: Kind, look: Look) -> Blocks:
    if not kind.numbered:
        return (styled(SEPARATOR),)
    if kind.orientation is Orientation.LANDSCAPE:
        return _turned(_number(align, look), look), styled(SEPARATOR)
    if not kind.letter:
        return (_number(align, look),)
    # The footer keeps the text of later pages up, for the first page of a letter is longer.
    page = look.pages[Orientation.PORTRAIT]
    foot = number_foot(page, look)
    above = page.bottom - foot - look.styles[Role.PAGE_NUMBER].pitch * MM
    return _space(above), _number(align, look), _space(foot - LETTER_RULE_FOOT)


def _space(millimetres: float) -> Element:
    """Return an empty paragraph of a height."""
    line = mm_twips(millimetres)
    return styled(SEPARATOR, spacing=w("spacing", before=0, after=0, line=line, lineRule="exact"))


def _double_rule(look: Look) -> Element:
    """Return the rule at the foot of a letter's first page: thin over thick, the upper one turned round."""
    rule = look.styles[Role.LETTER_RULE].rule
    if rule is None:
        raise ValueError("the rule of a letter has no measures")
    border = rule_border(replace(rule, weights=rule.weights[::-1]))
    return w("p", w("pPr", w("pStyle", val=role_id(Role.LETTER_RULE)), border))


def _turned(number: Element, look: Look) -> Element:
    """Return a floating table of one cell as long as the line on an upright sheet, its words turned.

    Of what Word can turn, this alone LibreOffice sets where it belongs: not a frame, not a text box.
    """
    page = look.pages[Orientation.LANDSCAPE]
    pitch = look.styles[Role.PAGE_NUMBER].pitch
    left = page.left - look.drop - pitch / 2 * MM + TURNED_SHIFT
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
    field = (
        w("r", w("fldChar", fldCharType="begin")),
        w("r", "<w:instrText>PAGE</w:instrText>"),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", text("1")),
        w("r", w("fldChar", fldCharType="end")),
    )
    dash = RunLook(face=look.faces[style.face])
    return w("p", properties, run("— ", dash), *field, run(" —", dash))
