"""前后数不一：同一篇里同一个指标、同一个时期，前后写了两个数。

为什么：前面改了、后面没有改，是送审稿里最常见的数字差错。
依据：惯例。指标的名称、单位和时期完全一样的才询问；目标数、上年数、累计数、约数不算，精确程度不同的也不算；同样的东西前后两个数只差数字次序的（1126、1162）也询问。
错：1—9月，技术交易额达81.6亿元。技术市场活跃，1—9月，技术交易额达86.1亿元。
对：1—9月，技术交易额达81.6亿元。技术市场活跃，1—6月，技术交易额达56.1亿元。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.figures import ADDITIVE, FIGURE, Figure
from zhibi.prose.sought import Sought

RULE = "前后数不一"
SUBJECT = "数的核算"

_NAME = r"[\u4e00-\u9fffA-Za-z&（）“”]{2,24}?(?:[额率数量值]|比重|强度|收入|支出|投资|面积|经费|费用|占比)"
_PERIOD = r"(?:(?:19|20)\d\d年(?:度)?)?(?:上半年|前[二三]季度|第?[一二三四]季度|全年|\d{1,2}(?:[—～至-]\d{1,2})?月份?|截至[^，。；]{2,8}|年末|年底)?"
_SAID = Sought(
    rf"(?:^|(?<=[。；，]))(?P<period>{_PERIOD})(?P<comma>，?)(?P<name>{_NAME})(?:[为是]|达到?|实现|完成|共计)了?(?P<figure>{FIGURE})(?=[，。；、（）]|$)"
)
_OTHER = Sought(
    r"目标|力争|计划|预计|确保|争取|要求|同期|上年|去年|其中|分别|每|均|新增|累计|[镇乡村]|街道|全[国省]|园区|开发区|单位|某"
    r"|企业[A-Z]|率先"
)


_COUNTED = Sought(
    rf"(?:^|(?<=[。；，]))(?:{_PERIOD}，?)(?P<name>[\u4e00-\u9fff]{{5,24}}?)(?:总数|数量|数)?(?:已?累?计?已?达到?|[共拥]?有|共计?|为|是)?(?P<figure>{FIGURE})(?=[，。；（）]|$)"
)
_TIME = Sought(r"(?:19|20)\d\d年|\d{1,2}月|[上下]半年|季度|年末|年底")
_CHANGED = Sought(
    r"增|减|前[一两]?年|此前|原|[从由]|不含|剔除|调整|更新|目标|力争|计划|预计|确保|争取|同期|上年|去年|其中|分别|每|均"
)
_LEAST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a paper says of an indicator: where, and which figure."""

    passage: Passage
    figure: Figure

    @property
    def words(self) -> str:
        return self.passage.text[self.figure.start : self.figure.end]


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for each indicator that the paper gives another figure than before."""
    first: dict[tuple[str, str, str, int], _Saying] = {}
    for passage in paper.passages:
        if passage.kind not in {Kind.BODY, Kind.HEADING}:
            continue
        for key, figure in _sayings(passage):
            said = _Saying(passage, figure)
            before = first.setdefault((*key, passage.part), said)
            if before.figure.low > figure.high or figure.low > before.figure.high:
                at = before.passage.place(before.figure.start)
                words = (
                    f"“{key[0]}”这里是{said.words}，前面（第 {at.line} 行）是{before.words}",
                    "请核对两处，是同一个数的请改成一样；不是的，请写明时期或范围",
                )
                yield passage.problem((figure.start, figure.end), RULE, words, Level.QUERY)
    yield from _turned_round(paper.passages)


def _turned_round(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Yield a query for a count of the same things whose digits stand in another order: 1126家, later 1162家."""
    counts: defaultdict[tuple[str, str, int], list[tuple[_Saying, str, str]]] = defaultdict(list)
    for passage in passages:
        if passage.kind not in {Kind.BODY, Kind.HEADING}:
            continue
        for name, time, figure in _counts(passage):
            said = _Saying(passage, figure)
            key = figure.unit, "".join(sorted(figure.digits)), passage.part
            for before, other, then in counts[key]:
                same = name.endswith(other) or other.endswith(name)
                if same and figure.value != before.figure.value and (time == then or not (time and then)):
                    yield _told(before, said, min(name, other, key=len))
                    break
            counts[key].append((said, name, time))


def _counts(passage: Passage) -> Iterator[tuple[str, str, Figure]]:
    """Yield what is counted, the times that its sentence names, and the count."""
    reading = passage.reading
    for match in _COUNTED.finditer(reading.outline) if reading.figures else ():
        figure = reading.figure(match["figure"])
        if len(figure.digits) < _LEAST_DIGITS or figure.loose or not figure.exact:
            continue
        sentence = reading.outline[reading.clause(match.start(), "。；") : match.end()]
        if not _CHANGED.search(sentence):
            yield match["name"], "".join(_TIME.findall(sentence)), figure


def _told(before: _Saying, said: _Saying, name: str) -> Problem:
    at = before.passage.place(before.figure.start)
    words = (
        f"“{name}”这里是{said.words}，前面（第 {at.line} 行）是{before.words}，数字的次序不同",
        "请核对两处，是同一个数的请改成一样；不是的，请写明时期或范围",
    )
    return said.passage.problem((said.figure.start, said.figure.end), RULE, words, Level.QUERY)


def _sayings(passage: Passage) -> Iterator[tuple[tuple[str, str, str], Figure]]:
    reading = passage.reading
    for match in _SAID.finditer(reading.outline) if reading.figures else ():
        figure = reading.figure(match["figure"])
        known = figure.unit in ADDITIVE or figure.is_rate
        if not known or figure.loose or not match["period"]:
            continue
        sentence = reading.outline[reading.clause(match.start()) : match.end()]
        if not _OTHER.search(sentence):
            yield (match["name"], match["period"].strip("，"), figure.unit), figure
