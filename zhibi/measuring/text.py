"""Title, 主送机关, text and headings (cl. 7.3.1-7.3.3) -> findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from zhibi.measuring.characters import Char
from zhibi.measuring.elements import Paper
from zhibi.measuring.faces import Face, Kind, face_of
from zhibi.measuring.grid import Grid
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length
from zhibi.measuring.lines import Line, is_han, main_face
from zhibi.measuring.measures import SHEET_HEIGHT
from zhibi.measuring.shapes import MM

_SERIALS = (
    ("一级标题", re.compile(r"^[一二三四五六七八九十百]+、"), Kind.HEI),
    ("二级标题", re.compile(r"^[（(][一二三四五六七八九十百]+[）)]"), Kind.KAI),
    ("三级标题", re.compile(r"^\d{1,2}[.．](?!\d)"), Kind.FANGSONG),
    ("四级标题", re.compile(r"^[（(]\d{1,2}[）)]"), Kind.FANGSONG),
)
LINE = 28.95
"""Points of a line where a paper has too little text to measure it (cl. 3.2)."""


def blank_lines(above: Line, below: Line, step: float) -> int:
    """Return how many empty lines of `step` millimetres lie between two lines.

    The em boxes of both are smaller than their line boxes by half of the space between lines.
    """
    own = max(step, 1.5 * above.em) if above.size >= 18 else step
    half = (own - above.em) / 2 + (step - below.em) / 2
    return round((below.top - above.bottom - half) / step)


def above_of(paper: Paper, line: Line) -> Line | None:
    """Return the line that stands over another on its page."""
    lines = paper.pages[line.page - 1].lines
    place = lines.index(line)
    return lines[place - 1] if place else None


def centre_words(line: Line) -> str:
    """Return how a finding tells of a line's middle."""
    return f"“{shown(line.text)}”中线距版心中线 {{:.2f}} mm"


def shown(text: str) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= 10 else text[:9] + "…"


def title_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge the main title and every other large title."""
    for title in paper.titles:
        page = paper.pages[title[0].page - 1]
        label = any(title == part.title for part in paper.attachments)
        if not label:
            yield by_fact(
                "标题字号",
                title[0].page,
                all(abs(line.size - 22) <= 0.3 for line in title),
                f"{title[0].size:.1f} 磅（“{shown(title[0].text)}”）",
                f"{title[0].size - 22:+.1f} 磅",
            )
        faces = [face for line in title if (face := main_face(line.chars))]
        yield by_face("标题字体", title[0].page, faces, Kind.TITLE_SONG)
        area = paper.area
        # A landscape sheet is an upright one turned (cl. 8).
        middle = area.middle if not page.landscape else SHEET_HEIGHT - (area.top + area.bottom) / 2
        worst = max(title, key=lambda line: abs(line.middle - middle))
        yield by_length("标题居中", worst.page, worst.middle - middle, 0, centre_words(worst))
        if len(title) > 2:
            yield _shape(title)
    yield from _place(paper, step)


def _place(paper: Paper, step: float) -> Iterator[Finding]:
    """Two lines below the red rule; in a letter and in minutes below the last element above it (cl. 10.1)."""
    if not paper.title or paper.title[0].page != 1:
        return
    title = paper.title[0]
    if paper.bars and not paper.letter:
        yield _below(paper.bars[0].box.bottom, title, step)
    elif paper.head.mark and paper.head.number:
        above = max(paper.head.parts, key=lambda line: line.baseline)
        blank = blank_lines(above, title, step)
        found = f"在“{shown(above.text)}”下空 {blank} 行"
        yield by_fact("标题位置", 1, blank == 2, found, f"{blank - 2:+d} 行")


def _shape(title: Sequence[Line]) -> Finding:
    lengths = [line.right - line.left for line in title]
    slack = title[0].em / 2
    waist = any(
        length < max(lengths[:place]) - slack and length < max(lengths[place + 1 :]) - slack
        for place, length in enumerate(lengths[1:-1], 1)
    )
    found = "、".join(f"{length / title[0].em:.1f}" for length in lengths) + " 字"
    return by_fact("标题形状", title[0].page, not waist, f"{len(title)} 行：{found}")


def _below(rule: float, line: Line, step: float) -> Finding:
    """Two empty lines, then half of the space that the title's own line keeps above its words."""
    gap = line.top - rule
    least, most = 2 * step, 2 * step + 0.3 * line.em + 1.5
    off = gap - least if gap < least else max(0.0, gap - most)
    found = f"标题字身上缘在线下 {gap:.2f} mm（空二行 {least:.1f} mm，另加半个行间）"
    return by_fact("标题位置", line.page, abs(off) <= 0.5, found, f"{off:+.2f} mm")


