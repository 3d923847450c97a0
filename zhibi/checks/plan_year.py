"""计划年份不符：写“2022年工作思路”的一节里，开头不会说“2021年，我局将……”。

为什么：照去年的稿子改，标题的年份改了，正文第一句的年份忘了改。
依据：惯例。只看标题写明是某年计划、思路、要点一类，句子以早于它的年份开头、又说“将”“要”“力争”的。
错：“二、2026年工作思路”下面写：2025年，我局将围绕目标要求，坚持问题导向。
对：“二、2026年工作思路”下面写：2026年，我局将围绕目标要求，坚持问题导向。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.sought import Sought
from zhibi.prose.years import years_in

RULE = "计划年份不符"
SUBJECT = "数的核算"

_PLAN = Sought(r"思路|打算|计划|安排|要点|目标|任务|展望|举措")
_PAST = Sought(r"总结|回顾|完成情况|进展|落实情况|汇报|做法|成效")
_SENTENCE = Sought(
    r"(?:^|(?<=。))(?P<year>(?:19|20)\d\d)年，(?:[^，。；]{0,10}?，)?[^，。；将要]{0,12}?"
    r"(?:将(?=围绕|继续|进一步|坚持|深入|全力|着力|加快|认真|紧紧|紧扣|按照|以|聚焦|重点|大力|全面|持续|切实|努力|立足|突出|牢牢|贯彻|从)"
    r"|(?<![主重需纪简])要(?=围绕|继续|进一步|坚持|深入|全力|着力|加快|认真|紧紧|紧扣|按照|以|聚焦|重点|大力|全面|持续|切实|努力|立足|突出)"
    r"|力争|计划(?=实施|完成|新增|建设|开展))",
    flags=re.ASCII,
)
_DONE = Sought(r"[了过]|以来|已经")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each sentence of a plan that says what will be done in a year gone by."""
    plans: dict[int, int | None] = {}
    for passage in paper.passages:
        if passage.kind is Kind.TITLE:
            plans = {0: _planned(passage.text)}
        elif passage.kind is Kind.HEADING:
            plans = {level: year for level, year in plans.items() if level < passage.level}
            if years_in(passage.text) or _PAST.search(passage.text):
                plans[passage.level] = _planned(passage.text)
        elif passage.kind is Kind.BODY and plans:
            year = plans[max(plans)]
            if year is not None:
                yield from _check(passage, year)


def _planned(words: str) -> int | None:
    """Return the one year that a title or heading plans for."""
    years = set(years_in(words))
    return years.pop() if len(years) == 1 and _PLAN.search(words) and not _PAST.search(words) else None


def _check(passage: Passage, planned: int) -> Iterator[Problem]:
    for match in _SENTENCE.finditer(passage.text):
        end = passage.text.find("。", match.end())
        sentence = passage.text[match.start() : end if end >= 0 else len(passage.text)]
        if (
            int(match["year"]) < planned
            and not _DONE.search(sentence)
            and not passage.is_quoted(match.start())
        ):
            words = (
                f"这一部分写的是{planned}年的打算，这句说的却是{match['year']}年",
                f"请核对，是{planned}年的请改正",
            )
            yield passage.problem(match.span("year"), RULE, words, Level.ADVICE)
