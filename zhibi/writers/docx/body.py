"""Layout -> w:body: the blocks in reading order with their section breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from zhibi.layout import LaidSection, Layout
from zhibi.layout.blocks import LaidBlock, LaidParagraph, LaidTable
from zhibi.nodes import Picture
from zhibi.styles import Look
from zhibi.writers.docx.names import SEPARATOR
from zhibi.writers.docx.paragraphs import paragraph, styled
from zhibi.writers.docx.pictures import Media, number_drawings, picture
from zhibi.writers.docx.sections import Margins, begins_section, section_properties, text_twips
from zhibi.writers.docx.tables import table
from zhibi.writers.docx.xml import NS, Element, w

_BEFORE_PAGE_BREAK = frozenset(f"{{{NS}}}{tag}" for tag in ("pStyle", "keepNext", "keepLines"))


def body(layout: Layout, margins: Margins, media: Media) -> Element:
    """Return w:body; `margins` are the headers and footers of each kind of section, `media` the pictures."""
    made = w("body")
    groups = list(_groups(layout.sections))
    for number, group in enumerate(groups):
        for element in _group(group, layout.look, media):
            made.append(element)
        blocks = [block for section in group for block in section.blocks]
        properties = section_properties(group[0], blocks, margins, layout.look)
        if number < len(groups) - 1:
            _end_section(made, properties)
        else:
            made.append(properties)
    number_drawings(made)
    return made


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
            if number and not place:
                _break_page_before(element)
            yield element


def _separated(section: LaidSection, look: Look, media: Media) -> Iterator[Element]:
    """Yield the elements of a section; after a table there is always a paragraph."""
    after_table = False
    for block in section.blocks:
        for element in _block(block, text_twips(section.page), look, media):
            is_table = element.tag == f"{{{NS}}}tbl"
            if after_table and is_table:
                yield styled(SEPARATOR)
            after_table = is_table
            yield element
    if after_table or not section.blocks:
        yield styled(SEPARATOR)


def _block(block: LaidBlock, width: int, look: Look, media: Media) -> Iterator[Element]:
    match block:
        case LaidParagraph(block=Picture() as shown):
            yield picture(block, shown, media[shown.content])
        case LaidParagraph():
            yield paragraph(block, look)
        case LaidTable():
            yield table(block, width, look)
        case _:
            assert_never(block)


def _break_page_before(element: Element) -> None:
    properties = element[0]
    place = sum(child.tag in _BEFORE_PAGE_BREAK for child in properties)
    properties.insert(place, w("pageBreakBefore"))


def _end_section(made: Element, properties: Element) -> None:
    """Put the section's end into its last paragraph."""
    made[-1][0].append(properties)
