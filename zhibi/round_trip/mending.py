"""The bytes of a YAML file + findings with mended words -> the bytes with just those words replaced, and what was left.

A finding is mended only where the raw text says its words letter for letter. What comes out is read again: every value
is as before but for these words, or the mend is left for a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhibi.errors import Location, Problem, has_errors
from zhibi.plain import Scalar
from zhibi.reading import parse_yaml
from zhibi.reading.input_file import decode
from zhibi.round_trip.encoding import encoding_of

_AROUND = ((60, 60), (8, 8), (8, 0), (0, 8), (3, 3))
"""Characters before and after the words that tell their place in a text of several lines, or one with escapes."""

_LEAST = 4
"""Fewest characters of such a piece."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Mend:
    """One mend: the finding, and its line before and after."""

    problem: Problem
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Mended:
    """The file now; `left` are findings whose words could not be replaced safely."""

    raw: bytes
    done: tuple[Mend, ...] = ()
    left: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edit:
    """What to replace: where in the text, and where in the value that stands there."""

    problem: Problem
    start: int
    value: Scalar
    offset: int

    @property
    def end(self) -> int:
        return self.start + len(self.problem.text)


class _File:
    """A file's text and the values in it."""

    def __init__(self, text: str, data: Any) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        self.values = [value for _, value in _flat(data)]
        self.by_line: dict[int, list[Scalar]] = defaultdict(list)
        for value in self.values:
            self.by_line[value.at.line].append(value)

    def place(self, at: Location) -> int:
        """Return where in the text a place is."""
        return self.starts[at.line - 1] + at.column - 1 if 0 < at.line <= len(self.starts) else len(self.text)

    def edit(self, problem: Problem) -> _Edit | None:
        """Return what to replace, None where that is not certain."""
        if not problem.text or problem.start < 0:
            return None
        place = self.place(problem.at)
        for value in self.by_line.get(problem.at.line, ()):
            start = self.place(value.at) + value.quoted
            offset = place - start
            literal = self.text.startswith(value, start)
            whole = problem.context.startswith(value, max(problem.start - offset, 0))
            if literal and whole and offset >= 0 and value.startswith(problem.text, offset):
                return _Edit(problem, place, value, offset)
        return self._by_context(problem)

    def _by_context(self, problem: Problem) -> _Edit | None:
        """Look for the words with what stands round them, which must stand in the file, and in one value of it, once."""
        start, end = problem.start, problem.start + len(problem.text)
        for before, after in _AROUND:
            begin = max(start - before, 0)
            piece = problem.context[begin : end + after]
            if len(piece) < _LEAST or self.text.count(piece) != 1:
                continue
            holders = [value for value in self.values if piece in value]
            if len(holders) == 1 and holders[0].count(piece) == 1:
                own, place = start - begin, self.text.index(piece)
                return _Edit(problem, place + own, holders[0], holders[0].index(piece) + own)
        return None


def mended(raw: bytes, shown: str, problems: Iterable[Problem], known_keys: Iterable[str] = ()) -> Mended:
    """Mend what is certain; of findings that overlap the first is mended, the others are for another round."""
    wanted = sorted(problems, key=lambda problem: problem.at)
    mark, codec = encoding_of(raw)
    text = raw[len(mark) :].decode(codec)
    words = frozenset(known_keys)
    data = _read(raw, shown, words)
    if data is None or mark + text.encode(codec) != raw:
        return Mended(raw, left=tuple(wanted))
    file = _File(text, data)
    found = [(problem, file.edit(problem)) for problem in wanted]
    left = [problem for problem, edit in found if edit is None]
    edits = list(_apart(edit for _, edit in found if edit))

    def attempt(own: Sequence[_Edit]) -> bytes | None:
        new = mark + _applied(text, own).encode(codec)
        return new if _same(data, own, _read(new, shown, words)) else None

    def sound(some: list[_Edit], sure: list[_Edit]) -> list[_Edit]:
        """Leave out the edits that change what YAML reads: halved until they are found."""
        if not some or attempt([*sure, *some]) is not None:
            return some
        half = len(some) // 2
        first = sound(some[:half], sure) if half else []
        return first + sound(some[half:], [*sure, *first]) if half else []

    good = sound(edits, [])
    kept = {edit.start for edit in good}
    left += [edit.problem for edit in edits if edit.start not in kept]
    edits, new = good, attempt(good)
    return Mended(new or raw, tuple(_shown(file, edit) for edit in edits), tuple(left))


def _apart(edits: Iterable[_Edit]) -> Iterator[_Edit]:
    """Yield the edits that do not touch one before them."""
    end = -1
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= end:
            yield edit
            end = edit.end


def _applied(text: str, edits: Sequence[_Edit]) -> str:
    for edit in reversed(edits):
        text = text[: edit.start] + (edit.problem.mended or "") + text[edit.end :]
    return text


def _shown(file: _File, edit: _Edit) -> Mend:
    """Return the line of an edit before and after it alone."""
    begin = max(start for start in file.starts if start <= edit.start)
    found = _LINE_END.search(file.text, edit.end)
    end = found.start() if found else len(file.text)
    after = file.text[begin : edit.start] + (edit.problem.mended or "") + file.text[edit.end : end]
    return Mend(edit.problem, file.text[begin:end].strip(), after.strip())


def _read(raw: bytes, shown: str, words: frozenset[str]) -> Any:
    read, problems = decode(raw, Location(shown, 1, 1))
    return None if has_errors(problems) else parse_yaml(read, shown, words)[0]


def _same(before: Any, edits: Sequence[_Edit], after: Any) -> bool:
    """Tell whether data differ in the edited words only."""
    if after is None:
        return False
    own: dict[int, list[_Edit]] = defaultdict(list)
    for edit in edits:
        own[id(edit.value)].append(edit)
    wanted = [(path, _changed(value, own.get(id(value), ())), value.quoted) for path, value in _flat(before)]
    return wanted == [(path, str(value), value.quoted) for path, value in _flat(after)]


def _changed(value: Scalar, edits: Sequence[_Edit]) -> str:
    text = str(value)
    for edit in sorted(edits, key=lambda edit: edit.offset, reverse=True):
        text = (
            text[: edit.offset] + (edit.problem.mended or "") + text[edit.offset + len(edit.problem.text) :]
        )
    return text


def _flat(data: Any) -> list[tuple[tuple[str | int, ...], Scalar]]:
    """Return every value with its path, in the order of the file."""
    found: list[tuple[tuple[str | int, ...], Scalar]] = []
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), data)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, Scalar):
            found.append((path, one))
        elif isinstance(one, Mapping):
            waiting += [((*path, str(key)), inner) for key, inner in reversed(list(one.items()))]
        else:
            waiting += [((*path, number), inner) for number, inner in reversed(list(enumerate(one)))]
    return found
