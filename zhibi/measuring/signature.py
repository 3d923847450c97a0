"""署名 and 成文日期 (cl. 7.3.5) -> findings: unsealed, under one seal, under several, with a signature stamp.

A seal is not in the file; how the words stand tells which of the four ways was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from zhibi.measuring.elements import Paper
from zhibi.measuring.judging import Finding, by_fact
from zhibi.measuring.lines import Line, segments
from zhibi.measuring.measures import CHAR
from zhibi.measuring.recognising_end import BESIDE, is_row
from zhibi.measuring.text import above_of, blank_lines

_TOLERANCE = 0.2
"""Characters by which an indent of the signature may differ: names are as wide as their letters."""

_STAMP_LEAST = 3.0
"""Characters that a signature stamp takes at least: 17 mm."""


def signature_findings(paper: Paper, step: float) -> Iterator[Finding]:
    """Judge 署名 and 成文日期."""
    if paper.date is None:
        return
    date, names = paper.date, paper.names
    written = bool(re.match(r"^\d{4}年[1-9]\d?月[1-9]\d?日$", date.text))
    yield by_fact("成文日期写法", date.page, written, date.text)
    page_body = any(line.page == date.page for line in paper.body)
    yield by_fact("署名同页正文", date.page, page_body, "有正文" if page_body else "没有正文")
    right = (paper.area.right - date.right) / CHAR
    if not names:
        sealed = abs(right - 4) <= _TOLERANCE
        yield by_fact("署名和日期左右", date.page, sealed, f"日期右空 {right:.2f} 字", f"{right - 4:+.2f} 字")
        return
    joint = any(is_row(line) for line in names)
    stamped = not joint and blank_lines(names[-1], date, step) > 0
    above = above_of(paper, names[0])
    if above and (stamped or (not joint and abs(right - 4) > _TOLERANCE)):
        asked, blank = 2 if stamped else 1, blank_lines(above, names[0], step)
        yield by_fact("署名位置", date.page, blank == asked, f"空 {blank} 行", f"{blank - asked:+d} 行")
    if joint:
        yield _joint(paper, date, right)
    elif stamped:
        yield _stamped(paper, date, blank_lines(names[-1], date, step))
    else:
        yield _aligned(paper, names[-1], date)


def _joint(paper: Paper, date: Line, right: float) -> Finding:
    """Every organ has its seal, the last one covers the date too, no row is wider than the type area (7.3.5.1)."""
    rows = [segments(line, BESIDE) for line in paper.names]
    last = rows[-1][-1]
    off = (date.middle - last.middle) / CHAR
    wide = max(
        max(row[-1].right - paper.area.right for row in rows),
        max(paper.area.left - row[0].left for row in rows),
    )
    # A name longer than the date and its indent moves the middle of both to the left.
    moved = (last.right - last.left) / 2 > (paper.area.right - date.middle) - 0.5
    date_off = 0.0 if moved else right - 4
    apart = min((after.middle - before.middle for row in rows for before, after in pairwise(row)), default=0)
    worst = max(abs(off), abs(date_off))
    found = (
        f"{len(rows)} 行 {sum(map(len, rows))} 个机关，相邻中线最近 {apart:.1f} mm，"
        f"末个署名中线比日期偏 {off:+.2f} 字，日期右空 {right:.2f} 字（联合行文加盖印章）"
    )
    return by_fact("署名和日期左右", date.page, worst <= _TOLERANCE and wide <= 0.5, found, f"{worst:.2f} 字")


def _stamped(paper: Paper, date: Line, blank: int) -> Finding:
    """The stamp 4 characters from the right, the title of office 2 left of it, the date below (7.3.5.3)."""
    title = paper.names[-1]
    right = (paper.area.right - date.right) / CHAR
    room = (paper.area.right - title.right) / CHAR - 4 - 2
    kept = abs(right - 4) <= _TOLERANCE and blank == 1 and room >= _STAMP_LEAST
    found = f"日期右空 {right:.2f} 字，在职务下空 {blank} 行，职务右边给签名章留 {room:.1f} 字（签名章）"
    return by_fact("署名和日期左右", date.page, kept, found, f"{right - 4:+.2f} 字")


def _aligned(paper: Paper, name: Line, date: Line) -> Finding:
    """Without a seal 7.3.5.2 holds, with one 7.3.5.1; a paper that keeps to either is right."""
    name_right = (paper.area.right - name.right) / CHAR
    date_right = (paper.area.right - date.right) / CHAR
    shift = (date.left - name.left) / CHAR
    off_centre = (date.middle - name.middle) / CHAR
    # The longer of both stands two characters from the edge; offices differ in which they take for longer.
    unsealed = max(abs(shift - 2), min(abs(name_right - 2), abs(date_right - 2)))
    sealed = max(abs(date_right - 4), abs(off_centre))
    ways = f"署名右空 {name_right:.2f} 字，日期首字比署名首字右移 {shift:.2f} 字、右空 {date_right:.2f} 字"
    best, how = min((unsealed, "不加盖印章"), (sealed, "加盖印章"))
    kept = best <= _TOLERANCE
    found = f"{ways}（合“{how}”的排法）" if kept else ways
    return by_fact("署名和日期左右", date.page, kept, found, f"{best:.2f} 字")
