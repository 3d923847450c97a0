"""层次：层次序号由“一、”到“（一）”到“1.”到“（1）”，不能倒过来。

为什么：层次倒了，读的人分不清哪条归哪条。
依据：层次序号的次序见 GB/T 9704—2012 7.3.3，可以跳级。
错：正文: [{标题: 总体要求, 编号: 1., 内容: [{标题: 工作目标, 编号: （一）}, {标题: 工作原则, 编号: （一）}]}]
对：正文: [{标题: 总体要求, 内容: [{标题: 工作目标}, {标题: 工作原则}]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.serial_heads import head_span, read_serial

RULE = "层次"
SUBJECT = "序号和层次"

_ORDER = ("一、", "（一）", "1.", "（1）")
_SAME = {"1、": "1."}


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for a serial of a higher kind below a lower one."""
    above: dict[int, tuple[int, str]] = {}
    part = -1
    for passage in paper.passages:
        if passage.kind is not Kind.HEADING:
            continue
        if passage.part != part:
            part = passage.part
            above.clear()
        above = {level: one for level, one in above.items() if level < passage.level}
        rank = _rank(passage)
        worst = max(above.values(), default=(-1, ""))
        if 0 <= rank <= worst[0]:
            words = (
                f"“{worst[1]}”下面又用了“{passage.number.strip()}”，层次倒了",
                "请按“一、”“（一）”“1.”“（1）”的次序编号",
            )
            yield passage.problem(head_span(passage), RULE, words, Level.ADVICE)
        if rank >= 0:
            above[passage.level] = (rank, passage.number.strip())


def _rank(passage: Passage) -> int:
    serial = read_serial(passage.number.strip()) if passage.number else None
    style = _SAME.get(serial.style, serial.style) if serial else ""
    return _ORDER.index(style) if style in _ORDER else -1
