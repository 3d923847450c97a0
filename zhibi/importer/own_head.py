"""版头, 版记, 与会 and the seals of a Word file of our own -> their data (GB/T 9704-2012 cl. 7.2, 7.4, 10).

Input: the paragraphs that carry these roles, in their order; output: the keys of a data file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhibi.importer.blocks import Data, Value
from zhibi.importer.word import WordBlock, WordParagraph, WordTable
from zhibi.nodes import Form, Role, Signing, TableLook
from zhibi.styles import TABLE_STYLES

_OVER = {Role.COPY_NUMBER: "份号", Role.SECRECY: "密级", Role.URGENCY: "紧急程度"}
_SIGNER = "签发人："
_MINUTES = "纪要"

HEAD_ROLES = frozenset(
    {
        *(*_OVER, Role.MARK, Role.SIGNER, Role.RED_RULE, Role.LETTER_RULE, Role.ATTENDANCE, Role.STAMP),
        *(Role.COPIES, Role.ISSUER, Role.IMPRINT_FIRST, Role.IMPRINT_MIDDLE, Role.IMPRINT_LAST),
    }
)
"""Roles of paragraphs that this module reads."""


@dataclass(slots=True)
class HeadWords:
    """What was found of the head and the foot of a paper."""

    over: Data = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    number: str = ""
    rules: set[Role] = field(default_factory=set)
    attendance: Data = field(default_factory=dict)
    imprint: Data = field(default_factory=dict)
    stamped: list[str] = field(default_factory=list)


def is_mark(block: WordBlock) -> bool:
    """Tell whether a block is the table of the marks of several organs."""
    return isinstance(block, WordTable) and block.style == TABLE_STYLES[TableLook.MARKS]


def read_marks(found: HeadWords, table: WordTable) -> None:
    """Read the names of a joint mark; 文件 beside them is written by the program."""
    cells = (cell for row in table.rows for cell in row.cells if cell.column == 1)
    found.marks += ["".join(line.text for line in cell.paragraphs) for cell in cells]


def read_head(found: HeadWords, role: Role, block: WordParagraph) -> None:
    """Read one paragraph of the head or the foot."""
    text = block.text
    before, _, after = text.partition("\t")
    match role:
        case Role.COPY_NUMBER | Role.SECRECY | Role.URGENCY:
            found.over[_OVER[role]] = before
            found.number = after or found.number
        case Role.MARK:
            found.marks.append(text)
        case Role.SIGNER:
            found.number = before or found.number
            found.signers += after.removeprefix(_SIGNER).split("　")
        case Role.ATTENDANCE:
            label, _, who = text.partition("：")
            found.attendance[label] = who
        case Role.STAMP:
            found.stamped.append(text)
        case Role.COPIES:
            label, _, who = text.partition("：")
            found.imprint[label] = who
        case Role.ISSUER:
            found.imprint |= {"印发机关": before} if before else {}
            found.imprint |= {"印发日期": after.removesuffix("印发")} if after else {}
        case _:
            found.rules.add(role)


def head_data(found: HeadWords, signature: Sequence[str]) -> Data:
    """Return the keys that say what was found; `signature` are the lines of 署名 as they stand."""
    data: Data = {}
    if found.marks:
        form = _form(found)
        head: Data = {"格式": str(form)} if form is not Form.PAPER else {}
        marks: Value = found.marks[0] if len(found.marks) == 1 else list(found.marks)
        signers: Data = {"签发人": list(found.signers)} if found.signers else {}
        data["版头"] = {**head, **found.over, "发文机关标志": marks, **signers}
    if found.number:
        data["发文字号"] = found.number
    if found.attendance:
        data["与会"] = found.attendance
    if found.imprint:
        data["版记"] = found.imprint
    if found.stamped:
        data["署名"] = found.stamped[0] if len(found.stamped) == 1 else list(found.stamped)
        data["署名方式"] = str(Signing.STAMP)
    elif any("\t" in line for line in signature):
        data["署名方式"] = str(Signing.SEAL)
    return data


def _form(found: HeadWords) -> Form:
    """Return the form of a paper: only a letter and an ordinary one have a rule."""
    if Role.LETTER_RULE in found.rules:
        return Form.LETTER
    if Role.RED_RULE in found.rules:
        return Form.PAPER
    return Form.MINUTES if found.marks[0].endswith(_MINUTES) else Form.ORDER
