"""Headings that stand side by side: the same level below the same higher heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhibi.prose.passages import Kind, Passage


def siblings(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Yield each group of headings of one level that no higher heading parts, in the order they end."""
    open_groups: dict[int, list[Passage]] = {}
    part = 0
    for passage in passages:
        if passage.part != part:
            yield from _closed(open_groups, 0)
            part = passage.part
        if passage.kind is Kind.HEADING:
            yield from _closed(open_groups, passage.level)
            open_groups.setdefault(passage.level, []).append(passage)
    yield from _closed(open_groups, 0)


def _closed(groups: dict[int, list[Passage]], above: int) -> Iterator[list[Passage]]:
    """Yield and forget the groups of levels below `above`."""
    for level in sorted(groups):
        if level > above:
            yield groups.pop(level)
