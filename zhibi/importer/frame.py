"""The fixed elements around a body (GB/T 9704-2012 cl. 7): what stands first and last, and the parts behind.

Every function takes the blocks that are left and returns what it found with the blocks that remain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhibi.dates import format_date, parse_date
from zhibi.errors import Location
from zhibi.importer.blocks import Block, Data, Grid, Line, Notes
from zhibi.importer.lines import (
    attachment_note_start,
    is_attachment_label,
    is_date,
    is_document_number,
    is_outline_title,
    is_recipients,
    is_signature,
    is_title,
    numbered_attachment,
)
from zhibi.importer.serial_heads import read_serial

TITLE_LINES = 3
SIGNATURES = 5
_PAGE = re.compile(r"[.…·．\s]{2,}\d{1,3}$")
_REMARK = re.compile(r"[（(][^（()）]*(?:联系|聯繫|电话|電話|此件)[^()（）]*[)）]")


@dataclass(frozen=True, slots=True)
class RawPart:
    """A part behind the paper: its label (附件1; empty for a paper that is sent out), title and blocks."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    at: Location


def text_of(block: Block | None) -> str:
    """Return the words of a line; a table and nothing have none."""
    return block.text if isinstance(block, Line) else ""


def take_outline(blocks: list[Block], notes: Notes) -> tuple[Line | None, list[Block], list[Block]]:
    """Split off a table of contents that stands first: its title, its entries, the rest."""
    head = blocks[0] if blocks else None
    if not isinstance(head, Line) or not is_outline_title(head.text):
        return None, [], blocks
    count = 1
    while count < len(blocks) and read_serial(text_of(blocks[count])):
        count += 1
    entries = [_entry(block, notes) for block in blocks[1:count] if isinstance(block, Line)]
    return head, list(entries), blocks[count:]


def _entry(line: Line, notes: Notes) -> Line:
    page = _PAGE.search(line.text)
    if not page:
        return line
    notes.dropped(line.at, page.group(), "目录的页码没有导入", "页码由程序排定")
    return Line(line.text[: page.start()], line.at, line.level)


def take_front(blocks: list[Block], notes: Notes) -> tuple[Data, list[Block]]:
    """Split off 发文字号, 标题 and 主送机关."""
    front: Data = {}
    rest = list(blocks)
    rest = _take_number(front, rest)
    title: list[str] = []
    while rest and len(title) < TITLE_LINES and text_of(rest[0]) and is_title(text_of(rest[0])):
        title.append(text_of(rest.pop(0)))
    if len(title) > 1:
        notes.unsure(
            blocks[0].at, title[0], f"开头的{len(title)}行都按标题导入", "如果不都是标题，请改成正文"
        )
    if title:
        front["标题"] = "\n".join(title)
        before = len(rest)
        rest = _take_number(front, rest)
        if len(rest) < before:
            notes.unsure(blocks[0].at, str(front["发文字号"]), "发文字号原在标题之下，成品排在标题之上", "")
    if rest and text_of(rest[0]) and is_recipients(text_of(rest[0])):
        front["主送机关"] = text_of(rest.pop(0))
    return front, rest


def _take_number(front: Data, rest: list[Block]) -> list[Block]:
    if rest and "发文字号" not in front and is_document_number(text_of(rest[0])):
        front["发文字号"] = text_of(rest[0])
        return rest[1:]
    return rest


def split_attachments(blocks: list[Block]) -> tuple[list[Block], list[RawPart]]:
    """Cut a paper at its attachment labels (附件, 附件1, 附件1：名称)."""
    starts = [index for index in range(len(blocks)) if _starts_attachment(blocks, index)]
    if not starts:
        return blocks, []
    ends = [*starts[1:], len(blocks)]
    return blocks[: starts[0]], [
        _attachment(blocks[start:end]) for start, end in zip(starts, ends, strict=True)
    ]


def _starts_attachment(blocks: Sequence[Block], index: int) -> bool:
    text = text_of(blocks[index])
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    if not text or after is None:
        return False
    if is_attachment_label(text):
        return True
    if numbered_attachment(text) is None:
        return False
    following = [text_of(block) for block in blocks[index + 1 : index + 4]]
    return isinstance(after, Grid) or not any(
        numbered_attachment(words) or is_date(words) or is_attachment_label(words)
        for words in following
        if words
    )


def _attachment(blocks: list[Block]) -> RawPart:
    head = text_of(blocks[0])
    named = numbered_attachment(head)
    if named:
        return RawPart(f"附件{named[0]}", named[1], tuple(blocks[1:]), blocks[0].at)
    if text_of(blocks[1]) and is_title(text_of(blocks[1])):
        return RawPart(head, text_of(blocks[1]), tuple(blocks[2:]), blocks[0].at)
    return RawPart(head, "", tuple(blocks[1:]), blocks[0].at)


def take_back(blocks: list[Block], notes: Notes) -> tuple[Data, list[Block], list[RawPart]]:
    """Split off 署名, 成文日期 and 附注, and the paper that stands after them (印发件)."""
    place = next((index for index in range(2, len(blocks)) if _is_sign_off(blocks, index)), None)
    if place is None:
        return {}, blocks, []
    first = place
    while first > 1 and place - first < SIGNATURES and is_signature(text_of(blocks[first - 1]) or "。"):
        first -= 1
    names = [text_of(block) for block in blocks[first:place]]
    back: Data = {"署名": names[0] if len(names) == 1 else list(names)}
    back["成文日期"] = _written_date(blocks[place], notes)
    rest = blocks[place + 1 :]
    if rest and _REMARK.fullmatch(text_of(rest[0])):
        back["附注"] = text_of(rest.pop(0))
    return back, blocks[:first], [_annexed(rest, notes)] if rest else []


def _is_sign_off(blocks: Sequence[Block], index: int) -> bool:
    """A date that ends the paper or stands before a title, with a short line for the office above it."""
    text = text_of(blocks[index])
    if not is_date(text) or parse_date(re.sub(r"\s", "", text)) is None:
        return False
    return is_signature(text_of(blocks[index - 1]) or "。")


def _written_date(block: Block, notes: Notes) -> str:
    text = re.sub(r"\s", "", text_of(block))
    written = format_date(text)
    for month_or_day in re.findall(r"(?<=\D)0(?=\d)", text):
        notes.dropped(block.at, month_or_day, f"成文日期写作“{written}”，月、日前面的0没有导入")
    return written


def _annexed(blocks: list[Block], notes: Notes) -> RawPart:
    title: list[str] = []
    rest = list(blocks)
    while rest and len(title) < TITLE_LINES and text_of(rest[0]) and is_title(text_of(rest[0])):
        title.append(text_of(rest.pop(0)))
    if not title:
        notes.unsure(
            blocks[0].at, text_of(blocks[0])[:12], "成文日期后面的文字没有标题，按印发件导入", "请补上标题"
        )
    return RawPart("", "\n".join(title), tuple(rest), blocks[0].at)


def take_attachment_note(blocks: list[Block]) -> tuple[list[Line], list[Block]]:
    """Split off the lines 附件：1.… 2.… at the end of a body."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        if not isinstance(block, Line):
            break
        if attachment_note_start(block.text) is not None:
            return [line for line in blocks[index:] if isinstance(line, Line)], blocks[:index]
        serial = read_serial(block.text)
        if serial is None or serial.rank != 3:
            break
    return [], blocks
