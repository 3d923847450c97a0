"""Sheets -> the elements of a paper, known by where they stand, how large they are and what they say.

No tag of a file is looked at, so a paper of any office can be read. What is not found is empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from zhibi.measuring.elements import Paper, is_letter, is_order
from zhibi.measuring.lines import Line, segments
from zhibi.measuring.measures import Area
from zhibi.measuring.pages import Page, bars_of, foot_of, page_of
from zhibi.measuring.reading import Scan
from zhibi.measuring.recognising_end import (
    LABEL,
    attachment_note_of,
    attachments_of,
    attendance_of,
    imprint_of,
    is_date,
    names_of,
    note_of,
)
from zhibi.measuring.recognising_head import APART, LARGE, NUMBER, head_of

_OUTLINE = re.compile(r"^(目录|提纲|目录/提纲|目錄|提綱|目錄/提綱)$")


def recognise(scan: Scan, area: Area) -> Paper:
    """Return the elements that stand in a PDF; `area` is the type area they are laid in."""
    pages = tuple(page_of(sheet) for sheet in scan.sheets)
    first = pages[0]
    bars = bars_of(first.sheet, red=True)
    imprint = imprint_of(pages, area, letter=is_letter(bars, first, area))
    attachments = tuple(attachments_of(pages, area))
    titles = _titles(pages, area, {line for part in attachments for line in part.title})
    head = head_of(first, titles)
    used = {line for title in titles for line in title} | set(imprint.lines if imprint else ())
    used |= {line for part in attachments for line in (part.label, *part.title)}
    over = (titles[0][-1] if titles else None, head.number, *head.mark[-1:])
    start = next((line for line in over if line), None)
    words = _of_common_size([line for line in _words(pages, area, start) if line not in used])
    end = min((part.label.page for part in attachments), default=len(pages) + 1)
    date = next((line for line in words if line.page < end and is_date(line, area)), None)
    elements = {
        "recipients": () if is_order(head) else _recipients(words, area, start),
        "attachment_note": attachment_note_of(words),
        "names": names_of(words, date, area),
    }
    attendance, note = tuple(attendance_of(words, area)), note_of(words, date)
    used |= {line for part in (*elements.values(), *attendance) for line in part}
    used |= {line for line in (date, note) if line}
    return Paper(
        scan=scan,
        area=area,
        pages=pages,
        head=head,
        bars=bars,
        titles=titles,
        body=tuple(line for line in words if line not in used),
        attendance=attendance,
        date=date,
        note=note,
        attachments=attachments,
        imprint=imprint,
        **elements,
    )


def _titles(pages: Sequence[Page], area: Area, attached: Collection[Line]) -> tuple[tuple[Line, ...], ...]:
    """Group the large black lines; where only attachments have them the first centred lines are the title."""
    groups: list[list[Line]] = []
    for page in pages:
        for line in page.lines:
            if line.size < LARGE or line.red:
                continue
            last = groups[-1][-1] if groups else None
            if last and last.page == line.page and line.baseline - last.baseline < 2.4 * line.em:
                groups[-1].append(line)
            else:
                groups.append([line])
    if all(line in attached for group in groups for line in group):
        groups.insert(0, list(_centred(pages[0], area)))
    return tuple(tuple(group) for group in groups if group)


def _centred(page: Page, area: Area) -> Iterator[Line]:
    """Yield the first centred lines below the mark; an order has no title (cl. 10.2)."""
    mark = [line for line in page.lines if line.size >= LARGE and line.red]
    head = max((line.baseline for line in mark), default=0.0)
    met = bool(mark) and mark[-1].text.endswith("令")
    for line in page.lines:
        number = any(NUMBER.match(part.text) for part in segments(line, APART))
        if line.baseline <= head or line.red or page.landscape or number:
            continue
        centred = abs(line.middle - area.middle) < 3 and line.left > area.left + 1.5 * line.em
        if met and not centred:
            return
        if centred and not LABEL.match(line.text):
            met = True
            yield line


def _words(pages: Sequence[Page], area: Area, start: Line | None) -> Iterator[Line]:
    """Yield the lines below the title that may be text: upright sheets, no small print, no outline."""
    outline = False
    for page in pages:
        if page.lines and not page.landscape:
            if _OUTLINE.match(page.lines[0].text):
                outline = True
            elif any(line.size >= LARGE for line in page.lines):
                outline = False
        if page.landscape or outline:
            continue
        foot = foot_of(page, area)
        for line in page.lines:
            after = not start or (line.page, line.baseline) > (start.page, start.baseline)
            if after and 12 <= line.size < LARGE and line.baseline < foot + 3 and not line.red:
                yield line


def _of_common_size(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of the size that most have."""
    sizes = Counter(round(line.size * 2) / 2 for line in lines)
    size = sizes.most_common(1)[0][0] if sizes else 16.0
    return [line for line in lines if abs(line.size - size) < 0.6]


def _recipients(words: Sequence[Line], area: Area, title: Line | None) -> tuple[Line, ...]:
    """Find 主送机关: the lines right below the title up to the first that ends with a colon."""
    taken: list[Line] = []
    for line in words[:8]:
        if not title or line.page != title.page or (taken and line.left > area.left + 1.0 + taken[0].em / 2):
            return ()
        taken.append(line)
        if line.text.endswith(("：", ":")):
            named = re.search(
                r"(省|市|区|县|镇|乡|街道|局|委|办|厅|部|院|公司|中心|单位|部门|政府|學|学校)[：:]$",
                line.text,
            )
            return tuple(taken) if taken[0].left < area.left + taken[0].em or named else ()
        if re.search(r"[。！？]", line.text):
            return ()
    return ()
