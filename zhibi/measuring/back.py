"""附件说明, 署名 and 成文日期, 附注, 附件 and 版记 (cl. 7.3.4-7.4) -> findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.measuring.faces import Kind
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length
from zhibi.measuring.lines import Line, main_face
from zhibi.measuring.measures import TYPE_BOTTOM, TYPE_LEFT, TYPE_RIGHT, TYPE_TOP
from zhibi.measuring.recognising import Attachment, Imprint, Paper
from zhibi.measuring.shapes import MM
from zhibi.measuring.text import blank_lines, shown

_EM = 16 * MM
_ASKED_CHAR = 156 / 28
"""The width of a character of the grid in millimetres."""

_SHIFT_TOLERANCE = 0.2
"""Characters by which an indent of the signature may differ: names are as wide as their letters."""


def note_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge 附件说明 and 附注."""
    if paper.attachment_note:
        first = paper.attachment_note[0]
        above = _above(paper, first)
        if above:
            blank = blank_lines(above, first, step)
            yield by_fact("附件说明位置", first.page, blank == 1, f"空 {blank} 行", f"{blank - 1:+d} 行")
        yield _indent("附件说明左边", first)
    if paper.note:
        yield _indent("附注左边", paper.note)


def _indent(element: str, line: Line) -> Finding:
    chars = (line.left - TYPE_LEFT) / _ASKED_CHAR
    found = f"空 {chars:.2f} 字（“{shown(line.text)}”）"
    return by_fact(element, line.page, abs(chars - 2) <= _SHIFT_TOLERANCE, found, f"{chars - 2:+.2f} 字")


def _above(paper: Paper, line: Line) -> Line | None:
    lines = paper.pages[line.page - 1].lines
    place = lines.index(line)
    return lines[place - 1] if place else None


def signature_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge 署名 and 成文日期."""
    if paper.date is None:
        return
    date = paper.date
    written = bool(re.match(r"^\d{4}年[1-9]\d?月[1-9]\d?日$", date.text))
    yield by_fact("成文日期写法", date.page, written, date.text)
    page_body = any(line.page == date.page for line in paper.body)
    yield by_fact("署名同页正文", date.page, page_body, "有正文" if page_body else "没有正文")
    right = (TYPE_RIGHT - date.right) / _ASKED_CHAR
    sealed = abs(right - 4) <= _SHIFT_TOLERANCE
    if paper.names:
        above = _above(paper, paper.names[0])
        if above and not sealed:
            blank = blank_lines(above, paper.names[0], step)
            yield by_fact("署名位置", date.page, blank == 1, f"空 {blank} 行", f"{blank - 1:+d} 行")
        yield _aligned(paper.names[-1], date, right)
    else:
        yield by_fact("署名和日期左右", date.page, sealed, f"日期右空 {right:.2f} 字", f"{right - 4:+.2f} 字")


def _aligned(name: Line, date: Line, date_right: float) -> Finding:
    """Without a seal 7.3.5.2 holds, with one 7.3.5.1; a paper that keeps to either is right."""
    name_right = (TYPE_RIGHT - name.right) / _ASKED_CHAR
    shift = (date.left - name.left) / _ASKED_CHAR
    off_centre = (date.middle - name.middle) / _ASKED_CHAR
    # The longer of both stands two characters from the edge; offices differ in which they take for longer.
    unsealed = max(abs(shift - 2), min(abs(name_right - 2), abs(date_right - 2)))
    sealed = max(abs(date_right - 4), abs(off_centre))
    ways = f"署名右空 {name_right:.2f} 字，日期首字比署名首字右移 {shift:.2f} 字、右空 {date_right:.2f} 字"
    best, how = min((unsealed, "不加盖印章"), (sealed, "加盖印章"))
    kept = best <= _SHIFT_TOLERANCE
    found = f"{ways}（合“{how}”的排法）" if kept else ways
    return by_fact("署名和日期左右", date.page, kept, found, f"{best:.2f} 字")


def attachment_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge the label and the title of every attachment."""
    for part in paper.attachments:
        page = paper.pages[part.label.page - 1]
        left, top = (TYPE_LEFT, TYPE_TOP) if not page.landscape else (35.0, 28.0)
        # The first line of text: its box begins at the type area's top, its words within half a line.
        high = 0 <= part.label.top - top + 0.5 <= 0.5 * step
        flush = abs(part.label.left - left) <= 0.5
        where = f"字身距版心上边 {part.label.top - top:.2f} mm、左边 {part.label.left - left:.2f} mm"
        yield by_fact("附件序号位置", part.label.page, high and flush, f"{part.label.text}：{where}")
        face = main_face(part.label.chars)
        if face:
            yield by_face("附件序号字体", part.label.page, [face], Kind.HEI)
        if part.title:
            yield from _attachment_title(part, step)


def _attachment_title(part: Attachment, step: float) -> Iterator[Finding]:
    title = part.title[0]
    row = 2 + blank_lines(part.label, title, step)
    yield by_fact("附件标题位置", title.page, row == 3, f"第 {row} 行", f"{row - 3:+d} 行")
    off = title.size - 22
    found = f"{title.size:.1f} 磅（“{shown(title.text)}”）"
    yield by_fact("附件标题字号", title.page, abs(off) <= 0.3, found, f"{off:+.1f} 磅")


def imprint_findings(paper: Paper) -> Iterator[Finding]:
    """Judge 版记 and its rules; a letter has none (cl. 10.1)."""
    if paper.imprint is None:
        return
    imprint = paper.imprint
    page = imprint.bars[0].page
    worst = max(imprint.bars, key=lambda bar: abs(bar.box.width - 156))
    yield by_length("版记线长度", page, worst.box.width, 156)
    ends, inner = (imprint.bars[0], imprint.bars[-1]), imprint.bars[1:-1]
    thick = max((bar.box.height for bar in ends), key=lambda height: abs(height - 0.35))
    yield by_length("版记首末线粗细", page, thick, 0.35)
    if inner:
        thin = max((bar.box.height for bar in inner), key=lambda height: abs(height - 0.25))
        yield by_length("版记中间线粗细", page, thin, 0.25)
    last = (imprint.bars[-1].box.top + imprint.bars[-1].box.bottom) / 2
    yield by_length("版记末线位置", page, last, TYPE_BOTTOM, "末线中线距纸上边 {:.2f} mm")
    yield by_fact("版记页", page, page % 2 == 0, f"第 {page} 页")
    yield from _imprint_words(imprint, page)


def _imprint_words(imprint: Imprint, page: int) -> Iterator[Finding]:
    if not imprint.lines:
        return
    sized = max(imprint.lines, key=lambda line: abs(line.size - 14))
    off = sized.size - 14
    yield by_fact("版记字号", page, abs(off) <= 0.3, f"{sized.size:.1f} 磅", f"{off:+.1f} 磅")
    em = 14 * MM
    left = min(line.left for line in imprint.lines) - TYPE_LEFT
    right = TYPE_RIGHT - max(line.right for line in imprint.lines)
    # A full stop at the end of 抄送 may stand in the last cell; 印发 must not.
    kept = abs(left - em) <= 0.5 and right >= em - 0.7
    found = f"左空 {left / em:.2f} 字，右空 {right / em:.2f} 字"
    yield by_fact("版记左右", page, kept, found, f"{max(abs(left - em), em - right):.2f} mm")
