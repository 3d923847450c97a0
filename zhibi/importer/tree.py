"""The body of a paper as recognised: headings with what stands under them, lists, paragraphs, tables.

`body.py` builds it from lines, `numbering.py` compares its serials with what the scheme would count,
`emit.py` writes it as 正文.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from zhibi.errors import Location
from zhibi.importer.blocks import Data, Value
from zhibi.serials import parse_pattern


@dataclass(slots=True)
class Text:
    """A paragraph as YAML holds it: a text, {引语, 分述}, or {提要, 文}."""

    content: Value
    at: Location


@dataclass(slots=True)
class TableBlock:
    """A table, already as the data format has it."""

    data: Data
    at: Location


@dataclass(slots=True)
class Numbered:
    """A paragraph that began with a serial; `under` is what stands below it.

    `title` is a heading's words and `rest` what runs on in its line; an item has only `title`.
    """

    sample: str
    value: int
    rank: int
    title: Value
    at: Location
    rest: str = ""
    under: list[Node] = field(default_factory=list)
    level: int = 0

    @property
    def label(self) -> str:
        """The serial as it is printed."""
        return parse_pattern(self.sample).format(self.value)


@dataclass(slots=True)
class Items:
    """Numbered paragraphs that are items, not headings."""

    sample: str
    items: list[Numbered]

    @property
    def at(self) -> Location:
        """Where the first item stands."""
        return self.items[0].at


@dataclass(slots=True)
class PageBreak:
    """What follows starts on a new page."""

    at: Location


Node: TypeAlias = Text | TableBlock | Numbered | Items | PageBreak
