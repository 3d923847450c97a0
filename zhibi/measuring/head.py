"""版头 (cl. 7.2), of letters and orders too (cl. 10.1, 10.2) -> findings.

Where the standard speaks of the mark's edges, the ink is measured; an em box says nothing to the eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.measuring.elements import Paper
from zhibi.measuring.faces import Kind
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length
from zhibi.measuring.lines import ASCENT, DESCENT, Line, main_face
from zhibi.measuring.measures import CHAR, SEVEN_EIGHTHS
from zhibi.measuring.shapes import MM

_STACK = (
    ("份号", re.compile(r"^\d{5,7}$"), None),
    ("密级和保密期限", re.compile(r"^[绝机秘]\s*密"), Kind.HEI),
    ("紧急程度", re.compile(r"^(特急|加急|特提|平急)"), Kind.HEI),
)


def head_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge everything above the title of page 1."""
    head = paper.head
    yield from _stack(paper, step)
    if head.mark:
        yield from _mark(paper)
    if head.number:
        yield from _number(paper, head.number, step)
    if head.signers:
        yield from _signers(paper, step)
    if paper.letter:
        yield from _letter_bars(paper)
    elif paper.bars and (head.number or head.signers):
        last = head.number or head.signers[-1]
        bar = paper.bars[0].box
        gap = bar.top - last.ink.bottom
        yield by_length("红色分隔线位置", 1, gap, 4, "线上缘在发文字号墨迹下 {:.2f} mm")
        yield by_length("红色分隔线长度", 1, bar.width, paper.area.width)


