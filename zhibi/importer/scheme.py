"""The 编号 of a paper: levels, the pattern of each, levels that run on -> only what deviates is typed by hand.

Counts as `zhibi.numbering` does: a heading sets back the deeper levels, except 连续 (goes on under the next
heading one level up) and 全文连续.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zhibi.importer.blocks import Data, InlineList, Notes, Value
from zhibi.importer.serial_heads import LEVEL_SAMPLES, MAX_LEVEL
from zhibi.importer.tree import Items, Node, Numbered
from zhibi.serials import NO_NUMBER


@dataclass(frozen=True, slots=True)
class Scheme:
    """The pattern of every level, and the levels that run on."""

    levels: tuple[str, ...] = LEVEL_SAMPLES
    running: frozenset[int] = frozenset()
    through: frozenset[int] = frozenset()

    def as_data(self, default: Scheme) -> Data:
        """Return the 编号 that states what differs from `default`; empty if nothing does."""
        data: Data = {}
        if self.levels != default.levels:
            data["层次"] = InlineList(self._stated(default))
        for key, own, common in (
            ("连续", self.running, default.running),
            ("全文连续", self.through, default.through),
        ):
            if own != common:
                data[key] = InlineList(sorted(own))
        return data

    def _stated(self, default: Scheme) -> tuple[str, ...]:
        """Return the patterns down to the last one that differs."""
        count = max(place for place in range(MAX_LEVEL) if self.levels[place] != default.levels[place])
        return self.levels[: count + 1]


DEFAULT = Scheme()


def choose_scheme(nodes: list[Node], default: Scheme = DEFAULT) -> Scheme:
    """Return the scheme that needs the fewest numbers by hand; every heading has its level."""
    headings = list(walk(nodes))
    if not headings:
        return default
    levels = tuple(_pattern(headings, level, default) for level in range(1, MAX_LEVEL + 1))
    scheme = Scheme(levels)
    if not given_values(headings, replace(default, levels=levels)):
        return replace(default, levels=levels)
    for level in range(2, MAX_LEVEL + 1):
        alone = replace(scheme, running=scheme.running | {level})
        whole = replace(scheme, through=scheme.through | {level})
        scheme = min((scheme, alone, whole), key=lambda choice: len(given_values(headings, choice)))
    return scheme


def place_levels(nodes: list[Node]) -> None:
    """Turn ranks into levels 1-4: the standard's own where the paper has them, else as they nest."""
    ranks = sorted({node.rank for node in walk(nodes)})
    if not ranks:
        return
    above = [rank for rank in ranks if rank < 1]
    for node in walk(nodes):
        if above:
            node.level = min(ranks.index(node.rank) + 1, MAX_LEVEL)
        else:
            node.level = node.rank - ranks[0] + 1


def walk(nodes: Sequence[Node]) -> Iterator[Numbered]:
    """Yield every heading in reading order."""
    for node in nodes:
        if isinstance(node, Numbered):
            yield node
            yield from walk(node.under)
        elif isinstance(node, Items):
            for item in node.items:
                yield from walk(item.under)


def given_values(headings: list[Numbered], scheme: Scheme) -> dict[int, int]:
    """Return the values that must be typed by hand: place in `headings` -> the value the scheme would count."""
    last: dict[int, int] = {}
    given: dict[int, int] = {}
    for place, heading in enumerate(headings):
        if heading.sample == NO_NUMBER:
            continue
        expected = last.get(heading.level, 0) + 1
        if heading.value != expected:
            given[place] = expected
        last[heading.level] = heading.value
        for level in [level for level in last if level > heading.level]:
            goes_on = level in scheme.through or (level in scheme.running and heading.level == level - 1)
            if not goes_on:
                del last[level]
    return given


def report_gaps(headings: list[Numbered], scheme: Scheme, notes: Notes) -> dict[int, Value]:
    """Name the headings whose number the scheme would not give; return {id of heading: its value}."""
    values: dict[int, Value] = {}
    for place, expected in given_values(headings, scheme).items():
        heading = headings[place]
        values[id(heading)] = heading.value
        if heading.value > 1:
            message = f"这里应是第{expected}个，原文是“{heading.label}”，照原样保留"
            notes.damaged(heading.at, heading.label, message, "请核对前面是否缺了内容")
    return values


def _pattern(headings: list[Numbered], level: int, default: Scheme) -> str:
    found = Counter(heading.sample for heading in headings if heading.level == level and heading.value)
    usual = default.levels[level - 1]
    if not found:
        return _unused(headings, level, default)
    return max(found, key=lambda sample: (found[sample], sample == usual))


def _unused(headings: list[Numbered], level: int, default: Scheme) -> str:
    """Return the pattern of a level without headings: a paper that begins with （一） goes on with 1."""
    top = next((heading.rank for heading in headings if heading.level == 1), 1)
    shifted = level + max(top, 1) - 2
    return LEVEL_SAMPLES[shifted] if top > 1 and shifted < MAX_LEVEL else default.levels[level - 1]
