"""千分撇：同一篇里，大数要么都加千分撇，要么都不加；年份不加。

为什么：有的写 12,345、有的写 12345，看起来像从两处抄来的。
依据：GB/T 15835—2011 5.1.1（多位数的书写）；只看五位以上、后面有单位的数，一篇只问一次。
错：企业12,345家，从业人员67890人。
对：企业12,345家，从业人员67,890人。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import UNIT
from zhibi.prose.sought import DIGIT, Sought

RULE = "千分撇"
SUBJECT = "数字和日期"

_GROUPED = Sought(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])", ",", flags=re.ASCII)
_PLAIN = Sought(rf"(?<![\dA-Za-z,.〔-])\d{{5,9}}(?=(?:\.\d+)?[万亿]?{UNIT})", DIGIT, flags=re.ASCII)
_YEAR = Sought(
    r"(?<![\d,.约近逾超有达历经])(?:1,9|2,0)\d\d(?=年(?![历前来多左以悠间之的金费余古老树传文]))",
    ",",
    flags=re.ASCII,
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for the first large figure that is not grouped as others are, an error for a grouped year."""
    grouped = ""
    for passage in paper.holding(","):
        for match in _YEAR.finditer(passage.text):
            own = match[0].replace(",", "")
            words = (f"年份“{match[0]}”不加千分撇", f"请改成“{own}”")
            yield passage.problem(match.span(), RULE, words, Level.ERROR, mended=own)
        for match in _GROUPED.finditer(passage.text):
            long = len(match[0]) > len("1,234") and not passage.is_quoted(match.start())
            grouped = grouped or (match[0] if long else "")
    found = paper.matches(_PLAIN) if grouped else ()
    plain = next(((passage, match) for passage, match in found if not passage.is_quoted(match.start())), None)
    if plain:
        passage, match = plain
        own = f"{int(match[0]):,}"
        words = (f"“{match[0]}”没有千分撇，别处的“{grouped}”有", f"请统一：写成“{own}”，或去掉别处的千分撇")
        yield passage.problem(match.span(), RULE, words, Level.QUERY)
