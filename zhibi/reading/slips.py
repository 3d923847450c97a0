"""One line of YAML as a clerk typed it -> the line mended, and what was wrong with it.

Each `mend_*` takes a line that is not inside a text of several lines and returns it mended. `Scan` is where the
walk through the file stands; `yaml_mender` walks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from zhibi.errors import Level, Location, Problem
from zhibi.reading.flow import scan_flow
from zhibi.typed_text import ALL_BLANKS

BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""Blanks that look like indentation and are none to YAML, as a class of a pattern."""

_KEY = r"[^\s:：\"'#\[\]{},|>&*!%@`-][^\s:：\"'#\[\]{},]{0,19}"
_QUOTED_KEY = r"""(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'(?!'))"""
_HEAD = r"(?P<head>\s*(?:- +)*)"
WIDE_COLON = re.compile(rf"{_HEAD}(?P<key>{_KEY})(?P<colon>\s*：\s*)(?P<value>.*)")
_TIGHT_COLON = re.compile(rf"{_HEAD}(?P<key>{_KEY}):(?P<value>[^\s/:].*)")
_WIDE_BLANK = re.compile(rf"(?P<head>\s*(?:- +)*)(?P<key>{_KEY}:|-) *[{BLANKS}]\s*(?P<value>.*)")
_WIDE_DASH = re.compile(
    rf"(?P<head>\s*)(?P<dash>[－﹣−–—•●·])(?:[ {BLANKS}]+|(?<=－)(?![－0-9]))(?P<value>\S.*)"
)
_NO_COLON = re.compile(
    rf"(?P<head> *)(?P<key>{_KEY})(?P<sign>\s*[=＝]\s*|[ {BLANKS}]+)(?P<value>[^\s:：=＝].*)"
)
_VALUE = r"""(?:[^\s#:"'|>\[\]{}*&!%@`,?-][^#:]*|\[[^#:"'\[\]{}]*\] *|"[^"\\]*" *|'[^'\\]*' *)"""
FAULTLESS = re.compile(
    rf" *(?P<dash>- +)*(?:(?P<key>(?![－﹣−–—•●·]){_KEY}):(?: *| +(?P<value>{_VALUE}))|(?(dash)(?!{_KEY}\s*：){_VALUE}|(?!)))"
)
"""An entry or item that stands on its line whole and that no mender is about, as nearly all lines of a file are."""
TIGHT_DASH = re.compile(r"(?P<head>\s*)-(?P<value>[^\s\-].*)")
ENTRY = re.compile(rf"{_HEAD}(?P<key>{_KEY}|{_QUOTED_KEY}): +(?P<value>\S.*)")
BARE_ENTRY = re.compile(rf"{_HEAD}(?P<key>{_KEY}|{_QUOTED_KEY}):")
ITEM = re.compile(r"(?P<head>\s*(?:- +)+)(?P<value>\S.*)")
_QUOTED_HEAD = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'(?!'))""")
_QUOTED = re.compile(r"""\"(?:\\.|[^"\\])*\"|'[^']*'""")
_BLOCK_HEAD = re.compile(r"[|>](?:[+-]?[1-9]?|[1-9][+-])(?:\s+#.*)?")
_LOST = re.compile(r"(?:^|(?<=\s))#[^\s#].*")
_NUMBER = re.compile(r"[0-9.,%]+")


def shown(line: str) -> str:
    """Return a mended line as messages show it."""
    bare = line.strip()
    return bare if len(bare) <= _MOST_SHOWN else f"{bare[:_MOST_SHOWN]}…"


_MOST_SHOWN = 1000


@dataclass
class Scan:
    """Where the walk stands: the open text, and the entry or item that stands above."""

    file: str
    known_keys: frozenset[str]
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    block_column: int | None = None
    block_text: int | None = None
    text_column: int | None = None
    quote: str = ""
    brackets: int = 0
    bracket_quote: str = ""
    dash: int | None = None
    above: int = 0
    above_is_full: bool = True
    columns: list[int] = field(default_factory=list)

    def report(
        self, number: int, column: int, line: str, what: tuple[str, str], level: Level = Level.ERROR
    ) -> None:
        """Note a slip in `line`; `what` is the message and the way to mend it."""
        at = Location(self.file, number, column)
        self.problems.append(Problem(at, "YAML", what[0], what[1], level, context=shown(line)))


