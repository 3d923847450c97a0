"""A Word file -> its paragraphs and tables in reading order, with style names and automatic numbers.

Tracked deletions, fields' codes and hidden copies are not words; pictures, footnotes and text boxes cannot be
carried over and are reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from zhibi.errors import Location
from zhibi.importer.blocks import Notes
from zhibi.importer.word_numbers import Numbers, read_numbers
from zhibi.importer.word_styles import Styles, read_styles
from zhibi.importer.word_xml import Element, attribute, child, descendants, is_on, local, open_parts

PASSED = frozenset(
    {"hyperlink", "ins", "moveTo", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo"}
)
_LOST = {
    "drawing": "这里有图片或图形，不能导入",
    "pict": "这里有图片或图形，不能导入",
    "object": "这里有嵌入的对象，不能导入",
    "footnoteReference": "这里有脚注，脚注没有导入",
    "endnoteReference": "这里有尾注，尾注没有导入",
    "oMath": "这里有公式，公式没有导入",
}


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words of one character style; a line end is \\n."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph; `number` is its automatic serial, `level` its outline level (0: body text)."""

    runs: tuple[WordRun, ...]
    at: Location
    style: str = ""
    number: str = ""
    level: int = 0
    new_page: bool = False
    landscape: bool = False

    @property
    def text(self) -> str:
        """All words, with the automatic serial before them."""
        return self.number + "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class WordCell:
    """A table cell at a grid column."""

    paragraphs: tuple[WordParagraph, ...]
    column: int
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class WordRow:
    """A table row; `covered` are the grid columns that cells above reach into."""

    cells: tuple[WordCell, ...]
    at: Location
    head: bool = False
    covered: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table with the name of its style."""

    rows: tuple[WordRow, ...]
    style: str = ""
    new_page: bool = False
    landscape: bool = False


WordBlock = WordParagraph | WordTable


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word file as read."""

    file: str
    name: str
    blocks: tuple[WordBlock, ...]
    styles: frozenset[str] = frozenset()
    language: str = ""


@dataclass(slots=True)
class _Reader:
    """What reading needs to remember: styles, running numbers, and the count of paragraphs and rows."""

    file: str
    styles: Styles
    numbers: Numbers
    notes: Notes
    line: int = 0
    section: list[WordBlock] = field(default_factory=list)
    blocks: list[WordBlock] = field(default_factory=list)
    new_page: bool = False

    def place(self) -> Location:
        return Location(self.file, self.line, 1)


def read_word(data: bytes, file: str, notes: Notes) -> WordFile:
    """Read the bytes of a .docx file; raise `ReportError` when they are not one."""
    parts = open_parts(data, file)
    reader = _Reader(file, read_styles(parts.styles), read_numbers(parts.numbering), notes)
    body = child(parts.document, "body")
    for element in _flat(body):
        if local(element) == "p":
            _add(reader, _paragraph(element, reader))
            properties = child(element, "pPr", "sectPr")
            if properties is not None:
                _end_section(reader, properties)
        elif local(element) == "tbl":
            _add(reader, _table(element, reader))
        elif local(element) == "sectPr":
            _end_section(reader, element)
    _end_section(reader, None)
    names = frozenset(style.name for style in reader.styles.by_id.values())
    return WordFile(file, PurePath(file).stem, tuple(reader.blocks), names, parts.language)


def _flat(container: Element | None) -> Iterator[Element]:
    """Yield paragraphs and tables, those in content controls too."""
    for element in container if container is not None else ():
        if local(element) in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _flat(element)
        else:
            yield element


def _add(reader: _Reader, block: WordBlock) -> None:
    reader.section.append(replace(block, new_page=True) if reader.new_page else block)
    reader.new_page = False


def _end_section(reader: _Reader, properties: Element | None) -> None:
    landscape = attribute(child(properties, "pgSz"), "orient") == "landscape"
    reader.blocks.extend(replace(block, landscape=landscape) for block in reader.section)
    reader.section = []
    reader.new_page = attribute(child(properties, "type"), "val") != "continuous"


def _paragraph(element: Element, reader: _Reader) -> WordParagraph:
    reader.line += 1
    at = reader.place()
    properties = child(element, "pPr")
    style = attribute(child(properties, "pStyle"), "val") or reader.styles.default
    return WordParagraph(
        tuple(run for run in _runs(element, reader, at) if run.text),
        at,
        reader.styles.name(style),
        _number(properties, style, reader, at),
        reader.styles.level(style, child(properties, "outlineLvl")),
        is_on(child(properties, "pageBreakBefore")),
    )


def _number(properties: Element | None, style: str, reader: _Reader, at: Location) -> str:
    own = child(properties, "numPr")
    number, level = attribute(child(own, "numId"), "val"), attribute(child(own, "ilvl"), "val")
    if not number:
        number, inherited = reader.styles.numbering(style)
        level = level or inherited
    if number in ("", "0"):
        return ""
    label = reader.numbers.label(number, int(level) if level.isdecimal() else 0)
    if label is None:
        reader.notes.damaged(at, "", "这一段有项目符号或不认识的自动编号，没有导入", "请核对这一段的编号")
    return label or ""


