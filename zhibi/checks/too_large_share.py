"""占比过百：占比、合格率这一类，单独一个不会超过 100%，一分为几的加起来也不会。

为什么：多打一位数，或漏了小数点，就会出现“合格率985%”。
依据：惯例。占目标、计划的百分比可以过百，不算；四舍五入使合计成为 100.1% 的也不算。
错：抽查产品120批次，合格率为109.2%。
对：抽查产品120批次，合格率为99.2%。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import FIGURE, PLAIN
from zhibi.prose.sought import Sought

RULE = "占比过百"
SUBJECT = "数的核算"

_SHARE = Sought(
    rf"(?P<name>(?:占比|合格率|满意率|优良率|普及率|及格率|录取率|入驻率|出席率|到会率|中标率|命中率|达标率|办结率|按时率)|占(?!目标|计划){PLAIN}{{0,12}}?的(?:比重|比例)?)"
    rf"(?:[为是]|达到?|约|均|上升到|提高到|升至)*(?P<rate>{FIGURE})",
    "占",
    "率",
)
_PROGRESS = Sought(r"目标|计划|任务|预算|序时|进度|指标|预期|应|合同|基数|同期|上年|去年|上期|年初")
_SPLIT = Sought(
    rf"分别占{PLAIN}{{0,10}}(?P<rates>{FIGURE}(?:(?:、|，|和|及){FIGURE})+)(?=[，。；）]|$)", "分别占"
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each share above 100 % and for each split that is clearly more than a whole."""
    for passage, reading in paper.readings(1, "%", "％"):
        for match in _SHARE.clued(reading.outline):
            rate = reading.figure(match["rate"])
            if rate.is_rate and rate.low > 100 and not _PROGRESS.search(match["name"]):
                printed = passage.text[rate.start : rate.end]
                words = (f"{printed}超过了100%", "请核对；是同计划或上年相比的，请写明")
                yield passage.problem((rate.start, rate.end), RULE, words, Level.ADVICE)
        for match in _SPLIT.clued(reading.outline):
            rates = reading.within(*match.span("rates"))
            if all(one.is_rate for one in rates) and sum(one.low for one in rates) > 100:
                added = rates[0].like(sum((one.value for one in rates[1:]), start=rates[0].value))
                words = (f"各项占比加起来是{added}，超过了100%", "请核对各项占比；各项互有重叠的可以不管")
                yield passage.problem((rates[0].start, rates[-1].end), RULE, words, Level.QUERY)
