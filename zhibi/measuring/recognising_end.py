"""Pages -> what follows the text: 附件说明, lists of those present, 署名, 成文日期, 附注, 附件, 版记."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhibi.measuring.elements import Attachment, Imprint
from zhibi.measuring.lines import Line, segments
from zhibi.measuring.measures import Area
from zhibi.measuring.pages import Page, bars_of, foot_of
from zhibi.measuring.recognising_head import LARGE
from zhibi.measuring.shapes import MM

DATE = re.compile(r"^(\d{4}|[二〇○零一三四五六七八九]{4})年\S{1,3}月\S{1,3}日$")
LABEL = re.compile(r"^附件\d{0,2}[:：]?$")
PRESENT = re.compile(r"^(出席|请假|列席)[^：:，。]{0,4}[：:]")
BESIDE = 0.6
"""Ems between the names of organs that stand beside one another over their seals (cl. 7.3.5.1)."""

_NEAR, _STAMP, _SEALS = 2.6, 6.0, 12.0
"""Ems from one line of a signature to the next: plain, with a signature stamp, with rows of seals."""


def attachment_note_of(words: Sequence[Line]) -> tuple[Line, ...]:
    """Find 附件说明 with its further lines."""
    taken: list[Line] = []
    for line in words:
        if taken:
            far = line.page != taken[-1].page or line.baseline - taken[-1].baseline > 1.6 * line.em * 1.9
            if far or line.left < taken[0].left + 2 * line.em or line.left > taken[0].left + 8 * line.em:
                return tuple(taken)
            taken.append(line)
        elif re.match(r"^附件[:：].", line.text):
            taken.append(line)
    return tuple(taken)


def is_date(line: Line, area: Area) -> bool:
    """Tell whether a line is 成文日期."""
    return bool(DATE.match(line.text)) and line.left > area.left + 40


def names_of(words: Sequence[Line], date: Line | None, area: Area) -> tuple[Line, ...]:
    """Find the lines of 署名 over the date; stamps and rows of seals keep them farther apart."""
    taken: list[Line] = []
    below, reach = date, _STAMP
    for line in reversed(words):
        if below is None or (line.page, line.baseline) >= (below.page, below.baseline):
            continue
        row = is_row(line)
        near = line.page == below.page and below.baseline - line.baseline < reach * line.em
        if (
            not near
            or line.text.endswith(("。", "；", "）", "："))
            or (line.left < area.left + 30 and not row)
        ):
            break
        if not taken:
            close = below.baseline - line.baseline < _NEAR * line.em
            reach = (_SEALS if row else _NEAR) if close else _STAMP
        taken.insert(0, line)
        below = line
    return tuple(taken)


def is_row(line: Line) -> bool:
    """Tell whether names of several organs stand in a line."""
    parts = segments(line, BESIDE)
    return len(parts) > 1 and all(len(part.text) > 2 and part.text.isalpha() for part in parts)


def attendance_of(words: Sequence[Line], area: Area) -> Iterator[tuple[Line, ...]]:
    """Yield each list of those present, excused or invited: its label's line and those that go on (cl. 10.3)."""
    taken: list[Line] = []
    for line in words:
        label = PRESENT.match(line.text) is not None
        last = taken[-1] if taken else line
        far = line.page == last.page and line.baseline - last.baseline > _NEAR * line.em
        if taken and (label or far or line.left < area.left + 2.5 * line.em):
            yield tuple(taken)
            taken = []
        if label or taken:
            taken.append(line)
    if taken:
        yield tuple(taken)


def note_of(words: Sequence[Line], date: Line | None) -> Line | None:
    """Find 附注 below the date."""
    for line in words:
        if date and (line.page, line.baseline) > (date.page, date.baseline):
            return line if re.match(r"^[（(].*[）)]$", line.text) and line.page == date.page else None
    return None


def attachments_of(pages: Sequence[Page], area: Area) -> Iterator[Attachment]:
    """Yield the attachments: a label alone in its line and the centred words below it."""
    for page in pages:
        for place, line in enumerate(page.lines):
            if not LABEL.match(line.text) or line.size < 12:
                continue
            title: list[Line] = []
            for below in page.lines[place + 1 :]:
                last = title[-1] if title else line
                close = below.baseline - last.baseline < (40 if not title else 2.4 * below.em)
                middle = page.sheet.width / 2 + 1
                centred = abs(below.middle - middle) < 4 and below.left > area.left + 3
                if not close or (below.size < LARGE and not (centred and not title)):
                    break
                title.append(below)
            yield Attachment(line, tuple(title))


def imprint_of(pages: Sequence[Page], area: Area, *, letter: bool) -> Imprint | None:
    """Find 版记 from the back: black rules without a table, with 抄送 or 印发 between them."""
    for page in reversed(pages):
        if page.landscape:
            continue
        bars = tuple(bar for bar in bars_of(page.sheet, red=False) if bar.box.top > page.sheet.height / 3)
        if len(bars) < 2:
            continue
        top, bottom = bars[0].box.top, bars[-1].box.bottom
        lines = tuple(line for line in page.lines if top < line.baseline < bottom + 0.5 * MM)
        if any(re.search(r"印发|印發|抄送", line.text) for line in lines):
            return Imprint(page.sheet.number, bars, lines, area.bottom)
    return _letter_imprint(pages[-1], area) if letter else None


def _letter_imprint(page: Page, area: Area) -> Imprint | None:
    """Find 版记 of a letter, which has no rules: from 主送 or 抄送 on to the foot of the last page (cl. 10.1)."""
    for place, line in enumerate(page.lines):
        if re.match(r"^(主送|抄送)[：:]", line.text) and line.baseline > page.sheet.height / 3:
            foot = foot_of(page, area)
            lines = tuple(one for one in page.lines[place:] if one.baseline < foot + 3)
            return Imprint(page.sheet.number, (), lines, foot)
    return None