def width(line: str) -> int:
    """Return how many blanks of any kind `line` begins with."""
    return len(line) - len(line.lstrip(ALL_BLANKS))


def column_of(line: str) -> int:
    """Return the column of the key or the last dash of `line`, which text below it must be deeper than."""
    entry = BARE_ENTRY.match(line)
    if entry:
        return entry.start("key")
    item = ITEM.fullmatch(line.rstrip())
    return item["head"].rindex("-") if item else width(line)


def closes(text: str, quote: str) -> bool:
    """Tell whether `text`, which goes on inside `quote`, ends it."""
    return text.replace("\\\\", "").replace('\\"', "").count(quote) % 2 == 1


@lru_cache(maxsize=4)
def split_line(line: str) -> re.Match[str] | None:
    """Return the value of an entry or item, with its key or dashes; None for any other line."""
    line = line.rstrip()
    return ENTRY.fullmatch(line) or ITEM.fullmatch(line)


def is_block_head(value: str) -> bool:
    return bool(_BLOCK_HEAD.fullmatch(value))


_COLUMNS = {"\t": 4, "\u3000": 2}
"""How many columns a blank looks like."""


def mend_indent(line: str, number: int, scan: Scan) -> str:
    """Mend tabs and wide blanks at the head of a line."""
    indent = line[: width(line)]
    if "\t" in indent:
        what = ("行首用了制表符（Tab），YAML 只认半角空格", "请把行首的制表符改成空格，与上下行对齐")
        scan.report(number, indent.index("\t") + 1, line, what)
    elif strange := indent.strip(" "):
        name = "全角空格" if strange[0] == "\u3000" else f"特殊空格 U+{ord(strange[0]):04X}"
        what = (f"缩进里有{name}", "请改成半角空格，与上下行对齐")
        scan.report(number, indent.index(strange[0]) + 1, line, what)
    else:
        return line
    naive = sum(_COLUMNS.get(char, 1) for char in indent)
    body = line[len(indent) :]
    return " " * _aligned(body, naive, scan) + body


def _aligned(body: str, naive: int, scan: Scan) -> int:
    """Return the column that `body` must have meant: that of its fellow above, or one below its parent."""
    if not scan.above_is_full:
        return naive if naive > scan.above else scan.above + 2
    if body.startswith("- "):
        return naive if scan.dash is None else scan.dash
    # An entry cannot be deeper than one that has its value: it stands where an open one stands.
    return min(scan.columns or [naive], key=lambda column: (abs(column - naive), -column))


def _is_slip(match: re.Match[str], scan: Scan) -> bool:
    """Tell a mistyped key from words: in a list, only known keys count."""
    return match["key"] in scan.known_keys or "-" not in match["head"]


def mend_wide_dash(line: str, number: int, scan: Scan) -> str:
    """Mend a dash or bullet that is none to YAML, where a list begins or goes on."""
    match = _WIDE_DASH.fullmatch(line)
    if not match or (scan.above_is_full and scan.dash != width(line)):
        return line
    mended = f"{match['head']}- {match['value']}"
    what = (f"列表的减号写成了“{match['dash']}”", f"请改成半角减号加一个空格：{shown(mended)}")
    scan.report(number, match.start("dash") + 1, line, what)
    return mended


def mend_no_colon(line: str, number: int, scan: Scan) -> str:
    """Mend a known key with a blank or an equals sign where its colon should be."""
    match = _NO_COLON.fullmatch(line.rstrip())
    if not match or not scan.above_is_full or match["key"] not in scan.known_keys:
        return line
    if re.search(r":(\s|$)|：", match["value"]):
        return line
    mended = f"{match['head']}{match['key']}: {match['value']}"
    sign = match["sign"].strip()
    message = f"冒号写成了“{sign}”" if sign else f"“{match['key']}”后面缺一个冒号"
    scan.report(number, match.end("key") + 1, line, (message, f"请写成：{shown(mended)}"))
    return mended


def mend_wide_colon(line: str, number: int, scan: Scan) -> str:
    match = WIDE_COLON.fullmatch(line)
    if not match or not _is_slip(match, scan):
        return line
    mended = f"{match['head']}{match['key']}: {match['value']}".rstrip()
    what = ("冒号用了全角“：”", f"请改成半角冒号加一个空格：{shown(mended)}")
    scan.report(number, match.start("colon") + 1, line, what)
    return mended


