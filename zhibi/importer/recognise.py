"""Any paper's lines and grids -> the data of a 文稿: elements, body, parts, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from zhibi.importer.attachments import RawPart, settle_attachments, split_attachments, take_attachment_note
from zhibi.importer.back import take_back
from zhibi.importer.blocks import Block, Data, Line, Notes, Paper
from zhibi.importer.body import build_body
from zhibi.importer.damage import drop_empty, report_damage
from zhibi.importer.emit import emit_body
from zhibi.importer.frame import take_front, take_outline
from zhibi.importer.info import take_info
from zhibi.importer.lines import join_broken, report_open_ends, restore_line
from zhibi.importer.outline import outline_value
from zhibi.importer.scheme import Scheme, choose_scheme, place_levels
from zhibi.importer.script import is_traditional
from zhibi.importer.table import is_wide
from zhibi.importer.tree import Node, TableBlock

TRADITIONAL = "zh-TW"


def recognise(paper: Paper, notes: Notes) -> Data:
    """Return the data of a paper."""
    blocks = drop_empty(paper.blocks, notes)
    for line in _all_lines(blocks):
        report_damage(line, notes)
    data, blocks = take_info(blocks, notes)
    blocks = _mend_lines(blocks, notes)
    outline_title, entries, blocks = take_outline(blocks, notes)
    front, blocks = take_front(blocks, notes)
    blocks, attachments = split_attachments(blocks, notes)
    back, blocks, annexed = take_back(blocks, notes)
    note, blocks = take_attachment_note(blocks)
    data |= front | back
    if "标题" not in data:
        data["文件名"] = paper.name
        first = blocks[0].at if blocks else paper.blocks[0].at
        notes.unsure(first, "", "原文没有标题，标题空着，成品按原文件取名", "请补上“标题”，或改“文件名”")
    body = build_body(blocks, notes)
    place_levels(body)
    scheme = choose_scheme(body)
    attachments, said = settle_attachments(note, attachments, body, notes)
    data |= said
    data["正文"] = emit_body(body, scheme, notes)
    if outline_title:
        nodes = build_body(entries, notes)
        place_levels(nodes)
        data["目录"] = outline_value(outline_title.text, nodes, body, scheme, notes)
    data |= _settings(paper, body, scheme, notes)
    for key, parts in (("印发件", annexed), ("附件", attachments)):
        if parts:
            data[key] = [_part(part, scheme, notes) for part in parts]
    return data


def _all_lines(blocks: Iterable[Block]) -> Iterable[Line]:
    """Yield every line and every cell as a line."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            for row in block.rows:
                yield from (Line(cell.text, row.at) for cell in row.cells if cell.text)


def _mend_lines(blocks: list[Block], notes: Notes) -> list[Block]:
    """Join broken lines and restore full-width marks; tables restore their own cells."""
    mended: list[Block] = []
    for is_line, run in groupby(blocks, lambda block: isinstance(block, Line)):
        if not is_line:
            mended.extend(run)
            continue
        lines = join_broken([block for block in run if isinstance(block, Line)], notes)
        report_open_ends(lines, notes)
        mended.extend(Line(restore_line(line.text), line.at, line.level) for line in lines)
    return mended


def _settings(paper: Paper, body: list[Node], scheme: Scheme, notes: Notes) -> Data:
    settings: Data = {}
    numbering = scheme.as_data(Scheme())
    if numbering:
        settings["编号"] = numbering
    tables = [node for node in body if isinstance(node, TableBlock)]
    if tables and len(tables) == len(body) and any(is_wide(table.data) for table in tables):
        settings["横向"] = "是"
    if is_traditional(line.text for line in _all_lines(paper.blocks)):
        settings["语言"] = TRADITIONAL
        notes.unsure(
            paper.blocks[0].at, "", f"全文看来是繁体字，语言写作 {TRADITIONAL}", "香港文稿请改成 zh-HK"
        )
    return settings


def _part(part: RawPart, scheme: Scheme, notes: Notes) -> Data:
    nodes = build_body(part.blocks, notes)
    place_levels(nodes)
    own = choose_scheme(nodes, scheme)
    data: Data = {"标题": part.title}
    if not part.title:
        data["标题"] = part.label or "（无标题）"
        notes.unsure(part.at, part.label, "这一部分没有标题", "请补上标题")
    if any(isinstance(node, TableBlock) and is_wide(node.data) for node in nodes):
        data["横向"] = "是"
    numbering = own.as_data(scheme)
    if numbering:
        data["编号"] = numbering
    return {**data, "正文": emit_body(nodes, own, notes)}
