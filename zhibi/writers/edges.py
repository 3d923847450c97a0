"""What stands outside of the type area: the page number, and the rules at the foot of a letter."""

from __future__ import annotations

from zhibi.layout import LaidSection
from zhibi.nodes import Orientation, Role
from zhibi.styles import LETTER_FOOT, Look
from zhibi.typography import MM, PageSetup
from zhibi.writers.ink import Ink, Type
from zhibi.writers.lines import Pen

DASH = "—"
"""The 一字线 on both sides of a page number."""

_PAGE_NUMBER = "/Type /Pagination/Subtype /Footer"
"""How PDF names it, so that no listener hears it in the middle of a sentence (PDF/UA-1 cl. 7.8)."""


def draw_page_number(pen: Pen, section: LaidSection, number: int) -> None:
    """Draw the number of a page: to the right on odd pages, to the left on even ones (cl. 7.5).

    A turned sheet has it where an upright one has it (cl. 8): at its left, its words turned clockwise.
    """
    page = section.page
    style = pen.look.styles[Role.PAGE_NUMBER]
    face, _ = next(pen.faces.split(style.face, DASH))
    words = pen.ink.set(Type(face, style.size), f"{DASH} {number} {DASH}")
    turned = section.orientation is Orientation.LANDSCAPE
    before, after = (page.top, page.bottom) if turned else (page.left, page.right)
    length = page.height if turned else page.width
    along = (length - after) / MM - style.chars(style.right) - words.width
    if number % 2 == 0:
        along = before / MM + style.chars(style.left)
    # Faces have their dashes at heights that differ by 0.15 em.
    down = pen.ink.letters.ink_middle(face, DASH) * style.size
    with pen.ink.artifact(_PAGE_NUMBER):
        if turned:
            pen.ink.words(words, (page.left - pen.look.drop) / MM - down, along, turned=True)
        else:
            pen.ink.words(words, along, (page.height - page.bottom + pen.look.drop) / MM + down)


def draw_letter_foot(ink: Ink, page: PageSetup, look: Look) -> None:
    """Draw the double rule of a letter's first page, thin over thick; its middle is 20 mm above the edge (cl. 10.1)."""
    rule = look.styles[Role.LETTER_RULE].rule
    if rule is None:
        raise ValueError("the rule of a letter has no measures")
    before, after = rule.outset
    thick, thin = rule.weights
    left, width = (page.left - before) / MM, (page.text_width + before + after) / MM
    top = (page.height - LETTER_FOOT) / MM - rule.height / 2
    with ink.artifact():
        ink.box((left, top, width, thin), red=True)
        ink.box((left, top + rule.height - thick, width, thick), red=True)
