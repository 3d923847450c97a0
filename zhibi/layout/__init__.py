"""Stage 7: flow -> layout: every line of every paragraph, every page, in millimetres and points.

Input: a `Flow` and the `Look` it is set in; output: a `Layout` of the same blocks in the same order, each
section with its `PageSetup`, each paragraph with its lines, each table with a resolved grid, and what
stands on which page (GB/T 9704-2012 cl. 5.2, 8). Characters that no XML file may hold end here, in one
`ReportError` that names them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zhibi.errors import Location, Problem, ReportError
from zhibi.fonts import NO_GLYPH, Faces
from zhibi.layout.characters import flow_words, refuse_illegal
from zhibi.layout.faces import find_faces
from zhibi.layout.pictures import picture_problems
from zhibi.layout.sections import LaidSection, lay_out_sections
from zhibi.layout.with_text import first_page_problems
from zhibi.nodes import Flow, Properties
from zhibi.plain import Scalar
from zhibi.styles import STANDARD, Look

__all__ = ["LaidSection", "Layout", "lay_out", "page_problems", "printable"]


@dataclass(frozen=True, slots=True)
class Layout:
    """What the writers see: nothing of it is a decision of Word or of WeasyPrint."""

    properties: Properties
    faces: Faces
    look: Look
    sections: tuple[LaidSection, ...]


def lay_out(flow: Flow, look: Look = STANDARD, faces: Faces | None = None) -> Layout:
    """Return `flow` with every measure that both outputs must share; `faces` are those that `printable` found."""
    if faces is None:
        refuse_illegal(flow)
        faces = find_faces(flow, look)
    return Layout(flow.properties, faces, look, lay_out_sections(flow, faces, look))


def printable(flow: Flow, look: Look, typed: object = None) -> tuple[Faces | None, list[Problem]]:
    """Return the faces of `flow`, and every character of it that no file can hold or no installed face can draw.

    Where there is one, there are no faces. `typed` is the data of the paper: there a character that the flow shows without a place is looked for.
    """
    faces, problems = None, list[Problem]()
    try:
        refuse_illegal(flow)
    except ReportError as error:
        problems.extend(error.problems)
    try:
        faces = find_faces(flow, look)
    except ReportError as error:
        problems.extend(_with_places(problem, flow, typed) for problem in error.problems)
    return None if problems else faces, problems


def _with_places(problem: Problem, flow: Flow, typed: object) -> Problem:
    """Return the problem of a character at the first place where it was typed, and name the other lines."""
    if problem.rule != NO_GLYPH:
        return problem
    shown = (at for text, at in flow_words(flow) if at and problem.text in text)
    places = sorted({*shown, *_typed_at(problem.text, typed)} - {Location("")})
    if not places:
        return problem
    lines = dict.fromkeys(str(at.line) for at in places[1:] if at.file == places[0].file)
    lines.pop(str(places[0].line), None)
    more = f"，还在第 {'、'.join(lines)} 行" if lines else ""
    return replace(problem, at=places[0], message=problem.message + more)


def _typed_at(words: str, typed: object) -> Iterator[Location]:
    """Yield where a person typed `words`, in texts and in keys."""
    if isinstance(typed, Scalar):
        if words in typed:
            yield typed.at
    elif isinstance(typed, Mapping):
        for part in (*typed, *typed.values()):
            yield from _typed_at(words, part)
    elif isinstance(typed, Sequence) and not isinstance(typed, str):
        for part in typed:
            yield from _typed_at(words, part)


def page_problems(layout: Layout) -> list[Problem]:
    """Return advice on what only the laid-out paper shows; nothing of it stops a build."""
    first = (first_page_problems(section.blocks, section.pages) for section in layout.sections[:1])
    pictures = (picture_problems(section.blocks) for section in layout.sections)
    return [problem for problems in (*first, *pictures) for problem in problems]
