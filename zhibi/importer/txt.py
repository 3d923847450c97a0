"""A published text -> lines and grids: one paragraph a line; a table row's cells each end in `|`."""

from __future__ import annotations

import re
from pathlib import Path

from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.importer.blocks import Block, CellText, Grid, GridRow, Line, Notes, Paper
from zhibi.importer.word_xml import OTHER_KINDS

_RULE = re.compile(r"\|?(\s*:?-{3,}:?\s*\|)+\s*(:?-{3,}:?)?\s*")
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def read_text(path: Path, raw: bytes, notes: Notes) -> Paper:
    """Read the bytes of a text file as a paper; raise `ReportError` when they hold no text."""
    file = str(path)
    _refuse_other_kinds(raw, file)
    text = decode_text(raw, file, notes)
    blocks: list[Block] = []
    rows: list[GridRow] = []
    for number, typed in enumerate(text.split("\n"), 1):
        line = typed.strip()
        column = len(typed) - len(typed.lstrip()) + 1
        at = Location(file, number, column)
        if line.endswith("|"):
            rows.append(GridRow(_cells(line), at, typed=line))
            continue
        if rows:
            blocks.append(_grid(rows))
            rows = []
        if line:
            blocks.append(Line(line, at))
    if rows:
        blocks.append(_grid(rows))
    if not blocks:
        raise ReportError([Problem(Location(file), "导入", "文件里没有文字", "请看看是不是选错了文件")])
    return Paper(file, path.stem, tuple(blocks))


def _cells(line: str) -> tuple[CellText, ...]:
    return tuple(CellText((cell.strip(),) if cell.strip() else ()) for cell in line[:-1].split("|"))


def _grid(rows: list[GridRow]) -> Grid:
    """Make a grid; a Markdown table (every row begins with a bar, a rule below the head) loses its marks."""
    framed = len(rows) > 1 and all(not row.cells[0].text and len(row.cells) > 1 for row in rows)
    if framed and any(_is_rule(row) for row in rows):
        rows = [GridRow(row.cells[1:], row.at) for row in rows if not _is_rule(row)]
    return Grid(tuple(rows))


def _is_rule(row: GridRow) -> bool:
    return bool(_RULE.fullmatch("|".join(cell.text for cell in row.cells) + "|"))


def _refuse_other_kinds(raw: bytes, file: str) -> None:
    head = raw[:512].lstrip().lower()
    for mark, kind in OTHER_KINDS:
        if head.startswith(mark):
            raise ReportError(
                [Problem(Location(file), "导入", f"这是{kind}，不能导入", "请另存为 .docx 或文本")]
            )


def decode_text(data: bytes, file: str, notes: Notes) -> str:
    """Decode UTF-8 (or UTF-16 by its mark), else GB18030 with a notice; unify line ends."""
    text = _by_mark(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _decode_gb(data, file, notes)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").lstrip("\ufeff")
    return None


def _decode_gb(data: bytes, file: str, notes: Notes) -> str:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or "\x00" in text:
        message = "文件不是文本（既不是 UTF-8 也不是 GB18030）"
        raise ReportError([Problem(Location(file), "导入", message, "请另存为 UTF-8 文本或 .docx 再导入")])
    message = "文件不是 UTF-8，已按 GB18030 读取"
    problem = Problem(Location(file), "导入", message, "如有乱码请另存为 UTF-8", Level.ADVICE)
    notes.problems.append(problem)
    return text
