"""The recognised tree -> 正文 as the data format has it; numbers are typed only where the scheme would differ."""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.importer.blocks import Data, Notes, Value
from zhibi.importer.body import report_lists
from zhibi.importer.scheme import Scheme, report_gaps, walk
from zhibi.importer.series import as_sentence
from zhibi.importer.tree import Items, Node, Numbered, PageBreak, TableBlock, Text

DEFAULT_ITEMS = "1."


@dataclass(frozen=True, slots=True)
class _Given:
    """What the emission needs to know: the scheme and the counters typed by hand."""

    scheme: Scheme
    values: dict[int, Value]


def emit_body(nodes: list[Node], scheme: Scheme, notes: Notes) -> list[Value]:
    """Return the 正文 of a tree whose levels are placed, and report numbers that do not follow."""
    report_lists(nodes, notes)
    given = _Given(scheme, report_gaps(list(walk(nodes)), scheme, notes))
    return _blocks(nodes, 0, given)


def _blocks(nodes: list[Node], above: int, given: _Given) -> list[Value]:
    return [_block(node, above, given) for node in nodes]


def _block(node: Node, above: int, given: _Given) -> Value:
    match node:
        case Text():
            return node.content
        case TableBlock():
            return {"表": node.data}
        case PageBreak():
            return {"分页": "是"}
        case Items():
            return _items(node, above, given)
        case Numbered():
            return _heading(node, above, given)


def _heading(node: Numbered, above: int, given: _Given) -> Data:
    data: Data = {"标题": node.title}
    if node.level != above + 1:
        data["层次"] = node.level
    if node.sample != given.scheme.levels[node.level - 1]:
        data["编号"] = node.sample
    if id(node) in given.values:
        data["序号"] = given.values[id(node)]
    if node.rest:
        data["接排"] = as_sentence(node.rest)
    if node.under:
        data["内容"] = _blocks(node.under, node.level, given)
    return data


def _items(node: Items, above: int, given: _Given) -> Data:
    data: Data = {"列项": []}
    items: list[Value] = []
    expected = 1
    for item in node.items:
        entry: Data = {"文": item.title}
        if item.value != expected:
            entry["序号"] = item.value
        if item.under:
            entry["内容"] = _blocks(item.under, above, given)
        items.append(entry if len(entry) > 1 else item.title)
        expected = item.value + 1
    data["列项"] = items
    return {**({"编号": node.sample} if node.sample != DEFAULT_ITEMS else {}), **data}
