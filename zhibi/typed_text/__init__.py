"""What a typed text may hold: text as a clerk has pasted it -> text that both files print alike, and problems.

`rules` says what becomes of which characters. What is typed into a YAML file is cleaned before it is parsed,
as a zero-width space in the indentation would change what the file says; `Typed.at` gives every place as the
clerk sees it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from zhibi.errors import Location, Problem
from zhibi.typed_text.rules import (
    ALL_BLANKS,
    BEFORE_HASH,
    HIDDEN,
    NAMES,
    RETURN,
    RULES,
    TAB,
    USUAL,
    Rule,
    odd,
)

__all__ = ["ALL_BLANKS", "Typed", "clean", "clean_value"]

LISTED = 5
"""So many places of one kind are told one by one, the others in one problem."""

_LISTED_LINES = 30
_LISTED_CODES = 4


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a rule was applied: to which characters, and what stands there now."""

    rule: Rule
    at: Location
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that has been cleaned, and what was said of it.

    `columns` holds, of every line that changed, the column at which each of its characters was typed.
    `readable` is false where so many characters are none of a text that reading on makes no sense.
    """

    text: str
    problems: Sequence[Problem] = ()
    columns: Mapping[int, Sequence[int]] = field(default_factory=dict)
    readable: bool = True

    def at(self, place: Location) -> Location:
        """Return where the clerk typed what stands at `place` now."""
        columns = self.columns.get(place.line)
        if not columns or not place.column:
            return place
        beyond = max(place.column - len(columns), 0)
        return replace(place, column=columns[place.column - 1 - beyond] + beyond)

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Return problems of the text as it is now with the places that the clerk sees."""
        return [replace(problem, at=self.at(problem.at)) for problem in problems]


def clean(text: str, file: str, *, indented: bool = False) -> Typed:
    """Return the text of a file as it may be printed; its first line is line 1 of `file`.

    `indented`: the blanks that a line begins with tell how deep it stands. They are left to who reads that.
    """
    if _is_clean(text):
        return Typed(text)
    lines, spots, columns = text.split("\n"), list[_Spot](), dict[int, Sequence[int]]()
    for number, line in enumerate(lines, 1):
        if not _is_clean(line):
            head = len(line) - len(line.lstrip(ALL_BLANKS)) if indented else 0
            rest, places = _clean_line(line[head:], Location(file, number), spots, head + 1)
            lines[number - 1], columns[number] = line[:head] + rest, [*range(1, head + 1), *places]
    readable = sum(spot.rule is HIDDEN for spot in spots) <= LISTED
    return Typed("\n".join(lines), _problems(spots), columns, readable)


def clean_value(value: str, at: Location) -> tuple[str, list[Problem]]:
    """Return a value as it may be printed, and what is said of what escapes in quotes brought in.

    Raw characters are gone before values are read: what is found here stands at `at`, where the value begins.
    """
    if _is_clean(value) and "\t" not in value:
        return value, []
    spots: list[_Spot] = []
    for rule in (RETURN, TAB, *RULES):
        value, _ = _apply(rule, value, (), at, spots)
    return value, _problems([replace(spot, at=at) for spot in spots])


def _is_clean(text: str) -> bool:
    unusual = "".join(set(USUAL.sub("", text)))
    return not (unusual and odd().search(unusual)) and unicodedata.is_normalized("NFC", text)


def _clean_line(line: str, at: Location, spots: list[_Spot], first: int) -> tuple[str, Sequence[int]]:
    """Return a line with every rule applied, and the column of each character and of the line's end.

    `first` is the column that it begins at.
    """
    columns: Sequence[int] = range(first, first + len(line) + 1)
    for rule in (BEFORE_HASH, *RULES):
        line, columns = _apply(rule, line, columns, at, spots)
    return line, columns


def _apply(
    rule: Rule, line: str, columns: Sequence[int], at: Location, spots: list[_Spot]
) -> tuple[str, Sequence[int]]:
    """Return a line after one rule; each place that it holds for is added to `spots`."""
    parts, places, end = list[str](), list[int](), 0
    for match in rule.pattern.finditer(line):
        old = match.group()
        new = rule.change(old)
        if old == new:
            continue
        start = columns[match.start()] if columns else at.column
        spots.append(_Spot(rule, replace(at, column=start), old, new))
        parts += [line[end : match.start()], new]
        places += [*columns[end : match.start()], *(start for _ in new)]
        end = match.end()
    if not parts:
        return line, columns
    return "".join((*parts, line[end:])), [*places, *columns[end:]]


def _problems(spots: Sequence[_Spot]) -> list[Problem]:
    """Return what is said of all places in the order of the file; many places of one kind end in one problem."""
    found: list[Problem] = []
    for rule in (RETURN, TAB, BEFORE_HASH, *RULES):
        own = list(dict.fromkeys(spot for spot in spots if spot.rule is rule))
        found += [_problem(spot) for spot in own[:LISTED]]
        found += [_others(own[LISTED:])] if len(own) > LISTED else []
    return sorted(found, key=lambda problem: problem.at)


def _problem(spot: _Spot) -> Problem:
    rule = spot.rule
    message = rule.message.format(old=_named(spot.old), new=_named(spot.new))
    shown = spot.old if _is_seen(spot.old) else _codes(spot.old)
    return Problem(spot.at, "字符", message, rule.suggestion, rule.level, text=shown)


def _others(spots: Sequence[_Spot]) -> Problem:
    """Return one problem that stands for many of one kind."""
    first = _problem(spots[0])
    lines = list(dict.fromkeys(str(spot.at.line) for spot in spots))
    more = "……" if len(lines) > _LISTED_LINES else ""
    where = f"第 {'、'.join(lines[:_LISTED_LINES])}{more} 行"
    return replace(first, message=f"{first.message}；连这里在内，同样的情况还有 {len(spots)} 处（{where}）")


def _named(characters: str) -> str:
    """Return how a message names characters: those that can be seen in quotes, all with their codes."""
    if _is_seen(characters):
        return f"“{characters}”（{_codes(characters)}）"
    name = NAMES.get(characters)
    return f" {_codes(characters)}" + (f"（{name}）" if name else "")


def _codes(characters: str) -> str:
    codes = " ".join(f"U+{ord(char):04X}" for char in characters[:_LISTED_CODES])
    return codes + (" ……" if len(characters) > _LISTED_CODES else "")


def _is_seen(characters: str) -> bool:
    """Tell whether a message can show characters as they are."""
    return (
        bool(characters) and characters not in NAMES and unicodedata.category(characters[0])[0] not in "CZM"
    )
