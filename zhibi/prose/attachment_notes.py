"""附件说明 typed by hand (附件：1.检查表, below it 2.企业名单): its lines are names of attachments, neither headings nor items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhibi.prose.passages import Kind, Passage
from zhibi.prose.serial_heads import printed_serial
from zhibi.prose.sought import Sought

_FIRST = Sought(r"附\s*件\s*[：:]\s*1\s*[.．、]")
_STYLES = ("1.", "1．", "1、")


def note_lines(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the lines of each 附件说明 whose first is numbered."""
    count = 0
    for passage in passages:
        if passage.kind is Kind.BODY and _FIRST.match(passage.text):
            count = 1
            yield passage
        elif (
            count
            and (serial := printed_serial(passage))
            and serial.style in _STYLES
            and serial.value == count + 1
        ):
            count += 1
            yield passage
        else:
            count = 0
