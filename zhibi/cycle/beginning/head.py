"""The head of an old data file + the period to come -> the lines of the head of the next file.

What holds for every period is copied; what names the period moves on; what belongs to one paper only (its date, its
number, its texts) is left as a comment that says what stood there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhibi import plain
from zhibi.cycle.beginning.old_file import Entry, as_data, inner_entries, yaml_lines
from zhibi.dates import parse_date
from zhibi.importer.blocks import Data, Figure
from zhibi.periods import Period
from zhibi.plain import FILL_IN
from zhibi.schema import YES
from zhibi.serials import format_han

_OF_ONE_PAPER = frozenset({"成文日期", "发文字号", "附件", "正文", "与会"})
_TEXTS: Mapping[str, Any] = {"正文": [FILL_IN], "文句": FILL_IN, "单元格": FILL_IN}
"""Types of fields whose words are one paper's -> what stands in for one that must be filled in."""
_LABELS = re.compile(r"日期|时间|号")
_QUARTER = re.compile(r"(?<!前)(第?)([一二三四1-4１-４])(?=季度)|(?<![A-Za-z])([QqＱ])([1-4])(?![0-9])")
_SCRIPTS = ("一二三四", "1234", "１２３４")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_HINT = "    # 上期的；请改成本期的，并删去行首的 # 号"
BLANK_HINT = "    # 请填写，并删去行首的 # 号"
OWN_NOTE = re.compile(
    r"\s*# (?:请核对下面的“(?P<a>[^”]+)”|请把下面的“(?P<b>[^”]+)”改成|(?P<c>[^：]+)：请填写本期的（上期的见 "
    rf"|[\"']?(?P<d>[^:：\"']+)[\"']?[:：].*(?:{_HINT}|{BLANK_HINT})$)"
)
"""A comment that the program wrote into the old file, and the key that it tells of."""
_VAGUE = re.compile(r"前[一二三四1-4]季度|[上下]半年|\d月|[今去明]年|截至")
"""Words of time that cannot be moved on by counting."""


@dataclass(frozen=True, slots=True)
class Turn:
    """From one period to another: the old file's name and the fields of its template."""

    old: Period
    new: Period
    file: str
    fields: Mapping[str, Any]

    def advanced(self, words: str) -> str:
        """Return words with the old period's quarter and year moved on; of a yearly paper the year after, too."""
        by = self.new.year - self.old.year
        years = {self.old.year} if self.old.quarter else {self.old.year, self.old.year + 1}
        words = _YEAR.sub(lambda year: str(int(year[1]) + by) if int(year[1]) in years else year[1], words)
        return _QUARTER.sub(self._next_quarter, words) if self.old.quarter else words

    def _next_quarter(self, match: re.Match[str]) -> str:
        head, sign = (match[1] or "", match[2]) if match[2] else (match[3], match[4])
        script = next(signs for signs in _SCRIPTS if sign in signs)
        same = script.index(sign) + 1 == self.old.quarter
        return head + (script[(self.new.quarter or 1) - 1] if same else sign)


def of_year(name: str, old: int, new: int) -> str:
    """Return the name of a file with another year in it."""
    return _YEAR.sub(lambda year: str(new) if int(year[1]) == old else year[1], name)


