"""日期写法：正文里的日期写成“2026年3月5日”，月和日前面不补零，不写“3月5号”“2026.3.5”。

为什么：一篇里几种写法混用，像是拼起来的。
依据：成文日期见 GB/T 9704—2012 7.3.5.4（不编虚位）；“2021、3、5”见 GB/T 15834—2011 附录 A.4.2；其余是惯例。表格里对齐用的零不算。
错：请于2026年03月05日前报送。
对：请于2026年3月5日前报送。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind
from zhibi.prose.sought import Sought

RULE = "日期写法"
SUBJECT = "数字和日期"

_ZEROS = Sought(r"(?<!\d)((?:19|20)\d\d年)?(0\d|\d{1,2})月(0?\d|[12]\d|3[01])日", "月")
_MARKED = Sought(
    r"(?<![A-Za-z\d.、/－-])((?:19|20)\d\d)([.、．])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?![\d.、/]|年)",
    "19",
    "20",
)
_SPOKEN = Sought(r"(\d{1,2}月(?:[12]\d|3[01]|[1-9]))号(?![楼院门线店机桥井台库厅馆桩])", "号")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each date of running text in another form."""
    for passage in paper.holding(*_ZEROS.clues, *_MARKED.clues, *_SPOKEN.clues):
        if passage.kind not in (Kind.BODY, Kind.HEADING, Kind.ELEMENT):
            continue
        for match in _ZEROS.clued(passage.text):
            if match[2][0] == "0" or match[3][0] == "0":
                mended = f"{match[1] or ''}{int(match[2])}月{int(match[3])}日"
                words = ("月、日前面补了零", f"请写成“{mended}”")
                if not passage.is_quoted(match.start()) and "00" not in (match[2], match[3]):
                    yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=mended)
        for match in _MARKED.clued(passage.text):
            mended = f"{match[1]}年{int(match[3])}月{int(match[4])}日"
            words = (f"日期用了“{match[2]}”", f"请写成“{mended}”")
            if not passage.is_quoted(match.start()):
                yield passage.problem(match.span(), RULE, words, Level.ADVICE)
        for match in _SPOKEN.clued(passage.text):
            words = ("日期写成了“号”", f"请写成“{match[1]}日”")
            if not passage.is_quoted(match.start()):
                yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=f"{match[1]}日")
