"""Stage 6: rules that look at a paper; one rule a module, found by discovery.

A module states `RULE` (its name in messages), `SUBJECT` (its chapter of the manual, `rule_pages.SUBJECTS`) and
`check(paper)`, which yields problems; its docstring is its page in the manual. `FOLDED = True` says that its fault is one
of style: what is not mended by the program place by place is told once a paper. What it looks for it states with its
clues (`prose.sought`), and asks the paper for the passages that hold them.
"""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePath
from types import ModuleType

from zhibi.errors import Level, Problem
from zhibi.nodes import Document, Flow
from zhibi.paper import Source
from zhibi.plain import Scalar
from zhibi.prose import Passage, passages_of
from zhibi.prose.figures import Reading
from zhibi.prose.grids import Grid, grids_of
from zhibi.prose.holdings import Holdings
from zhibi.prose.sought import DIGIT, Sought
from zhibi.prose.telling import folded, one_a_spot

SILENCE_RULE = "忽略"

_FOREIGN = frozenset({".docx", ".docm", ".doc", ".wps", ".txt", ".text", ".md"})


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

    @cached_property
    def _holdings(self) -> Holdings:
        return Holdings(self.passages)

    @cached_property
    def grids(self) -> list[Grid]:
        """Return its tables as grids of figures."""
        return grids_of(self.passages)

    def holding(self, *clues: str) -> Sequence[Passage]:
        """Return the passages that hold any of these words; all passages where none is asked for."""
        return self._holdings.of(clues) if clues else self.passages

    def matches(self, sought: Sought) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield each match of a pattern with its passage."""
        for passage in self.holding(*sought.clues):
            for match in sought.finditer(passage.text):
                yield passage, match

    def readings(self, least: int, *clues: str) -> Iterator[tuple[Passage, Reading]]:
        """Yield the passages, of those that hold a clue, with at least so many figures."""
        for passage in self.holding(*(clues or (DIGIT,))):
            reading = passage.reading
            if len(reading.figures) >= least:
                yield passage, reading

    @cached_property
    def made_from(self) -> str:
        """Return what kind of file the data were made from (.docx for 来文.docx.yaml), nothing for data of our own."""
        kind = PurePath(PurePath(self.source.file).stem).suffix.lower()
        return kind if kind in _FOREIGN else ""

    @property
    def foreign(self) -> bool:
        """Tell whether the paper comes from elsewhere: its writer knows no keys of ours."""
        return bool(self.made_from)


@cache
def iter_rules() -> tuple[ModuleType, ...]:
    """Return the rule modules in the order of their names."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def check_paper(paper: Paper) -> list[Problem]:
    """Return what the rules have to say, each spot once, but for what the office or a comment beside the words has silenced."""
    rules = iter_rules()
    found = [problem for rule in rules for problem in rule.check(paper) if not _silenced(problem, paper)]
    style = {rule.RULE for rule in rules if getattr(rule, "FOLDED", False)}
    typed = {name for names in paper.source.silenced_lines.values() for name in names}

    def is_folded(one: Problem) -> bool:
        return one.rule in style and (one.mended is None or paper.foreign)

    told = folded(one_a_spot(found), is_folded, lines=not paper.foreign)
    return [*told, *unknown_rules(typed)]


def unknown_rules(typed: Iterable[str]) -> list[Problem]:
    """Return advice for each name in a 校对:忽略 that is no rule: it silences nothing."""
    known = [str(rule.RULE) for rule in iter_rules()]
    strange = {name for name in typed if isinstance(name, Scalar) and name not in known}
    return [_unknown(name, known) for name in sorted(strange, key=lambda name: name.at)]


def _unknown(name: Scalar, known: Sequence[str]) -> Problem:
    close = near(name, known)
    hint = f"您是不是想写“{close}”？" if close else "规则的名称见 docs/校对手册.md，或看 check 的结果"
    message = f"校对规则里没有“{name}”，这一处忽略不起作用"
    return Problem(name.at, SILENCE_RULE, message, hint, Level.ADVICE, str(name))


def near(name: str, known: Sequence[str]) -> str:
    """Return the rule that was most likely meant, or the empty text."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return close[0] if close else ""


def _silenced(problem: Problem, paper: Paper) -> bool:
    source = paper.source
    own = source.silenced_lines.get(problem.at.line, ()) if problem.at.file == source.file else ()
    return problem.rule in source.silenced or problem.rule in own
