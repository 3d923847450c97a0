"""附件说明, 附注, 附件 and 版记 (cl. 7.3.4, 7.3.6, 7.3.7, 7.4, 10.1) -> findings."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.measuring.elements import Attachment, Imprint, Paper
from zhibi.measuring.faces import Kind
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length
from zhibi.measuring.lines import Line, main_face
from zhibi.measuring.measures import CHAR, SHEET_HEIGHT, Area
from zhibi.measuring.shapes import MM
from zhibi.measuring.text import above_of, blank_lines, shown

_INDENT_TOLERANCE = 0.2
"""Characters by which an indent may differ."""

_LOWEST = 3.5
"""Millimetres that a line at the foot of the type area keeps below its words."""


def note_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge 附件说明 and 附注."""
    if paper.attachment_note:
        first = paper.attachment_note[0]
        above = above_of(paper, first)
        if above:
            blank = blank_lines(above, first, step)
            yield by_fact("附件说明位置", first.page, blank == 1, f"空 {blank} 行", f"{blank - 1:+d} 行")
        yield _indent("附件说明左边", first, paper.area)
    if paper.note:
        yield _indent("附注左边", paper.note, paper.area)


def _indent(element: str, line: Line, area: Area) -> Finding:
    chars = (line.left - area.left) / CHAR
    found = f"空 {chars:.2f} 字（“{shown(line.text)}”）"
    return by_fact(element, line.page, abs(chars - 2) <= _INDENT_TOLERANCE, found, f"{chars - 2:+.2f} 字")


def attachment_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge the label and the title of every attachment."""
    for part in paper.attachments:
        page = paper.pages[part.label.page - 1]
        area = paper.area
        # A landscape sheet is an upright one turned (cl. 8): its left edge was the lower one.
        left, top = (area.left, area.top) if not page.landscape else (SHEET_HEIGHT - area.bottom, area.left)
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
    """Judge 版记 and its rules; that of a letter has none and minds no even page (cl. 10.1)."""
    if paper.imprint is None:
        return
    imprint, area = paper.imprint, paper.area
    page = imprint.page
    if paper.letter:
        yield _letter_imprint(imprint)
    else:
        yield by_fact("版记页", page, page % 2 == 0, f"第 {page} 页")
        yield from _rules(imprint, area)
    yield from _imprint_words(imprint, area)


def _rules(imprint: Imprint, area: Area) -> Iterator[Finding]:
    page = imprint.page
    worst = max(imprint.bars, key=lambda bar: abs(bar.box.width - area.width))
    yield by_length("版记线长度", page, worst.box.width, area.width)
    ends, inner = (imprint.bars[0], imprint.bars[-1]), imprint.bars[1:-1]
    thick = max((bar.box.height for bar in ends), key=lambda height: abs(height - 0.35))
    yield by_length("版记首末线粗细", page, thick, 0.35)
    if inner:
        thin = max((bar.box.height for bar in inner), key=lambda height: abs(height - 0.25))
        yield by_length("版记中间线粗细", page, thin, 0.25)
    last = (imprint.bars[-1].box.top + imprint.bars[-1].box.bottom) / 2
    yield by_length("版记末线位置", page, last, imprint.foot, "末线中线距纸上边 {:.2f} mm")


def _letter_imprint(imprint: Imprint) -> Finding:
    """No rules, no 印发, the last line at the foot of the type area: its box ends there, its words a bit higher."""
    low = imprint.foot - max((line.bottom for line in imprint.lines), default=0.0)
    issued = any("印发" in line.text for line in imprint.lines)
    kept = not imprint.bars and not issued and -0.5 <= low <= _LOWEST
    rules = "有分隔线" if imprint.bars else "没有分隔线"
    printed = "有印发日期" if issued else "没有印发机关和日期"
    found = f"{rules}，{printed}，末行字身下缘在版心下边上 {low:.2f} mm"
    return by_fact("信函版记", imprint.page, kept, found)


def _imprint_words(imprint: Imprint, area: Area) -> Iterator[Finding]:
    if not imprint.lines:
        return
    page = imprint.page
    sized = max(imprint.lines, key=lambda line: abs(line.size - 14))
    off = sized.size - 14
    yield by_fact("版记字号", page, abs(off) <= 0.3, f"{sized.size:.1f} 磅", f"{off:+.1f} 磅")
    em = 14 * MM
    left = min(line.left for line in imprint.lines) - area.left
    right = area.right - max(line.right for line in imprint.lines)
    # A full stop at the end of 抄送 may stand in the last cell; 印发 must not.
    kept = abs(left - em) <= 0.5 and right >= em - 0.7
    found = f"左空 {left / em:.2f} 字，右空 {right / em:.2f} 字"
    yield by_fact("版记左右", page, kept, found, f"{max(abs(left - em), em - right):.2f} mm")
