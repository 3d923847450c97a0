"""A paper from elsewhere -> what the rules and the importer find in it, at places of that file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from zhibi.checks import Paper, check_paper
from zhibi.checks.halfwidth_marks import RULE
from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.foreign.half_width import half_width
from zhibi.foreign.units import Unit, units_of
from zhibi.foreign.unread import unread
from zhibi.importer import import_paper, write_yaml
from zhibi.importer.damage import NOTICE
from zhibi.importer.word_xml import is_word, open_parts
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.paper import parse_paper
from zhibi.placing import place
from zhibi.prose import Passage
from zhibi.prose.locating import Found, Original
from zhibi.reading import held_in_memory

_LINE = re.compile(r"（第 (\d+) 行）")
"""How a rule names a line of the data file."""

MOST_LETTERS = 1_000_000
"""Longest paper that is read: a book of two thousand pages."""

_DAMAGE = frozenset({"导入存疑", "导入损坏"})
_NO_FAULT = ("导入", "照原样保留", "混进来的拼音")
"""Words of what the importer says of its own work, and of what the rules 序号不连续 and 夹注拼音 tell better."""


def check_foreign(path: Path, project: Project, today: str = "") -> tuple[Problem, ...]:
    """Return the findings in the order of the file; raise `ReportError` when it cannot be read."""
    shown = project.shown(path)
    try:
        _refuse_no_file(path, shown)
        units = units_of(path, shown)
        _refuse_endless(units, shown)
        imported = import_paper(path)
        paper = _paper(path, write_yaml(imported.data, ""), project, today)
    except ReportError as error:
        raise ReportError([replace(one, at=Location(shown)) for one in error.problems]) from error
    places = _Places(units, paper.passages, shown)
    damage = [
        places.of_import(problem)
        for problem in imported.problems
        if problem.rule in _DAMAGE and not any(words in problem.message for words in _NO_FAULT)
    ]
    notices = _all_covered(one for one in damage if one.message.startswith(NOTICE))
    said = [one for one in map(places.of, check_paper(paper)) if not _in(one, notices)]
    found = [*_unread(path, shown), *(one for one in said if one.rule != RULE)]
    if RULE not in project.silenced:
        found += half_width(units, (one for one in said if one.rule == RULE), notices)
    covered = _all_covered(one for one in found if one.rule != RULE)
    found += [one for one in damage if not _in(one, covered)]
    # A cell that reaches over others is several passages.
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.at))


def _refuse_no_file(path: Path, shown: str) -> None:
    """Refuse a folder and what would never end, such as a pipe; import tells what else is wrong."""
    if not path.exists() or path.is_file():
        return
    what = "这是一个文件夹" if path.is_dir() else "这不是普通的文件"
    raise ReportError([Problem(Location(shown), "导入", what, "请写出 Word 文件（.docx）或文本（.txt）")])


def _unread(path: Path, shown: str) -> list[Problem]:
    """Say what words of a Word file no rule sees."""
    raw = path.read_bytes()
    kinds = unread(raw, open_parts(raw, shown).document) if is_word(path.name, raw) else []
    if not kinds:
        return []
    message = f"{'、'.join(kinds)}里的文字没有校对"
    return [Problem(Location(shown), "导入存疑", message, "请自己看一遍", Level.QUERY)]


def _all_covered(problems: Iterable[Problem]) -> set[tuple[int, int]]:
    """Return line and column of each character that problems are about."""
    return {(one.at.line, one.at.column + number) for one in problems for number in range(len(one.text))}


def _in(problem: Problem, covered: set[tuple[int, int]]) -> bool:
    """Tell whether a problem is about characters that others are about."""
    return not covered.isdisjoint(_all_covered([problem]))


def _refuse_endless(units: Sequence[Unit], shown: str) -> None:
    letters = sum(len(unit.text) for unit in units)
    if letters > MOST_LETTERS:
        message = f"文件太长（{letters} 字，最多 {MOST_LETTERS} 字），没有校对"
        raise ReportError([Problem(Location(shown), "导入", message, "请拆成几份，分别校对")])


def _paper(path: Path, text: str, project: Project, today: str) -> Paper:
    """Return what rules look at; the YAML is never written."""
    data = path.with_name(f"{path.name}.yaml")
    with held_in_memory({data: text.encode()}):
        source, problems = read_source(data, project, today)
    document = parse_paper(source)
    if has_errors(problems):
        raise ReportError(problems)
    return Paper(source, document, place(document))


class _Places:
    """Turns places of the YAML in between into places of the file."""

    def __init__(self, units: Sequence[Unit], passages: Sequence[Passage], shown: str) -> None:
        self.units, self.passages, self.shown = units, passages, shown
        self.original = Original([unit.text for unit in units])
        self.followed = self.original.follow(passage.text for passage in passages)
        self.by_text: dict[str, list[int]] = {}
        for number, passage in enumerate(passages):
            self.by_text.setdefault(passage.text, []).append(number)
        begun = sorted((passage.place(0), number) for number, passage in enumerate(passages))
        self.begun = [at for at, _ in begun], [number for _, number in begun]
        self.by_line: dict[int, list[int]] = {}
        for number, unit in enumerate(units):
            self.by_line.setdefault(unit.line, []).append(number)

    def of(self, problem: Problem) -> Problem:
        """Return a finding at its place in the file, with the words that stand there."""
        start = max(problem.start, 0)
        span = (start, start + len(problem.text) if problem.start >= 0 else start)
        words, place = problem.context, (0, False)
        if (number := self._passage(problem)) is not None:
            words, place = self.passages[number].text, self.followed[number]
            span = span if words == problem.context else (0, 0)
        found = self.original.find(words, place, span)
        return self._moved(problem, found, whole=span[0] == span[1])

    def of_import(self, problem: Problem) -> Problem:
        """Return what the importer says of a line at the words that it names."""
        for number in self.by_line.get(problem.at.line, ()):
            start = self.units[number].text.find(problem.text)
            if start >= 0:
                found = Found(number, start, start + len(problem.text))
                return self._moved(problem, found, whole=False)
        numbers = self.by_line.get(problem.at.line, [0])
        return self._moved(problem, Found(numbers[0], 0, 0), whole=True)

    def _passage(self, problem: Problem) -> int | None:
        """Return the passage that a finding is about: that with its words and place, else the one it stands in."""
        same = self.by_text.get(problem.context, [])
        exact = (one for one in same if self.passages[one].place(max(problem.start, 0)) == problem.at)
        number = next(exact, same[0] if same else None)
        if number is None and not problem.context:
            index = bisect_right(self.begun[0], problem.at) - 1
            number = self.begun[1][index] if index >= 0 else None
        return number

    def _said(self, match: re.Match[str]) -> str:
        """Return the place in the file of a line of the YAML that a message names."""
        number = bisect_right(self.begun[0], Location(self.begun[0][0].file, int(match[1]) + 1)) - 1
        passage = self.begun[1][max(number, 0)]
        words = self.passages[passage].text
        found = self.original.find(words, self.followed[passage], (0, len(words)))
        if found is None:
            return ""
        at = self.units[found.paragraph].at
        return f"（{at.part or f'第 {at.line} 行'}）"

    def _moved(self, problem: Problem, found: Found | None, *, whole: bool) -> Problem:
        if self.begun[0]:
            problem = replace(problem, message=_LINE.sub(self._said, problem.message))
        if found is None:
            return replace(problem, at=Location(self.shown), start=-1)
        unit = self.units[found.paragraph]
        if whole:
            return replace(problem, at=unit.place(found.start), text="", context=unit.text, start=-1)
        text = unit.text[found.start : found.end]
        return replace(problem, at=unit.place(found.start), text=text, context=unit.text, start=found.start)
