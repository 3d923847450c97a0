"""Stage 5b: the fixed elements -> paragraphs in the places that GB/T 9704-2012 cl. 7 gives them.

Input: an authored `Document`; output: `Flow`, in reading order: 信息公开, 目录, 发文字号, 标题, 主送机关,
正文, 附件说明, 署名, 成文日期, 附注, then each part on a page of its own. Numbers are written by `numbering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from zhibi.heads import place_head, place_imprint
from zhibi.nodes import (
    OUTLINE_ROLES,
    Block,
    Cell,
    Column,
    Document,
    Elements,
    Flow,
    FlowBlock,
    Form,
    Heading,
    Info,
    Inlines,
    Label,
    Number,
    Orientation,
    PageBreak,
    Paragraph,
    Part,
    PartKind,
    Picture,
    Plot,
    Role,
    Row,
    Section,
    Table,
    TableLook,
    Text,
    plain_text,
)
from zhibi.numbering import number_blocks, numbered
from zhibi.serials import parse_pattern
from zhibi.signing import place_signature

_BLANK = Paragraph((), Role.BLANK)
_ATTACHMENT_SERIAL = parse_pattern("1.")


def place(document: Document) -> Flow:
    """Return the paper as a flow of sections, every element in its place and every number written."""
    body = number_blocks(document.body, document.numbering)
    sections = [
        *_outline_section(document, body),
        *_sections((*_front(document.elements), *body, *_back(document)), document.orientation),
    ]
    attachments = [part for part in document.parts if part.kind is PartKind.ATTACHMENT]
    for part in document.parts:
        label = _label(part, attachments)
        sections.extend(_sections((*label, *_part(part)), part.orientation))
    info = _info_table(document.elements.info)
    if info and sections:
        sections[0] = replace(sections[0], blocks=(info, _BLANK, *sections[0].blocks))
    head = document.elements.head
    if head and head.form is Form.LETTER and not (info or document.elements.outline):
        sections[0] = replace(sections[0], letter=True)
    return Flow(document.properties, tuple(sections), tuple(place_imprint(document.elements)))


def _sections(blocks: Iterable[Block], orientation: Orientation) -> Iterator[Section]:
    """Cut blocks into sections at page breaks; empty sections go."""
    page: list[FlowBlock] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            if page:
                yield Section(tuple(page), orientation)
            page = []
        elif isinstance(block, Heading | Paragraph | Table | Picture | Plot):
            page.append(block)
    if page:
        yield Section(tuple(page), orientation)


def _front(elements: Elements) -> Iterator[Block]:
    if elements.head:
        yield from place_head(elements.head, elements.document_number)
    elif elements.document_number:
        yield Paragraph(elements.document_number, Role.DOCUMENT_NUMBER)
        yield _BLANK
    if elements.title:
        yield Paragraph(elements.title, Role.TITLE)
        yield _BLANK
    if elements.recipients:
        yield Paragraph(elements.recipients, Role.RECIPIENTS)


def _back(document: Document) -> Iterator[Block]:
    elements = document.elements
    if elements.attachment_note:
        yield from _attachment_note([part for part in document.parts if part.kind is PartKind.ATTACHMENT])
    for number, (label, who) in enumerate(elements.attendance):
        if number == 0:
            yield replace(_BLANK, keep_with_next=True)
        yield Paragraph((Label(f"{label}："), *who), Role.ATTENDANCE)
    if elements.signature or elements.date:
        yield from place_signature(elements)
    if elements.note:
        yield Paragraph(elements.note, Role.NOTE)


def _attachment_note(attachments: Sequence[Part]) -> Iterator[Block]:
    """附件：1.… one line an attachment; a single one has no serial (cl. 7.3.4)."""
    if attachments:
        yield replace(_BLANK, keep_with_next=True)
    for value, part in enumerate(attachments, 1):
        head: Inlines = (Text("附件："),) if value == 1 else ()
        serial = _ATTACHMENT_SERIAL.format(value) if len(attachments) > 1 else ""
        role = Role.ATTACHMENT_NOTE if value == 1 else Role.ATTACHMENT_NOTE_MORE
        words = numbered(serial, _one_line(part.title))
        yield Paragraph((*head, *words), role, keep_with_next=value < len(attachments))


def _one_line(title: Inlines) -> Inlines:
    at = next((inline.at for inline in title if isinstance(inline, Text)), None)
    return (Text(plain_text(title), at),)


def _label(part: Part, attachments: Sequence[Part]) -> Iterator[Block]:
    """附件 and its serial, flush left above the title (cl. 7.3.7)."""
    if part.kind is PartKind.ATTACHMENT:
        serial = str(attachments.index(part) + 1) if len(attachments) > 1 else ""
        yield Paragraph((Text(f"附件{serial}"),), Role.ATTACHMENT_LABEL)
        yield replace(_BLANK, keep_with_next=True)


def _part(part: Part) -> Iterator[Block]:
    yield Paragraph(part.title, Role.ATTACHMENT_TITLE)
    yield replace(_BLANK, keep_with_next=True)
    yield from number_blocks(part.body, part.numbering)


def _outline_section(document: Document, body: tuple[Block, ...]) -> Iterator[Section]:
    outline = document.elements.outline
    if outline is None:
        return
    blocks: list[FlowBlock] = [Paragraph(outline.title, Role.OUTLINE_TITLE)]
    if outline.entries is None:
        blocks.extend(_entry(heading) for heading in body if isinstance(heading, Heading))
    else:
        blocks.extend(_entry(block) for block in number_blocks(outline.entries, document.numbering))
    yield Section(tuple(blocks), document.orientation)


def _entry(block: Block) -> FlowBlock:
    """A heading's line in the outline: its number and words, without the full stop of a run-in one."""
    match block:
        case Heading():
            words = block.content
            if block.rest and words and isinstance(words[-1], Text):
                words = (*words[:-1], replace(words[-1], text=words[-1].text.removesuffix("。")))
            number: Inlines = (Number(block.number),) if block.number else ()
            return Paragraph((*number, *words), OUTLINE_ROLES[block.level - 1])
        case Paragraph():
            return replace(block, role=OUTLINE_ROLES[-1])
        case Table() | Picture() | Plot():
            return block
        case _:
            return Paragraph((), Role.BLANK)


def _info_table(info: Info | None) -> Table | None:
    """信息公开: two pairs of label and value a row."""
    if info is None:
        return None
    colon = "：" if info.colon else ""
    columns = tuple(
        Column(name, name, width=width)
        for name, width in (("名一", 2.0), ("值一", 4.0), ("名二", 2.0), ("值二", 4.0))
    )
    rows = []
    for start in range(0, len(info.pairs), 2):
        cells: list[Cell] = []
        for label, value in info.pairs[start : start + 2]:
            cells.append(_info_cell((Text(label + colon),), len(cells)))
            cells.append(_info_cell(value, len(cells)))
        cells.extend(_info_cell((), number) for number in range(len(cells), len(columns)))
        rows.append(Row(tuple(cells)))
    return Table(columns, (), tuple(rows), look=TableLook.INFO)


def _info_cell(content: Inlines, column: int) -> Cell:
    return Cell((Paragraph(content, Role.INFO_CELL),) if content else (), column)
