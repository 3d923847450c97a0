"""Number patterns: an example of the first serial (一、 （一） 1. 一是 ① a.) -> a pattern -> every serial.

A pattern is what a clerk types as an example; `parse_pattern` finds the counter in it, `Pattern.format`
makes the serial of a value, `Pattern.match` reads a serial at the head of a text. Both ways agree:
`match(format(n) + rest)` gives `n` back whenever `rest` does not carry the number on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NO_NUMBER = "无"

_HAN_DIGITS = "零一二三四五六七八九"
_HAN_UNITS = ((1000, "千"), (100, "百"), (10, "十"))
_HAN = frozenset(_HAN_DIGITS[1:] + "零十百千")
_ARABIC = frozenset("0123456789")
_WIDE = frozenset("０１２３４５６７８９")
_WIDEN = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_BRACKETED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_DOTTED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_HAN_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_HAN_LAST = 9999
_LOWER = "abcdefghijklmnopqrstuvwxyz"


class PatternError(ValueError):
    """A pattern without a counter, or a value below 1; the message is Chinese."""


class Kind(StrEnum):
    """How a counter is written; the value is the counter of 1."""

    NONE = NO_NUMBER
    HAN = "一"
    ARABIC = "1"
    WIDE = "１"
    CIRCLED = "①"
    BRACKETED = "⑴"
    DOTTED = "⒈"
    HAN_BRACKETED = "㈠"
    LOWER = "a"
    UPPER = "A"


_SIGNS = {
    Kind.CIRCLED: _CIRCLED,
    Kind.BRACKETED: _BRACKETED,
    Kind.DOTTED: _DOTTED,
    Kind.HAN_BRACKETED: _HAN_BRACKETED,
    Kind.LOWER: _LOWER,
    Kind.UPPER: _LOWER.upper(),
}
_RUNS = {Kind.HAN: _HAN, Kind.ARABIC: _ARABIC, Kind.WIDE: _WIDE}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A serial cut into what stands before its counter, the counter's kind, and what stands after."""

    prefix: str
    kind: Kind
    suffix: str

    def __str__(self) -> str:
        return NO_NUMBER if self.kind is Kind.NONE else f"{self.prefix}{self.kind}{self.suffix}"

    def format(self, value: int) -> str:
        """Return the serial of `value` (from 1); the empty text for the pattern 无.

        A counter that has no sign for the value (the 51st circle, the 27th letter) is written in digits.
        """
        if self.kind is Kind.NONE:
            return ""
        return f"{self.prefix}{_write_counter(self.kind, value)}{self.suffix}"

    def match(self, text: str) -> tuple[int, int] | None:
        """Read a serial at the head of `text`: its value and its length, or None."""
        if self.kind is Kind.NONE or not text.startswith(self.prefix):
            return None
        start = len(self.prefix)
        for end in range(start + _run_length(self.kind, text, start), start, -1):
            value = _read_counter(self.kind, text[start:end])
            if value is not None and text.startswith(self.suffix, end):
                return value, end + len(self.suffix)
        return None


NO_PATTERN = Pattern("", Kind.NONE, "")


def parse_pattern(sample: str) -> Pattern:
    """Find the counter in `sample`, an example of the first serial; 无 means no number at all."""
    if sample == NO_NUMBER:
        return NO_PATTERN
    found: str = ""
    for start in range(len(sample)):
        kind = _kind_at(sample, start)
        if kind is None:
            continue
        end = start + _run_length(kind, sample, start)
        if _read_counter(kind, sample[start:end]) == 1:
            return Pattern(sample[:start], kind, sample[end:])
        found = found or sample[start:end]
    if found:
        raise PatternError(f"编号“{sample}”请写成第一个序号的样子，例如把“{found}”写成“一”或“1”")
    raise PatternError(
        f"编号“{sample}”里没有序号，请写成第一个序号的样子，例如：一、 （一） 1. 一是；不编号写“无”"
    )


def format_han(value: int) -> str:
    """Write 1-9999 in Han numerals: 十, 二十一, 一百零一, 一百一十; larger ones in digits."""
    if value > _HAN_LAST:
        return str(value)
    parts: list[str] = []
    rest, gap = value, False
    for unit, name in _HAN_UNITS:
        digit, rest = divmod(rest, unit)
        if digit:
            parts.append(("零" if gap else "") + _HAN_DIGITS[digit] + name)
        gap = bool(parts) and not digit
    if rest:
        parts.append(("零" if gap else "") + _HAN_DIGITS[rest])
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def read_han(text: str) -> int | None:
    """Read a Han numeral that `format_han` could have written, else None."""
    value = digit = 0
    units = {name: unit for unit, name in _HAN_UNITS}
    for sign in text:
        if sign in units:
            value += (digit or 1) * units[sign]
            digit = 0
        elif sign in _HAN_DIGITS:
            digit = _HAN_DIGITS.index(sign)
        else:
            return None
    value += digit
    return value if 0 < value <= _HAN_LAST and format_han(value) == text else None


def _kind_at(text: str, index: int) -> Kind | None:
    sign = text[index]
    if index and _run_of(text[index - 1]) is not None and _run_of(text[index - 1]) is _run_of(sign):
        return None
    kind = _run_of(sign)
    if kind is not None:
        return kind
    for kind, signs in _SIGNS.items():
        if sign in signs and not (kind in (Kind.LOWER, Kind.UPPER) and _in_word(text, index)):
            return kind
    return None


def _run_of(sign: str) -> Kind | None:
    return next((kind for kind, signs in _RUNS.items() if sign in signs), None)


def _in_word(text: str, index: int) -> bool:
    around = text[max(index - 1, 0) : index] + text[index + 1 : index + 2]
    return any(sign.isascii() and sign.isalpha() for sign in around)


def _run_length(kind: Kind, text: str, start: int) -> int:
    signs = _RUNS.get(kind)
    if signs is None:
        return 1 if start < len(text) else 0
    end = start
    while end < len(text) and text[end] in signs:
        end += 1
    return end - start


def _write_counter(kind: Kind, value: int) -> str:
    if value < 1:
        raise PatternError(f"序号要从1起，不能是{value}")
    if kind is Kind.HAN:
        return format_han(value)
    if kind is Kind.WIDE:
        return str(value).translate(_WIDEN)
    signs = _SIGNS.get(kind, "")
    return signs[value - 1] if value <= len(signs) else str(value)


def _read_counter(kind: Kind, text: str) -> int | None:
    if kind is Kind.HAN:
        return read_han(text)
    if kind in _SIGNS:
        return _SIGNS[kind].index(text) + 1 if text and text in _SIGNS[kind] else None
    digits = text.translate(_NARROW)
    return int(digits) if digits and len(digits) < 10 and digits[0] != "0" else None


def ranges(numbers: list[int]) -> str:
    """Name ordered numbers with their runs drawn together: 1, 2, 3, 5 -> 1—3、5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
