"""百分点：两个百分数相减得到的是百分点，不是百分之几。

为什么：由5%升至8%，是提高3个百分点；说“提高3%”，意思成了由5%升至5.15%。
依据：惯例（统计用语）。前后两个百分数都写着、一减正好是那个数的，是错误；只说某个比率“提高3%”的，询问。
错：研发投入占比由5%升至8%，提高3%。
对：研发投入占比由5%升至8%，提高3个百分点。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import FIGURE, PLAIN, Figure, is_growth
from zhibi.prose.sought import Sought

RULE = "百分点"
SUBJECT = "数的核算"

_MOVED = r"(?:提高|提升|上升|增加|增长|升高|下降|降低|减少|回落)了?"
_SAME = r"(?:同比|环比|共|累计|合计|净|实际|[比较](?:上年|去年|上期|年初|同期|上年同期))?"
"""Other words may name another thing that has grown: …由5%升至8%，税收增长3%."""
_FROM_TO = Sought(
    rf"(?:由|从){PLAIN}{{0,14}}(?P<before>{FIGURE}){PLAIN}{{0,4}}(?:[增升降减]|提[高升]|回落){PLAIN}{{0,2}}[到至为](?P<now>{FIGURE})，{_SAME}{_MOVED}(?P<by>{FIGURE})",
    "由",
    "从",
)
_RATE = Sought(
    rf"(?:占比|比重|比例|覆盖率|合格率|满意率|普及率|完成率|强度|利用率|转化率|达标率){PLAIN}{{0,4}}(?P<now>{FIGURE})，{PLAIN}{{0,6}}{_MOVED}(?P<by>{FIGURE})",
    "占比",
    "比重",
    "比例",
    "率",
    "强度",
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for each difference of two percentages that stands as per cent, a query for what may be one."""
    for passage, reading in paper.readings(2, "%", "％"):
        for match in _FROM_TO.clued(reading.outline):
            before, now, by = (reading.figure(match[name]) for name in ("before", "now", "by"))
            if before.is_rate and now.is_rate:
                yield from _check(passage, before, now, by)
        for match in _RATE.clued(reading.outline):
            now, by = reading.figure(match["now"]), reading.figure(match["by"])
            if now.is_rate and by.is_rate and "由" not in match[0] and "从" not in match[0]:
                words = (f"提高或下降{_printed(passage, by)}，是指百分点吗？", _hint(by))
                yield passage.problem((by.start, by.end), RULE, words, Level.QUERY)


def _check(passage: Passage, before: Figure, now: Figure, by: Figure) -> Iterator[Problem]:
    if not by.is_rate or before.loose or now.loose or by.loose:
        return
    if abs(now.value - before.value) == by.value and not is_growth(by, now, before):
        first, last = _printed(passage, before), _printed(passage, now)
        words = (f"{first}和{last}相差的是百分点，不是{_printed(passage, by)}", _hint(by))
        yield passage.problem((by.start, by.end), RULE, words, Level.ERROR, mended=f"{by.digits}个百分点")


def _printed(passage: Passage, figure: Figure) -> str:
    return passage.text[figure.start : figure.end]


def _hint(by: Figure) -> str:
    return f"是两个百分数之差的，请改成“{by.digits}个百分点”"
