"""Pages that must hold text: the one with the signature (GB/T 9704-2012 cl. 7.3.5.5) and the first (cl. 7.3.3).

Input: the set blocks of a section and the height of its type area; output: what `paginate` makes of them
once the last paragraph before a signature that would begin a page keeps with it. It keeps only there: a
paragraph that keeps is never parted, in any word processor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from zhibi.errors import Level, Location, Problem
from zhibi.layout.blocks import LaidBlock, LaidParagraph
from zhibi.layout.pages import Page, paginate
from zhibi.layout.reach import TOLERANCE
from zhibi.nodes import Inlines, Paragraph, Role, Text

_SIGNATURE = frozenset({Role.SIGNATURE, Role.DATE, Role.STAMP})
_BEFORE = frozenset({Role.BLANK, Role.ATTACHMENT_NOTE, Role.ATTACHMENT_NOTE_MORE})
_TEXT = frozenset({Role.BODY, Role.ITEM})
_HEAD = frozenset(
    {
        *(Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.MARK, Role.SIGNER, Role.RED_RULE),
        *(Role.LETTER_RULE, Role.DOCUMENT_NUMBER, Role.TITLE, Role.RECIPIENTS, Role.BLANK),
    }
)

RULE = "首页无正文"


def paginate_with_text(
    blocks: Sequence[LaidBlock], height: float, first: float
) -> tuple[tuple[LaidBlock, ...], tuple[Page, ...]]:
    """Return the blocks and pages of a section in which a signature takes the text before it along.

    `height` is that of the type area, `first` that of the first page's.
    """
    kept = list(blocks)
    while True:
        made, pages = paginate(kept, height, first)
        last = next((one for page in pages[1:] if (one := _left_behind(made, page, height))), None)
        if last is None:
            return made, pages
        number = next(number for number, block in enumerate(kept) if block is last)
        kept[number] = replace(last, keep=True)


def _left_behind(blocks: Sequence[LaidBlock], page: Page, height: float) -> LaidParagraph | None:
    """Return the paragraph that belongs to the signature with which `page` begins; None for any other page.

    One that fills a page with it stays, and so does a table.
    """
    start = page[0]
    if start.first or start.skip or not start.block:
        return None
    before = blocks[start.block - 1]
    chain = _chain(blocks[number] for number in range(start.block, len(blocks)))
    if not chain or not isinstance(before, LaidParagraph) or before.keep or chain[0].new_page:
        return None
    return before if sum(block.height for block in (before, *chain)) <= height + TOLERANCE else None


def _chain(blocks: Iterable[LaidBlock]) -> tuple[LaidParagraph, ...]:
    """Return the paragraphs up to a signature's end that keep together; none where there is no signature."""
    chain: list[LaidParagraph] = []
    for block in blocks:
        role = _role(block)
        if not isinstance(block, LaidParagraph) or role not in _BEFORE | _SIGNATURE:
            return ()
        chain.append(block)
        if not block.keep:
            return tuple(chain) if role in _SIGNATURE else ()
    return ()


def _role(block: LaidBlock) -> Role | None:
    """Return the role of a paragraph; None for a heading, a picture or a table."""
    if isinstance(block, LaidParagraph) and isinstance(block.block, Paragraph):
        return block.block.role
    return None


def first_page_problems(blocks: Sequence[LaidBlock], pages: Sequence[Page]) -> list[Problem]:
    """Return advice when the first page of a paper ends before its text begins (cl. 7.3.3).

    A table or a picture is text, and an outline is meant to fill the first page.
    """
    first = [blocks[placed.block] for placed in pages[0]] if pages else []
    roles = [_role(block) for block in first]
    if Role.TITLE not in roles:
        return []
    after = first[roles.index(Role.TITLE) :]
    more = blocks[pages[0][-1].block + 1 :]
    if any(_role(block) not in _HEAD for block in after) or not any(map(_is_text, more)):
        return []
    title = next(block for block in after if _role(block) is Role.TITLE)
    to = next((block for block in after if _role(block) is Role.RECIPIENTS), None)
    mend = "请把主送机关写短（用统称），或者把主送机关移到版记" if to else "请写短标题和标题以上的内容"
    message = "首页没有正文：标题和主送机关占满了第 1 页，公文首页必须显示正文（GB/T 9704-2012 7.3.3）"
    return [Problem(_place(to or title), RULE, message, mend, Level.ADVICE)]


def _is_text(block: LaidBlock) -> bool:
    if isinstance(block, LaidParagraph) and isinstance(block.block, Paragraph):
        return block.block.role in _TEXT
    return True


def _place(block: LaidBlock) -> Location:
    text = block.block if isinstance(block, LaidParagraph) else None
    content: Inlines = text.content if isinstance(text, Paragraph) else ()
    return next((one.at for one in content if isinstance(one, Text) and one.at), Location(""))
