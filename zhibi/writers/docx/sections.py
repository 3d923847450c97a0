"""Laid-out sections -> w:sectPr and page breaks (GB/T 9704-2012 cl. 5; ECMA-376 part 1 cl. 17.6).

A new Word section only where the orientation changes or a table comes first; otherwise the first
paragraph of a section asks for a page of its own, which is easier to edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zhibi.layout import LaidSection
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidTable
from zhibi.nodes import Orientation, Role
from zhibi.styles import MM, PAGE_NUMBER_DROP, Look, PageSetup
from zhibi.writers.docx.xml import RELATIONS, Element, mm_twips, twips, w

Footers = Mapping[Orientation, tuple[str, str]]
"""Relation ids of the footers of odd and of even pages."""


def text_twips(page: PageSetup) -> int:
    """Return the width of the type area in twips, as the rounded margins leave it."""
    return mm_twips(page.width) - mm_twips(page.left) - mm_twips(page.right)


def begins_section(section: LaidSection, before: LaidSection) -> bool:
    """Tell whether a new Word section is needed between two sections."""
    return section.orientation is not before.orientation or starts_with_table(section)


def starts_with_table(section: LaidSection) -> bool:
    """Tell whether nothing stands before the grid of a table at the top of a section."""
    first = section.blocks[0] if section.blocks else None
    return isinstance(first, LaidTable)


def section_properties(
    section: LaidSection, blocks: Sequence[LaidBlock], footers: Footers, look: Look
) -> Element:
    """Return w:sectPr; it names its footers even where they go on, so that sections can be moved or taken out."""
    page = section.page
    landscape = section.orientation is Orientation.LANDSCAPE
    made = w("sectPr")
    for kind, relation in zip(("default", "even"), footers[section.orientation], strict=True):
        made.append(w("footerReference", type=kind))
        made[-1].set(f"{{{RELATIONS}}}id", relation)
    made.append(w("type", val="nextPage"))
    made.append(
        w("pgSz", w=mm_twips(page.width), h=mm_twips(page.height), orient="landscape" if landscape else None)
    )
    made.append(_margins(page, look))
    made.append(w("cols", space=425))
    # With a grid LibreOffice moves tables and cuts the page down to whole lines; else it says nothing here.
    if not landscape and all(_on_grid(block, look) for block in blocks):
        made.append(w("docGrid", type="lines", linePitch=twips(look.pitch)))
    return made


def _on_grid(block: LaidBlock, look: Look) -> bool:
    """Tell whether a block is plain text, whose lines the grid may count."""
    return isinstance(block, LaidParagraph) and block.style.pitch >= look.pitch and not block.style.rule


def _margins(page: PageSetup, look: Look) -> Element:
    sides = {side: mm_twips(getattr(page, side)) for side in ("top", "right", "bottom", "left")}
    return w("pgMar", **sides, header=mm_twips(page.top / 2), footer=_footer_distance(page, look), gutter=0)


def _footer_distance(page: PageSetup, look: Look) -> int:
    """Return twips from the sheet's edge to the foot of the page number's line (cl. 7.5).

    The dashes stand in the middle of their line, 7 mm below the type area.
    """
    half_line = look.styles[Role.PAGE_NUMBER].pitch / 2 * MM
    return mm_twips(page.bottom - PAGE_NUMBER_DROP - half_line)
