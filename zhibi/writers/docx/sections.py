"""Laid-out sections -> w:sectPr and page breaks (GB/T 9704-2012 cl. 5; ECMA-376 part 1 cl. 17.6).

A new Word section only where the orientation changes or a table comes first; otherwise the first
paragraph of a section asks for a page of its own, which is easier to edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from zhibi.layout import LaidSection
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidTable
from zhibi.nodes import Orientation, Role
from zhibi.styles import LETTER_FOOT, RULE_PITCH, Look
from zhibi.typography import MM, PageSetup
from zhibi.writers.docx.xml import Element, flag, mm_twips, twips, w

LETTER_HEADER = 10.0
"""Millimetres from the sheet's edge to the header that keeps the text of later pages of a letter down."""

LETTER_RULE_FOOT = LETTER_FOOT - (RULE_PITCH + 1.5) * MM
"""Millimetres from the edge to the foot of the paragraph whose double rule has its middle 20 mm up."""


class Kind(NamedTuple):
    """What the margins of a section depend on."""

    orientation: Orientation
    letter: bool
    numbered: bool


Margins = Mapping[Kind, Mapping[tuple[str, str], str]]
"""Kind -> (header or footer, which pages) -> relation id of the part."""


def kind_of(section: LaidSection) -> Kind:
    """Return the kind of a section."""
    return Kind(section.orientation, section.first is not None, section.numbered)


def text_twips(page: PageSetup) -> int:
    """Return the width of the type area in twips, as the rounded margins leave it."""
    return mm_twips(page.width) - mm_twips(page.left) - mm_twips(page.right)


def begins_section(section: LaidSection, before: LaidSection) -> bool:
    """Tell whether a new Word section is needed between two sections."""
    return kind_of(section) != kind_of(before) or starts_with_table(section)


def starts_with_table(section: LaidSection) -> bool:
    """Tell whether nothing stands before the grid of a table at the top of a section."""
    first = section.blocks[0] if section.blocks else None
    return isinstance(first, LaidTable)


def section_properties(
    section: LaidSection, blocks: Sequence[LaidBlock], margins: Margins, look: Look
) -> Element:
    """Return w:sectPr; it names its headers and footers even where they go on, so that sections can be moved or taken out."""
    page = section.page
    landscape = section.orientation is Orientation.LANDSCAPE
    # With a grid LibreOffice moves tables and cuts the page down to whole lines; else it says nothing here.
    grid = not landscape and all(_on_grid(block, look) for block in blocks)
    return w(
        "sectPr",
        *(
            f'<w:{part}Reference w:type="{pages}" r:id="{relation}"/>'
            for (part, pages), relation in margins[kind_of(section)].items()
        ),
        w("type", val="nextPage"),
        w("pgSz", w=mm_twips(page.width), h=mm_twips(page.height), orient="landscape" if landscape else None),
        _margins(section, look),
        w("cols", space=425),
        flag("titlePg", section.first is not None),
        w("docGrid", type="lines", linePitch=twips(look.pitch)) if grid else None,
    )


def _on_grid(block: LaidBlock, look: Look) -> bool:
    """Tell whether a block is plain text, whose lines the grid may count."""
    return isinstance(block, LaidParagraph) and block.style.pitch >= look.pitch and not block.style.rule


def _margins(section: LaidSection, look: Look) -> Element:
    page = section.first or section.page
    sides = {side: mm_twips(getattr(page, side)) for side in ("top", "right", "bottom", "left")}
    header = mm_twips(LETTER_HEADER if section.first else page.top / 2)
    foot = LETTER_RULE_FOOT if section.first else number_foot(section.page, look)
    return w("pgMar", **sides, header=header, footer=mm_twips(foot), gutter=0)


def number_foot(page: PageSetup, look: Look) -> float:
    """Return millimetres from the sheet's edge to the foot of the page number's line (cl. 7.5).

    The dashes stand in the middle of their line.
    """
    return page.bottom - look.drop - look.styles[Role.PAGE_NUMBER].pitch / 2 * MM