def _stack(paper: Paper, step: float) -> Iterator[Finding]:
    """份号, 密级, 紧急程度: one below the other in this order (cl. 7.2.1-7.2.3); a letter's hang on its rule."""
    hung = paper.bars[0].box.bottom + SEVEN_EIGHTHS if paper.letter and paper.bars else None
    row = 0
    for element, pattern, kind in _STACK:
        line = next((one for one in paper.head.parts if pattern.match(one.text)), None)
        if line is None:
            continue
        row += 1
        if hung is None:
            found_row = int((line.top - paper.area.top + 0.5) // step) + 1
            # Clause 7.2.2 gives the second line to 密级 also where no 份号 stands above it.
            right_row = found_row == row or (found_row == 2 and element == "密级和保密期限")
        else:
            found_row = round((line.top - hung) / step) + 1
            right_row = found_row == row and abs(line.top - hung - (row - 1) * step) <= 0.5
        row = found_row
        kept = right_row and abs(line.left - paper.area.left) <= 0.5 and abs(line.size - 16) <= 0.3
        found = f"第 {found_row} 行，字身距纸左边 {line.left:.2f} mm，{line.size:.1f} 磅"
        yield by_fact(element, 1, kept, found)
        face = main_face(line.chars)
        if kind and face:
            yield by_face(element, 1, [face], kind)


def _mark(paper: Paper) -> Iterator[Finding]:
    mark, block, area = paper.head.mark, paper.head.block, paper.area
    top = min(line.ink.top for line in mark)
    words = f"墨迹上缘 {{:.2f}} mm（字身上缘 {min(line.top for line in mark):.2f} mm）"
    if paper.letter:
        yield by_length("信函标志位置", 1, top, 30, words)
    elif paper.order:
        yield by_length("命令标志位置", 1, top, area.top + 20, words)
    else:
        yield by_length("发文机关标志位置", 1, top, area.top + 35, words)
    middle = (min(line.left for line in block) + max(line.right for line in block)) / 2
    whole = "（机关名称连同“文件”）" if paper.head.suffix else ""
    yield by_length("发文机关标志居中", 1, middle - area.middle, 0, f"中线距版心中线 {{:.2f}} mm{whole}")
    if paper.head.suffix:
        yield _joint(mark, paper.head.suffix)


def _joint(names: tuple[Line, ...], suffix: Line) -> Finding:
    """Names of one width, 文件 halfway between the first and the last (cl. 7.2.4)."""
    uneven = max(
        max(name.left for name in names) - min(name.left for name in names),
        max(name.right for name in names) - min(name.right for name in names),
    )
    size = suffix.chars[0].size * MM
    middle = (names[0].top + names[-1].bottom) / 2
    off = suffix.baseline - (ASCENT - DESCENT) / 2 * size - middle
    found = f"{len(names)} 个名称左右端最多差 {uneven:.2f} mm，“文件”比中线低 {off:.2f} mm"
    worst = max(uneven, abs(off))
    return by_fact("联合标志", 1, worst <= 0.5, found, f"{worst:.2f} mm")


def _number(paper: Paper, number: Line, step: float) -> Iterator[Finding]:
    order = re.match(r"^第[1-9]\d*号$", number.text)
    written = bool(re.search(r"〔\d{4}〕[1-9]\d*号$", number.text) or order)
    yield by_fact("发文字号写法", 1, written, number.text)
    if paper.letter:
        gap = number.top - paper.bars[0].box.bottom
        off = max(abs(gap - SEVEN_EIGHTHS), abs(number.right - paper.area.right))
        found = f"字身上缘在双线下 {gap:.2f} mm，右端距纸左边 {number.right:.2f} mm"
        yield by_fact("信函发文字号", 1, off <= 0.5, found, f"{off:.2f} mm")
        return
    if paper.head.signers:
        low = number.baseline - paper.head.signers[-1].baseline
        found = f"比最后一位签发人低 {low:.2f} mm"
        yield by_fact("发文字号位置", 1, abs(low) <= 0.5, found, f"{low:+.2f} mm")
        shift = (number.left - paper.area.left) / CHAR - 1
        found = f"左空 {shift + 1:.2f} 字（有签发人，应左空一字）"
        yield by_fact("发文字号左右", 1, abs(shift) <= 0.1, found, f"{shift:+.2f} 字")
        return
    if paper.head.mark:
        yield _below_mark("发文字号位置", paper, number, step)
    middle = number.middle - paper.area.middle
    yield by_length("发文字号左右", 1, middle, 0, "中线距版心中线 {:.2f} mm")


def _below_mark(element: str, paper: Paper, line: Line, step: float) -> Finding:
    """Two empty lines; the line itself keeps some space above its words, and the mark's ink some below."""
    gap = line.top - max(one.ink.bottom for one in paper.head.block)
    least, most = 2 * step, 2 * step + 6
    off = min(0.0, gap - least) + max(0.0, gap - most)
    found = f"字身上缘在标志墨迹下 {gap:.2f} mm（空二行 {least:.1f} mm，另加行间）"
    return by_fact(element, 1, abs(off) <= 0.5, found, f"{off:+.2f} mm")


def _signers(paper: Paper, step: float) -> Iterator[Finding]:
    """Two lines below the mark, one character from the right, first names of the lines aligned (cl. 7.2.6)."""
    lines = paper.head.signers
    if paper.head.mark:
        yield _below_mark("签发人位置", paper, lines[0], step)
    right = (paper.area.right - max(line.right for line in lines)) / CHAR
    begin = re.sub(r"([：:]).*$", r"\1", lines[0].text)
    names = [lines[0].chars[len(begin) :], *(line.chars for line in lines[1:])]
    lefts = [chars[0].x for chars in names if chars]
    uneven = max(lefts, default=0.0) - min(lefts, default=0.0)
    kept = abs(right - 1) <= 0.1 and uneven <= 0.5
    found = f"右空 {right:.2f} 字，{len(lines)} 行首位姓名左端最多差 {uneven:.2f} mm"
    yield by_fact("签发人", 1, kept, found, f"{right - 1:+.2f} 字")
    face = main_face(char for chars in names for char in chars)
    if face:
        yield by_face("签发人", 1, [face], Kind.KAI)


def _letter_bars(paper: Paper) -> Iterator[Finding]:
    height = paper.pages[0].sheet.height
    upper = [bar for bar in paper.bars if bar.box.top < height / 2]
    lower = [bar for bar in paper.bars if bar.box.top >= height / 2]
    if upper and paper.head.mark:
        gap = upper[0].box.top - max(line.ink.bottom for line in paper.head.block)
        yield by_length("信函上双线位置", 1, gap, 4, "线上缘在标志墨迹下 {:.2f} mm")
        yield by_length("信函上双线长度", 1, upper[0].box.width, 170)
    if lower:
        middle = (lower[-1].box.top + lower[-1].box.bottom) / 2
        yield by_length("信函下双线位置", 1, height - middle, 20, "双线中线距纸下边 {:.2f} mm")
        yield by_length("信函下双线长度", 1, lower[-1].box.width, 170)
    folio = paper.pages[0].folio
    yield by_fact("信函首页页码", 1, folio is None, folio.text if folio else "首页没有页码")
