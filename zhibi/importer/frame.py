"""What stands before a body (GB/T 9704-2012 cl. 7): 目录, 发文字号, 标题, 主送机关.

Every function takes the blocks that are left and returns what it found with the blocks that remain.
"""

from __future__ import annotations

import re

from zhibi.importer.blocks import Block, Data, Grid, Line, Notes
from zhibi.importer.lines import (
    is_date,
    is_document_number,
    is_outline_title,
    is_recipients,
    is_table_title,
    is_title,
    table_unit,
)
from zhibi.importer.serial_heads import read_serial

TITLE_LINES = 3
_PAGE = re.compile(r"(?:[.…·．]{2,}|\s)[.…·．\s]*\d{1,3}$")


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


def take_title(blocks: list[Block]) -> tuple[list[str], list[Block]]:
    """Split off the lines of a title; a second line may be who signs, above a date, or the title of a table."""
    count = 0
    while count < min(TITLE_LINES, len(blocks)) and is_title(text_of(blocks[count]) or "。"):
        if count and (_level(blocks[count]) or _belongs_below(blocks[count], blocks[count + 1 : count + 3])):
            break
        count += 1
    return [text_of(block) for block in blocks[:count]], blocks[count:]


def _level(block: Block) -> int:
    return block.level if isinstance(block, Line) else 0


def _belongs_below(block: Block, following: list[Block]) -> bool:
    """Tell whether a line belongs to the date or the table below it."""
    if not following or is_date(text_of(following[0])):
        return bool(following)
    near = isinstance(following[0], Grid) or (bool(table_unit(text_of(following[0]))) and len(following) > 1)
    return near and is_table_title(text_of(block))


def take_front(blocks: list[Block], notes: Notes) -> tuple[Data, list[Block]]:
    """Split off 发文字号, 标题 and 主送机关."""
    front: Data = {}
    rest = list(blocks)
    rest = _take_number(front, rest)
    title, rest = take_title(rest)
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
