"""The text of a YAML file + changes -> the text with the changed values spliced in between the parser's marks."""

from __future__ import annotations

import bisect
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from zhibi.round_trip.emitting import STEP, Branch, written

Change = tuple[tuple[str, ...], Any]
"""Keys from the top of the file, as they are typed there, and the value wanted: texts, lists and mappings."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Edit = tuple[int, int, str]
_STARTS = re.compile("(?:\r\n|[\r\n\x85\u2028\u2029])")
_LINE_END = re.compile(r"\r\n|\r|\n")
_COLON = re.compile(r"\s*:")
_COMMENT = re.compile(r"#[^\r\n]*")
_TAIL = re.compile(r"[ \t]+(#[^\r\n]*)")


@dataclass(frozen=True, slots=True)
class _File:
    """The text, where its lines and comments begin, and how far its mappings and lists stand in."""

    text: str
    starts: list[int]
    comments: list[int]
    indents: tuple[int, int]
    words: frozenset[str]

    def place(self, mark: Any) -> int:
        """Return where in the text a mark of the parser stands."""
        return int(self.starts[mark.line] + mark.column)

    def line_start(self, place: int) -> int:
        """Return where the line of a place begins."""
        return self.starts[bisect.bisect_right(self.starts, place) - 1]

    @property
    def line_end(self) -> str:
        """Return what the first line ends with."""
        found = _LINE_END.search(self.text)
        return found.group() if found else "\n"

    def comments_in(self, start: int, end: int) -> list[str]:
        """Return the comments that begin in a span."""
        own = self.comments[bisect.bisect_left(self.comments, start) : bisect.bisect_left(self.comments, end)]
        return [self.text[place : self.end_of_line(place)].rstrip() for place in own]

    def end_of_line(self, place: int) -> int:
        """Return where the line of a place ends."""
        found = _LINE_END.search(self.text, place)
        return found.start() if found else len(self.text)

    def written(self, value: Any, *, flow: bool = False) -> str:
        """Return a value as YAML in the file's style."""
        return written(value, self.indents, self.words, flow=flow)


def changed(text: str, changes: Sequence[Change], words: frozenset[str]) -> str:
    """Return the text with every change spliced in."""
    tree = Branch()
    for path, value in changes:
        branch = tree
        for key in path[:-1]:
            branch = branch.setdefault(key, Branch())
        branch[path[-1]] = value
    root = yaml.compose(text, _Loader)
    starts = [0, *(found.end() for found in _STARTS.finditer(text)), len(text)]
    file = _File(text, starts, list(_comments(text, starts)), _indents(root), words)
    # Of edits at one place the first stands first: what ends a value comes before what follows it.
    for start, end, new in sorted(_edits(root, tree, file), key=lambda edit: edit[0])[::-1]:
        text = text[:start] + new + text[end:]
    return text


def _comments(text: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield where each comment begins: a # between two tokens."""
    for before, after in pairwise(yaml.scan(text, Loader=_Loader)):
        left, right = (starts[mark.line] + mark.column for mark in (before.end_mark, after.start_mark))
        yield from (found.start() for found in _COMMENT.finditer(text, left, max(left, right)))


def _indents(root: Any) -> tuple[int, int]:
    """Return by how much the first mapping and the first list stand in under their keys."""
    steps: dict[type, int] = {}
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(value, yaml.CollectionNode) and not value.flow_style:
                steps.setdefault(type(value), value.start_mark.column - key.start_mark.column)
            waiting.append(value)
    return steps.get(yaml.MappingNode, STEP), steps.get(yaml.SequenceNode, STEP)


def _edits(node: Any, tree: Branch, file: _File) -> Iterator[_Edit]:
    """Yield the edits that make a mapping say what `tree` wants."""
    known = {key.value: (key, value) for key, value in node.value}
    for name, wanted in tree.items():
        if name not in known:
            continue
        key, value = known[name]
        if isinstance(wanted, Branch) and isinstance(value, yaml.MappingNode) and value.value:
            yield from _edits(value, wanted, file)
        else:
            yield from _replaced(node, key, value, wanted, file)
    missing = {name: wanted for name, wanted in tree.items() if name not in known}
    if not missing:
        return
    last = _end(node.value[-1][1], file)
    if node.flow_style:
        yield last, last, f", {file.written(missing, flow=True)[1:-1]}"
    else:
        last = file.end_of_line(last)
        column = node.value[0][0].start_mark.column
        yield last, last, _indented(f"\n{file.written(missing)}", column, file)


def _replaced(node: Any, key: Any, value: Any, wanted: Any, file: _File) -> Iterator[_Edit]:
    """Yield the edits that put `wanted` in the place of a value; the comments in it move above the key."""
    colon = _COLON.match(file.text, file.place(key.end_mark))
    if colon is None:
        raise yaml.YAMLError(f"no colon after {key.value}")  # {甲} is a key too.
    start, end = colon.end(), _end(value, file)
    comments = file.comments_in(start, end)
    if node.flow_style:
        empty = file.place(value.start_mark) == file.place(value.end_mark)
        yield start, start if empty else end, f" {file.written([wanted], flow=True)[1:-1]}"
    else:
        new = file.written({"甲": wanted}).removeprefix("甲:")
        tail = _TAIL.match(file.text, end)
        if tail and "\n" in new:  # The comment on the key's own line stays there.
            end = tail.end()
            first, rest = new.split("\n", 1)
            new = f"{first}  {tail[1]}\n{rest}"
        yield start, end, _indented(new, key.start_mark.column, file)
    if comments:
        above = file.line_start(file.place(key.start_mark))
        lines = "\n".join([*comments, ""])
        indent = " " * key.start_mark.column
        yield above, above, indent + _indented(lines, key.start_mark.column, file).rstrip(" ")


def _end(value: Any, file: _File) -> int:
    """Return where a value ends: a block's own mark stands behind the comments and blank lines after it."""
    while isinstance(value, yaml.CollectionNode) and not value.flow_style:
        value = value.value[-1]
        value = value[1] if isinstance(value, tuple) else value
    start, end = file.place(value.start_mark), file.place(value.end_mark)
    return start + len(file.text[start:end].rstrip())


def _indented(text: str, column: int, file: _File) -> str:
    """Return lines that stand in by `column`, but for the first, with the file's line ends."""
    return text.replace("\n", file.line_end + " " * column)
