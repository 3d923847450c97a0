"""Page numbers (cl. 7.5, 8) and the soundness of fonts -> findings; each tells of the worst page."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.measuring.characters import Char
from zhibi.measuring.elements import Paper
from zhibi.measuring.faces import Kind, face_of
from zhibi.measuring.judging import Finding, by_face, by_fact, by_length
from zhibi.measuring.lines import Line
from zhibi.measuring.measures import SHEET_HEIGHT, Area
from zhibi.measuring.pages import Page
from zhibi.measuring.shapes import MM

_DASHES = "—―─－"
_BELOW = 7.0
"""Millimetres from the type area down to the middle of the dash (cl. 7.5, GB/T 33476.2 cl. 8)."""

_INSET = 14 * MM


def folio_findings(paper: Paper) -> Iterator[Finding]:
    """Judge the page numbers."""
    yield _complete(paper)
    numbered = [(page, page.folio) for page in paper.pages if page.folio]
    flat = [page for page in paper.pages if page.landscape and page.folio and not page.folio_turned]
    if any(page.landscape for page, _ in numbered):
        found = "排在横排版面的下边，没有转到与竖排页相同的位置" if flat else "与竖排页同在一处"
        yield by_fact("横排页页码", flat[0].sheet.number if flat else 0, not flat, found)
    if not numbered:
        return
    plain = [line for _, line in numbered if not _dashed(line)]
    text = plain[0].text if plain else numbered[0][1].text
    yield by_fact("页码写法", plain[0].page if plain else 0, not plain, text)
    worst = max((line for _, line in numbered), key=lambda line: abs(line.size - 14))
    off = worst.size - 14
    page = worst.page if abs(off) > 0.3 else 0
    yield by_fact("页码字号", page, abs(off) <= 0.3, f"{worst.size:.1f} 磅", f"{off:+.1f} 磅")
    digits = [face_of(char.font.name) for _, line in numbered for char in line.chars if char.text.isdigit()]
    yield by_face("页码字体", 0, digits, Kind.SONG)
    upright = [(page, line) for page, line in numbered if not page.landscape or page.folio_turned]
    if upright:
        yield from _places(upright, paper.area)


def _complete(paper: Paper) -> Finding:
    """Every page is numbered in turn; page 1 of a letter, blank pages and a 版记 after one are not."""
    shift: int | None = None
    blank = False
    for page in paper.pages:
        number = page.sheet.number
        empty = not page.lines and not page.tables
        imprint = paper.imprint is not None and paper.imprint.page == number
        if page.folio is None:
            if not (empty or (number == 1 and paper.letter) or (imprint and blank)):
                return by_fact("页码齐全", number, kept=False, found="这一页没有页码")
        else:
            digits = int("".join(char.text for char in page.folio.chars if char.text.isdigit()))
            shift = digits - number if shift is None else shift
            if digits - number != shift:
                return by_fact("页码齐全", number, kept=False, found=f"这一页编成了 {digits}")
        blank = empty
    return by_fact("页码齐全", 0, kept=True, found=f"{len(paper.pages)} 页")


def _dashes(line: Line) -> list[Char]:
    return [char for char in line.chars if not char.text.isdigit()]


def _dashed(line: Line) -> bool:
    """Tell whether a long dash stands on each side of the digits."""
    ends = (line.chars[0], line.chars[-1])
    return len(line.chars) > 2 and all(
        char.text in _DASHES or (not char.text.isalnum() and char.ink.width > 0.6 * line.em) for char in ends
    )


def _places(numbered: list[tuple[Page, Line]], area: Area) -> Iterator[Finding]:
    def drop(entry: tuple[Page, Line]) -> float:
        page, line = entry
        dash = _dashes(line)[0]
        return max(page.sheet.width, page.sheet.height) - (dash.ink.top + dash.ink.bottom) / 2

    def inset(entry: tuple[Page, Line]) -> float:
        page, line = entry
        odd = page.sheet.number % 2 == 1
        return area.right - line.right if odd else line.left - area.left

    dashed = [entry for entry in numbered if _dashes(entry[1])]
    if dashed:
        asked = SHEET_HEIGHT - area.bottom - _BELOW
        low = max(dashed, key=lambda entry: abs(drop(entry) - asked))
        yield by_length("页码高低", low[1].page, drop(low), asked, "一字线中线距纸下边 {:.2f} mm")
    far = max(numbered, key=lambda entry: abs(inset(entry) - _INSET))
    side = "右" if far[0].sheet.number % 2 else "左"
    yield by_length(
        "页码左右", far[1].page, inset(far), _INSET, f"距版心{side}边 {{:.2f}} mm（一字 4.94 mm）"
    )


def font_findings(paper: Paper) -> Iterator[Finding]:
    """Judge whether every font is in the file and every character has its glyph."""
    fonts = [(page.sheet.number, font) for page in paper.pages for font in page.sheet.fonts]
    outside = {face_of(font.name).name: number for number, font in fonts if not font.embedded}
    names = "、".join(outside) if outside else f"{len({font.name for _, font in fonts})} 种字体都已嵌入"
    yield by_fact("字体嵌入", min(outside.values(), default=0), not outside, names)
    lost = [(page.sheet.number, letter) for page in paper.pages for letter in page.sheet.lost]
    words = "、".join(dict.fromkeys(f"{letter}（U+{ord(letter[0]):04X}）" for _, letter in lost))
    yield by_fact("缺字", lost[0][0] if lost else 0, not lost, words or "没有缺字")
