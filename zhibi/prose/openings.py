"""Where any of many words stands in a text, by a table of their first two characters.

An alternative for each word, as a pattern would have, is tried at every place: that is slow for hundreds of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhibi.prose.sought import Sought


class Openings:
    """Many words that are looked for at once."""

    def __init__(self, words: Iterable[str]) -> None:
        pairs: dict[str, list[str]] = {}
        for word in words:
            pairs.setdefault(word[:2], []).append(word)
        self._chars = frozenset(pair for pair in pairs if len(pair) == 1)
        self._words = {pair: tuple(same) for pair, same in pairs.items() if len(pair) == 2}
        first, second = (_any_of(pair[place] for pair in self._words) for place in (0, 1))
        self._begun = Sought(f"{first}(?={second})|{_any_of(self._chars)}")

    def places(self, text: str) -> Iterator[int]:
        """Yield each place of a text where any of the words begins."""
        for match in self._begun.finditer(text):
            at = match.start()
            if text.startswith(self._words.get(text[at : at + 2], ()), at) or text[at] in self._chars:
                yield at


def _any_of(chars: Iterable[str]) -> str:
    """Return the class of some characters; of none, what never matches."""
    escaped = "".join(map(re.escape, sorted(set(chars))))
    return f"[{escaped}]" if escaped else "(?!)"
