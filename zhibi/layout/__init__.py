"""Stage 7: flow -> layout: every line of every paragraph, every page, in millimetres and points.

Input: a `Flow` and the `Look` it is set in; output: a `Layout` of the same blocks in the same order, each
section with its `PageSetup`, each paragraph with its lines, each table with a resolved grid, and what
stands on which page (GB/T 9704-2012 cl. 5.2, 8). Characters that no XML file may hold end here, in one
`ReportError` that names them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.errors import Problem, ReportError
from zhibi.fonts import Faces
from zhibi.layout.characters import refuse_illegal
from zhibi.layout.faces import find_faces
from zhibi.layout.pictures import picture_problems
from zhibi.layout.sections import LaidSection, lay_out_sections
from zhibi.layout.with_text import first_page_problems
from zhibi.nodes import Flow, Properties
from zhibi.styles import STANDARD, Look

__all__ = ["LaidSection", "Layout", "lay_out", "page_problems", "unprintable"]


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
    return Layout(flow.properties, faces, look, lay_out_sections(flow, faces, look))


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
    problems = [
        problem
        for section in layout.sections[:1]
        for problem in first_page_problems(section.blocks, section.pages)
    ]
    for section in layout.sections:
        problems += picture_problems(section.blocks)
    return problems
