"""Sheet, type area and the grid of 22 lines by 28 characters (cl. 5): what a paper's text lines show.

A line's box is one line distance high, and programs put the words into it in two ways. CSS engines
centre what the font says it reaches up and down; word processors put the baseline of a line of exact
height at four fifths of it (measured in LibreOffice 7.4; Word and WPS do alike). The name of the program
in the file decides; where it tells nothing, the reading that lies nearer to the standard is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

from zhibi.measuring.elements import Paper
from zhibi.measuring.faces import Kind
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length, within
from zhibi.measuring.lines import Line, is_han, main_face
from zhibi.measuring.measures import BY_NAME, PRESETS, Preset, chars_in
from zhibi.measuring.shapes import MM

_CSS = re.compile(r"weasyprint|prince|chrom|skia|webkit|wkhtml|vivliostyle|firefox|antenna", re.IGNORECASE)
_OFFICE = re.compile(r"word|office|writer|wps|kingsoft|acrobat", re.IGNORECASE)
_PITCH_TOLERANCE = 0.3
"""Millimetres by which 22 lines may differ in all."""

_SIZE_TOLERANCE = 0.3
"""Points by which a size may differ: half of the way to the nearest other size in use is more."""

_OFFICE_RAGGED = 0.5
"""Millimetres by which full lines of a word processor may end apart: it rounds letter-spacing to 1/20 point."""

_ENDS = ("。", "；", "：", "！", "？", "”", "）")
_CLOSERS = "，。、；：？！”’）》〕」』】"


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid as found: line distance in points, left edge and common right edge in millimetres.

    `steps` is how many distances the pitch comes from; `left_seen`: a paragraph goes on in a second line.
    """

    preset: Preset
    pitch: float
    steps: int
    size: float
    left: float
    right: float
    producer: str
    left_seen: bool

    @property
    def step(self) -> float:
        """The line distance in millimetres."""
        return self.pitch * MM

    @property
    def office(self) -> bool:
        """Tell whether a word processor laid the lines."""
        return not _CSS.search(self.producer) and bool(_OFFICE.search(self.producer))

    def line_top(self, line: Line) -> float:
        """Return the upper edge of the box of a text line, as the type area of cl. 5.2.1 counts it."""
        han = next((char.font for char in line.chars if is_han(char)), line.chars[0].font)
        centred = line.baseline - self.step / 2 - (han.ascent - han.descent) / 2 * line.em
        office = line.baseline - 0.8 * self.step
        shift = self.preset.half
        if _CSS.search(self.producer):
            return centred + shift
        if self.office:
            return office + shift
        slots = ((top + shift - self.preset.area.top) / self.step for top in (centred, office))
        nearer = min(
            zip(slots, (centred, office), strict=True), key=lambda pair: abs(pair[0] - round(pair[0]))
        )
        return nearer[1] + shift

    def fills(self, line: Line) -> bool:
        """Tell whether a line ends at the right edge, or so near to it that it was meant to.

        A group that must not be broken may have gone down; a full stop far from the edge ends a paragraph.
        """
        slack = 0.8 if line.text.endswith(_ENDS) else 2.6
        return line.right > self.right - slack * line.em

    def full(self, body: Sequence[Line]) -> Iterator[Line]:
        """Yield the lines that run on in the next one, so that they fill the type area."""
        for line, after in pairwise(body):
            close = after.page == line.page + 1 or 0 < after.baseline - line.baseline < 1.3 * self.step
            begins = line.left < self.left + 3.5 * line.em
            if close and begins and abs(after.left - self.left) < 0.8 and self.fills(line):
                yield line


def grid_of(paper: Paper, preset: Preset | None) -> Grid | None:
    """Return the grid of the text lines; None where there is too little text to tell."""
    # Lists of those present lie on the same lines as the text.
    on_lines = sorted(
        (*paper.body, *(line for part in paper.attendance for line in part)),
        key=lambda line: (line.page, line.baseline),
    )
    steps = [
        (after.baseline - line.baseline) / MM
        for line, after in pairwise(on_lines)
        if after.page == line.page and 0 < after.baseline - line.baseline < 20
    ]
    if not steps or not paper.body:
        return None
    common = median(steps)
    pitch = mean(step for step in steps if abs(step - common) < 1.0)
    chosen = preset or min(PRESETS, key=lambda known: abs(known.pitch - pitch))
    size = median(line.size for line in paper.body)
    area = paper.area
    left = _left(paper, chosen)
    seen = area.left if left is None else left
    flush = [
        line.right
        for line, after in pairwise(paper.body)
        if abs(after.left - seen) < 0.8 and line.right > area.right - 16
    ]
    right = median(flush) if flush else area.right
    return Grid(chosen, pitch, len(steps), size, seen, right, paper.scan.producer, left is not None)


def _left(paper: Paper, preset: Preset) -> float | None:
    """Return the common left edge; None where no paragraph goes on in a second line, which would show it."""
    widest = max(line.right for line in paper.body)
    goes_on = any(
        before.right > widest - 2.6 * before.em
        and before is not after
        and after.left < before.left + 0.8
        and (after.page > before.page or after.baseline - before.baseline < 1.3 * preset.pitch * MM)
        for before, after in pairwise(paper.body)
    )
    if not goes_on or widest < paper.area.right - 16:
        return None
    lefts = sorted(line.left for line in paper.body)
    return next((one for one, other in pairwise(lefts) if other - one < 0.3), lefts[0])


