"""The first page -> its mark, 发文字号 and 签发人 (cl. 7.2.4-7.2.6, 10.1-10.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhibi.measuring.elements import Head
from zhibi.measuring.lines import Line, part_of, segments
from zhibi.measuring.pages import Page

LARGE = 18.0
"""Red words from this size on are the mark, black ones a title."""

APART = 1.5
"""Ems between words of one line that are two elements: 发文字号 and 签发人, 份号 and the number of a letter."""

NUMBER = re.compile(r".*[〔\[［(（【]\d{4}[〕\]］)）】]第?\d+号$|^第\d+号$")
SIGNER = "签发人"
_SUFFIX = "文件"


def head_of(page: Page, titles: Sequence[Sequence[Line]]) -> Head:
    """Return the head of a paper; `titles` are its titles, the main one first."""
    mark, suffix = _mark([line for line in page.lines if line.size >= LARGE and line.red])
    above = titles[0][0].baseline if titles and titles[0][0].page == 1 else page.sheet.height
    black = [line for line in page.lines if line.baseline < above and not line.red]
    parts = tuple(part for line in black for part in _parts(line))
    number = next((part for part in parts if NUMBER.match(part.text)), None)
    return Head(mark, suffix, number, tuple(_signers(black, number)), parts)


def _mark(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Line | None]:
    """Part the 文件 that stands to the right of several names from them (cl. 7.2.4)."""
    for line in lines if len(lines) > 1 else ():
        if not line.text.endswith(_SUFFIX):
            continue
        begin = len(line.chars) - len(_SUFFIX)
        suffix = part_of(line, slice(begin, None))
        names = [
            part_of(one, slice(0, begin)) if one is line else one for one in lines if one is not line or begin
        ]
        if names and suffix.left > max(name.right for name in names) - 0.5:
            return tuple(names), suffix
    return tuple(lines), None


def _parts(line: Line) -> Iterator[Line]:
    """Yield the words of a line that are elements of their own; 签发人 may stand close to 发文字号."""
    cut = line.text.find(SIGNER)
    if cut > 0 and len(line.text) == len(line.chars):
        yield from segments(part_of(line, slice(0, cut)), APART)
        yield part_of(line, slice(cut, None))
    else:
        yield from segments(line, APART)


def _signers(lines: Sequence[Line], number: Line | None) -> Iterator[Line]:
    """Yield the lines of 签发人: from its label down to the line of 发文字号, without that."""
    label = next((line for line in lines if SIGNER in line.text), None)
    if label is None:
        return
    left = label.chars[label.text.find(SIGNER)].x
    foot = max(number.baseline if number else label.baseline, label.baseline)
    taken = number.chars if number else ()
    for line in lines:
        if label.baseline - 1 <= line.baseline <= foot + 1:
            start = next(
                (at for at, char in enumerate(line.chars) if char.x > left - 1 and char not in taken), None
            )
            if start is not None:
                yield part_of(line, slice(start, None))
