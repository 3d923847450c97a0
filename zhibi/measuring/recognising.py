"""Sheets -> the elements of a paper, known by where they stand, how large they are and what they say.

No tag of a file is looked at, so a paper of any office can be read. What is not found is empty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from zhibi.measuring.lines import Line
from zhibi.measuring.measures import TYPE_BOTTOM, TYPE_LEFT, TYPE_RIGHT
from zhibi.measuring.pages import Bar, Page, bars_of, page_of
from zhibi.measuring.reading import Scan
from zhibi.measuring.shapes import MM

LARGE = 18.0
"""Black words from this size on are a title."""

NUMBER = re.compile(r".+[〔\[［(（【]\d{4}[〕\]］)）】]第?\d+号$|^第\d+号$")
DATE = re.compile(r"^(\d{4}|[二〇○零一三四五六七八九]{4})年\S{1,3}月\S{1,3}日$")
LABEL = re.compile(r"^附件\d{0,2}[:：]?$")
_OUTLINE = re.compile(r"^(目录|提纲|目录/提纲|目錄|提綱|目錄/提綱)$")
_MIDDLE = (TYPE_LEFT + TYPE_RIGHT) / 2


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment's label and title lines."""

    label: Line
    title: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The 版记: its rules and the lines between them."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The elements of a paper; `titles` holds the main title first, `body` the lines of the text."""

    scan: Scan
    pages: tuple[Page, ...]
    mark: tuple[Line, ...]
    bars: tuple[Bar, ...]
    number: Line | None
    titles: tuple[tuple[Line, ...], ...]
    recipients: tuple[Line, ...]
    body: tuple[Line, ...]
    attachment_note: tuple[Line, ...]
    names: tuple[Line, ...]
    date: Line | None
    note: Line | None
    attachments: tuple[Attachment, ...]
    imprint: Imprint | None

    @property
    def title(self) -> tuple[Line, ...]:
        """The main title."""
        return self.titles[0] if self.titles else ()

    @property
    def letter(self) -> bool:
        """Tell whether the paper is a letter (cl. 10.1): it has a red double rule at the foot or a long one."""
        first = self.pages[0].sheet.height
        return any(bar.box.top > first / 2 or bar.box.width > 163 for bar in self.bars)


def recognise(scan: Scan) -> Paper:
    """Return the elements that stand in a PDF."""
    pages = tuple(page_of(sheet) for sheet in scan.sheets)
    first = pages[0]
    mark = tuple(line for line in first.lines if line.red and line.size >= LARGE)
    bars = bars_of(first.sheet, red=True)
    imprint = _imprint(pages)
    attachments = tuple(_attachments(pages))
    titles = _titles(pages, mark, {line for part in attachments for line in part.title})
    number = _number(first, titles)
    used = {*mark, *(line for title in titles for line in title), *(imprint.lines if imprint else ())}
    used |= {line for part in attachments for line in (part.label, *part.title)}
    start = titles[0][-1] if titles else None
    words = [line for line in _words(pages, start) if line not in used and line != number]
    size = _common_size(words)
    words = [line for line in words if abs(line.size - size) < 0.6]
    recipients = _recipients(words, start)
    note_lines = _attachment_note(words)
    end = min((part.label.page for part in attachments), default=len(pages) + 1)
    date = next((line for line in words if line.page < end and _is_date(line)), None)
    names = _names(words, date)
    note = _note(words, date)
    used |= {*recipients, *note_lines, *names, *(line for line in (date, note) if line)}
    return Paper(
        scan=scan,
        pages=pages,
        mark=mark,
        bars=bars,
        number=number,
        titles=titles,
        recipients=recipients,
        body=tuple(line for line in words if line not in used),
        attachment_note=note_lines,
        names=names,
        date=date,
        note=note,
        attachments=attachments,
        imprint=imprint,
    )


def _number(page: Page, titles: Sequence[Sequence[Line]]) -> Line | None:
    """Find 发文字号; on a paper to a superior 签发人 stands in its line, and each is kept by itself."""
    above = titles[0][0].baseline if titles and titles[0][0].page == 1 else page.sheet.height
    for line in page.lines:
        words = line.text.partition("签发人")[0]
        if line.baseline < above and not line.red and NUMBER.match(words):
            return line
    return None


