"""目录 (提纲): left to the program where it says just what the headings say, else kept as it is given."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.importer.blocks import Data, Notes, Value
from zhibi.importer.emit import emit_body
from zhibi.importer.scheme import Scheme, walk
from zhibi.importer.tree import Node, Numbered

DEFAULT_TITLE = "目录"


def outline_value(title: str, entries: list[Node], body: list[Node], scheme: Scheme, notes: Notes) -> Value:
    """Return the 目录 of a paper: 是, or a mapping with its title and, if they differ, its entries."""
    only_headings = all(isinstance(node, Numbered) for node in _flat(entries))
    if only_headings and entries and list(_entries(entries)) == list(_entries(body)):
        return "是" if title == DEFAULT_TITLE else {"题": title}
    data: Data = {"题": title} if title else {}
    return {**data, "项": emit_body(entries, scheme, notes)}


def _flat(nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        if isinstance(node, Numbered):
            yield from _flat(node.under)


def _entries(nodes: list[Node]) -> Iterator[tuple[int, str, str]]:
    """Yield what the program prints for every heading; a run-in one without its full stop."""
    for node in walk(nodes):
        words = str(node.title)
        yield node.level, node.label, words.removesuffix("。") if node.rest else words
