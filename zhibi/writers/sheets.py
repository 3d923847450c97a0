"""Layout -> the pages that WeasyPrint prints (GB/T 9704-2012 cl. 7): everything at the place that layout gave it.

A `Sheet` is to WeasyPrint what its own laid-out page is: it has a size, bookmarks, and paints itself. Nothing
is laid out here; what is known of lines, rows and pages is drawn, and noted in the tag tree as it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.pdf.stream import Stream

from zhibi.layout import LaidSection, Layout
from zhibi.layout.blocks import LaidParagraph, LaidTable
from zhibi.layout.pages import Placed
from zhibi.nodes import Heading, Paragraph, Picture, Role, TableLook, plain_text
from zhibi.styles import RULE_PITCH
from zhibi.typography import MM, RULE_GAP
from zhibi.writers.edges import draw_letter_foot, draw_page_number
from zhibi.writers.ink import Ink
from zhibi.writers.letters import Letters
from zhibi.writers.lines import Pen
from zhibi.writers.pictures import shown_name
from zhibi.writers.tables import draw_marks, draw_table
from zhibi.writers.tags import Element

PX = 0.75
"""Points in a pixel of CSS, which WeasyPrint counts in."""

_NO_BLEED = dict.fromkeys(("top", "right", "bottom", "left"), 0)

Bookmark = tuple[int, str, tuple[float, float], str]


@dataclass
class Print:
    """What the pages of one paper share: its layout, faces, pictures and tags, and the heading levels that are open."""

    layout: Layout
    pictures: Mapping[str, Any]
    fonts: dict[Any, Any]
    root: Element = field(default_factory=lambda: Element("Document", 0))
    marks: list[list[Element]] = field(default_factory=list)
    open_levels: list[int] = field(default_factory=list)
    tags: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.letters = Letters(self.layout.properties.language, self.fonts)
        self.title = _title(self.layout)
        faces, body = self.layout.faces.main, self.layout.look.styles[Role.BODY]
        self.middle = self.letters.middle(faces.get(body.face) or next(iter(faces.values())))

    def enter(self, level: int) -> int:
        """Return how deep a heading of `level` stands below those before it: tags never skip one (PDF/UA-1 cl. 7.4.2)."""
        while self.open_levels and self.open_levels[-1] >= level:
            self.open_levels.pop()
        self.open_levels.append(level)
        return len(self.open_levels)


def _title(layout: Layout) -> Role:
    """Return what names the paper to readers: its title, or the mark of one without, such as an order."""
    blocks = (block for section in layout.sections for block in section.blocks)
    laid = (block.block for block in blocks if isinstance(block, LaidParagraph))
    roles = {block.role for block in laid if isinstance(block, Paragraph)}
    return Role.TITLE if Role.TITLE in roles else Role.MARK


def make_sheets(paper: Print) -> list[Sheet]:
    """Return the pages of a paper; one without any is a blank page."""
    return [
        Sheet(paper, (section, number), page)
        for section, laid in enumerate(paper.layout.sections)
        for number, page in enumerate(laid.pages or ((),))
    ]


class Sheet:
    """One page, as `weasyprint.document.Document` takes it; sizes and bookmarks are in pixels."""

    bleed = _NO_BLEED
    forms: Mapping[None, Sequence[Any]] = {None: ()}
    anchors: Mapping[str, Any] = {}
    links: Sequence[Any] = ()

    def __init__(self, paper: Print, place: tuple[int, int], page: Sequence[Placed]) -> None:
        self._paper = paper
        self._section, self._number = place
        self._page = page
        self._laid: LaidSection = paper.layout.sections[self._section]
        first = self._laid.first if not self._number else None
        self._setup = first or self._laid.page
        self._foot = first is not None
        self.width = self._setup.width / MM / PX
        self.height = self._setup.height / MM / PX
        self.bookmarks: list[Bookmark] = []

    def paint(self, stream: Stream, _: float) -> None:
        """Draw the page; WeasyPrint has them painted in order."""
        ink = Ink(stream, self._paper.letters)
        sect = Element("Sect", len(self._paper.marks))
        self._paper.root.kids.append(sect)
        look = self._paper.layout.look
        left, top = self._setup.left / MM, self._setup.top / MM
        area = (left, self._setup.text_width / MM)
        pen = Pen(ink, self._paper.layout.faces, look, area, self._paper.middle)
        for placed in self._page:
            self._draw(pen, sect, placed, top + placed.top)
        if self._foot:
            draw_letter_foot(ink, self._setup, look)
        elif self._laid.numbered:
            draw_page_number(pen, self._laid, len(self._paper.marks) + 1)
        self._paper.marks.append(ink.marks)

    def _draw(self, pen: Pen, sect: Element, placed: Placed, top: float) -> None:
        laid = self._laid.blocks[placed.block]
        if isinstance(laid, LaidTable):
            draw = draw_marks if laid.table.look is TableLook.MARKS else draw_table
            draw(pen, sect, laid, (placed, top))
        elif isinstance(laid.block, Picture):
            self._picture(pen, sect, laid, top)
        elif isinstance(laid.block, Heading) and laid.block.rest:
            self._run_in(pen, sect, laid, (placed, top))
        else:
            self._paragraph(pen, sect, laid, (placed, top))

    def _paragraph(self, pen: Pen, sect: Element, laid: LaidParagraph, piece: tuple[Placed, float]) -> None:
        placed, top = piece
        element = sect.add(self._tag(laid, piece) if self._is_heading(laid) else "P")
        with pen.ink.mark(element):
            if laid.parts:
                pen.parts(laid, top)
            else:
                pen.paragraph(laid, (placed.first, placed.last), top)
        self._rule(pen.ink, laid, top)

    def _run_in(self, pen: Pen, sect: Element, laid: LaidParagraph, piece: tuple[Placed, float]) -> None:
        """Draw a heading with the text that runs on in its line; what stands on a later page is text."""
        placed, top = piece
        parts = pen.run_in(laid, (placed.first, placed.last), top)
        division = sect.add("Div")
        for is_rest, words in zip((False, True), parts, strict=True):
            if words:
                tag = "Span" if is_rest or placed.first else self._tag(laid, piece)
                with pen.ink.mark(division.add(tag)):
                    pen.draw(words)

    def _picture(self, pen: Pen, sect: Element, laid: LaidParagraph, top: float) -> None:
        """Draw a picture at the foot of its lines, in the middle."""
        picture = laid.block
        assert isinstance(picture, Picture)
        width, height = picture.width / MM, picture.height / MM
        left, space = pen.area
        place = (left + (space - width) / 2, top + laid.height - height, width, height)
        foot = self._setup.height / MM - place[1]
        box = f"{place[0]:.3f} {foot - height:.3f} {place[0] + width:.3f} {foot:.3f}"
        text = picture.alt.encode("utf-16-be").hex()
        more = f"/A <</O /Layout/BBox [{box}]>>/Alt <feff{text}>"
        with pen.ink.mark(sect.add("P").add("Figure", more)):
            pen.ink.picture(self._paper.pictures[shown_name(picture)], place)

    def _is_heading(self, laid: LaidParagraph) -> bool:
        is_title = isinstance(laid.block, Paragraph) and laid.block.role is self._paper.title
        return bool(laid.style.outline_level) or is_title

    def _tag(self, laid: LaidParagraph, piece: tuple[Placed, float]) -> str:
        """Return the tag of a heading; where it begins it is bookmarked."""
        placed, top = piece
        key = (self._section, placed.block)
        if key not in self._paper.tags:
            level = self._paper.enter(laid.style.outline_level)
            block = laid.block
            assert not isinstance(block, Picture)
            number = block.number if isinstance(block, Heading) else ""
            place = (self._setup.left / MM / PX, top / PX)
            if label := number + plain_text(block.content):
                self.bookmarks.append((level, label, place, "open"))
            self._paper.tags[key] = f"H{level}"
        return self._paper.tags[key]

    def _rule(self, ink: Ink, laid: LaidParagraph, top: float) -> None:
        """Draw the rule along a paragraph: from the top down, below its line or above it."""
        rule = laid.style.rule
        if rule is None:
            return
        before, after = (edge / MM for edge in rule.outset)
        left = self._setup.left / MM - before
        width = self._setup.text_width / MM + before + after
        y = top + (RULE_PITCH if rule.below else 0.0)
        with ink.artifact():
            for weight in rule.weights:
                ink.box((left, y, width, weight), red=rule.red)
                y += weight + RULE_GAP
