"""Attachments (GB/T 9704-2012 cl. 7.3.4, 7.3.7): the parts behind a paper, and 附件说明, which the program writes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhibi.errors import Location
from zhibi.importer.blocks import Block, Data, Grid, Line, Notes
from zhibi.importer.frame import text_of
from zhibi.importer.lines import (
    attachment_label,
    attachment_note_start,
    is_attachment_label,
    is_date,
    is_title,
    numbered_attachment,
)
from zhibi.importer.serial_heads import read_serial
from zhibi.importer.tree import Node, Text
from zhibi.importer.width import restore_width


@dataclass(frozen=True, slots=True)
class RawPart:
    """A part behind the paper: its label (附件1; empty for a paper that is sent out), title and blocks."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    at: Location


def split_attachments(blocks: list[Block], notes: Notes) -> tuple[list[Block], list[RawPart]]:
    """Cut a paper at its attachment labels (附件, 附件1, 附件1：名称)."""
    starts = [index for index in range(len(blocks)) if _starts(blocks, index)]
    if not starts:
        return blocks, []
    ends = [*starts[1:], len(blocks)]
    parts = [_part(blocks[start:end]) for start, end in zip(starts, ends, strict=True)]
    for value, part in enumerate(parts, 1):
        _check_label(part, str(value) if len(parts) > 1 else "", notes)
    return blocks[: starts[0]], parts


def _starts(blocks: Sequence[Block], index: int) -> bool:
    """Tell whether an attachment begins here; 附件1：名称 above a date or another one is only a list of them."""
    text = text_of(blocks[index])
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if not text or after is None or is_attachment_label(text):
        return bool(text) and after is not None
    if numbered_attachment(text) is None or isinstance(after, Grid):
        return numbered_attachment(text) is not None
    following = [text_of(block) for block in blocks[index + 1 : index + 4]]
    return not any(
        numbered_attachment(words) or is_date(words) or is_attachment_label(words)
        for words in following
        if words
    )


def _part(blocks: list[Block]) -> RawPart:
    head = text_of(blocks[0])
    named = numbered_attachment(head)
    if named:
        return RawPart(head[: len(head) - len(named[1])].strip(), named[1], tuple(blocks[1:]), blocks[0].at)
    if is_title(text_of(blocks[1]) or "。"):
        return RawPart(head, text_of(blocks[1]), tuple(blocks[2:]), blocks[0].at)
    return RawPart(head, "", tuple(blocks[1:]), blocks[0].at)


def _check_label(part: RawPart, wanted: str, notes: Notes) -> None:
    """Compare a label with the one that the program prints; say what of it is lost."""
    number, colon = attachment_label(part.label)
    if colon:
        notes.dropped(part.at, colon, "附件序号后面的冒号没有导入", "GB/T 9704 的附件序号后面不加冒号")
    if number and not wanted:
        notes.dropped(part.at, number, "只有一个附件，附件后面的序号没有导入")
    elif number != wanted:
        message = f"原文是“{part.label}”，成品写作“附件{wanted}”"
        notes.unsure(part.at, part.label, message, "请核对附件的序号")


def take_attachment_note(blocks: list[Block]) -> tuple[list[Line], list[Block]]:
    """Split off the lines 附件：1.… 2.… at the end of a body."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not isinstance(block, Line):
            break
        if attachment_note_start(block.text) is not None:
            return [line for line in blocks[index:] if isinstance(line, Line)], blocks[:index]
        serial = read_serial(block.text)
        if serial is None or serial.sample != "1.":
            break
    return [], blocks


def settle_attachments(
    lines: list[Line], parts: list[RawPart], body: list[Node], notes: Notes
) -> tuple[list[RawPart], Data]:
    """Give parts without a title the name that 附件说明 has; keep a note that differs from the titles as words."""
    if len(lines) == len(parts):
        parts = [_titled(part, line, notes) for part, line in zip(parts, lines, strict=True)]
    if lines and not parts:
        message = "附件说明列出的附件没有随文，照文字保留"
        notes.unsure(lines[0].at, lines[0].text, message, "附件齐全后请写进“附件”，并删去这几行")
    elif lines and [_bare(line.text) for line in lines] != _printed(parts):
        message = "附件说明与后面附件的标题或序号不一致，照文字保留"
        notes.unsure(lines[0].at, lines[0].text, message, "核对后请删去这几行和“附件说明: 否”，由程序写")
    else:
        return parts, {} if lines or not parts else {"附件说明": "否"}
    body.extend(Text(restore_width(line.text), line.at) for line in lines)
    return parts, {"附件说明": "否"} if parts else {}


def _titled(part: RawPart, line: Line, notes: Notes) -> RawPart:
    if part.title:
        return part
    words = line.text[attachment_note_start(line.text) or 0 :]
    serial = read_serial(words)
    title = serial.rest if serial else words
    notes.unsure(part.at, part.label, f"附件没有标题，用了附件说明里的“{title}”", "请核对附件的标题")
    return replace(part, title=title)


def _printed(parts: list[RawPart]) -> list[str]:
    """Return 附件说明 as the program prints it, without blanks."""
    numbers = [f"{value}." if len(parts) > 1 else "" for value in range(1, len(parts) + 1)]
    lines = [f"{number}{_bare(part.title)}" for number, part in zip(numbers, parts, strict=True)]
    return [f"附件：{lines[0]}", *lines[1:]]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", restore_width(text))
