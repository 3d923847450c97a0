"""Plain data that knows where it was typed: what stage 1 hands to stage 2.

Every scalar stays the string that was typed (007 stays 007); the schema decides what it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zhibi.errors import Location

FILL_IN = "（请填写）"
"""Words that stand in for what a clerk has to write into a new file; no paper goes out with them."""


class Scalar(str):
    """A typed string with its place; `quoted` tells whether it stood in quotes or a block."""

    __slots__ = ("at", "quoted")

    at: Location
    quoted: bool

    def __new__(cls, text: str, at: Location, *, quoted: bool = False) -> Scalar:
        """Return `text` with its place."""
        scalar = super().__new__(cls, text)
        scalar.at = at
        scalar.quoted = quoted
        return scalar

    def __reduce__(self) -> tuple[Any, ...]:
        return _scalar, (str(self), self.at, self.quoted)

    def __int__(self) -> int:
        """Return the whole number that was typed; 1,000 is 1000."""
        return int(str(self).replace(",", ""))

    def __float__(self) -> float:
        """Return the number that was typed; 1,000 is 1000."""
        return float(str(self).replace(",", ""))


def _scalar(text: str, at: Location, quoted: bool) -> Scalar:
    return Scalar(text, at, quoted=quoted)


class Mapping(dict[str, Any]):
    """A YAML mapping in the order it was typed; its keys are `Scalar`s."""

    __slots__ = ("at",)

    def __init__(self, at: Location) -> None:
        super().__init__()
        self.at = at

    def place_of(self, key: str) -> Location:
        """Return where `key` stands, or the mapping's own place."""
        for own in self:
            if own == key and isinstance(own, Scalar):
                return own.at
        return self.at


class Sequence(list[Any]):
    """A YAML list with its place."""

    __slots__ = ("at",)

    def __init__(self, at: Location) -> None:
        super().__init__()
        self.at = at


def place_of(value: object, default: Location) -> Location:
    """Return where `value` was typed, or `default` for a value that no person typed."""
    return value.at if isinstance(value, Scalar | Mapping | Sequence) else default


def unfilled(value: object) -> Iterator[Scalar]:
    """Yield the texts in `value` in which something is still to be written."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, list | tuple):
        for inner in value:
            yield from unfilled(inner)
    elif isinstance(value, Scalar) and FILL_IN in value:
        yield value
