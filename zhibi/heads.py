"""Stage 5: 版头 and 版记 -> paragraphs and spaces in their places (GB/T 9704-2012 cl. 7.2, 7.4, 10).

Input: the elements of a paper; output: blocks. Spaces are measured between characters, as the standard
measures; layout takes the space that lines have of their own off them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhibi.nodes import (
    Align,
    Cell,
    Column,
    Elements,
    Form,
    Head,
    Inlines,
    Label,
    Paragraph,
    Role,
    Row,
    Space,
    Stop,
    Table,
    TableLook,
    Text,
    plain_text,
)
from zhibi.signing import width
from zhibi.styles import LETTER_MARK, LETTER_TOP, TIGHT_MARGIN, TIGHT_PITCH
from zhibi.typography import MM

MARK_TOP = {Form.PAPER: 35.0, Form.MINUTES: 35.0, Form.ORDER: 20.0}
"""Millimetres from the top of the type area to the mark (cl. 7.2.4, 10.2, 10.3)."""

RULE_BELOW = 4.0
"""Millimetres from 发文字号, or from the mark of a letter, to the rule (cl. 7.2.7, 10.1)."""

LETTER_GAP = 7 / 8 * 5.54
"""Millimetres from the rule of a letter to what stands below it: 7/8 of a 三号 character (cl. 10.1)."""

NAMES_IN_A_LINE = 2
"""签发人: so many names stand in a line (cl. 7.2.6)."""

SUFFIX = "文件"

_BLANK = Paragraph((), Role.BLANK)


def place_head(head: Head, number: Inlines) -> Iterator[Paragraph | Table]:
    """Yield everything above the title; `number` is 发文字号."""
    if head.form is Form.LETTER:
        yield from _letter(head, number)
        return
    over = list(_over(head))
    for paragraph in over:
        yield from _on_a_line(paragraph)
    yield Paragraph((), Role.BLANK, height=Space(-len(over), MARK_TOP[head.form], area=True))
    yield _mark(head)
    if number or head.signers:
        yield _space(lines=2, mm=-TIGHT_MARGIN)
        yield from _signers(head.signers, number) if head.signers else (_number(number),)
    if head.form is Form.PAPER:
        yield _space(mm=RULE_BELOW - (TIGHT_MARGIN if number or head.signers else 0))
        yield Paragraph((), Role.RED_RULE)
    yield from (_BLANK, _BLANK)


def _over(head: Head) -> Iterator[Paragraph]:
    """Yield what stands flush left above the mark, in its order (cl. 7.2.1-7.2.3)."""
    for content, role in (
        (head.copy_number, Role.COPY_NUMBER),
        (head.secrecy, Role.SECRECY),
        (head.urgency, Role.URGENCY),
    ):
        if content:
            yield Paragraph(content, role)


def _on_a_line(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield a tight paragraph with what it lacks of a line above and below it."""
    half = _space(lines=0.5, mm=-TIGHT_PITCH / 2 * MM)
    yield from (half, paragraph, half)


def _space(*, lines: float = 0.0, mm: float = 0.0) -> Paragraph:
    return Paragraph((), Role.BLANK, height=Space(lines, mm))


def _number(number: Inlines) -> Paragraph:
    return Paragraph(number, Role.DOCUMENT_NUMBER)


def _mark(head: Head) -> Paragraph | Table:
    """Return the mark; several organs of a joint paper stand one below the other (cl. 7.2.4)."""
    if len(head.marks) == 1 or head.form is Form.LETTER:
        return Paragraph(head.marks[0], Role.MARK)
    suffix = Cell((Paragraph((Text(SUFFIX),), Role.MARK),), 2, rowspan=len(head.marks))
    rows = [
        Row((Cell((Paragraph(mark, Role.MARK),), 1), *((suffix,) if number == 0 else ())))
        for number, mark in enumerate(head.marks)
    ]
    columns = tuple(Column(name, name) for name in ("空", "名", "后"))
    return Table(columns, (), tuple(rows), look=TableLook.MARKS)


def _signers(signers: Sequence[Inlines], number: Inlines) -> Iterator[Paragraph]:
    """Yield 签发人 with the names, two a line; 发文字号 stands left on the last line (cl. 7.2.5, 7.2.6)."""
    names = [
        "　".join(map(plain_text, signers[start : start + NAMES_IN_A_LINE]))
        for start in range(0, len(signers), NAMES_IN_A_LINE)
    ]
    widest = max(width((Text(line),)) for line in names)
    for place, line in enumerate(names):
        if place:
            yield _space(lines=1, mm=-TIGHT_PITCH * MM)
        label = Label("签发人：") if place == 0 else None
        begins = 1 + widest + (width((Text(label.text),)) if label else 0)
        own = (Label(plain_text(number)),) if number and place == len(names) - 1 else ()
        said = (*((label,) if label else ()), Text(line))
        yield Paragraph((*own, Stop(begins, Align.LEFT), *said), Role.SIGNER)


def _letter(head: Head, number: Inlines) -> Iterator[Paragraph | Table]:
    """Yield the head of a letter: mark, double rule, then 份号 … left and 发文字号 right (cl. 10.1)."""
    yield _space(mm=LETTER_MARK - LETTER_TOP)
    yield _mark(head)
    yield _space(mm=RULE_BELOW)
    yield Paragraph((), Role.LETTER_RULE)
    yield _space(mm=LETTER_GAP - TIGHT_MARGIN)
    over = list(_over(head))
    if number and over:
        first = over[0]
        words = (*first.content, Stop(0, Align.RIGHT), Label(plain_text(number)))
        over[0] = Paragraph(words, first.role)
    elif number:
        over = [Paragraph(number, Role.DOCUMENT_NUMBER, Align.RIGHT)]
    for place, paragraph in enumerate(over):
        if place:
            yield _space(lines=1, mm=-TIGHT_PITCH * MM)
        yield paragraph
    yield from (_BLANK, _BLANK)


def place_imprint(elements: Elements) -> Iterator[Paragraph]:
    """Yield 版记 with its rules; that of a letter has neither rules nor 印发机关 (cl. 7.4, 10.1)."""
    imprint = elements.imprint
    if imprint is None:
        return
    letter = elements.head is not None and elements.head.form is Form.LETTER
    copies = [
        Paragraph((Label(f"{label}："), *content), Role.COPIES)
        for label, content in (("主送", imprint.recipients), ("抄送", imprint.copies))
        if content
    ]
    if letter:
        yield from copies
        return
    yield Paragraph((), Role.IMPRINT_FIRST)
    yield from copies
    if imprint.issuer or imprint.date:
        if copies:
            yield Paragraph((), Role.IMPRINT_MIDDLE)
        day = (Stop(1, Align.RIGHT), *imprint.date, Text("印发")) if imprint.date else ()
        yield Paragraph((*imprint.issuer, *day), Role.ISSUER)
    yield Paragraph((), Role.IMPRINT_LAST)