def _titles(
    pages: Sequence[Page], mark: Sequence[Line], attached: Collection[Line]
) -> tuple[tuple[Line, ...], ...]:
    """Group the large black lines; where only attachments have them the first centred lines are the title."""
    groups: list[list[Line]] = []
    for page in pages:
        for line in page.lines:
            if line.red or line.size < LARGE:
                continue
            last = groups[-1][-1] if groups else None
            if last and last.page == line.page and line.baseline - last.baseline < 2.4 * line.em:
                groups[-1].append(line)
            else:
                groups.append([line])
    if all(line in attached for group in groups for line in group):
        groups.insert(0, list(_centred(pages[0], mark)))
    return tuple(tuple(group) for group in groups if group)


def _centred(page: Page, mark: Sequence[Line]) -> Iterator[Line]:
    head = max((line.baseline for line in mark), default=0.0)
    met = False
    for line in page.lines:
        if line.baseline <= head or line.red or page.landscape or NUMBER.match(line.text):
            continue
        centred = abs(line.middle - _MIDDLE) < 3 and line.left > TYPE_LEFT + 1.5 * line.em
        if met and not centred:
            return
        if centred and not LABEL.match(line.text):
            met = True
            yield line


def _words(pages: Sequence[Page], start: Line | None) -> Iterator[Line]:
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
        for line in page.lines:
            after = not start or (line.page, line.baseline) > (start.page, start.baseline)
            if after and 12 <= line.size < LARGE and not line.red and line.baseline < TYPE_BOTTOM + 3:
                yield line


def _common_size(lines: Sequence[Line]) -> float:
    sizes = Counter(round(line.size * 2) / 2 for line in lines)
    return sizes.most_common(1)[0][0] if sizes else 16.0


def _recipients(words: Sequence[Line], title: Line | None) -> tuple[Line, ...]:
    """Find 主送机关: the lines right below the title up to the first that ends with a colon."""
    taken: list[Line] = []
    for line in words[:8]:
        if not title or line.page != title.page or (taken and line.left > TYPE_LEFT + 1.0 + taken[0].em / 2):
            return ()
        taken.append(line)
        if line.text.endswith(("：", ":")):
            named = re.search(
                r"(省|市|区|县|镇|乡|街道|局|委|办|厅|部|院|公司|中心|单位|部门|政府|學|学校)[：:]$",
                line.text,
            )
            return tuple(taken) if taken[0].left < TYPE_LEFT + taken[0].em or named else ()
        if re.search(r"[。！？]", line.text):
            return ()
    return ()


def _attachment_note(words: Sequence[Line]) -> tuple[Line, ...]:
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


def _is_date(line: Line) -> bool:
    return bool(DATE.match(line.text)) and line.left > TYPE_LEFT + 40


def _names(words: Sequence[Line], date: Line | None) -> tuple[Line, ...]:
    taken: list[Line] = []
    below = date
    for line in reversed(words):
        if below is None or (line.page, line.baseline) >= (below.page, below.baseline):
            continue
        near = line.page == below.page and below.baseline - line.baseline < 2.6 * line.em
        if not near or line.left < TYPE_LEFT + 30 or line.text.endswith(("。", "；", "）")):
            break
        taken.insert(0, line)
        below = line
    return tuple(taken)


def _note(words: Sequence[Line], date: Line | None) -> Line | None:
    for line in words:
        if date and (line.page, line.baseline) > (date.page, date.baseline):
            return line if re.match(r"^[（(].*[）)]$", line.text) and line.page == date.page else None
    return None


def _attachments(pages: Sequence[Page]) -> Iterator[Attachment]:
    for page in pages:
        for place, line in enumerate(page.lines):
            if not LABEL.match(line.text) or line.size < 12:
                continue
            title: list[Line] = []
            for below in page.lines[place + 1 :]:
                last = title[-1] if title else line
                close = below.baseline - last.baseline < (40 if not title else 2.4 * below.em)
                middle = page.sheet.width / 2 + 1
                centred = abs(below.middle - middle) < 4 and below.left > TYPE_LEFT + 3
                if not close or (below.size < LARGE and not (centred and not title)):
                    break
                title.append(below)
            yield Attachment(line, tuple(title))


def _imprint(pages: Sequence[Page]) -> Imprint | None:
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
            return Imprint(bars, lines)
    return None
