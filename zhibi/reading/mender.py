"""Slips that clerks make in YAML, named at their true line and mended in memory.

Input: the text of a YAML file. Output: the mended text and one problem a slip, so that reading can go on and a
single run reports everything. Nothing is ever written back. `yaml_slips` knows the slips of one line; here is the
walk that knows which lines are text and which are structure.
"""

from __future__ import annotations

from zhibi.errors import Problem
from zhibi.reading.flow import scan_flow
from zhibi.reading.slips import (
    BARE_ENTRY,
    ENTRY,
    FAULTLESS,
    ITEM,
    MENDERS,
    TIGHT_DASH,
    WIDE_COLON,
    Scan,
    closes,
    column_of,
    is_block_head,
    mend_indent,
    note_lost,
    note_swallowed,
    shown,
    split_line,
    width,
)

_AHEAD = 200
"""How many lines are looked through for the end of a quoted text."""


def mend_yaml(text: str, file: str, known_keys: frozenset[str]) -> tuple[str, list[Problem]]:
    """Return `text` with clerks' slips mended, and the slips.

    `known_keys` are the words the schemas know: they tell `- 标题：甲` (a slip) from `- 注意：甲` (text).
    """
    scan = Scan(file, known_keys, text.split("\n"))
    mended = [
        _faultless(line, scan) or _mend_line(line, number, scan) for number, line in enumerate(scan.lines, 1)
    ]
    return "\n".join(mended), scan.problems


def _faultless(line: str, scan: Scan) -> str:
    """Return a line that no mender is about, after noting what `_remember` would; the empty text for any other."""
    if scan.brackets > 0 or scan.quote or scan.block_column is not None:
        return ""
    match = FAULTLESS.fullmatch(line)
    if match is None or (scan.text_column is not None and width(line) > scan.text_column):
        return ""
    key, dash, value = match.start("key"), match.start("dash"), match.start("value")
    scan.above, scan.above_is_full = max(key, dash), True
    if key >= 0:
        scan.above_is_full = value >= 0
        if not scan.columns or scan.columns[-1] != key:
            scan.columns = [*(other for other in scan.columns if other < key), key]
    else:
        value = match.end("dash")
    if dash >= 0:
        scan.dash = dash
    elif scan.dash is not None and key < scan.dash:
        scan.dash = None
    scan.text_column = scan.above if scan.above_is_full and line[value] not in "\"'[" else None
    return line


def _mend_line(line: str, number: int, scan: Scan) -> str:
    if scan.brackets > 0:
        was = scan.bracket_quote
        if not was and "\t" not in line[: width(line)]:
            line = mend_indent(line, number, scan)
        scan.brackets, scan.bracket_quote, _ = scan_flow(line, scan.brackets, was)
        if not (was or scan.bracket_quote):
            note_lost(line, 0, line, number, scan)
        return line
    if scan.quote:
        scan.quote = "" if closes(line, scan.quote) else scan.quote
        return line
    if scan.block_column is not None:
        if not line.strip() or width(line) > scan.block_column:
            return _mend_block_line(line, number, scan)
        scan.block_column = scan.block_text = None
    line = mend_indent(line, number, scan)
    body = line.strip()
    if not body or body.startswith("#"):
        return line
    if _continues(line, scan):
        note_lost(line, 0, line, number, scan)
        return line
    for mend in MENDERS:
        line = mend(line, number, scan)
    note_swallowed(line, number, scan)
    return _remember(line, number, scan)


def _mend_block_line(line: str, number: int, scan: Scan) -> str:
    """Keep a line of a block text; one that is less deep than the first would end the text too early."""
    if not line.strip():
        return line
    if scan.block_text is None:
        scan.block_text = width(line)
    if width(line) >= scan.block_text or line.lstrip().startswith("#"):
        return line
    what = (
        "这一行比这段文字的第一行缩进少",
        f"请与第一行对齐：行首 {scan.block_text} 个空格",
    )
    scan.report(number, width(line) + 1, line, what)
    return " " * scan.block_text + line.lstrip()


def _continues(line: str, scan: Scan) -> bool:
    """Tell whether `line` goes on with a plain text that began in the lines above."""
    if scan.text_column is None or width(line) <= scan.text_column:
        return False
    return not line.lstrip().startswith("- ") and not _is_known_entry(line, scan)


def _is_known_entry(line: str, scan: Scan) -> bool:
    match = WIDE_COLON.fullmatch(line) or ENTRY.fullmatch(line.rstrip())
    return match["key"] in scan.known_keys if match else False


def _remember(line: str, number: int, scan: Scan) -> str:
    """Note what `line` opens; a quoted text without its end is closed and reported."""
    match = split_line(line)
    value = match["value"] if match else line.strip()
    opens = bool(match) or value.startswith(": ")
    value = value.removeprefix(": ").lstrip()  # What a key on lines of its own (? 键) stands for.
    column = column_of(line)
    scan.above, scan.above_is_full = column, not BARE_ENTRY.fullmatch(line.rstrip())
    if BARE_ENTRY.match(line):
        scan.columns = [*(other for other in scan.columns if other < column), column]
    dashes = line[: len(line) - len(line.lstrip("- "))]
    if "-" in dashes:
        scan.dash = dashes.rindex("-")
    elif scan.dash is not None and column < scan.dash:
        scan.dash = None
    scan.text_column = None
    if opens and is_block_head(value):
        scan.block_column = column
        scan.block_text = None if not any(char.isdigit() for char in value.split("#")[0]) else column + 1
    elif opens and value[0] in "\"'":
        return _open_quote(line, number, value, scan)
    elif value[:1] in {"[", "{"}:
        scan.brackets, scan.bracket_quote, _ = scan_flow(value)
    elif opens and value[0] != "#" and not value.endswith(":"):
        scan.text_column = column
    return line


def _open_quote(line: str, number: int, value: str, scan: Scan) -> str:
    quote = value[0]
    if closes(value[1:], quote):
        return line
    if not _is_unbalanced(number, quote, scan):
        scan.quote = quote
        return line
    mended = line.rstrip() + quote
    what = ("引号没有配对", f"请在文字末尾补上引号：{shown(mended)}")
    scan.report(number, len(line.rstrip()) - len(value) + 1, line, what)
    return mended


def _is_unbalanced(number: int, quote: str, scan: Scan) -> bool:
    """Tell whether the file goes on with entries or items, or ends, before the quoted text does."""
    for line in scan.lines[number : number + _AHEAD]:
        looks_like_structure = (
            BARE_ENTRY.match(line)
            or ITEM.fullmatch(line)
            or TIGHT_DASH.fullmatch(line)
            or WIDE_COLON.match(line)
        )
        if looks_like_structure and width(line) <= scan.above:
            return True
        if closes(line, quote):
            return False
    return len(scan.lines) <= number + _AHEAD
