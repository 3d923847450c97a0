"""Fixed lists such as the “四个意识”: runs of their items that are cut short or out of order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from zhibi.errors import Level
from zhibi.prose.lexicon import own_list
from zhibi.prose.phrases import nearest, squeeze

_LINK = "(?:以及|和|与|及)?"


@dataclass(frozen=True)
class FixedSeries:
    """A fixed list: `sure` items from the first on tell that it is meant; it may stop after any of `stops` items."""

    name: str
    items: tuple[str, ...]
    shown: str
    pattern: re.Pattern[str]
    places: Mapping[str, int]
    sure: int
    stops: frozenset[int]
    after: re.Pattern[str] | None
    level: Level
    source: str

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """Return the forms of the first item: no run without one of them is this list, whole or cut short."""
        return tuple(word for word, place in self.places.items() if place == 0)

    def faults(self, text: str) -> Iterator[tuple[int, int, Level]]:
        """Yield start, end and level of each run in a squeezed text that begins as the list and is not it.

        Who says half of a list or less may mean just that: it is asked.
        """
        if not any(head in text for head in self.heads):
            return
        for match in self.pattern.finditer(text):
            run = [self.places[word] for word in self._items.findall(match.group())]
            if level := self._level(run, text, match.end()):
                yield match.start(), match.end(), level

    @property
    def _items(self) -> re.Pattern[str]:
        return _alternatives(tuple(self.places))

    def _level(self, run: Sequence[int], text: str, end: int) -> Level | None:
        if self.after and not self.after.match(text, end):
            return None
        order = list(range(len(self.items)))
        if run[: len(order)] == order:
            return None
        if sorted(run) == order:
            return self.level
        if run[: self.sure] != order[: self.sure]:
            return None
        cut = run == order[: len(run)]
        if cut and (len(run) in self.stops or self._goes_on(text, end, len(run))):
            return None
        some = cut and len(run) * 2 <= len(order)
        return Level.QUERY if some or self.level is Level.QUERY else Level.ADVICE

    def _goes_on(self, text: str, end: int, count: int) -> bool:
        """Tell whether the list is followed by something else that is no slip of its next item."""
        if self.after:
            return False
        if text.startswith("等", end):
            return True
        link = re.compile(_LINK).match(text, end)
        start = link.end() if link else end
        _, distance = nearest(text, start, self.items[count], 1)
        return start > end and distance > 1


@cache
def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


@cache
def fixed_series() -> tuple[FixedSeries, ...]:
    """Return the lists of 词表/固定表述.yaml."""
    return tuple(_series(raw) for raw in own_list("固定表述")["并列"])


def _series(raw: Mapping[str, Any]) -> FixedSeries:
    items = tuple(squeeze(item).text for item in raw["项"])
    places = {item: place for place, item in enumerate(items)}
    for item, others in raw.get("也可", {}).items():
        places |= {squeeze(other).text: places[squeeze(item).text] for other in others}
    one = _alternatives(tuple(places)).pattern
    return FixedSeries(
        raw["名"],
        items,
        "、".join(raw["项"]),
        re.compile(f"(?:{one})(?:{_LINK}(?:{one}))+"),
        places,
        int(raw.get("准", 2)),
        frozenset(raw.get("断", ())),
        re.compile(raw["后"]) if "后" in raw else None,
        Level(raw.get("级", Level.ADVICE)),
        raw["源"],
    )
