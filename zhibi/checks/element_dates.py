"""要素日期：印发日期不早于成文日期；发文字号的年份、信息公开的成文日期和落款一致。

为什么：这几处是分开填的，套用旧文时最容易漏改一处。
依据：《党政机关公文处理工作条例》第九条（成文日期署会议通过或者签发的日期，印发日期是送印的日期）；年份一致是惯例。
错：成文日期: 2026年2月18日
  版记: {印发机关: 区科技局办公室, 印发日期: 2026年2月8日}
对：成文日期: 2026年2月18日
  版记: {印发机关: 区科技局办公室, 印发日期: 2026年2月20日}
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from zhibi.checks import Paper
from zhibi.dates import format_date, parse_date
from zhibi.errors import Level, Problem
from zhibi.plain import Scalar
from zhibi.prose.sought import Sought
from zhibi.prose.typed import mapping_of, typed_passage

RULE = "要素日期"
SUBJECT = "要素"

_YEAR = Sought(r"[\[〔（(【]\s*((?:19|20)\d\d)\s*年?\s*[\]〕）)】]")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each element that contradicts 成文日期."""
    typed = paper.source.element("成文日期")
    signed = parse_date(str(typed))
    if signed is None:
        return
    said = format_date(str(typed))
    imprint, info = (mapping_of(paper.source.data.get(key)) for key in ("版记", "信息公开"))
    printed = _date(imprint.get("印发日期"))
    if printed and printed < signed:
        words = (f"印发日期比成文日期（{said}）早", "请核对这两个日期")
        yield from _problem(paper, imprint["印发日期"], words, Level.ERROR)
    shown = _date(info.get("成文日期"))
    if shown and shown != signed:
        words = (
            f"信息公开里的成文日期与落款的成文日期（{said}）不一致",
            "请核对；信息公开填的应是成文日期，不是上网日期",
        )
        yield from _problem(paper, info["成文日期"], words, Level.ADVICE)
    number = paper.source.element("发文字号")
    year = _YEAR.search(str(number))
    if year and int(year[1]) != signed.year:
        words = (f"发文字号的年份是 {year[1]}，成文日期是 {said}", "请核对；年末签发、次年编号的可以不管")
        yield from _problem(paper, number, words, Level.QUERY)


def _date(raw: Any) -> date | None:
    return parse_date(raw) if isinstance(raw, str) else None


def _problem(paper: Paper, raw: Scalar, words: tuple[str, str], level: Level) -> Iterator[Problem]:
    passage = typed_passage(raw, paper.source.file)
    if passage:
        yield passage.problem((0, len(passage.text)), RULE, words, level)
