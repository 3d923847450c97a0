"""What only orders and minutes have (cl. 10.2, 10.3) -> findings."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.measuring.elements import Paper
from zhibi.measuring.faces import Kind
from zhibi.measuring.judging import Finding, by_face, by_fact
from zhibi.measuring.lines import Line, main_face
from zhibi.measuring.measures import CHAR
from zhibi.measuring.recognising_end import PRESENT
from zhibi.measuring.text import above_of, blank_lines

_TOLERANCE = 0.2
"""Characters by which an indent may differ."""


def order_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge where the text of an order begins: two lines below its number."""
    if paper.order and paper.body and paper.head.number and paper.body[0].page == 1:
        blank = blank_lines(paper.head.number, paper.body[0], step)
        yield by_fact("命令正文位置", 1, blank == 2, f"空 {blank} 行", f"{blank - 2:+d} 行")


def attendance_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge the lists of those present, excused and invited."""
    if not paper.attendance:
        return
    first = paper.attendance[0][0]
    above = above_of(paper, first)
    if above:
        blank = blank_lines(above, first, step)
        yield by_fact("出席名单位置", first.page, blank == 1, f"空 {blank} 行", f"{blank - 1:+d} 行")
    for lines in paper.attendance:
        yield from _list(paper, lines)


def _list(paper: Paper, lines: tuple[Line, ...]) -> Iterator[Finding]:
    first = lines[0]
    match = PRESENT.match(first.text)
    label = first.chars[: match.end() if match else 0]
    names = first.chars[len(label) :]
    indent = (first.left - paper.area.left) / CHAR
    # A line set wider or narrower to end at the edge pushes its first name by a part of a character.
    hang = max((abs(line.left - names[0].x) for line in lines[1:]), default=0.0) if names else 0.0
    kept = abs(indent - 2) <= _TOLERANCE and hang <= _TOLERANCE * CHAR
    found = f"“{first.text[: len(label)]}”左空 {indent:.2f} 字，{len(lines)} 行，回行最多偏 {hang:.2f} mm"
    yield by_fact("出席名单左右", first.page, kept, found, f"{max(abs(indent - 2) * CHAR, hang):.2f} mm")
    # The colon may belong to either: only the words are judged.
    for chars, kind in (
        (label[:-1], Kind.HEI),
        ((*names, *(char for line in lines[1:] for char in line.chars)), Kind.FANGSONG),
    ):
        face = main_face(chars)
        if face:
            yield by_face("出席名单字体", first.page, [face], kind)
