"""Plain data that knows where it was typed: what stage 1 hands to stage 2.

Every scalar stays the string that was typed (007 stays 007); the schema decides what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from zhibi.errors import Location

FILL_IN = "（请填写）"
"""Words that stand in for what a clerk has to write into a new file; no paper goes out with them."""


Place = Location | tuple[str, int, int]
"""A place, or its file, line and column: most are never asked for, so a `Location` is made of these late."""


class _Placed:
    """What knows where it was typed."""

    __slots__ = ()

    _place: Place

    @property
    def at(self: Any) -> Location:
        """Return where it was typed."""
        place: Place = self._place
        if isinstance(place, tuple):
            place = self._place = Location(*place)
        return place


class Scalar(_Placed, str):
    """A typed string with its place; `quoted` tells whether it stood in quotes or a block."""

    __slots__ = ("_place", "quoted")

    quoted: bool

    def __new__(cls, text: str, at: Place, *, quoted: bool = False) -> Scalar:
        """Return `text` with its place."""
        return scalar(text, at, quoted)

    def __reduce__(self) -> tuple[Any, ...]:
        return scalar, (str(self), self.at, self.quoted)

    def __int__(self) -> int:
        """Return the whole number that was typed; 1,000 is 1000."""
        return int(str(self).replace(",", ""))

    def __float__(self) -> float:
        """Return the number that was typed; 1,000 is 1000."""
        return float(str(self).replace(",", ""))


_new: Callable[[type[Scalar], str], Scalar] = str.__new__


def scalar(text: str, place: Place, quoted: bool) -> Scalar:
    """Return a `Scalar`; a file has ten thousands of them, and a class takes its time to be called."""
    made = _new(Scalar, text)
    made._place = place
    made.quoted = quoted
    return made


class Mapping(_Placed, dict[str, Any]):
    """A YAML mapping in the order it was typed; its keys are `Scalar`s."""

    __slots__ = ("_place",)

    def __init__(self, at: Place) -> None:
        self._place = at

    def place_of(self, key: str) -> Location:
        """Return where `key` stands, or the mapping's own place."""
        for own in self:
            if own == key and isinstance(own, Scalar):
                return own.at
        return self.at


class Sequence(_Placed, list[Any]):
    """A YAML list with its place."""

    __slots__ = ("_place",)

    def __init__(self, at: Place) -> None:
        self._place = at


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
