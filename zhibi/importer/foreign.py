"""A Word file that another program made -> lines and grids for the same recogniser as a text."""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.errors import Location, Problem, ReportError
from zhibi.importer.blocks import Block, CellText, Grid, GridRow, Line, Paper
from zhibi.importer.word import WordCell, WordFile, WordParagraph, WordRow, WordTable
from zhibi.nodes import RowKind


def as_paper(word: WordFile) -> Paper:
    """Return a Word file as lines and grids; raise `ReportError` when it holds no text."""
    blocks = tuple(_blocks(word))
    if not blocks:
        message = "文件里没有文字"
        raise ReportError([Problem(Location(word.file), "导入", message, "如果是扫描件，请先转成文字")])
    return Paper(word.file, word.name, blocks)


def _blocks(word: WordFile) -> Iterator[Block]:
    for block in word.blocks:
        if isinstance(block, WordTable):
            rows = tuple(_row(row) for row in block.rows)
            if any(cell.text for row in rows for cell in row.cells):
                yield Grid(rows)
        else:
            yield from _lines(block)


def _lines(paragraph: WordParagraph) -> Iterator[Line]:
    """A line end that was typed inside a paragraph makes two lines; the level belongs to the first."""
    level = paragraph.level
    for text in paragraph.text.replace("\t", " ").split("\n"):
        if text.strip():
            yield Line(text.strip(), paragraph.at, level)
            level = 0


def _row(row: WordRow) -> GridRow:
    cells = tuple(CellText(tuple(_texts(cell)), cell.colspan, cell.rowspan) for cell in row.cells)
    return GridRow(cells, row.at, RowKind.HEAD if row.head else RowKind.BODY, row.covered)


def _texts(cell: WordCell) -> Iterator[str]:
    for paragraph in cell.paragraphs:
        yield from (line.text for line in _lines(paragraph))
