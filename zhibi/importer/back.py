"""What stands behind a body (GB/T 9704-2012 cl. 7.3.5): 署名, 成文日期, 附注, and the paper that a notice sends out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhibi.dates import format_date, parse_date
from zhibi.importer.attachments import RawPart
from zhibi.importer.blocks import Block, Data, Notes
from zhibi.importer.frame import take_title, text_of
from zhibi.importer.lines import is_date, is_office, is_signature

SIGNATURES = 6
_REMARK = re.compile(r"[（(][^（()）]*(?:联系|聯繫|电话|電話|此件)[^()（）]*[)）]")


def take_back(blocks: list[Block], notes: Notes) -> tuple[Data, list[Block], list[RawPart]]:
    """Split off 署名, 成文日期 and 附注, and the paper that stands after them (印发件)."""
    place = next((index for index in range(2, len(blocks)) if _is_sign_off(blocks, index)), None)
    if place is None:
        return {}, blocks, []
    rest = blocks[place + 1 :]
    remark = text_of(rest[0]) if rest and _REMARK.fullmatch(text_of(rest[0])) else ""
    title, body = take_title(rest[1:] if remark else rest)
    if (title or body) and not (title and body):
        message = "署名和日期后面还有文字，没有当作印发件，都按正文导入"
        notes.unsure(blocks[place].at, text_of(blocks[place]), message, "请核对；多余的文字删去后再导入")
        return {}, blocks, []
    first = _first_name(blocks, place)
    names = [text_of(block) for block in blocks[first:place]]
    back: Data = {"署名": names[0] if len(names) == 1 else list(names)}
    back["成文日期"] = _written_date(blocks[place], notes)
    if remark:
        back["附注"] = remark
    parts = [RawPart("", "\n".join(title), tuple(body), body[0].at)] if body else []
    return back, blocks[:first], parts


def _is_sign_off(blocks: Sequence[Block], index: int) -> bool:
    """A date with a short line for the office above it."""
    text = text_of(blocks[index])
    if not is_date(text) or parse_date(re.sub(r"\s", "", text)) is None:
        return False
    return is_signature(text_of(blocks[index - 1]) or "。")


def _first_name(blocks: Sequence[Block], place: int) -> int:
    """Return where the signing offices begin: the line above the date, and every office above it."""
    first = place - 1
    while first > 1 and place - first < SIGNATURES and is_office(text_of(blocks[first - 1]) or "。"):
        first -= 1
    return first


def _written_date(block: Block, notes: Notes) -> str:
    text = re.sub(r"\s", "", text_of(block))
    written = format_date(text)
    for zero in re.finditer(r"(?<=\D)0(?=\d)", text_of(block)):
        at = replace(block.at, column=block.at.column + zero.start())
        notes.dropped(at, zero.group(), f"成文日期写作“{written}”，月、日前面的0没有导入")
    return written