def recipients_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge 主送机关: one empty line below the title, flush left."""
    if paper.recipients:
        first = paper.recipients[0]
        if paper.title and paper.title[-1].page == first.page:
            blank = blank_lines(paper.title[-1], first, step)
            yield by_fact("主送机关位置", first.page, blank == 1, f"空 {blank} 行", f"{blank - 1:+d} 行")
        worst = max(paper.recipients, key=lambda line: abs(line.left - paper.area.left))
        yield by_length("主送机关左边", worst.page, worst.left, paper.area.left, "字身距纸左边 {:.2f} mm")


def body_findings(paper: Paper, grid: Grid | None) -> Iterator[Finding]:
    """Judge paragraphs and headings."""
    if paper.body and (paper.order or (paper.title and paper.title[0].page == 1)):
        yield by_fact("首页正文", 1, paper.body[0].page == 1, "有" if paper.body[0].page == 1 else "没有")
    if grid:
        first = [line for line in _beginnings(paper, grid) if line.right - line.left > 3 * line.em]
        indents = Counter(round((line.left - grid.left) / line.em * 2) / 2 for line in first)
        if indents:
            usual = indents.most_common(1)[0][0]
            near = [x for line in first if abs((x := line.left - grid.left) / line.em - usual) < 0.5]
            found = f"空 {usual:g} 字（{median(near):.2f} mm，数了 {len(near)} 段）"
            yield by_fact("首行缩进", 0, usual == 2, found, f"{usual - 2:+g} 字")
    yield from _headings(paper, grid)
    yield _bold(paper)


def _beginnings(paper: Paper, grid: Grid) -> Iterator[Line]:
    """Yield the first lines of paragraphs: the first of all, those after a line that does not fill the area."""
    yield from paper.body[:1]
    for before, line in pairwise(paper.body):
        short = before.right < grid.right - 1.6 * line.em
        if short or abs(line.left - grid.left) > 0.8:
            yield line


def headings(paper: Paper, grid: Grid | None) -> Iterator[tuple[str, Kind, Line, tuple[Char, ...]]]:
    """Yield level, asked class, line and words of each heading: up to the first full stop."""
    left = grid.left if grid else paper.area.left
    for line in paper.body:
        if line.left - left < line.em:
            continue
        for level, pattern, kind in _SERIALS:
            if pattern.match(line.text):
                end = re.search(r"[。；：]", line.text)
                yield level, kind, line, line.chars[: end.end() if end else len(line.chars)]
                break


def _headings(paper: Paper, grid: Grid | None) -> Iterator[Finding]:
    met: dict[str, list[tuple[Line, Face]]] = {}
    kinds: dict[str, Kind] = {}
    last: list[Line] = []
    for level, kind, line, words in headings(paper, grid):
        han = [char for char in words if is_han(char)]
        face = main_face(han)
        if face:
            kinds[level] = kind
            met.setdefault(level, []).append((line, face))
        if len(words) == len(line.chars) and not line.text.endswith(("。", "；", "：", "，")):
            last.append(line)
    for level, found in met.items():
        wrong = [line.page for line, face in found if face.fit(kinds[level]) == "不是"]
        yield by_face(level, wrong[0] if wrong else 0, [face for _, face in found], kinds[level])
    if met:
        yield _at_foot(paper, grid, last)


def _at_foot(paper: Paper, grid: Grid | None, alone: Sequence[Line]) -> Finding:
    """A heading that stands alone in its line must not end a page that another one follows."""
    for page in paper.pages[:-1]:
        if page.lines and page.lines[-1] in alone and not page.tables:
            end = page.lines[-1]
            if grid is None or end.right < grid.right - 1.6 * end.em:
                return by_fact("页末标题", end.page, kept=False, found=f"“{shown(end.text)}”是这页的最后一行")
    return by_fact("页末标题", 0, kept=True, found="没有")


def _bold(paper: Paper) -> Finding:
    lines = [*paper.body, *paper.recipients, *paper.attachment_note, *paper.names]
    for line in lines:
        bold = [char for char in line.chars if char.stroked or face_of(char.font.name).bold]
        if bold:
            words = shown("".join(char.text for char in bold))
            return by_fact(
                "加粗", line.page, kept=False, found=f"“{words}”加粗了（{face_of(bold[0].font.name).name}）"
            )
    return by_fact("加粗", 0, kept=True, found="没有加粗")


def step_of(grid: Grid | None) -> float:
    """Return the line distance in millimetres, the standard's own where nothing shows it."""
    return grid.step if grid else LINE * MM
