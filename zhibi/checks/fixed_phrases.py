"""固定表述：固定的提法要完整、准确，不能少字、换字、颠倒次序。

为什么：“四个意识”“两个维护”“新发展理念”这样的提法有定稿，少一项、换一个字都是政治性差错。
依据：惯例。每条提法的出处（党章、党的二十大报告等）写在词表里。开头对上了、后面写得不一样的才报；引号里的同样查。
错：完整、准确、全面贯彻创新、绿色、协调、开放、共享的新发展理念。
对：完整、准确、全面贯彻创新、协调、绿色、开放、共享的新发展理念。
错：以习近平新时代中国特色主义思想为指导。
对：以习近平新时代中国特色社会主义思想为指导。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.lexicon import KEPT, lexicon_for, own_list
from zhibi.prose.openings import Openings
from zhibi.prose.phrases import Phrase, Phrases, Squeezed, squeeze
from zhibi.prose.series import fixed_series
from zhibi.prose.sought import Sought

RULE = "固定表述"
SUBJECT = "用词"

_Found = tuple[tuple[int, int], str, str, Level, bool]
"""The span, the right words, their source, the level, and whether the right words may simply stand there."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each phrase that begins as a fixed one and ends otherwise."""
    lexicon = lexicon_for(paper.source.folders)
    phrases = _finder(lexicon.phrases)
    openings = _openings(lexicon.phrases)
    told = {id(passage) for passage in paper.holding(*_clues())}
    for passage in paper.passages:
        squeezed = squeeze(passage.text)
        begun = any(True for _ in openings.places(squeezed.text))
        if not begun and id(passage) not in told:
            continue
        taken: list[tuple[int, int]] = []
        for found in _found(passage, phrases, squeezed if begun else None):
            start, end = found[0]
            if _free(taken, start, end) and not lexicon.keeps(passage.text, start, end):
                taken.append((start, end))
                yield _problem(passage, found)


def _free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return not any(first < end and start < last for first, last in taken)


@lru_cache(maxsize=KEPT)
def _finder(phrases: tuple[Phrase, ...]) -> Phrases:
    return Phrases(phrases)


@lru_cache(maxsize=KEPT)
def _openings(phrases: tuple[Phrase, ...]) -> Openings:
    """Return what a text holds, its light marks left out, in which a phrase or a fixed list may have gone wrong."""
    heads = (head for series in fixed_series() for head in series.heads)
    return Openings((*_finder(phrases).by_start, *heads))


@cache
def _clues() -> tuple[str, ...]:
    return tuple(clue for pattern, *_ in _rows() for clue in pattern.clues)


def _found(passage: Passage, phrases: Phrases, squeezed: Squeezed | None) -> Iterator[_Found]:
    yield from _misquoted(passage)
    if squeezed:
        yield from _series(squeezed)
        for slip in phrases.slips(squeezed.text):
            span = squeezed.span(slip.start, slip.end)
            yield span, slip.phrase.whole, slip.phrase.source, slip.phrase.level, False


def _series(squeezed: Squeezed) -> Iterator[_Found]:
    for series in fixed_series():
        for start, end, level in series.faults(squeezed.text):
            right = f"{series.shown}（{series.name}）"
            yield squeezed.span(start, end), right, series.source, level, False


@cache
def _rows() -> tuple[tuple[Sought, str, str, Level], ...]:
    return tuple(
        (
            Sought(raw["式"], *raw["有"]),
            raw["对"],
            raw.get("由", raw["源"]),
            Level(raw.get("级", Level.ADVICE)),
        )
        for raw in own_list("固定表述")["误写"]
    )


def _misquoted(passage: Passage) -> Iterator[_Found]:
    for pattern, right, source, level in _rows():
        for match in pattern.clued(passage.text):
            yield match.span(), right, source, level, level is Level.ERROR


def _problem(passage: Passage, found: _Found) -> Problem:
    span, right, source, level, sure = found
    wrong = passage.text[slice(*span)]
    what = "请核对这个提法" if level is Level.QUERY else "这个提法写得不完整、不准确"
    words = (f"“{wrong}”：{what}（出处：{source}）", f"通行的写法是：{right}")
    return passage.problem(span, RULE, words, level, mended=right if sure else None)
