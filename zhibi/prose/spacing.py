"""How a paper parts Han characters from digits and Latin letters: with a blank or without."""

from __future__ import annotations

from collections.abc import Iterable

from zhibi.prose.passages import Kind, Passage
from zhibi.prose.sought import Sought

_HAN = r"[\u3400-\u9fff]"
_JOINED = Sought(rf"{_HAN}(?=[0-9A-Za-z])|[0-9A-Za-z%](?={_HAN})")
_PARTED = Sought(rf"(?<={_HAN})[ \u00a0](?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])[ \u00a0](?={_HAN})", " ", "\u00a0")
_MANNER = 0.2
"""From this share on blanks are the paper's manner and no slip."""
_LEAST = 5
"""Boundaries without a blank that show the other manner."""


def parted_by_slip(passages: Iterable[Passage]) -> list[tuple[Passage, tuple[int, int]]]:
    """Return the blanks between Han characters and digits or letters in a paper that otherwise writes none."""
    plain = [passage for passage in passages if passage.kind is not Kind.HEAD_CELL]
    parted = [(passage, match.span()) for passage in plain for match in _PARTED.clued(passage.text)]
    joined = sum(len(_JOINED.findall(passage.text)) for passage in plain) if parted else 0
    few = joined >= _LEAST and len(parted) < _MANNER * (joined + len(parted))
    return parted if few else []
