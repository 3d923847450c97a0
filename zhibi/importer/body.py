"""Lines and grids -> the tree of a body: which serial is a heading, which numbers an item, what is under what.

A serial's rank decides the nesting (一、 over （一） over 1. over （1）, GB/T 9704-2012 7.3.3). Consecutive
serials that hold whole sentences and nothing below are items, not headings.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zhibi.importer.blocks import Block, Grid, Line, Notes
from zhibi.importer.captions import find_captions
from zhibi.importer.damage import damaged_spans
from zhibi.importer.lines import RUN_IN_LENGTH, TITLE_LENGTH, first_sentence, is_title
from zhibi.importer.serial_heads import ITEM_RANK, MAX_LEVEL, Serial, read_serial
from zhibi.importer.series import as_sentence
from zhibi.importer.table import recognise_table
from zhibi.importer.tree import Items, Node, Numbered, TableBlock, Text
from zhibi.serials import NO_NUMBER

# A heading that ends with a full stop and has nothing after it in its line is no longer than this.
STAND_ALONE_LENGTH = 30
_ENDS = "。；！？"


def build_body(blocks: Sequence[Block], notes: Notes) -> list[Node]:
    """Return the nodes of a body, every serial in the place that its rank gives it."""
    captions = find_captions(blocks)
    serials = _trusted(blocks, notes)
    root: list[Node] = []
    path: list[Numbered] = []
    for index, (block, serial) in enumerate(zip(blocks, serials, strict=True)):
        if index in captions.lines:
            continue
        if isinstance(block, Grid):
            above, below = captions.tables[index]
            table = {**above, **recognise_table(block, notes), **below}
            _innermost(path, root).append(TableBlock(table, block.at))
        elif serial is None and block.level:
            _put(_unnumbered(block), path, root)
        elif serial is None:
            _close_items(path)
            _innermost(path, root).append(Text(as_sentence(block.text), block.at))
            _report_unnumbered(block, notes)
        else:
            _put(_numbered(serial, block), path, root)
    return _with_items(root, notes)


def _put(node: Numbered, path: list[Numbered], root: list[Node]) -> None:
    """Hang a numbered paragraph under the last one that ranks above it."""
    while path and path[-1].rank >= node.rank:
        path.pop()
    _innermost(path, root).append(node)
    path.append(node)


def _innermost(path: list[Numbered], root: list[Node]) -> list[Node]:
    return path[-1].under if path else root


def _close_items(path: list[Numbered]) -> None:
    """End the items that cannot hold paragraphs: after 一是 and ① a plain paragraph goes on above."""
    while path and path[-1].rank >= ITEM_RANK:
        path.pop()


def _unnumbered(line: Line) -> Numbered:
    """A heading that only its Word style tells: it has a level and no number."""
    return Numbered(NO_NUMBER, 0, min(line.level, MAX_LEVEL), line.text, line.at)


def _numbered(serial: Serial, line: Line) -> Numbered:
    if serial.rank >= ITEM_RANK:
        return Numbered(serial.sample, serial.value, serial.rank, serial.rest, line.at)
    title, rest = first_sentence(serial.rest)
    return Numbered(serial.sample, serial.value, serial.rank, title, line.at, rest)


def _trusted(blocks: Sequence[Block], notes: Notes) -> list[Serial | None]:
    """Read the serial of every line; drop those that are more likely a number than a serial."""
    serials = [read_serial(block.text) if isinstance(block, Line) else None for block in blocks]
    before: dict[str, int] = {}
    for index, (block, serial) in enumerate(zip(blocks, serials, strict=True)):
        if serial is None:
            continue
        later = (other.value for other in serials[index + 1 :] if other and other.sample == serial.sample)
        opens = serial.value == 1 and next(later, 0) == 2
        goes_on = serial.value > 1 and serial.value == before.get(serial.sample, 0) + 1
        if (serial.rank >= ITEM_RANK or not serial.certain) and not (opens or goes_on):
            serials[index] = None
            _report_literal(block, serial, notes)
        else:
            before[serial.sample] = serial.value
    return serials


def _report_literal(block: Block, serial: Serial, notes: Notes) -> None:
    # 一是…二是… inside the paragraph is a series, which nobody need look at.
    if isinstance(block, Line) and isinstance(as_sentence(block.text), str):
        message = f"段首的“{serial.label}”没有当作序号，照文字保留"
        notes.unsure(block.at, block.text[:12], message, "如果是序号，请改成标题或列项")


def _report_unnumbered(line: Line, notes: Notes) -> None:
    if is_title(line.text) and len(line.text) <= TITLE_LENGTH // 2 and not damaged_spans(line.text):
        message = "这一行很短，没有句号也没有序号，按一段正文导入"
        notes.unsure(line.at, line.text, message, "如果是标题，请写成“标题: …”，编号: 无")


def _with_items(nodes: list[Node], notes: Notes) -> list[Node]:
    """Turn runs of numbered siblings that are items into `Items`, deepest first."""
    found: list[Node] = []
    for run in _runs(nodes):
        for node in run:
            if isinstance(node, Numbered):
                node.under = _with_items(node.under, notes)
        members = [node for node in run if isinstance(node, Numbered)]
        if members and are_items(members):
            for member in members:
                member.title = as_sentence(f"{member.title}{member.rest}")
                member.rest = ""
            found.append(Items(members[0].sample, members))
        else:
            found.extend(run)
    return found


def _runs(nodes: list[Node]) -> list[list[Node]]:
    """Cut siblings into runs of serials of one pattern that count on, and single other nodes."""
    runs: list[list[Node]] = []
    for node in nodes:
        last = runs[-1][-1] if runs else None
        if isinstance(node, Numbered) and isinstance(last, Numbered) and _counts_on(last, node):
            runs[-1].append(node)
        else:
            runs.append([node])
    return runs


def _counts_on(last: Numbered, node: Numbered) -> bool:
    return last.sample == node.sample and node.value > last.value


def are_items(run: list[Numbered]) -> bool:
    """Judge a run of siblings: items when they hold sentences or end like the members of a list."""
    if run[0].rank >= ITEM_RANK:
        return True
    if run[0].rank <= 1 or run[0].sample == NO_NUMBER or any(_holds_heading(node) for node in run):
        return False
    titles = [str(node.title) for node in run]
    if len(run) > 1 and any(
        title.endswith("；") and not node.rest for title, node in zip(titles, run, strict=True)
    ):
        return True
    if sum(map(_is_sentence, run)) * 2 > len(run):
        return True
    bare = all(
        not node.rest and not node.under and title[-1] in _ENDS
        for title, node in zip(titles, run, strict=True)
    )
    return bare and len(run) > 1


def _is_sentence(node: Numbered) -> bool:
    title = str(node.title)
    if not node.rest and title[-1] in _ENDS:
        return len(title) > STAND_ALONE_LENGTH
    return len(title) > RUN_IN_LENGTH and not node.under


def _holds_heading(node: Numbered) -> bool:
    return any(isinstance(child, Numbered) for child in node.under)


def report_lists(nodes: list[Node], notes: Notes) -> None:
    """Name every list that begins anew right after another, and every item that does not count on."""
    for before, node in pairwise([None, *nodes]):
        if isinstance(node, Items):
            again = isinstance(before, Items) and before.sample == node.sample and node.items[0].value == 1
            _report_items(node, again, notes)
        elif isinstance(node, Numbered):
            report_lists(node.under, notes)


def _report_items(items: Items, again: bool, notes: Notes) -> None:
    if again:
        message = "这里又从头数起，前面可能少了一个标题"
        notes.damaged(items.at, items.items[0].label, message, "请对照原件补上标题")
    expected = 1
    for item in items.items:
        if item.value != expected:
            message = f"这里应是第{expected}项，原文是第{item.value}项，照原样保留"
            notes.damaged(item.at, item.label, message, "请核对前面是否缺了内容")
        expected = item.value + 1
        report_lists(item.under, notes)