def own_notes_gone(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return entries without the program's own comments of last time on keys that have been filled in since."""
    keys = {entry.key for entry in entries}

    def is_done(line: str) -> bool:
        match = OWN_NOTE.match(line)
        return match is not None and not keys.isdisjoint(match.groups())

    return tuple(
        replace(entry, lead=tuple(line for line in entry.lead if not is_done(line))) for entry in entries
    )


def carried(entry: Entry, turn: Turn) -> list[str]:
    """Return the lines of the next file for an entry of the old head."""
    kind = turn.fields.get(entry.key, {}).get("类型", "")
    if entry.key in {"年度", "季度"} and isinstance(entry.value, plain.Scalar):
        return [*entry.lead, *_moved(entry, turn)]
    if entry.key in {"标题", "文件名"} or kind in {"文字", "文字列表", "编码"}:
        return _advanced(entry, turn)
    if isinstance(entry.value, plain.Mapping) and entry.key in {"信息公开", "版记", "版头"}:
        return [*entry.lead, *_pruned(entry)]
    if entry.key in _OF_ONE_PAPER or kind == "日期" or kind in _TEXTS:
        return [*entry.lead, *_of_one_paper(entry, turn, kind)]
    return [*entry.lead, *entry.lines]


def _moved(entry: Entry, turn: Turn) -> list[str]:
    """Return a 年度 or 季度 that says the new period, written as the old one was."""
    value = entry.value
    number = turn.new.year if entry.key == "年度" else turn.new.quarter or 1
    words = str(number) if value.isdecimal() else turn.advanced(value)
    if entry.key == "季度" and len(value) == 1 and not value.isdecimal():
        words = format_han(number)
    return with_value(entry, words)


def with_value(entry: Entry, words: str) -> list[str]:
    """Return the lines of an entry with other words as its value; the comment beside it stays."""
    value = entry.value
    data: Data = {entry.key: Figure(words) if words.isdecimal() else words}
    if isinstance(value, plain.Scalar) and value and 0 <= value.at.line - entry.first < len(entry.lines):
        lines = list(entry.lines)
        number, cut = value.at.line - entry.first, value.at.column - 1
        before, after = lines[number][:cut], lines[number][cut:]
        if value in after and yaml_lines(data)[-1].endswith(words):
            lines[number] = before + after.replace(value, words, 1)
            return lines
    return yaml_lines(data, entry.indent)


def _advanced(entry: Entry, turn: Turn) -> list[str]:
    lines = [turn.advanced(line) for line in entry.lines]
    said = "\n".join(entry.lines)
    if not _VAGUE.search(said):
        return [*entry.lead, *lines]
    return [*entry.lead, f"{entry.indent}# 请核对下面的“{entry.key}”：里面的时间照上期写，可能要改", *lines]


def _pruned(entry: Entry) -> list[str]:
    """Return a mapping without the dates and numbers of the old paper; comments say what they were."""
    kept = {key: inner for key, inner in entry.value.items() if not _is_of_one_paper(key, inner)}
    if len(kept) == len(entry.value):
        return list(entry.lines)
    inner, tail = inner_entries(entry)
    if not inner:  # Typed in braces.
        data = {str(key): as_data(value) for key, value in entry.value.items()}
        gone = yaml_lines({key: value for key, value in data.items() if key not in kept})
        own = {key: value for key, value in data.items() if key in kept}
        notes = [_note(line, entry.indent) for line in gone]
        return [*notes, *(yaml_lines({entry.key: own}, entry.indent) if own else ())]
    lines = [entry.lines[0]] if kept else [_note(entry.lines[0], entry.indent, hint=False)]
    for one in own_notes_gone(inner):
        gone_lines = [_note(line, one.indent) for line in one.lines]
        lines += [*one.lead, *(one.lines if one.key in kept else gone_lines)]
    return [*lines, *tail]


def _is_of_one_paper(label: str, value: Any) -> bool:
    if not isinstance(value, plain.Scalar) or not value:
        return False
    return bool(_LABELS.search(label)) or parse_date(value) is not None


def _of_one_paper(entry: Entry, turn: Turn, kind: str) -> list[str]:
    """Return the comment that stands in for what belongs to the old paper; what must be there stays or is asked for."""
    required = turn.fields.get(entry.key, {}).get("必填") == YES
    comment = _comment_of(entry, turn.file)
    if not required:
        return comment
    if kind in _TEXTS:
        return [*comment, *yaml_lines({entry.key: _TEXTS[kind]}, entry.indent)]
    return [f"{entry.indent}# 请把下面的“{entry.key}”改成本期的", *entry.lines]


def _comment_of(entry: Entry, file: str) -> list[str]:
    """Return what says that an entry is to be filled in; one of a line is shown, with the comments below it."""
    first, *more = entry.lines
    if all(line.lstrip()[:1] in {"", "#"} for line in more):
        return [_note(first, entry.indent), *more]
    return [f"{entry.indent}# {entry.key}：请填写本期的（上期的见 {file}）"]


def _note(line: str, indent: str, *, hint: bool = True) -> str:
    """Return a line of the old file as a comment."""
    words = line.strip().removesuffix(_HINT)
    return f"{indent}# {words}{_HINT if hint else ''}"


def joined(lines: Sequence[str]) -> str:
    """Return the text of a file."""
    return "\n".join(lines) + "\n"
