"""A text of several lines as YAML joins it -> the text as Chinese joins it.

YAML puts a blank where a text goes on in the next line. Between two Han characters there is none.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.|$)")
_BLANK = " \t"


def unfold(event: Any, lines: list[str]) -> str:
    """Return the value of a scalar event without the blanks that YAML put between two Han characters."""
    value: str = event.value
    first, last = event.start_mark, event.end_mark
    if last is None or first.line == last.line:
        return value
    out: list[str] = []
    start = place = 0
    for typed, after in pairwise(_contents(event, lines)):
        if not typed:
            continue
        end = place + len(typed)
        place = end
        while place < len(value) and value[place] in " \t\n":
            place += 1
        if not after or end > len(value) or place == len(value):
            continue
        if value[end:place] == " " and not value[end - 1].isascii() and not value[place].isascii():
            out.append(value[start:end])
            start = place
    return "".join((*out, value[start:]))


def _contents(event: Any, lines: list[str]) -> list[str]:
    """Return the lines of a scalar as they stand in its value: no indentation, no marks, no escapes."""
    first, last = event.start_mark, event.end_mark
    if event.style == ">":
        return [line.strip(_BLANK) for line in lines[first.line + 1 : last.line + 1]]
    marks = 1 if event.style in {"'", '"'} else 0
    typed = lines[first.line : last.line + 1]
    typed[-1] = typed[-1][: last.column - marks]
    typed[0] = typed[0][first.column + marks :]
    typed = [line.strip(_BLANK) for line in typed]
    if event.style == "'":
        return [line.replace("''", "'") for line in typed]
    if event.style == '"':
        return [_ESCAPE.sub(lambda found: "x" * (len(found.group()) > 1), line) for line in typed]
    return typed
