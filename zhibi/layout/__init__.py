"""Stage 7: flow -> layout, the paper with its measures: pages, table grids and column widths.

Input: a `Flow`; output: a `Layout` of the same blocks in the same order, each section with its
`PageSetup`, each paragraph with its lines, each table with a resolved grid (GB/T 9704-2012 cl. 5.2, 8). Characters that no XML file
may hold end here, in one `ReportError` that names them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.errors import Problem, ReportError
from zhibi.fonts import Faces
from zhibi.layout.characters import refuse_illegal
from zhibi.layout.faces import find_faces
from zhibi.layout.setting import LaidParagraph, SetTable, Setter
from zhibi.layout.tables import lay_out_table
from zhibi.nodes import Flow, FlowBlock, Orientation, Properties, Section, Table
from zhibi.styles import PAGES, PageSetup

LaidBlock = LaidParagraph | SetTable


@dataclass(frozen=True, slots=True)
class LaidSection:
    """Pages of one orientation with their measures."""

    page: PageSetup
    orientation: Orientation
    blocks: tuple[LaidBlock, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the writers see: everything that is not a decision of Word or of WeasyPrint."""

    properties: Properties
    faces: Faces
    sections: tuple[LaidSection, ...]


def lay_out(flow: Flow) -> Layout:
    """Return `flow` with every measure that both outputs must share."""
    refuse_illegal(flow)
    faces = find_faces(flow)
    setter = Setter(faces)
    return Layout(flow.properties, faces, tuple(_section(section, setter) for section in flow.sections))


def unprintable(flow: Flow) -> list[Problem]:
    """Return every character of `flow` that no file can hold or no installed face can draw."""
    problems: list[Problem] = []
    for look in (refuse_illegal, find_faces):
        try:
            look(flow)
        except ReportError as error:
            problems.extend(error.problems)
    return problems


def _section(section: Section, setter: Setter) -> LaidSection:
    page = PAGES[section.orientation]
    blocks = tuple(_block(block, page, setter) for block in section.blocks)
    return LaidSection(page, section.orientation, blocks)


def _block(block: FlowBlock, page: PageSetup, setter: Setter) -> LaidBlock:
    if isinstance(block, Table):
        return setter.set_table(lay_out_table(block, page), page)
    return setter.set_block(block, page)
