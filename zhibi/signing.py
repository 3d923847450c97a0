"""Stage 5: 署名 and 成文日期 -> paragraphs in their places (GB/T 9704-2012 cl. 7.3.5).

Input: the elements of a paper; output: paragraphs that keep together. Widths are counted in characters: a
Han character is one, a digit or Latin letter a half, a little stands between the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhibi.nodes import Align, Elements, Inline, Inlines, Paragraph, Role, Signing, Stop, plain_text
from zhibi.typography import AUTOSPACE

DATE_SHIFT = 2
"""The date begins this many characters right of an unsealed name (cl. 7.3.5.2)."""

SEALED_RIGHT = 4
"""Characters right of a date that a seal covers, and of a signature stamp (cl. 7.3.5.1, 7.3.5.3)."""

SEAL_WIDTH = 8.5
"""Characters that a seal of 42 mm and the space beside it take: seals never touch."""

SEAL_LINES = 5
"""Lines from one row of seals to the next."""

STAMP_WIDTH = 7.5
"""Characters that a signature stamp takes: 40 mm."""

LINE_CHARS = 28
"""Characters on a line (cl. 5.2.3)."""

_HELD = Paragraph((), Role.BLANK, keep_with_next=True)


def place_signature(elements: Elements) -> Iterator[Paragraph]:
    """Yield the organs and the date, with the blank lines above them."""
    match elements.signing:
        case Signing.SEAL if elements.date:
            # Two lines: then the top of a seal is within one line of the text (cl. 7.3.5.1).
            yield from (_HELD, _HELD)
            yield from _sealed(elements.signature, elements.date)
        case Signing.STAMP:
            yield from (_HELD, _HELD)
            yield from _stamped(elements.signature, elements.date)
        case _:
            yield _HELD
            yield from _unsealed(elements.signature, elements.date)


def _unsealed(names: Sequence[Inlines], date: Inlines) -> Iterator[Paragraph]:
    """The organ's name 2 characters from the right, the date 2 right of its beginning (7.3.5.2)."""
    name_width = max(map(width, names), default=0.0)
    date_width = width(date)
    date_right = max(2.0, 2 + name_width - DATE_SHIFT - date_width)
    name_right = max(2.0, date_right + date_width + DATE_SHIFT - name_width)
    for name in names:
        yield Paragraph(name, Role.SIGNATURE, right=name_right)
    if date:
        yield Paragraph(date, Role.DATE, right=date_right)


def _sealed(names: Sequence[Inlines], date: Inlines) -> Iterator[Paragraph]:
    """The date 4 characters from the right, the last organ's name in the middle above it (7.3.5.1)."""
    middle = SEALED_RIGHT + width(date) / 2
    widest = max(map(width, names), default=0.0)
    middle = max(middle, widest / 2)
    step = max(SEAL_WIDTH, widest + 1)
    most = max(1, 1 + int((LINE_CHARS - middle - widest / 2) / step))
    rows = [names[start : start + most] for start in range(0, len(names), most)]
    for number, row in enumerate(rows):
        if number:
            yield from (_HELD for _ in range(SEAL_LINES - 1))
        content: list[Inline] = []
        for place, name in enumerate(row):
            content += [Stop(middle + (len(row) - 1 - place) * step, Align.CENTRE), *name]
        yield Paragraph(tuple(content), Role.SIGNATURE, right=0)
    yield Paragraph(date, Role.DATE, right=middle - width(date) / 2)


def _stamped(titles: Sequence[Inlines], date: Inlines) -> Iterator[Paragraph]:
    """The title of office 2 characters left of the stamp, the date one blank line below (7.3.5.3)."""
    for title in titles:
        yield Paragraph(title, Role.STAMP, keep_with_next=True, right=SEALED_RIGHT + STAMP_WIDTH + 2)
        yield _HELD
    if date:
        yield Paragraph(date, Role.DATE, right=SEALED_RIGHT)


def width(content: Inlines) -> float:
    """Return the width of words in characters."""
    words = plain_text(content)
    meets = sum(
        before.isalnum() and after.isalnum() and before.isascii() != after.isascii()
        for before, after in pairwise(words)
    )
    return sum(0.5 if char.isascii() else 1.0 for char in words) + AUTOSPACE * meets
