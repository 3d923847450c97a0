"""Pieces of a text as messages show them: no word is cut in the middle, and … stands where something is left out."""

from __future__ import annotations

from itertools import accumulate

from zhibi.prose.words import words_of

_NEAR = 40
"""Characters round a place that are cut into words: a whole paragraph would take long."""
_MARKS = "，。；：、！？（）“”《》\n\t"


def cut(text: str, most: int) -> str:
    """Return a text, from its word that does not fit on left out."""
    if len(text) <= most:
        return text
    ends = [end for end in _ends(text[: most + _NEAR]) if 0 < end <= most]
    return f"{text[: ends[-1] if ends else most].rstrip(_MARKS)}…"


def around(text: str, span: tuple[int, int], width: int) -> tuple[str, str]:
    """Return the words on either side of a span of one text, at least `width` characters or to the next mark."""
    return _before(text[: span[0]], width), _after(text[span[1] :], width)


def _before(text: str, width: int) -> str:
    clause = text[max(text.rfind(mark) for mark in _MARKS) + 1 :]
    near = clause[-_NEAR:]
    if len(clause) <= width:
        return clause
    starts = [end for end in (0, *_ends(near)) if end <= len(near) - width]
    shown = near[starts[-1] :]
    return shown if shown == clause else f"…{shown}"


def _after(text: str, width: int) -> str:
    stop = min((at for mark in _MARKS if (at := text.find(mark)) >= 0), default=len(text))
    clause = text[:stop]
    if len(clause) <= width:
        return clause or text[:1]
    # A figure keeps its unit.
    ends = [end for end in _ends(clause[:_NEAR]) if end >= width and not clause[end - 1].isdigit()]
    end = ends[0] if ends else len(clause)
    return clause if end >= len(clause) else f"{clause[:end]}…"


def _ends(text: str) -> list[int]:
    return list(accumulate(map(len, words_of(text))))
