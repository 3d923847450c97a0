"""时间不明：总结、汇报里写“去年”“近日”，过一阵就不知道是哪一年、哪一天。

为什么：公文要存档，以后的人读“去年”要先去查这篇是哪年写的；抄往年的段落时，“去年”还会指错年份。
依据：惯例（原《国家行政机关公文处理办法》要求写明具体时间，现行规定没有写）。一篇只问一次；“今年以来”“今年目标”不算，“今年3月”算；引号里的不查。
错：标题: 云川区科技局2025年工作总结
  正文: [去年新增省级重点实验室2家。]
对：标题: 云川区科技局2025年工作总结
  正文: [2025年新增省级重点实验室2家。]
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.dates import parse_date
from zhibi.errors import Level, Problem
from zhibi.prose import Kind
from zhibi.prose.sought import Sought

RULE = "时间不明"
SUBJECT = "数字和日期"

_WORDS = Sought(
    r"近日|(?<!\d)日前(?!夕)|去年(?!同[期月]相?比?，?同比)|前年|今年(?=[1-9一二三四五六七八九十]+月)|上个月|下个月|前不久|不久前|上月|下月",
    *"日年月",
    "不久",
)
_KINDS = Sought("总结|汇报|報告|匯報|總結|完成情况|工作报告")
_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}
_ROOMY = frozenset("目之当以月年季期节")
"""目前 and its like: what stands before 日前 or 年前 makes another word of it."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield one question for a paper that looks back and says only 去年."""
    heads = (one for one in paper.passages if one.kind in (Kind.TITLE, Kind.HEADING))
    if not any(_KINDS.search(one.text) for one in heads):
        return
    found = [
        (passage, match)
        for passage, match in paper.matches(_WORDS)
        if passage.kind in (Kind.BODY, Kind.CELL)
        and not passage.is_quoted(match.start())
        and passage.text[max(match.start() - 1, 0) : match.start()] not in _ROOMY
    ]
    if found:
        passage, match = found[0]
        again = f"（全文这样的有 {len(found)} 处）" if len(found) > 1 else ""
        signed = parse_date(str(paper.source.element("成文日期")))
        back = _YEARS_BACK.get(match.group())
        example = f"，如“{signed.year - back}年”" if signed and back is not None else ""
        words = (
            f"“{match.group()}”要看写作时间才知道指什么时候{again}",
            f"请写明年份、月份或日期{example}",
        )
        yield passage.problem(match.span(), RULE, words, Level.QUERY)
