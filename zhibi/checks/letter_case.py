"""大小写不一：同一个英文缩写在一篇里有大写、小写两种写法。

为什么：前面写CMOS、后面写cmos，多半是几个人的稿子拼在一起时没有统一。
依据：惯例。三个字母以上、只差大小写的才问，每种问一次；网址、邮箱和整句的英文不算。
错：建成CMOS传感器生产线，开展cmos工艺攻关。
对：建成CMOS传感器生产线，开展CMOS工艺攻关。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from string import ascii_letters

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "大小写不一"
SUBJECT = "前后一致"

_WORD = Sought(
    r"(?<![A-Za-z0-9.@/:_&'’·-])[A-Za-z]{3,12}(?![A-Za-z0-9.@/:_&'’·-]|\s[A-Za-z])(?<!\d)",
    *ascii_letters,
    flags=re.ASCII,
)
_ENGLISH = Sought(r"[A-Za-z,]\s$")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield one question for each Latin word that stands in capitals here and in small letters there."""
    forms: defaultdict[str, dict[str, list[tuple[Passage, tuple[int, int]]]]] = defaultdict(dict)
    for passage, match in paper.matches(_WORD):
        english = _ENGLISH.search(passage.text, max(match.start() - 2, 0), match.start())
        if not english and not passage.is_titled(match.start()):
            places = forms[match[0].lower()].setdefault(match[0], [])
            places.append((passage, match.span()))
    for same in forms.values():
        if len(same) > 1 and any(one.isupper() for one in same):
            yield _problem(same)


def _problem(same: dict[str, list[tuple[Passage, tuple[int, int]]]]) -> Problem:
    """Return the question, at the first place of the form that is seldomest."""
    rare, *_, often = sorted(same, key=lambda form: (len(same[form]), sum(map(str.isupper, form))))
    passage, span = same[rare][0]
    words = (
        f"这里写“{rare}”，别处写“{often}”（{len(same[rare])} 次和 {len(same[often])} 次）",
        "请核对：如果是一个词，请全篇用一种写法；缩写一般用大写",
    )
    return passage.problem(span, RULE, words, Level.QUERY)
