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
        self._words = {pair: tuple(same) for pair, same in pairs.items()}
        long = [pair for pair in pairs if len(pair) == 2]
        short = _any_of(pair for pair in pairs if len(pair) == 1)
        self._pair = Sought(
            f"{_any_of(pair[0] for pair in long)}(?={_any_of(pair[1] for pair in long)})|{short}"
        )

    def places(self, text: str) -> Iterator[int]:
        """Yield each place of a text where any of the words begins."""
        for match in self._pair.finditer(text):
            at = match.start()
            words = self._words.get(text[at : at + 2]) or self._words.get(text[at])
            if words and text.startswith(words, at):
                yield at


def _any_of(chars: Iterable[str]) -> str:
    """Return the class of some characters; of none, what never matches."""
    escaped = "".join(map(re.escape, sorted(set(chars))))
    return f"[{escaped}]" if escaped else "(?!)"
