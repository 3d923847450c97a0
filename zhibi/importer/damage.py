"""Signs of damage in a published text: what a web site or an extraction left in it.

Nothing is mended here: damage stays letter for letter and is named with its line. Only what holds no word
at all (an empty picture mark, an empty table row) is dropped, and the report gives the dropped characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from zhibi.errors import Location
from zhibi.importer.blocks import Block, CellText, GridRow, Line, Notes

Span: TypeAlias = tuple[int, int]

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_STOPS = "。，、；：？！,;:?!“”‘’《》〈〉（）()【】〔〕 \t"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（][a-zü]*[{_TONED}][a-zü{_TONED}]*[)）]")
_BROKEN_PINYIN = re.compile(rf"[?？][a-zü]*[{_TONED}][a-zü{_TONED}]*[)）]")
_NOTICE_WORDS = re.compile(
    r"省略\d+字|全文共\d+字|[当當]前[仅僅][显顯]示\d+字|正式[会會][员員]|[点點][击擊]查看|[请請][阅閱][读讀]下面|^收藏《"
)
_FURNITURE = re.compile(
    r"(?:您?[当當]前(?:所在)?的?位置|您?(?:现|現)?(?:所)?在的?位置)[:：]|^\s*(?:网站|網站)?首[页頁]\s*[>＞»›]"
    r"|(?:浏览|瀏覽|阅读|閱讀|点击|點擊)(?:次数|次數|量|数|數)\s*[:：]\s*(?:\d|$)"
    r"|[【\[]\s*(?:打印|关闭|關閉)(?:本[页頁]|窗口|[页頁]面)?\s*[】\]]"
    r"|[字]号[:：]\s*[\[【(（]?\s*(?:特大|超大|大)\s|^\s*分享到[:：]?\s*$"
)
"""What stands round a paper on a web page: the way to it, how often it was read, buttons."""
NOTICE = "这里是网站的提示，不是文稿的文字"
_GARBLED = re.compile(r"[\u0400-\u04ff\ue000-\uf8ff\ufffd]|[<>](?![\d=])")
_ENTITY = re.compile(r"&(?:[a-z]{2,6}|#\d{2,5});", re.IGNORECASE)
_MASK = re.compile(r"\*{2,}|[×Xx]{3,}|＊{2,}")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_EMPTY_PICTURE = re.compile(r"!\[\s*\]\(\s*\)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    r"\ufffe\uffff\U000e0000-\U000e007f]"
)

_KINDS = (
    (_PINYIN, "括号里像是抄录时混进来的拼音"),
    (_BROKEN_PINYIN, "这里像是残缺的拼音，前后的字可能不对"),
    (_ENTITY, "这里残留着网页代码"),
    (_PICTURE, "这里原来是图片，图片不能导入"),
)


def damaged_spans(text: str) -> list[tuple[Span, str]]:
    """Find the damaged stretches of `text` that are kept letter for letter, and what each seems to be."""
    found = [(span, NOTICE) for span in _notices(text)]
    for pattern, message in _KINDS:
        found.extend((match.span(), message) for match in pattern.finditer(text))
    found.extend((span, "这里像是乱码") for span in _garbled(text))
    return list(_apart(found))


def _apart(found: list[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Yield the stretches in their order, without those that overlap an earlier one."""
    end = -1
    for span, message in sorted(found, key=lambda entry: entry[0]):
        if span[0] >= end:
            yield span, message
            end = span[1]


def _garbled(text: str) -> Iterator[Span]:
    """Yield the words, from one mark to the next, in which a sign has no place in Chinese text."""
    end = 0
    for match in _GARBLED.finditer(text):
        if match.start() < end:
            continue
        start = match.start()
        while start > end and text[start - 1] not in _STOPS:
            start -= 1
        end = match.end()
        while end < len(text) and text[end] not in _STOPS:
            end += 1
        yield start, end


def report_damage(line: Line, notes: Notes) -> None:
    """Name the damaged stretches of one line, each kind once with all its words."""
    found: dict[str, list[Span]] = {}
    for span, message in damaged_spans(line.text):
        found.setdefault(message, []).append(span)
    for message, spans in found.items():
        words = " ".join(line.text[start:end] for start, end in spans)
        count = f"（{len(spans)}处）" if len(spans) > 1 else ""
        hint = "请删去" if message == NOTICE else "请对照原件改正"
        notes.damaged(_within(line.at, spans[0][0]), words, f"{message}{count}", hint)
    mask = _MASK.search(line.text)
    if mask:
        place = _within(line.at, mask.start())
        notes.damaged(place, mask.group(), "这一行有隐去的文字，照原样保留", "请补上原来的文字")


def drop_empty(blocks: tuple[Block, ...], notes: Notes) -> list[Block]:
    """Leave out signs that cannot be seen, empty picture marks and rows without a word; say so each time."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Line):
            text = _drop_signs(block.text, block.at, notes)
            if text:
                kept.append(Line(text, block.at, block.level))
            continue
        rows = [row for row in (_clean_row(row, notes) for row in block.rows) if row is not None]
        if rows:
            kept.append(replace(block, rows=tuple(rows)))
    return kept


def _clean_row(row: GridRow, notes: Notes) -> GridRow | None:
    words = "".join(cell.text for cell in row.cells)
    if not _EMPTY_PICTURE.sub("", _INVISIBLE.sub("", words)).strip():
        if row.typed:
            notes.dropped(row.at, row.typed, "表格的这一行没有文字，没有导入")
        return None
    cells = tuple(_clean_cell(cell, row.at, notes) for cell in row.cells)
    return replace(row, cells=cells)


def _clean_cell(cell: CellText, at: Location, notes: Notes) -> CellText:
    paragraphs = (_drop_signs(text, at, notes) for text in cell.paragraphs)
    return replace(cell, paragraphs=tuple(text for text in paragraphs if text))


def _drop_signs(text: str, at: Location, notes: Notes) -> str:
    for match in _EMPTY_PICTURE.finditer(text):
        notes.dropped(at, match.group(), "这里是空的图片标记，没有导入")
    text = _EMPTY_PICTURE.sub("", text)
    for match in _INVISIBLE.finditer(text):
        code = f"U+{ord(match.group()):04X}"
        notes.dropped(at, match.group(), f"这里有一个看不见的字符（{code}），没有导入")
    return _INVISIBLE.sub("", text).strip()


def _notices(text: str) -> Iterator[Span]:
    """Yield the brackets (with the dots around them) that hold a web site's own notice, or a line of its furniture."""
    if _FURNITURE.search(text):
        yield 0, len(text)
        return
    end = 0
    for match in _NOTICE_WORDS.finditer(text):
        if match.start() < end:
            continue
        start, end = _enclosing(text, match.start())
        start = len(text[:start].rstrip("…. "))
        start += len(text[start:]) - len(text[start:].lstrip())
        end += len(text[end:]) - len(text[end:].lstrip("…."))
        yield start, end


def _enclosing(text: str, place: int) -> Span:
    """Return the widest brackets around `place`, to the end where one is not closed, else all of the text."""
    waiting: list[int] = []
    for index, sign in enumerate(text):
        if sign in "(（":
            waiting.append(index)
        elif sign in ")）" and waiting:
            start = waiting.pop()
            if start <= place < index and not any(opening <= place for opening in waiting):
                return start, index + 1
    around = [opening for opening in waiting if opening <= place]
    return (around[0] if around else 0), len(text)


def _within(at: Location, offset: int) -> Location:
    return Location(at.file, at.line, at.column + offset)
