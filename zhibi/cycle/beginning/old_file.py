"""The text of an old data file -> its entries, each with its comments, so that a new file says the rest unchanged.

Lines are copied as they stand: comments, order, quotes and wrapped lines come through untouched. A dumper of YAML
would keep less: it drops the comments beside a key that goes, and folds Chinese lines with a blank between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.importer.blocks import Data, Figure, Inline, InlineList, Value
from zhibi.importer.dump import dump_yaml
from zhibi.reading import parse_yaml, read_file

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_MARKS = frozenset({"---", "..."})
MADE_FROM = "由 build.py new 照"
"""How the comment begins that says what a file was made from; it is true of that file only."""
_DEEP = 1000
"""A column beyond any: above the first key, a comment however deep belongs to it."""
_ONE_LINE = 40
"""Most characters of a list or a mapping that is written on one line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping: the comments above it, its own lines, and the number of the first of these."""

    key: str
    value: Any
    lead: tuple[str, ...]
    lines: tuple[str, ...]
    first: int

    @property
    def indent(self) -> str:
        """Return the blanks before the key."""
        return self.lines[0][: len(self.lines[0]) - len(self.lines[0].lstrip())]


@dataclass(frozen=True, slots=True)
class OldFile:
    """A data file: its entries in their order, and the comments after the last of them."""

    name: str
    entries: tuple[Entry, ...]
    tail: tuple[str, ...]


def read_old(path: Path, data: plain.Mapping) -> OldFile:
    """Return the entries of the file that `data` was read from; one typed in braces is written a line each."""
    text, _ = read_file(path, path.name)
    lines = text.rstrip("\n").split("\n")
    entries, tail = entries_of(data, lines, 1, len(lines) + 1)
    if entries:
        return OldFile(path.name, entries, tail)
    head = [line for line in lines if line.startswith("#")]
    return parse_old("\n".join([*head, dump_yaml(dict(as_data(data)))]), path.name)


def parse_old(text: str, name: str) -> OldFile:
    """Return the entries of a data file that the program has written itself."""
    data, _ = parse_yaml(text, name)
    assert data is not None, "what was written can be read"
    lines = text.rstrip("\n").split("\n")
    return OldFile(name, *entries_of(data, lines, 1, len(lines) + 1))


def entries_of(
    mapping: plain.Mapping, lines: Sequence[str], begin: int, end: int
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return the entries of a mapping that stands on the lines `begin` up to `end`, and the comments after them.

    There are none when it is typed in braces: then its keys do not stand on lines of their own.
    """
    keys = [key for key in mapping if isinstance(key, plain.Scalar)]
    starts = [key.at.line for key in keys]
    columns = {key.at.column for key in keys}
    alone = all(not lines[key.at.line - 1][: key.at.column - 1].strip() for key in keys)
    if not keys or len(columns) > 1 or sorted(set(starts)) != starts or not alone:
        return (), ()
    column = columns.pop()
    stops = [_lead_of(lines, begin - 1, starts[0], _DEEP)]
    stops += [_lead_of(lines, above, start, column) for above, start in pairwise(starts)]
    last = _lead_of(lines, starts[-1], end, column)
    entries = tuple(
        Entry(
            str(key),
            mapping[key],
            _kept(lines[stop - 1 : start - 1]),
            tuple(lines[start - 1 : beyond - 1]),
            start,
        )
        for key, stop, start, beyond in zip(keys, stops, starts, [*stops[1:], last], strict=True)
    )
    return entries, _kept(lines[last - 1 : end - 1])


def _kept(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the comments that hold for the next file, too."""
    return tuple(
        line for line in lines if line.strip() not in _MARKS and not line.lstrip("# ").startswith(MADE_FROM)
    )


def inner_entries(entry: Entry) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return the entries of the mapping that is an entry's value; their lines count from the entry's own first."""
    moved = plain.Mapping(entry.value.at)
    for key, value in entry.value.items():
        at = plain.place_of(key, entry.value.at)
        moved[plain.Scalar(key, replace(at, line=at.line - entry.first + 1))] = value
    return entries_of(moved, entry.lines, 2, len(entry.lines) + 1)


def _lead_of(lines: Sequence[str], above: int, start: int, column: int) -> int:
    """Return the line on which the comments begin that stand right above line `start`, below line `above`."""
    first = start
    while first - 1 > above:
        line = lines[first - 2]
        blanks = len(line) - len(line.lstrip())
        comment = line.lstrip().startswith("#") and blanks < column
        if not (comment or not line.strip() or line.strip() in _MARKS):
            break
        first -= 1
    return first


def as_data(value: Any) -> Any:
    """Return plain data as the writer of YAML takes it; figures stay without quotes, short lists on one line."""
    if isinstance(value, plain.Mapping):
        data: Data = {_scalar(key): as_data(inner) for key, inner in value.items()}
        short = all(isinstance(inner, str) for inner in data.values()) and "取数" not in data
        return Inline(data) if short and _length(list(data.values())) < _ONE_LINE else data
    if isinstance(value, plain.Sequence):
        items: list[Value] = [as_data(inner) for inner in value]
        short = all(isinstance(item, str) for item in items) and _length(items) < _ONE_LINE
        return InlineList(items) if short else items
    return _scalar(value)


def _length(values: Sequence[Any]) -> int:
    return sum(len(str(value)) for value in values)


def _scalar(value: Any) -> str:
    number = isinstance(value, plain.Scalar) and not value.quoted and _NUMBER.fullmatch(value)
    return Figure(value) if number else str(value)


def yaml_lines(data: Data, indent: str = "") -> list[str]:
    """Return data as lines of YAML, each with `indent` before it."""
    return [f"{indent}{line}" if line else line for line in dump_yaml(data).rstrip("\n").split("\n")]
