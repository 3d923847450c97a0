"""Where the first page of a letter must end by force, and how far down a page is filled.

LibreOffice begins a page with the 26th paragraph before it looks what fits; what comes back to the first page then is
neither kept with the next nor leaves a line alone there. Only a letter, whose head and whose first page
are taller, holds so many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhibi.layout.blocks import LaidBlock, LaidParagraph
from zhibi.layout.pages import Page
from zhibi.layout.reach import TOLERANCE
from zhibi.nodes import Picture
from zhibi.styles import RULES

PARAGRAPHS = 25
"""So many paragraphs are set on a page before LibreOffice looks what fits."""


def begun_by_force(
    blocks: Sequence[LaidBlock], pages: Sequence[Page], height: float
) -> tuple[int, LaidParagraph] | None:
    """Return the paragraph that must begin the second page, with its place; None where all engines do the same."""
    if len(pages) < 2:
        return None
    start = pages[1][0]
    number = last = start.block
    block = blocks[number]
    if not isinstance(block, LaidParagraph) or block.new_page or start.first > 1:
        return None
    if start.first == 0 and (
        not block.keep or used(blocks, pages[0]) + block.style.pitch > height + TOLERANCE
    ):
        return None
    while number and _keeps(blocks[number - 1]):
        number -= 1
    while last < len(blocks) - 1 and _keeps(blocks[last]):
        last += 1
    first = blocks[number]
    if (
        not number
        or last < PARAGRAPHS
        or not isinstance(first, LaidParagraph)
        or isinstance(first.block, Picture)
    ):
        return None
    return number, replace(first, new_page=True)


def _keeps(block: LaidBlock) -> bool:
    return isinstance(block, LaidParagraph) and block.keep


def used(blocks: Sequence[LaidBlock], page: Page) -> float:
    """Return how far down a page is filled, in points."""
    if not page:
        return 0.0
    placed = page[-1]
    block = blocks[placed.block]
    if isinstance(block, LaidParagraph):
        return (
            placed.top
            + block.height
            - len(block.lines) * block.style.pitch
            + (placed.last - placed.first) * block.style.pitch
        )
    return placed.top + sum(placed.heights) + RULES[block.table.look]
