"""年份不全：年份写四位，不写两位。

为什么：“25年申报”可以读成二十五年。
依据：GB/T 15835—2011 5.1.4。前后都看得出是年份的才提醒；说的是年数的（25年工龄）不算。
错：谋划25年3月的申报工作。
对：谋划2025年3月的申报工作。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought
from zhibi.prose.years import years_of

RULE = "年份不全"
SUBJECT = "数字和日期"
FOLDED = True

_RANGE = Sought(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)(?P<sign>年?[～~—–－-])(?P<last>\d\d)(?=年(?!以|[内来多左前后不]))",
    flags=re.ASCII,
)
_MONTH = Sought(
    r"(?<![\d.,～~—–－至到第约近满过去共历时-])(?P<year>[0-4]\d)年(?:1[0-2]|[1-9])月(?!份?以上)",
    flags=re.ASCII,
)
_ALONE = Sought(
    r"(?<![\d.,～~—–－第约近满共历时经按过去超达余逾过干了有限为每-])(?P<year>[0-4]\d)年(?P<after>度|上半年|下半年|[\u4e00-\u9fff])",
    flags=re.ASCII,
)
_LENGTH_BEFORE = Sought(
    r"(?:工作|从业|连续|扎根|坚守|服务|任职|从教|参军|军龄|党龄|工龄|教龄|使用|保修|租赁|租用|承包|经营|有期徒刑|入党|结婚|规划|成立|创办|持续|时隔"
    r"|长|已经|已|整整|未来|今后|前|后|最|短|不足|不到|多)$"
)
_LENGTH_AFTER = Sought(
    r"[来以间内期的后前多余如左上之不一]|工龄|党龄|军龄|教龄|经验|历史|时间|国债|租|使用权|产权|收费|合同|如一日|老|没|未|坚|才|就|仍|始终|从|风雨|光阴|免|质保|突出|杰出|荣誉|贡献|庆|发展|奋斗|努力|改革|建设|积淀|沉淀|跨越|磨|连续|累计"
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each year of two digits that can be nothing else."""
    own = years_of(paper.passages, paper.source.data)
    for passage in paper.holding("年"):
        for match in _RANGE.finditer(passage.text):
            first, last = match["first"], match["last"]
            if last > first[2:] and not passage.is_quoted(match.start()):
                full = f"{first[:2]}{last}"
                words = (f"年份“{last}”只写了两位", f"请改成“{full}”")
                yield passage.problem(match.span("last"), RULE, words, Level.ERROR, mended=full)
        for pattern in (_MONTH, _ALONE):
            for match in pattern.finditer(passage.text):
                year = 2000 + int(match["year"])
                is_own = any(abs(year - one) <= 1 for one in own)
                sure = is_own if pattern is _ALONE else is_own or match["year"].startswith("0")
                if sure and not passage.is_quoted(match.start()) and not _is_length(passage.text, match):
                    words = (f"年份“{match['year']}年”只写了两位", f"请改成“{year}年”")
                    yield passage.problem((match.start(), match.end("year") + 1), RULE, words, Level.ADVICE)


def _is_length(text: str, match: re.Match[str]) -> bool:
    """Tell whether the words beside it make it a number of years."""
    before = text[max(match.start() - 4, 0) : match.start()]
    return bool(_LENGTH_BEFORE.search(before) or _LENGTH_AFTER.match(text, match.end("year") + 1))
