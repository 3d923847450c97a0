"""文件名不一：同一份文件的名称在一篇里有两种写法。

为什么：《…若干政策》和《…的若干政策》指的多半是一份文件，抄漏了一个字，读的人会当成两份。
依据：惯例（引用公文应当写准确的标题）。名称长、只差一两个字的才问；差在年份、序号、级别上的不算。
错：修订《加快科技创新的若干政策》，落实《加快科技创新若干政策》等文件。
对：修订《加快科技创新若干政策》，落实《加快科技创新若干政策》等文件。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.alike import difference, tells_apart
from zhibi.prose.sought import Sought

RULE = "文件名不一"
SUBJECT = "前后一致"

_LEAST = 8
_LEAST_FOR_TWO = 14
"""Titles as long as this may differ in two characters side by side."""
_MOST_TITLES = 400
_BLANK = Sought(r"\s")
_Places = list[tuple[Passage, tuple[int, int]]]


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for the rarer (else the later) of two titles that differ in a character or two."""
    places: defaultdict[str, _Places] = defaultdict(list)
    for passage in paper.passages:
        for start, end in passage.quoted:
            title = _BLANK.sub("", passage.text[start + 1 : end - 1])
            if passage.text[start] == "《" and len(title) >= _LEAST:
                places[title].append((passage, (start, end)))
    titles = list(places)[:_MOST_TITLES]
    for one, other in combinations(titles, 2):
        if abs(len(one) - len(other)) <= 2 and _same_meant(one, other):
            rare, often = sorted((one, other), key=lambda title: (len(places[title]), -titles.index(title)))
            passage, span = places[rare][0]
            words = (
                f"《{rare}》和《{often}》只差一两个字，出现了 {len(places[rare])} 次和 {len(places[often])} 次",
                f"请核对：如果是同一份文件，请统一成《{often}》或《{rare}》",
            )
            yield passage.problem(span, RULE, words, Level.QUERY)


def _same_meant(one: str, other: str) -> bool:
    if one[:2] != other[:2] and one[-2:] != other[-2:]:
        return False
    first, second = difference(one, other)
    longer = max(len(first), len(second))
    most = 2 if min(len(one), len(other)) >= _LEAST_FOR_TWO else 1
    return longer <= most and not tells_apart(first, second)
