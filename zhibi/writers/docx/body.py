"""Layout -> w:body: the blocks in reading order with their section breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import assert_never

from zhibi.layout import LaidSection, Layout
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidTable
from zhibi.nodes import Picture
from zhibi.styles import Look
from zhibi.writers.docx.names import SEPARATOR
from zhibi.writers.docx.paragraphs import paragraph, styled
from zhibi.writers.docx.pictures import Media, picture
from zhibi.writers.docx.sections import Margins, begins_section, section_properties, text_twips
from zhibi.writers.docx.tables import table
from zhibi.writers.docx.xml import Element, w

_BEFORE_PAGE_BREAK = re.compile("<w:pPr><w:pStyle [^>]*/>(<w:keepNext/>)?(<w:keepLines/>)?")


def body(layout: Layout, margins: Margins, media: Media) -> Element:
    """Return w:body; `margins` are the headers and footers of each kind of section, `media` the pictures."""
    made: list[Element] = []
    groups = list(_groups(layout.sections))
    for number, group in enumerate(groups):
        made.extend(_group(group, layout.look, media))
        blocks = [block for section in group for block in section.blocks]
        properties = section_properties(group[0], blocks, margins, layout.look)
        if number < len(groups) - 1:
            # A section's end stands in its last paragraph.
            made[-1] = made[-1].replace("</w:pPr>", f"{properties}</w:pPr>", 1)
        else:
            made.append(properties)
    return w("body", *made)


def _groups(sections: Sequence[LaidSection]) -> Iterator[list[LaidSection]]:
    """Yield runs of sections that share one Word section."""
    group: list[LaidSection] = []
    for section in sections:
        if group and begins_section(section, group[-1]):
            yield group
            group = []
        group.append(section)
    if group:
        yield group


def _group(group: Sequence[LaidSection], look: Look, media: Media) -> Iterator[Element]:
    for number, section in enumerate(group):
        for place, element in enumerate(_separated(section, look, media)):
            yield _break_page_before(element) if number and not place else element


def _separated(section: LaidSection, look: Look, media: Media) -> Iterator[Element]:
    """Yield the elements of a section; after a table there is always a paragraph."""
    after_table = False
    for block in section.blocks:
        is_table = isinstance(block, LaidTable)
        if after_table and is_table:
            yield styled(SEPARATOR)
        after_table = is_table
        yield _block(block, text_twips(section.page), look, media)
    if after_table or not section.blocks:
        yield styled(SEPARATOR)


def _block(block: LaidBlock, width: int, look: Look, media: Media) -> Element:
    match block:
        case LaidParagraph(block=Picture() as shown):
            return picture(block, shown, media)
        case LaidParagraph():
            return paragraph(block, look)
        case LaidTable():
            return table(block, width, look)
        case _:
            assert_never(block)


def _break_page_before(element: Element) -> Element:
    return _BEFORE_PAGE_BREAK.sub(lambda found: found[0] + w("pageBreakBefore"), element, count=1)