def mend_tight_colon(line: str, number: int, scan: Scan) -> str:
    match = _TIGHT_COLON.fullmatch(line)
    if not match or not _is_slip(match, scan) or match["key"].isdigit():
        return line
    mended = f"{match['head']}{match['key']}: {match['value']}"
    what = ("冒号后面缺一个空格", f"请写成：{shown(mended)}")
    scan.report(number, match.end("key") + 1, line, what)
    return mended


def mend_wide_blank(line: str, number: int, scan: Scan) -> str:
    match = _WIDE_BLANK.fullmatch(line)
    if not match:
        return line
    mended = f"{match['head']}{match['key']} {match['value']}".rstrip()
    what = ("这里用了全角空格，YAML 只认半角空格", f"请写成：{shown(mended)}")
    scan.report(number, match.end("key") + 1, line, what)
    return mended


def mend_tight_dash(line: str, number: int, scan: Scan) -> str:
    match = TIGHT_DASH.fullmatch(line)
    if not match or (_NUMBER.fullmatch(match["value"].rstrip()) and not _has_fellow(line, number, scan)):
        return line
    mended = f"{match['head']}- {match['value']}"
    what = ("减号后面缺一个空格", f"请写成：{shown(mended)}")
    scan.report(number, match.start("value"), line, what)
    return mended


def _has_fellow(line: str, number: int, scan: Scan) -> bool:
    """Tell whether -5 is an item of a list: another dash stands right above or below."""
    if scan.dash == width(line) and scan.above >= scan.dash:
        return True
    below = scan.lines[number] if number < len(scan.lines) else ""
    return width(below) == width(line) and below.lstrip().startswith("-")


def mend_unquoted(line: str, number: int, scan: Scan) -> str:
    match = split_line(line)
    if not match or not _needs_quotes(match["value"], is_item="key" not in match.re.groupindex):
        return line
    quoted = "'" + match["value"].replace("'", "''") + "'"
    mended = line[: match.start("value")] + quoted
    if match["value"] == "-" or match["value"].startswith("- "):
        what = (
            "减号不该出现在这里",
            f"如果是列表，请把减号另起一行；如果是文字，请加引号：{shown(mended)}",
        )
    else:
        what = ("这段文字里有 YAML 的特殊符号，会被读错", f"请给这段文字加引号：{shown(mended)}")
    scan.report(number, match.start("value") + 1, line, what)
    return mended


def _needs_quotes(value: str, *, is_item: bool) -> bool:
    first = value[0]
    if first == "#":
        return False
    if first in "|>":
        return not is_block_head(value)
    if first in "\"'":
        head = _QUOTED_HEAD.match(value)
        rest = value[head.end() :] if head else ""
        is_key = is_item and re.match(r":(?:\s|$)", rest)
        return bool(rest) and not is_key and not re.match(r"\s+#", rest)
    if first in "[{":
        end = scan_flow(value)[2]
        return value.startswith("{{") or (end >= 0 and bool(re.match(r"\s*[^\s#]|#", value[end:])))
    if first in "*&!%@`,]}":
        return True
    if first in "-?:" and value[1:2] in {"", " "}:
        return not (is_item and first == "-")
    said = value.split(" #")[0]
    return not is_item and (": " in said or said.endswith(":"))


def note_swallowed(line: str, number: int, scan: Scan) -> None:
    """Name the words that YAML takes for a comment and drops."""
    match = split_line(line)
    if match and match["value"][0] not in "\"'|>":
        note_lost(match["value"], match.start("value"), line, number, scan)


def note_lost(value: str, start: int, line: str, number: int, scan: Scan) -> None:
    """Name the words of `value` that are lost; `start` is where it stands in `line`."""
    if value[:1] in {"[", "{"} or scan.brackets > 0:
        value = _QUOTED.sub(lambda match: "x" * len(match.group()), value)
    lost = _LOST.search(value)
    if lost:
        what = (
            f"“{lost.group()[:40]}”前面有空格，会被当作注释丢掉",
            "如果它是正文，请给整段文字加引号；如果是注释，请在 # 后面加一个空格",
        )
        scan.report(number, start + lost.start() + 1, line, what, Level.ADVICE)


_Mender = Callable[[str, int, Scan], str]
MENDERS: tuple[_Mender, ...] = (
    mend_wide_dash,
    mend_wide_colon,
    mend_tight_colon,
    mend_wide_blank,
    mend_tight_dash,
    mend_no_colon,
    mend_unquoted,
)
"""In the order they work on a line."""
