"""附件说明 and the labels of attachments: the program writes them, so what a paper has must agree."""

from __future__ import annotations

import re

from zhibi.importer.blocks import Data, Line, Notes
from zhibi.importer.frame import RawPart
from zhibi.importer.lines import attachment_note_start, attachment_number
from zhibi.importer.serial_heads import read_serial
from zhibi.importer.tree import Node, Text


def check_attachment_note(
    lines: list[Line], attachments: list[RawPart], body: list[Node], notes: Notes
) -> Data:
    """Compare what the paper says with what the program will print; keep a differing note as words."""
    for value, part in enumerate(attachments, 1):
        wanted = str(value) if len(attachments) > 1 else ""
        given = attachment_number(part.label)
        if given != wanted:
            notes.unsure(
                part.at, part.label, f"原文是“{part.label}”，成品写作“附件{wanted}”", "请核对附件的序号"
            )
    if not lines:
        return {"附件说明": "否"} if attachments else {}
    names = [_name(line, place) for place, line in enumerate(lines)]
    if attachments and [_bare(name) for name in names] == [_bare(part.title) for part in attachments]:
        return {}
    reason = "与后面附件的标题不一致" if attachments else "列出的附件没有随文"
    notes.unsure(
        lines[0].at, lines[0].text, f"附件说明{reason}，照文字保留", "请核对；附件齐全后删去这几行，由程序写"
    )
    body.extend(Text(line.text, line.at) for line in lines)
    return {"附件说明": "否"} if attachments else {}


def _name(line: Line, place: int) -> str:
    """Return the attachment's name without 附件： and its number."""
    text = line.text[attachment_note_start(line.text) or 0 :]
    serial = read_serial(text)
    return serial.rest if serial is not None and serial.value == place + 1 else text


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