def _runs(element: Element, reader: _Reader, at: Location) -> Iterator[WordRun]:
    for inner in element:
        name = local(inner)
        if name == "r":
            text = "".join(_words(inner, reader, at))
            style = attribute(child(inner, "rPr", "rStyle"), "val")
            if not is_on(child(inner, "rPr", "vanish")):
                yield WordRun(text, reader.styles.name(style))
        elif name in PASSED:
            yield from _runs(inner, reader, at)
        elif name in ("oMath", "oMathPara"):
            reader.notes.damaged(at, "", _LOST["oMath"], "请对照原件补上")


def _words(run: Element, reader: _Reader, at: Location) -> Iterator[str]:
    for element in run:
        match local(element):
            case "t":
                yield element.text or ""
            case "tab" | "ptab":
                yield "\t"
            case "br" | "cr":
                yield "" if attribute(element, "type") in ("page", "column") else "\n"
            case "noBreakHyphen":
                yield "-"
            case "ruby":  # The words, not the letters above them.
                base = child(element, "rubyBase")
                yield from (text.text or "" for text in (descendants(base, "t") if base is not None else ()))
            case "sym":
                reader.notes.damaged(
                    at, attribute(element, "char"), "这里有特殊符号，没有导入", "请对照原件补上"
                )
            case "AlternateContent":
                _report_lost(element, reader, at)
            case name if name in _LOST:
                _report_lost(element, reader, at)


def _report_lost(element: Element, reader: _Reader, at: Location) -> None:
    """Name what cannot be carried over; the words of a text box are given in full."""
    name = next((local(inner) for inner in element.iter() if local(inner) in _LOST), "drawing")
    boxes = next(descendants(element, "txbxContent"), None)
    words = "".join(text.text or "" for text in descendants(boxes, "t")) if boxes is not None else ""
    if words:
        reader.notes.dropped(at, words, "文本框里的文字没有导入", "请把它们写进正文")
    else:
        reader.notes.damaged(at, "", _LOST[name], "请对照原件处理")


def _table(element: Element, reader: _Reader) -> WordTable:
    rows: list[WordRow] = []
    open_cells: dict[int, tuple[int, int]] = {}
    for tr in (inner for inner in _flat(element) if local(inner) == "tr"):
        reader.line += 1
        rows.append(_row(tr, reader, rows, open_cells))
    style = attribute(child(element, "tblPr", "tblStyle"), "val")
    return WordTable(tuple(row for row in rows if row.cells or row.covered), reader.styles.name(style))


MOST_COLUMNS = 63
"""Columns that a Word table can have; a damaged file may claim millions."""


def _row(
    tr: Element, reader: _Reader, rows: list[WordRow], open_cells: dict[int, tuple[int, int]]
) -> WordRow:
    """Read a row; `open_cells` holds, by grid column, where (row, cell) a cell that still reaches down began."""
    at = reader.place()
    before = attribute(child(tr, "trPr", "gridBefore"), "val")
    column = min(int(before), MOST_COLUMNS) if before.isdecimal() else 0
    cells: list[WordCell] = [WordCell((), 0, column)] if column else []
    covered: set[int] = set()
    for tc in (inner for inner in _flat(tr) if local(inner) == "tc"):
        span = attribute(child(tc, "tcPr", "gridSpan"), "val")
        width = min(int(span), MOST_COLUMNS) if span.isdecimal() else 1
        merge = child(tc, "tcPr", "vMerge")
        if merge is not None and attribute(merge, "val") != "restart" and column in open_cells:
            _stretch(rows, open_cells[column])
            covered |= set(range(column, column + width))
        else:
            open_cells.pop(column, None)
            if merge is not None:
                open_cells[column] = (len(rows), len(cells))
            cells.append(WordCell(tuple(_cell_paragraphs(tc, reader, at)), column, width))
        column += width
    return WordRow(tuple(cells), at, is_on(child(tr, "trPr", "tblHeader")), frozenset(covered))


def _stretch(rows: list[WordRow], place: tuple[int, int]) -> None:
    number, index = place
    row = rows[number]
    cell = row.cells[index]
    cells = (*row.cells[:index], replace(cell, rowspan=cell.rowspan + 1), *row.cells[index + 1 :])
    rows[number] = replace(row, cells=cells)


def _cell_paragraphs(tc: Element, reader: _Reader, at: Location) -> Iterator[WordParagraph]:
    for element in _flat(tc):
        if local(element) == "p":
            line = reader.line
            paragraph = _paragraph(element, reader)
            reader.line = line
            if paragraph.text.strip():
                yield replace(paragraph, at=at)
        elif local(element) == "tbl":
            reader.notes.damaged(at, "", "单元格里还有一个表格，只导入了它的文字", "请对照原件整理")
            for inner in descendants(element, "p"):
                yield replace(_paragraph(inner, reader), at=at)
