"""Slips that clerks make in YAML, named at their true line and mended in memory.

Input: the lines of a YAML file. Output: the mended text and one problem a slip, so that reading
can go on and a single run reports everything. Nothing is ever written back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from zhibi.errors import Level, Location, Problem

_KEY = r"[^\s:：\"'#\[\]{},|>&*!%@`-][^\s:：\"'#\[\]{},]{0,19}"
_WIDE_COLON = re.compile(rf"(?P<head>\s*(?:- +)*)(?P<key>{_KEY})(?P<colon>\s*：\s*)(?P<value>.*)")
_TIGHT_COLON = re.compile(rf"(?P<head>\s*(?:- +)*)(?P<key>{_KEY}):(?P<value>[^\s/:].*)")
_TIGHT_DASH = re.compile(r"(?P<head>\s*)-(?P<value>[^\s\-\d].*)")
_ENTRY = re.compile(rf'(?P<head>\s*(?:- +)*)(?P<key>{_KEY}|"(?:\\.|[^"\\])*"): +(?P<value>\S.*?)\s*')
_ITEM = re.compile(r"(?P<head>\s*(?:- +)+)(?P<value>\S.*?)\s*")
_QUOTED_HEAD = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*')[\u4e00-\u9fff]""")
_QUOTED = re.compile(r"""\"(?:\\.|[^"\\])*\"|'[^']*'""")
_BLOCK = re.compile(r".*(?:^|[\s:])[|>][+-]?\d?[+-]?\s*(?:#.*)?")
_INDENT = re.compile(r"[ \t\u3000\u00a0]*")
_SWALLOWED = re.compile(r"(?P<kept>[^\"'\s#][^\"']*?)\s+(?P<lost>#[^\s#].*)")


@dataclass
class _State:
    """Where the scan stands: the open block scalar and the last mapping entry."""

    file: str
    known_keys: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    block_indent: int | None = None
    text_indent: int | None = None
    quote: str = ""
    brackets: int = 0

    def report(
        self, number: int, column: int, line: str, what: tuple[str, str], level: Level = Level.ERROR
    ) -> None:
        """Note a slip in `line`; `what` is the message and the way to mend it."""
        at = Location(self.file, number, column)
        self.problems.append(Problem(at, "YAML", what[0], what[1], level, context=line.strip()))


def mend_yaml(text: str, file: str, known_keys: frozenset[str]) -> tuple[str, list[Problem]]:
    """Return `text` with clerks' slips mended, and the slips.

    `known_keys` are the words the schemas know: they tell `- 标题：甲` (a slip) from `- 注意：甲` (text).
    """
    state = _State(file, known_keys)
    mended = [_mend_line(line, number, state) for number, line in enumerate(text.split("\n"), 1)]
    return "\n".join(mended), state.problems


def _mend_line(line: str, number: int, state: _State) -> str:
    if _inside_scalar(line, state):
        return line
    line = _mend_indent(line, number, state)
    body = line.strip()
    if not body or body.startswith("#"):
        return line
    if _continues(line, state):
        return line
    for mend in _MENDERS:
        line = mend(line, number, state)
    _note_swallowed(line, number, state)
    _remember(line, state)
    return line


def _depth(text: str) -> int:
    """Return how many brackets of a flow value stay open at the end of its line."""
    bare = _QUOTED.sub("", text.split(" #")[0])
    return sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")


def _inside_scalar(line: str, state: _State) -> bool:
    """Tell whether `line` belongs to an open block scalar, quoted text or bracket over several lines."""
    if state.brackets > 0:
        state.brackets += _depth(line)
        return True
    if state.quote:
        if _closes(line, state.quote):
            state.quote = ""
        return True
    if state.block_indent is None:
        return False
    if not line.strip() or _width(line) > state.block_indent:
        return True
    state.block_indent = None
    return False


def _continues(line: str, state: _State) -> bool:
    """Tell whether `line` goes on with a plain text that began in the lines above."""
    if state.text_indent is None or _width(line) <= state.text_indent:
        return False
    return not re.match(r"\s*- ", line) and not _is_known_entry(line, state)


def _is_known_entry(line: str, state: _State) -> bool:
    match = _WIDE_COLON.fullmatch(line) or _ENTRY.fullmatch(line)
    return bool(match) and match["key"] in state.known_keys if match else False


def _width(line: str) -> int:
    indent = _INDENT.match(line)
    return len(indent.group()) if indent else 0


def _closes(line: str, quote: str) -> bool:
    return line.replace("\\\\", "").replace('\\"', "").count(quote) % 2 == 1


