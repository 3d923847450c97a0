"""Stage 7: flow -> layout, the paper with its measures: pages, table grids and column widths.

Input: a `Flow`; output: a `Layout` of the same blocks in the same order, each section with its
`PageSetup`, each table with a resolved grid (GB/T 9704-2012 cl. 5.2, 8). Characters that no XML file
may hold end here, in one `ReportError` that names them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.layout.characters import refuse_illegal
from zhibi.layout.tables import LaidTable, lay_out_table
from zhibi.nodes import Flow, FlowBlock, Heading, Orientation, Paragraph, Properties, Section, Table
from zhibi.styles import PAGES, PageSetup

LaidBlock = Heading | Paragraph | LaidTable


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
    sections: tuple[LaidSection, ...]


def lay_out(flow: Flow) -> Layout:
    """Return `flow` with every measure that both outputs must share."""
    refuse_illegal(flow)
    return Layout(flow.properties, tuple(_section(section) for section in flow.sections))


def _section(section: Section) -> LaidSection:
    page = PAGES[section.orientation]
    blocks = tuple(_block(block, page) for block in section.blocks)
    return LaidSection(page, section.orientation, blocks)


def _block(block: FlowBlock, page: PageSetup) -> LaidBlock:
    return lay_out_table(block, page) if isinstance(block, Table) else block
