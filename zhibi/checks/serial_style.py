"""序号样式：序号后面用规定的标点，同一篇里不混用。

为什么：“1.”和“1、”混用，是几个人的稿子拼在一起时没有统一。
依据：GB/T 15834—2011 附录 B.3（“一”后用顿号，“1”后用下脚点，带括号的后面不用，“第一”后用逗号，“一是”后不用，“第一条”后空一字）。
错：1、提高站位；2、压实责任。
对：1.提高站位；2.压实责任。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.serial_heads import Serial, head_span, inner_serials, printed_serial, typed_serial
from zhibi.prose.sought import Sought

RULE = "序号样式"
SUBJECT = "序号和层次"
FOLDED = True

_RIGHT = {
    "1、": "1.",
    "一.": "一、",
    "一．": "一、",
    "一，": "一、",
    "第一、": "第一，",
}
_NAMED = Sought(r"(第[一二三四五六七八九十百]{1,4}[章节条])[、：:.](?=\S)")
"""A comma is that of a sentence about the article: 第五条，明确了适用范围。"""
_SERIES = Sought(
    r"(?:^|(?<=[。；：]))(?:([一二三四五六七八九十])是[、：]|(首先|其次|再次|最后|其[一二三四五])、)",
    "是、",
    "是：",
    "先、",
    "次、",
    "后、",
    *(f"其{one}、" for one in "一二三四五"),
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for the first serial of each list whose mark is not that of its kind, and for each in a text."""
    styles: dict[tuple[int, int], set[str]] = {}
    wrong: dict[tuple[object, ...], tuple[Passage, Serial]] = {}
    for passage in paper.passages:
        for serial in _serials(passage):
            styles.setdefault((passage.part, passage.table), set()).add(serial.style)
            if _right(serial.style) != serial.style and not _is_approximate(serial, passage):
                place = (
                    passage.part,
                    passage.table,
                    passage.row,
                    _column(passage),
                    passage.kind,
                    serial.style,
                )
                wrong.setdefault(place, (passage, serial))
        yield from _in_words(passage)
    everywhere = set().union(*styles.values()) if styles else set()
    for passage, serial in wrong.values():
        near = styles[passage.part, passage.table] if passage.table >= 0 else everywhere
        yield _problem(passage, serial, _right(serial.style) in near, ours=not paper.foreign)


def _column(passage: Passage) -> str:
    return passage.column.name if passage.column else ""


def _serials(passage: Passage) -> Iterator[Serial]:
    head = printed_serial(passage)
    if head:
        yield head
    if passage.kind in (Kind.BODY, Kind.CELL):
        yield from inner_serials(passage)


def _right(style: str) -> str:
    if style.startswith("（"):
        return style[: style.index("）") + 1]
    return _RIGHT.get(style, style)


def _is_approximate(serial: Serial, passage: Passage) -> bool:
    """Tell whether what looks like a serial within a text may be a number: 一，二， or 3、."""
    return serial.start > 0 and serial.value == 1 and serial.style in ("一，", "一.")


def _problem(passage: Passage, serial: Serial, mixed: bool, *, ours: bool) -> Problem:
    right = _right(serial.style).replace("一" if "一" in serial.style else "1", _counter(serial))
    message = f"序号“{serial.text}”的标点不对"
    if mixed:
        message = f"序号写成“{serial.text}”，同一篇里又有“{_right(serial.style)}”的写法"
    typed = serial.start > 0 or typed_serial(passage) is not None
    span = (serial.start, serial.end) if typed else head_span(passage)
    hint = f"请统一写成“{right}”" + ("，改“编号”就行" if ours and not typed else "")
    return passage.problem(span, RULE, (message, hint), Level.ADVICE, mended=right if typed else None)


def _counter(serial: Serial) -> str:
    found = re.search(r"[一二三四五六七八九十]+|\d+", serial.text)
    return found.group() if found else ""


def _in_words(passage: Passage) -> Iterator[Problem]:
    named = _NAMED.match(passage.text) if passage.kind is not Kind.HEAD_CELL else None
    if named:
        words = (f"“{named[1]}”后面不用标点", f"请写成“{named[1]}　”，空一个字")
        yield passage.problem(named.span(), RULE, words, Level.ADVICE, mended=f"{named[1]}　")
    for match in _SERIES.clued(passage.text) if passage.kind in (Kind.BODY, Kind.CELL) else ():
        if not passage.is_quoted(match.start()):
            right = f"{match[1]}是" if match[1] else f"{match[2]}，"
            words = (f"“{match.group()[:-1]}”后面用了“{match.group()[-1]}”", f"请写成“{right}”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=right)
