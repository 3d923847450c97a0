"""The half-width marks of a paper from elsewhere -> one finding: importing makes them full-width before the rules see them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from zhibi.checks.halfwidth_marks import MARKS, RULE
from zhibi.errors import Level, Problem
from zhibi.foreign.units import Unit
from zhibi.importer.width import half_width_marks

PLACES = 3
"""How many places are named."""

_STOP = re.compile(r"(?<=[\u4e00-\u9fff”）》])\.(?=\s*(?:$|[\u4e00-\u9fff“（《]))")
_SERIAL = re.compile(r"\s*[一二三四五六七八九十]+\.")
_AROUND = 2


def half_width(
    units: Sequence[Unit], told: Iterable[Problem], passed: Collection[tuple[int, int]]
) -> list[Problem]:
    """Return one finding for all half-width marks of the file, those that a rule has `told` of too.

    `passed` are line and character of what is no word of the paper.
    """
    found = {(number, offset) for number, unit in enumerate(units) for offset in _marks(unit.text)}
    found |= {(problem.at.line - 1, problem.start) for problem in told if problem.start >= 0}
    every = sorted(one for one in found if (units[one[0]].at.line, one[1] + 1) not in passed)
    if not every:
        return []
    number, start = every[0]
    unit, mark = units[number], units[number].text[start]
    message = f"“{mark}”是半角标点" if len(every) == 1 else _message(units, every)
    hint = "中文里的标点请改成全角"
    return [Problem(unit.place(start), RULE, message, hint, Level.ADVICE, mark, unit.text, start=start)]


def _marks(text: str) -> set[int]:
    head = _SERIAL.match(text)
    stops = {match.start() for match in _STOP.finditer(text, head.end() if head else 0)}
    return half_width_marks(text) | {match.start() for match in MARKS.finditer(text)} | stops


def _message(units: Sequence[Unit], every: Sequence[tuple[int, int]]) -> str:
    """Say how many there are, and show the first of the first few units."""
    first: dict[int, int] = {}
    for number, start in every:
        first.setdefault(number, start)
    places = [
        f"{units[number].name}“{units[number].text[max(start - _AROUND, 0) : start + _AROUND + 1].strip()}”"
        for number, start in list(first.items())[:PLACES]
    ]
    more = "等" if len(first) > PLACES else ""
    return f"全文有 {len(every)} 处半角标点，见{'、'.join(places)}{more}"