def sheet_findings(paper: Paper) -> Iterator[Finding]:
    """Judge the size of every sheet (cl. 5.1)."""
    worst = max(paper.pages, key=lambda one: _off_a4(one.sheet.width, one.sheet.height)).sheet
    off = _off_a4(worst.width, worst.height)
    page = worst.number if off > 0.5 else 0
    found = f"{worst.width:.1f}×{worst.height:.1f} mm"
    yield by_fact("纸张", page, off <= 0.5, found, f"{off:.2f} mm")


def _off_a4(width: float, height: float) -> float:
    return max(abs(min(width, height) - 210), abs(max(width, height) - 297))


def grid_findings(paper: Paper, grid: Grid) -> Iterator[Finding]:
    """Judge the edges of the type area, the lines and the characters."""
    yield from _edges(paper, grid)
    drift = (grid.pitch - grid.preset.pitch) * 22 * MM
    words = f"{grid.pitch:.2f} 磅（{grid.preset.name} 的设置为 {grid.preset.pitch} 磅）"
    # A word processor sets a line to the twip: of few lines that is more than what 22 lines may differ by.
    rounding = 22 * 0.05 * MM / grid.steps if grid.office else 0.0
    kept = abs(drift) <= _PITCH_TOLERANCE + rounding
    yield by_fact("行距", 0, kept, words, f"22 行累计 {drift:+.2f} mm")
    yield from _counts(paper, grid)
    found, off = f"{grid.size:.1f} 磅", grid.size - 16
    yield by_fact("正文字号", 0, abs(off) <= _SIZE_TOLERANCE, found, f"{off:+.1f} 磅")
    face = main_face(char for line in paper.body for char in line.chars)
    if face:
        yield by_face("正文字体", 0, [face], Kind.FANGSONG)
    full = list(grid.full(paper.body))
    if len(full) >= 3:
        worst = max(full, key=lambda line: _ragged(line, grid.right))
        # A twip of rounding in the spacing of every character makes up to 28 × 1/20 point in a line.
        own = BY_NAME["右边对齐"].tolerance
        tolerance = _OFFICE_RAGGED if grid.office else own
        lengths = (_ragged(worst, grid.right), 0.0)
        yield within(tolerance, "右边对齐", worst.page, lengths, "最多差 {:.2f} mm")


def _ragged(line: Line, edge: float) -> float:
    """Return how far a line ends from the edge; a closing mark at its end may take half its width."""
    ends = [line.right]
    if line.text[-1] in _CLOSERS:
        ends.append(line.right - line.em / 2)
    return min(abs(end - edge) for end in ends)


def _edges(paper: Paper, grid: Grid) -> Iterator[Finding]:
    area = grid.preset.area
    tops = [grid.line_top(line) for line in _leading(paper, grid)]
    if tops:
        yield by_length("天头", 0, median(tops), area.top, "第一行行框上边距纸上边 {:.2f} mm")
    if grid.left_seen:
        yield by_length("订口", 0, grid.left, area.left, "正文左边（字身）距纸左边 {:.2f} mm")
    if any(True for _ in grid.full(paper.body)):
        yield by_length("版心右边", 0, grid.right, area.right, "正文右边（字身）距纸左边 {:.2f} mm")
    full = list(_running(paper, grid))
    if full:
        low = max(grid.line_top(page[-1]) + grid.step for page in full)
        yield by_length(
            "版心下边", 0, low - 2 * grid.preset.half, grid.preset.foot, "末行行框下边距纸上边 {:.2f} mm"
        )


def _leading(paper: Paper, grid: Grid) -> Iterator[Line]:
    """Yield the lines of text that are the first of their page."""
    body = set(paper.body)
    for page in paper.pages:
        first = page.lines[:1]
        if first and first[0] in body and not page.tables and abs(first[0].size - grid.size) <= 0.6:
            yield first[0]


def _running(paper: Paper, grid: Grid) -> Iterator[list[Line]]:
    """Yield the lines of pages of nothing but text where a paragraph runs on overleaf."""
    begins = {line.page: line for line in reversed(paper.body)}
    for page in paper.pages:
        lines = list(page.lines)
        pure = lines and not page.tables and not page.landscape and page.sheet.number in begins
        if not pure or any(abs(line.size - grid.size) > 0.6 for line in lines):
            continue
        after = begins.get(page.sheet.number + 1)
        runs_on = (
            after is not None
            and abs(after.left - grid.left) < 0.8
            and grid.fills(lines[-1])
            and _leads(paper, after)
        )
        if runs_on:
            yield lines


def _leads(paper: Paper, line: Line) -> bool:
    """Tell whether a line is the first of its page."""
    page = paper.pages[line.page - 1]
    return bool(page.lines) and page.lines[0] == line


def _counts(paper: Paper, grid: Grid) -> Iterator[Finding]:
    full = list(_running(paper, grid))
    counts = Counter(round((page[-1].baseline - page[0].baseline) / grid.step) + 1 for page in full)
    if counts:
        usual = counts.most_common(1)[0][0]
        yield by_fact("每页行数", 0, usual == 22, f"{usual} 行（数了 {len(full)} 页）", f"{usual - 22:+d} 行")
    lengths = Counter(
        len(line.chars) + round((line.left - grid.left) / line.em)
        for line in grid.full(paper.body)
        if min([char.right - char.x for char in line.chars]) > 0.9 * line.em
    )
    if lengths:
        usual = max(lengths, key=lambda count: (lengths[count], count))
        asked = chars_in(grid.preset.area)
        found = f"{usual} 字（数了 {lengths.total()} 行全是汉字的整行）"
        yield by_fact("每行字数", 0, usual == asked, found, f"{usual - asked:+d} 字")
