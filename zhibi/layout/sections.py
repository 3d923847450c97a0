"""Flow -> laid-out sections: their blocks are set and paged, and 版记 stands at the foot of the last page.

版记 ends at the lower edge of the type area of the last page (GB/T 9704-2012 cl. 7.4.1), which is an even
one (GB/T 33476.2-2016 cl. 7.3.1). Where a blank page stands before it, neither that nor its own page shows
a number (cl. 7.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from zhibi.fonts import Faces
from zhibi.layout.blocks import LaidBlock, LaidParagraph
from zhibi.layout.first_page import begun_by_force, used
from zhibi.layout.marks import settle
from zhibi.layout.pages import Page, Placed, paginate
from zhibi.layout.pictures import set_picture
from zhibi.layout.setting import Setter
from zhibi.layout.with_text import paginate_with_text
from zhibi.nodes import (
    Flow,
    FlowBlock,
    Heading,
    Orientation,
    Paragraph,
    Picture,
    Plot,
    Role,
    Section,
    Space,
    Table,
)
from zhibi.styles import LETTER_BOTTOM, LETTER_TOP, Look
from zhibi.typography import MM, PageSetup

ROUNDING = 0.5
"""Points that are left below 版记, for a Word file counts in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class LaidSection:
    """Pages of one orientation with their measures, and what stands on each.

    `first` is the setup of the first page where that is another one: of a letter. `number` is the number
    of the first page, which is shown only on `numbered` pages.
    """

    page: PageSetup
    orientation: Orientation
    blocks: tuple[LaidBlock, ...]
    pages: tuple[Page, ...]
    number: int = 1
    first: PageSetup | None = None
    numbered: bool = True


def lay_out_sections(flow: Flow, faces: Faces, look: Look) -> tuple[LaidSection, ...]:
    """Return the sections of a paper, the last of them with 版记."""
    made: list[LaidSection] = []
    for section in flow.sections:
        made.append(_section(section, faces, look, _next_number(made)))
    if flow.imprint:
        setter = Setter(faces, look, look.pages[Orientation.PORTRAIT])
        _add_imprint(made, [setter.set_block(block) for block in flow.imprint], setter)
    return tuple(made)


def _next_number(sections: Sequence[LaidSection]) -> int:
    return sections[-1].number + len(sections[-1].pages) if sections else 1


def _section(section: Section, faces: Faces, look: Look, number: int) -> LaidSection:
    page = look.pages[section.orientation]
    first = replace(page, top=LETTER_TOP, bottom=LETTER_BOTTOM) if section.letter else None
    blocks = settle(tuple(_blocks(section, Setter(faces, look, page))), faces)
    heights = (page.text_height / MM, (first or page).text_height / MM)
    paged, pages = paginate_with_text(blocks, *heights)
    if first and (forced := begun_by_force(paged, pages, heights[1])):
        place, begun = forced
        paged, pages = paginate_with_text((*blocks[:place], begun, *blocks[place + 1 :]), *heights)
    return LaidSection(page, section.orientation, paged, pages, number, first, section.numbered)


def _blocks(section: Section, setter: Setter) -> Iterator[LaidBlock]:
    above = 0.0  # Points of the blocks that the next one must share a page with.
    for block in section.blocks:
        for laid in _set(block, setter, above):
            yield laid
            above = above + laid.height if isinstance(laid, LaidParagraph) and laid.keep else 0.0


def _set(block: FlowBlock, setter: Setter, above: float) -> Iterable[LaidBlock]:
    match block:
        case Table():
            return setter.set_table(block)
        case Picture():
            return set_picture(block, setter, above)
        case Plot():
            from zhibi.layout.plots import set_plot  # Imported late: status pages alone have plots.

            return set_plot(block, setter, above)
        case Heading() | Paragraph():
            return (setter.set_block(block),)


def _add_imprint(sections: list[LaidSection], imprint: Sequence[LaidParagraph], setter: Setter) -> None:
    """Put 版记 on the last page, where that is even and has room, else on the next even one.

    That of a letter has no rules and minds no even page (cl. 10.1).
    """
    last = sections[-1]
    number = _next_number(sections) - 1
    letter = any(section.first for section in sections)
    upright = last.orientation is Orientation.PORTRAIT
    low = setter.look.lead / MM + ROUNDING
    room = last.page.text_height / MM - low
    if last.first and len(last.pages) == 1:
        # Nothing of the space between lines lies outside the type area over the rule of a letter.
        room = last.first.text_height / MM - ROUNDING
    left = room - used(last.blocks, last.pages[-1] if last.pages else ())
    taken = sum(block.height for block in imprint)
    if upright and (letter or number % 2 == 0) and left >= taken + setter.look.pitch:
        sections[-1] = _appended(last, [_blank(left - taken, setter), *imprint])
        return
    filler = _blank(setter.page.text_height / MM - taken - low, setter)
    if upright and (letter or number % 2):
        sections[-1] = _new_page(last, [replace(filler, new_page=True), *imprint])
        return
    blocks = [replace(filler, new_page=True), *imprint]
    if number % 2 == 0:
        blocks.insert(0, _blank(setter.look.pitch, setter))
    blocks[0] = replace(blocks[0], new_page=False)
    paged, pages = paginate(blocks, setter.page.text_height / MM)
    numbered = number % 2 == 1
    sections.append(
        LaidSection(setter.page, Orientation.PORTRAIT, paged, pages, number + 1, numbered=numbered)
    )


def _blank(points: float, setter: Setter) -> LaidParagraph:
    """Return an empty paragraph of a height."""
    return setter.set_block(Paragraph((), Role.BLANK, height=Space(mm=points * MM)))


def _appended(section: LaidSection, blocks: Sequence[LaidParagraph]) -> LaidSection:
    """Return a section with blocks at the end of its last page."""
    placed = list(section.pages[-1]) if section.pages else []
    top = used(section.blocks, tuple(placed))
    for number, block in enumerate(blocks, len(section.blocks)):
        placed.append(Placed(number, 0, len(block.lines), top))
        top += block.height
    return replace(section, blocks=(*section.blocks, *blocks), pages=(*section.pages[:-1], tuple(placed)))


def _new_page(section: LaidSection, blocks: Sequence[LaidParagraph]) -> LaidSection:
    """Return a section with blocks on a page of their own at its end."""
    return _appended(replace(section, pages=(*section.pages, ())), blocks)
