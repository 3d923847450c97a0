"""标题年度：标题、章节写的年份和季度，要与它下面的文字、与成文日期对得上。

为什么：工作总结、季度报告大多在上一期的稿子上改，最容易漏改年份：“2022年工作思路”下面写着“2021年，我局将……”。
依据：惯例。
错：正文: [{标题: 2022年工作思路, 内容: ["2021年，我局将围绕目标要求，坚持问题导向，抓好各项工作。"]}]
对：正文: [{标题: 2022年工作思路, 内容: ["2022年，我局将围绕目标要求，坚持问题导向，抓好各项工作。"]}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from zhibi.checks import Paper
from zhibi.dates import parse_date
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.periods import Period
from zhibi.prose import Kind, Passage
from zhibi.prose.excerpt import cut
from zhibi.prose.sought import Sought
from zhibi.serials import read_han

RULE = "标题年度"
SUBJECT = "前后一致"

_YEAR = Sought(r"(?<!\d)((?:19|20)\d\d)(?=年|[—～-](?:19|20)\d\d年)")
_NAMED = Sought(r"(?<!\d)((?:19|20)\d\d)(?=年(?!\d))")
_BEGINS = Sought(r"((?:19|20)\d\d)年(?:[，,]|度[，,])")
_REPORT = Sought(
    r"((?:19|20)\d\d)年(?:度)?(?:第?([一二三四1-4])季度|(上半年|下半年))?.*(?:总结|完成情况|进展情况|工作情况|工作报告)$"
)
_QUARTER = Sought(r"(?<![前\d—-])第?([一二三四])季度")
_DONE = Sought(r"(?:完成|进展|工作|落实|推进)情况|工作总结|完成数")
_SECOND_HALF = Sought(r"下半年[^。；]{0,12}(?:已经?[完实建印新召开举]|完成了|实现了|新增了|印发了)")
_TITLES = (Role.TITLE, Role.ATTACHMENT_TITLE)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each year or quarter that is another than the title's or the heading's above it."""
    titles = [one for one in paper.passages if one.role in _TITLES]
    yield from _headings(paper.passages)
    for title in titles:
        own = [one for one in paper.passages if one.part == title.part and one is not title]
        yield from _unshared(title, own)
        yield from _other_quarter(title, own)
        if "上半年" in title.text:
            yield from _second_half(own)
    signed = parse_date(str(paper.source.element("成文日期")))
    for title in titles if signed else ():
        match = _REPORT.search(title.text)
        if match and signed and signed <= _eve(match):
            words = (
                f"标题说的是{match[1]}年的情况，成文日期是{signed.year}年{signed.month}月，那时还没有到",
                "请核对标题的年份、季度和成文日期",
            )
            yield title.problem(match.span(1), RULE, words, Level.ADVICE)


def _headings(passages: tuple[Passage, ...]) -> Iterator[Problem]:
    """A section of one year whose text begins with another."""
    for heading, first in pairwise(passages):
        years = set(_YEAR.findall(heading.text)) if heading.kind is Kind.HEADING else set()
        match = _BEGINS.match(first.text) if first.kind is Kind.BODY else None
        if len(years) == 1 and match and match[1] not in years:
            year = years.pop()
            sentence = first.text[slice(*first.sentences[0])]
            if f"{year}年" not in sentence:
                words = (
                    f"标题是“{cut(heading.text, 20)}”，下面写的是“{match[1]}年”",
                    f"请核对，多半应是“{year}年”",
                )
                yield first.problem(match.span(1), RULE, words, Level.ADVICE)


def _unshared(title: Passage, own: list[Passage]) -> Iterator[Problem]:
    """A title's year that nothing in the paper shares although the paper does speak of years."""
    named = list(_NAMED.finditer(title.text))
    words_of = [one.text for one in own if one.kind is not Kind.ELEMENT]
    said = {int(year) for words in words_of for year in _YEAR.findall(words)}
    if len(named) != 1 or sum(map(len, words_of)) < 200 or len(said) == 0:
        return
    year = int(named[0][1])
    if not said & {year, year - 1, year + 1}:
        most = "、".join(f"{one}年" for one in sorted(said)[:3])
        words = (f"标题写的是{year}年，正文里只有{most}", "请核对标题的年份")
        yield title.problem(named[0].span(1), RULE, words, Level.QUERY)


def _other_quarter(title: Passage, own: list[Passage]) -> Iterator[Problem]:
    """A heading or a table's head on what another quarter has done."""
    quarters = set(_QUARTER.findall(title.text))
    if len(quarters) != 1:
        return
    for passage in own:
        if passage.kind not in (Kind.HEADING, Kind.HEAD_CELL, Kind.TITLE):
            continue
        match = _QUARTER.search(passage.text)
        if match and match[1] not in quarters and _DONE.search(passage.text, match.end()):
            words = (f"标题是“{min(quarters)}季度”，这里写的是“{match[1]}季度”", "请核对季度")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _second_half(own: list[Passage]) -> Iterator[Problem]:
    for passage in own:
        for match in _SECOND_HALF.finditer(passage.text):
            words = ("标题说的是上半年，这里把下半年写成已经做了", "请核对是上半年还是下半年")
            yield passage.problem(match.span(), RULE, words, Level.QUERY)


def _eve(match: re.Match[str]) -> date:
    """Return the day before the period that a title reports on."""
    year, sign, half = match.groups()
    quarter = (read_han(sign) or int(sign)) if sign else 3 if half == "下半年" else 1
    return Period(int(year), quarter).previous.end
