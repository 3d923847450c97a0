"""Stage 7: flow -> layout: every line of every paragraph, every page, in millimetres and points.

Input: a `Flow` and the `Look` it is set in; output: a `Layout` of the same blocks in the same order, each
section with its `PageSetup`, each paragraph with its lines, each table with a resolved grid, and what
stands on which page (GB/T 9704-2012 cl. 5.2, 8). Characters that no XML file may hold end here, in one
`ReportError` that names them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhibi.errors import Problem, ReportError
from zhibi.fonts import Faces
from zhibi.layout.blocks import LaidBlock
from zhibi.layout.characters import refuse_illegal
from zhibi.layout.faces import find_faces
from zhibi.layout.pages import Page
from zhibi.layout.setting import Setter
from zhibi.layout.with_text import first_page_problems, paginate_with_text
from zhibi.nodes import Flow, Orientation, Properties, Section, Table
from zhibi.styles import MM, STANDARD, Look, PageSetup


@dataclass(frozen=True, slots=True)
class LaidSection:
    """Pages of one orientation with their measures, and what stands on each."""

    page: PageSetup
    orientation: Orientation
    blocks: tuple[LaidBlock, ...]
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the writers see: nothing of it is a decision of Word or of WeasyPrint."""

    properties: Properties
    faces: Faces
    look: Look
    sections: tuple[LaidSection, ...]


def lay_out(flow: Flow, look: Look = STANDARD) -> Layout:
    """Return `flow` with every measure that both outputs must share."""
    refuse_illegal(flow)
    faces = find_faces(flow, look)
    sections = tuple(_section(section, faces, look) for section in flow.sections)
    return Layout(flow.properties, faces, look, sections)


def unprintable(flow: Flow, look: Look) -> list[Problem]:
    """Return every character of `flow` that no file can hold or no installed face can draw."""
    problems: list[Problem] = []
    try:
        refuse_illegal(flow)
    except ReportError as error:
        problems.extend(error.problems)
    try:
        find_faces(flow, look)
    except ReportError as error:
        problems.extend(error.problems)
    return problems


def page_problems(layout: Layout) -> list[Problem]:
    """Return advice on what only pages show; nothing of it stops a build."""
    return [
        problem
        for section in layout.sections[:1]
        for problem in first_page_problems(section.blocks, section.pages)
    ]


def _section(section: Section, faces: Faces, look: Look) -> LaidSection:
    page = look.pages[section.orientation]
    blocks = tuple(_blocks(section, Setter(faces, look, page)))
    blocks, pages = paginate_with_text(blocks, page.text_height / MM)
    return LaidSection(page, section.orientation, blocks, pages)


def _blocks(section: Section, setter: Setter) -> Iterator[LaidBlock]:
    for block in section.blocks:
        if isinstance(block, Table):
            yield from setter.set_table(block)
        else:
            yield setter.set_block(block)
