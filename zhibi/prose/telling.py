"""Findings of all rules -> those that are told: one for each spot, and one for a fault of style that comes again and again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from zhibi.errors import Level, Problem
from zhibi.prose.excerpt import cut
from zhibi.prose.sought import Sought

WORDS = 12
"""Longer words hold faults of their own: a sentence that is too long may have a wrong word in it."""

SHOWN, LONG = 5, 8
"""So many of the other places are named, with so many characters."""

_CERTAINTY = (Level.ERROR, Level.ADVICE, Level.QUERY)
_QUOTED = Sought("“[^“”]*”")
_BEHIND = Sought(r"[^\s，。；：、！？（）“”《》]{0,6}")


def one_a_spot(problems: Sequence[Problem]) -> list[Problem]:
    """Return the findings without those whose words another rule has marked with more certainty."""
    near: defaultdict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        for place in _places(problem):
            near[place].append(problem)
    left = {
        id(one)
        for same in near.values()
        for one in same
        if any(_is_told_by(one, other) for other in same if other.rule != one.rule)
    }
    return [one for one in problems if id(one) not in left]


def _places(problem: Problem) -> Iterator[tuple[object, ...]]:
    """Yield what two findings on one spot share: their span, and for short words a stretch that both lie in."""
    if problem.start >= 0 and problem.text:
        passage = problem.at.file, problem.at.line, problem.context
        yield *passage, _span(problem)
        if len(problem.text) <= WORDS:
            stretch = problem.start // WORDS
            yield from ((*passage, stretch), (*passage, stretch + 1))


def _is_told_by(one: Problem, other: Problem) -> bool:
    """Tell whether `other` marks the same words, or a word within or around them, and is to be kept of the two."""
    (start, end), (first, last) = _span(one), _span(other)
    same = (start, end) == (first, last)
    inside = (start >= first and end <= last) or (first >= start and last <= end)
    short = max(end - start, last - first) <= WORDS
    return (same or (inside and short)) and _rank(other) < _rank(one)


def _span(problem: Problem) -> tuple[int, int]:
    return problem.start, problem.start + len(problem.text)


def _rank(problem: Problem) -> tuple[int, bool, str]:
    return _CERTAINTY.index(problem.level), problem.mended is None, problem.rule


def folded(problems: Iterable[Problem], is_style: Callable[[Problem], bool], *, lines: bool) -> list[Problem]:
    """Return the findings with those of one fault of style in one, which names the other places, by `lines` too."""
    told: list[list[Problem]] = []
    alike: dict[tuple[str, Level, str], list[Problem]] = {}
    for problem in problems:
        key = problem.rule, problem.level, _QUOTED.sub("", problem.message)
        if is_style(problem) and key in alike:
            alike[key].append(problem)
            continue
        told.append([problem])
        if is_style(problem):
            alike[key] = told[-1]
    return [_one(same, lines=lines) for same in told]


def _one(same: Sequence[Problem], *, lines: bool) -> Problem:
    first, others = same[0], same[1:]
    if not others:
        return first
    names = dict.fromkeys(f"“{_shown(one)}”" for one in others)
    listed = "".join([*names][:SHOWN]) + ("等" if len(names) > SHOWN else "")
    numbers = "、".join(dict.fromkeys(str(one.at.line) for one in others if one.at.line))
    where = f"（第{numbers}行）" if lines and numbers else ""
    return replace(
        first,
        message=f"{first.message}；同样的还有{len(others)}处{where}：{listed}",
        suggestion=f"{first.suggestion}；其余同样",
    )


def _shown(problem: Problem) -> str:
    """Return words and what follows them (25年 stands in many places, 25年5月 in one), or the first of many words."""
    if len(problem.text) > LONG:
        return cut(problem.text, LONG)
    behind = _BEHIND.match(problem.context, _span(problem)[1]) if problem.start >= 0 else None
    return problem.text + (behind.group() if behind else "")
