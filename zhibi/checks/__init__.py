"""Stage 6: rules that look at a paper; one rule a module, found by discovery.

A module states `RULE` (its name in messages) and `check(paper)`, which yields problems; its docstring
is its page in the manual.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType

from zhibi.errors import Problem
from zhibi.nodes import Document, Flow
from zhibi.paper import Source
from zhibi.prose import Passage, passages_of


@dataclass(frozen=True)
class Paper:
    """What rules look at: the data with their places, the authored tree and the flow."""

    source: Source
    document: Document
    flow: Flow

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the paper's words in reading order."""
        return passages_of(self.flow, self.source.data)


def iter_rules() -> Iterator[ModuleType]:
    """Yield the rule modules in the order of their names."""
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        yield importlib.import_module(f"{__name__}.{found.name}")


def check_paper(paper: Paper) -> list[Problem]:
    """Return what every rule has to say, but for what the office or a comment beside the words has silenced."""
    return [
        problem for rule in iter_rules() for problem in rule.check(paper) if not _silenced(problem, paper)
    ]


def _silenced(problem: Problem, paper: Paper) -> bool:
    source = paper.source
    own = source.silenced_lines.get(problem.at.line, ()) if problem.at.file == source.file else ()
    return problem.rule in source.silenced or problem.rule in own
