"""Stage 6: rules that look at a paper; one rule a module, found by discovery.

A module states `RULE` (its name in messages) and `check(paper)`, which yields problems; its docstring
is its page in the manual.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from zhibi.errors import Problem
from zhibi.nodes import Document, Flow
from zhibi.paper import Source


@dataclass(frozen=True, slots=True)
class Paper:
    """What rules look at: the data with their places, the authored tree and the flow."""

    source: Source
    document: Document
    flow: Flow


def iter_rules() -> Iterator[ModuleType]:
    """Yield the rule modules in the order of their names."""
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        yield importlib.import_module(f"{__name__}.{found.name}")


def check_paper(paper: Paper) -> list[Problem]:
    """Return what every rule has to say."""
    return [problem for rule in iter_rules() for problem in rule.check(paper)]
