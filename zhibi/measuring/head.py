"""版头 (cl. 7.2), of letters and orders too (cl. 10.1, 10.2) -> findings.

Where the standard speaks of the mark's edges, the ink is measured; an em box says nothing to the eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.measuring.faces import Kind
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length
from zhibi.measuring.lines import Line, main_face
from zhibi.measuring.measures import TYPE_LEFT, TYPE_RIGHT, TYPE_TOP
from zhibi.measuring.pages import part_of
from zhibi.measuring.recognising import Paper

_MIDDLE = (TYPE_LEFT + TYPE_RIGHT) / 2
_CHAR = 156 / 28
_SEVEN_EIGHTHS = 4.84
_STACK = (
    ("份号", re.compile(r"^\d{5,7}$"), None),
    ("密级和保密期限", re.compile(r"^[绝机秘]\s*密"), Kind.HEI),
    ("紧急程度", re.compile(r"^(特急|加急|特提|平急)"), Kind.HEI),
)


def head_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge everything above the title of page 1."""
    yield from _stack(paper, step)
    if paper.mark:
        yield from _mark(paper)
    if paper.number:
        yield from _number(paper, paper.number, step)
    if paper.letter:
        yield from _letter_bars(paper)
    elif paper.bars and paper.number:
        bar = paper.bars[0].box
        gap = bar.top - paper.number.ink.bottom
        yield by_length("红色分隔线位置", 1, gap, 4, "线上缘在发文字号墨迹下 {:.2f} mm")
        yield by_length("红色分隔线长度", 1, bar.width, 156)


def _stack(paper: Paper, step: float) -> Iterator[Finding]:
    """份号, 密级, 紧急程度: one below the other in this order (cl. 7.2.1-7.2.3); a letter's hang on its rule."""
    top = TYPE_TOP
    if paper.letter and paper.bars:
        top = paper.bars[0].box.bottom + _SEVEN_EIGHTHS - (step - paper.pages[0].lines[0].em) / 2
    end = paper.titles[0][0].baseline if paper.titles and paper.titles[0][0].page == 1 else 150.0
    row = 0
    for element, pattern, kind in _STACK:
        line = next(
            (one for one in paper.pages[0].lines if pattern.match(one.text) and one.baseline < end), None
        )
        if line is None:
            continue
        row += 1
        found_row = int((line.top - top + 0.5) // step) + 1
        # Clause 7.2.2 gives the second line to 密级 also where no 份号 stands above it.
        right_row = found_row == row or (found_row == 2 and element == "密级和保密期限")
        row = found_row
        kept = right_row and abs(line.left - TYPE_LEFT) <= 0.5 and abs(line.size - 16) <= 0.3
        found = f"第 {found_row} 行，字身距纸左边 {line.left:.2f} mm，{line.size:.1f} 磅"
        yield by_fact(element, 1, kept, found)
        face = main_face(line.chars)
        if kind and face:
            yield by_face(element, 1, [face], kind)


def _mark(paper: Paper) -> Iterator[Finding]:
    text = "".join(line.text for line in paper.mark)
    top = min(line.ink.top for line in paper.mark)
    words = f"墨迹上缘 {{:.2f}} mm（字身上缘 {min(line.top for line in paper.mark):.2f} mm）"
    if paper.letter:
        yield by_length("信函标志位置", 1, top, 30, words)
    elif text.endswith("令"):
        yield by_length("命令标志位置", 1, top, 57, words)
    else:
        yield by_length("发文机关标志位置", 1, top, 72, words)
    middle = (min(line.left for line in paper.mark) + max(line.right for line in paper.mark)) / 2
    yield by_length("发文机关标志居中", 1, middle - _MIDDLE, 0, "中线距版心中线 {:.2f} mm")


def _number(paper: Paper, line: Line, step: float) -> Iterator[Finding]:
    cut = line.text.find("签发人")
    number = part_of(line, slice(0, cut)) if cut > 0 else line
    order = re.match(r"^第\d+号$", number.text)
    written = bool(re.search(r"〔\d{4}〕[1-9]\d*号$", number.text) or order)
    yield by_fact("发文字号写法", 1, written, number.text)
    if paper.letter:
        gap = number.top - paper.bars[0].box.bottom
        off = max(abs(gap - _SEVEN_EIGHTHS), abs(number.right - TYPE_RIGHT))
        found = f"字身上缘在双线下 {gap:.2f} mm，右端距纸左边 {number.right:.2f} mm"
        yield by_fact("信函发文字号", 1, off <= 0.5, found, f"{off:.2f} mm")
        return
    if paper.mark:
        yield _below_mark(paper, number, step)
    signers = [
        one for one in paper.pages[0].lines if "签发人" in one.text and one.baseline <= line.baseline + 1
    ]
    if signers:
        yield from _signers(signers[0], line)
        shift = (number.left - TYPE_LEFT) / _CHAR - 1
        found = f"左空 {shift + 1:.2f} 字（有签发人，应左空一字）"
        yield by_fact("发文字号左右", 1, abs(shift) <= 0.1, found, f"{shift:+.2f} 字")
    else:
        yield by_length("发文字号左右", 1, number.middle - _MIDDLE, 0, "中线距版心中线 {:.2f} mm")


def _below_mark(paper: Paper, number: Line, step: float) -> Finding:
    """Two empty lines; the number's own line keeps some space above its words, and the mark's ink some below."""
    gap = number.top - max(line.ink.bottom for line in paper.mark)
    least, most = 2 * step, 2 * step + 6
    off = min(0.0, gap - least) + max(0.0, gap - most)
    found = f"字身上缘在标志墨迹下 {gap:.2f} mm（空二行 {least:.1f} mm，另加行间）"
    return by_fact("发文字号位置", 1, abs(off) <= 0.5, found, f"{off:+.2f} mm")


def _signers(first: Line, last: Line) -> Iterator[Finding]:
    shift = (TYPE_RIGHT - max(first.right, last.right)) / _CHAR - 1
    yield by_fact("签发人", 1, abs(shift) <= 0.1, f"右空 {shift + 1:.2f} 字", f"{shift:+.2f} 字")
    begin = first.text.index("签发人") + len("签发人：")
    face = main_face(first.chars[begin:])
    if face:
        yield by_face("签发人", 1, [face], Kind.KAI)


def _letter_bars(paper: Paper) -> Iterator[Finding]:
    height = paper.pages[0].sheet.height
    upper = [bar for bar in paper.bars if bar.box.top < height / 2]
    lower = [bar for bar in paper.bars if bar.box.top >= height / 2]
    if upper and paper.mark:
        gap = upper[0].box.top - max(line.ink.bottom for line in paper.mark)
        yield by_length("信函上双线位置", 1, gap, 4, "线上缘在标志墨迹下 {:.2f} mm")
        yield by_length("信函上双线长度", 1, upper[0].box.width, 170)
    if lower:
        middle = (lower[-1].box.top + lower[-1].box.bottom) / 2
        yield by_length("信函下双线位置", 1, height - middle, 20, "双线中线距纸下边 {:.2f} mm")
        yield by_length("信函下双线长度", 1, lower[-1].box.width, 170)
    folio = paper.pages[0].folio
    yield by_fact("信函首页页码", 1, folio is None, folio.text if folio else "首页没有页码")