def _remember(line: str, state: _State) -> None:
    if _BLOCK.fullmatch(line):
        state.block_indent = _width(line)
        state.text_indent = None
        return
    entry = _ENTRY.fullmatch(line) or _ITEM.fullmatch(line)
    value = entry["value"] if entry else ""
    state.text_indent = None
    if value[:1] in {'"', "'"}:
        if not _closes(value[1:], value[0]):
            state.quote = value[0]
    elif value and value[0] not in "[{|>#":
        state.text_indent = _width(line)
    if value[:1] in {"[", "{"}:
        state.brackets = _depth(value)


def _mend_indent(line: str, number: int, state: _State) -> str:
    indent = line[: _width(line)]
    if "\t" in indent:
        what = ("行首用了制表符（Tab），YAML 只认半角空格", "请把行首的制表符改成空格，与上下行对齐")
        state.report(number, indent.index("\t") + 1, line, what)
    elif "\u3000" in indent or "\u00a0" in indent:
        column = min(indent.find(char) for char in "\u3000\u00a0" if char in indent) + 1
        what = ("缩进里有全角空格", "请改成半角空格，与上下行对齐")
        state.report(number, column, line, what)
    else:
        return line
    body = line[len(indent) :]
    if state.text_indent is not None and _ENTRY.fullmatch(body.rstrip()):
        return " " * state.text_indent + body  # An entry cannot be deeper than one that has its value.
    return indent.replace("\t", "  ").replace("\u3000", "  ").replace("\u00a0", " ") + body


def _is_slip(match: re.Match[str], state: _State) -> bool:
    """Tell a mistyped key from words: in a list, only known keys count."""
    return match["key"] in state.known_keys or "-" not in match["head"]


def _mend_wide_colon(line: str, number: int, state: _State) -> str:
    match = _WIDE_COLON.fullmatch(line)
    if not match or not _is_slip(match, state):
        return line
    mended = f"{match['head']}{match['key']}: {match['value']}".rstrip()
    what = ("冒号用了全角“：”", f"请改成半角冒号加一个空格：{mended.strip()}")
    state.report(number, match.start("colon") + 1, line, what)
    return mended


def _mend_tight_colon(line: str, number: int, state: _State) -> str:
    match = _TIGHT_COLON.fullmatch(line)
    if not match or not _is_slip(match, state) or match["key"].isdigit():
        return line
    mended = f"{match['head']}{match['key']}: {match['value']}"
    what = ("冒号后面缺一个空格", f"请写成：{mended.strip()}")
    state.report(number, match.end("key") + 1, line, what)
    return mended


def _mend_tight_dash(line: str, number: int, state: _State) -> str:
    match = _TIGHT_DASH.fullmatch(line)
    if not match:
        return line
    mended = f"{match['head']}- {match['value']}"
    what = ("减号后面缺一个空格", f"请写成：{mended.strip()}")
    state.report(number, match.start("value"), line, what)
    return mended


def _mend_unquoted(line: str, number: int, state: _State) -> str:
    match = _ENTRY.fullmatch(line) or _ITEM.fullmatch(line)
    if not match or not _needs_quotes(match["value"], is_item="key" not in match.re.groupindex):
        return line
    quoted = "'" + match["value"].replace("'", "''") + "'"
    mended = line[: match.start("value")] + quoted
    what = ("这段文字里有 YAML 的特殊符号，会被读错", f"请给这段文字加引号：{mended.strip()}")
    state.report(number, match.start("value") + 1, line, what)
    return mended


def _needs_quotes(value: str, *, is_item: bool) -> bool:
    first = value[0]
    if first in "|#":
        return False
    if first in "\"'":
        return bool(_QUOTED_HEAD.match(value))
    if first == "[":
        return not re.fullmatch(r"\[.*\](\s+#.*)?", value) and "]" in value
    if first == "{":
        return value.startswith("{{") or ("}" in value and not re.fullmatch(r"\{.*\}(\s+#.*)?", value))
    if first in "*&!%@`":
        return True
    if first == ">":
        return not re.fullmatch(r">[+-]?\d?[+-]?(\s+#.*)?", value)
    return not is_item and ": " in value.split(" #")[0]


def _note_swallowed(line: str, number: int, state: _State) -> None:
    match = _ENTRY.fullmatch(line) or _ITEM.fullmatch(line)
    lost = _SWALLOWED.fullmatch(match["value"]) if match else None
    if match and lost:
        column = match.start("value") + lost.start("lost") + 1
        what = (
            f"“{lost['lost']}”前面有空格，会被当作注释丢掉",
            "如果它是正文，请给整段文字加引号；如果是注释，请在 # 后面加一个空格",
        )
        state.report(number, column, line, what, Level.ADVICE)


_Mender = Callable[[str, int, _State], str]
_MENDERS: tuple[_Mender, ...] = (_mend_wide_colon, _mend_tight_colon, _mend_tight_dash, _mend_unquoted)
