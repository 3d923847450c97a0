"""A 单元格 of YAML <-> the text of a workbook's cell: one line an item, no serials.

Serials are the program's: those that a unit typed at the heads of its lines are taken off, so that none is
printed twice. What did not change comes back as it was, so that a 取数 stays one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from zhibi.serials import Pattern, parse_pattern

Fetch = Callable[[str], str]

_SERIALS = tuple(
    map(
        parse_pattern,
        ("1.", "1、", "1）", "（1）", "⒈", "⑴", "①", "一、", "（一）", "㈠", "一是", "第一，", "１、", "１."),
    )
)
_SPELLINGS = str.maketrans({"(": "（", ")": "）", "．": ".", ",": "，"})
_SERIAL_LENGTH = 16
_YEAR = re.compile(r"(?:19|20)\d\d年")
_LINE_ENDS = re.compile(r"\r\n?|\n")
_INTRO_ENDS = ("：", ":")


def as_text(value: Any, fetch: Fetch) -> str:
    """Return a cell of a data file as the text of a workbook's; `fetch` gives the words of a 取数."""
    if isinstance(value, Mapping) and "项" in value:
        intro = _sentence(value.get("引语", ""), fetch)
        return "\n".join([*([intro] if intro else []), *_items(value["项"], fetch)])
    if isinstance(value, list | tuple):
        return "\n".join(_items(value, fetch))
    return "" if value is None else _sentence(value, fetch)


def as_value(text: str, old: Any, fetch: Fetch = str) -> Any:
    """Return the text of a workbook's cell as a cell of a data file in which `old` stands.

    A line that says the same as an item of `old` is that item; for that `fetch` must be the one of `as_text`.
    """
    if text == as_text(old, fetch):
        return old
    lines = [line.strip() for line in _LINE_ENDS.split(text) if line.strip()]
    if len(lines) < 2:
        return _kept(lines[0], _old_items(old), fetch) if lines else ""
    intro, lines = _apart(lines, old, fetch)
    left = _old_items(old)
    items = [_kept(line, left, fetch) for line in lines]
    scheme = old.get("编号", "") if isinstance(old, Mapping) and "项" in old else ""
    if not (intro or scheme):
        return items
    return {**({"引语": intro} if intro else {}), **({"编号": scheme} if scheme else {}), "项": items}


def _sentence(value: Any, fetch: Fetch) -> str:
    """Return the words of a 文句: typed, fetched, or the run-on series 一是…二是…"""
    if not isinstance(value, Mapping):
        return str(value)
    if "取数" in value:
        return fetch(value["取数"])
    pattern = parse_pattern(str(value.get("编号", "一是")))
    series = [
        pattern.format(number) + _sentence(one, fetch) for number, one in enumerate(value.get("分述", ()), 1)
    ]
    return "".join(
        [_sentence(value.get("引语", ""), fetch), *series, _sentence(value.get("结语", ""), fetch)]
    )


def _items(values: Any, fetch: Fetch) -> list[str]:
    """Return the words of each item in one line."""
    return ["".join(_LINE_ENDS.split(_sentence(value, fetch))) for value in values]


def _old_items(old: Any) -> list[Any]:
    if isinstance(old, Mapping) and "项" in old:
        return list(old["项"])
    return list(old) if isinstance(old, list | tuple) else [] if old in (None, "") else [old]


def _kept(line: str, left: list[Any], fetch: Fetch) -> Any:
    """Return the item of the old value that says the same, else the line; an item is taken once."""
    for index, item in enumerate(left):
        if _items([item], fetch)[0].strip() == line:
            return left.pop(index)
    return line


def _apart(lines: list[str], old: Any, fetch: Fetch) -> tuple[Any, list[str]]:
    """Return the words before the items, if there are any, and the items without serials."""
    bare = _without_serials(lines)
    if bare is not None:
        return "", bare
    first, rest = lines[0], lines[1:]
    intro = old.get("引语", "") if isinstance(old, Mapping) and "项" in old else ""
    bare = _without_serials(rest) if len(rest) > 1 else None
    if intro and first == _sentence(intro, fetch).strip():
        return intro, bare or rest
    if bare is not None or (intro and first.endswith(_INTRO_ENDS)):
        return first, bare or rest
    return "", lines


def _without_serials(lines: list[str]) -> list[str] | None:
    """Return the lines without their serials when all begin with one and they run on from 1."""
    for pattern in _SERIALS:
        found = [_match(pattern, line) for line in lines]
        if [one[0] if one else 0 for one in found] == list(range(1, len(lines) + 1)):
            return [line[one[1] :].strip() for line, one in zip(lines, found, strict=True) if one]
    return None


def _match(pattern: Pattern, line: str) -> tuple[int, int] | None:
    """Read a serial at the head of a line, whatever the width of its marks; 1.5亿元 has none."""
    found = pattern.match(line[:_SERIAL_LENGTH].translate(_SPELLINGS))
    if found is None:
        return None
    rest = line[found[1] :].lstrip()
    number = pattern.suffix == "." and line[found[1] : found[1] + 1].isdigit() and not _YEAR.match(rest)
    return None if number or not rest else found
