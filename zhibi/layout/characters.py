"""Flow -> nothing, or a `ReportError` with every character that a Word file cannot hold (XML 1.0 cl. 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.errors import Location, Problem, ReportError
from zhibi.nodes import (
    Flow,
    FlowBlock,
    Heading,
    Inlines,
    Label,
    Lead,
    Number,
    Paragraph,
    Picture,
    Plot,
    Row,
    Series,
    Table,
    Text,
)

Words = tuple[str, Location | None]

_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def refuse_illegal(flow: Flow) -> None:
    """Raise one `ReportError` with every illegal character of `flow` and where it stands."""
    problems = [
        _problem(match.group(), text, at or Location(""))
        for text, at in flow_words(flow)
        for match in _ILLEGAL.finditer(text)
    ]
    if problems:
        raise ReportError(problems)


def _problem(character: str, text: str, at: Location) -> Problem:
    message = f"有不能写入公文的控制字符 U+{ord(character):04X}"
    shown = _ILLEGAL.sub("□", text)
    return Problem(at, "非法字符", message, "请删去这个看不见的字符", text=shown, context=shown)


def flow_words(flow: Flow) -> Iterator[Words]:
    """Yield every text of `flow`, properties first, with the place where it was typed."""
    properties = flow.properties
    for text in (properties.title, properties.author, properties.subject, *properties.keywords):
        yield text, None
    for section in flow.sections:
        for block in section.blocks:
            yield from _block_words(block)
    for paragraph in flow.imprint:
        yield from _block_words(paragraph)


def _block_words(block: FlowBlock) -> Iterator[Words]:
    match block:
        case Heading(number=number, content=content, rest=rest):
            yield number, None
            yield from _inline_words(content)
            yield from _inline_words(rest)
        case Paragraph(content=content):
            yield from _inline_words(content)
        case Picture():
            yield block.alt, block.at
            yield from _inline_words(block.caption)
        case Plot():
            yield from ((bar.words, bar.at) for bar in block.bars)
            for line in block.notes:
                yield from _inline_words(line)
        case Table():
            yield block.unit, None
            for line in (block.title, *block.notes):
                yield from _inline_words(line)
            for row in (*block.header, *block.rows):
                yield from _row_words(row)


def _row_words(row: Row) -> Iterator[Words]:
    for cell in row.cells:
        for block in cell.blocks:
            if isinstance(block, Paragraph):
                yield from _inline_words(block.content)


def _inline_words(content: Inlines) -> Iterator[Words]:
    for inline in content:
        match inline:
            case Text(text=text, at=at):
                yield text, at
            case Number(text=text) | Label(text=text):
                yield text, None
            case Lead(content=inner):
                yield from _inline_words(inner)
            case Series(items=items):
                for item in items:
                    yield from _inline_words(item)
