"""冒号套用：一句话里一般只用一个冒号。

为什么：冒号管到句末，套着用就分不清管到哪里。
依据：GB/T 15834—2011 4.7.3、附录 A.6（一般不套用；不得不用时另起段落）。
错：现提出要求如下：责任分工：区科技局牵头组织实施，各镇街配合。
对：现提出要求如下：区科技局牵头组织实施，各镇街配合。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.sought import Sought

RULE = "冒号套用"
SUBJECT = "标点"

_CLOSED = Sought(r"（[^（）]*）|“[^“”]*”|《[^《》]*》")
_CLAUSE = Sought(r"[^。！？；]+")
_COLON = Sought(r"(?<!\d)：|：(?!\d)")
_LABEL = Sought(r"(?:^|[，、；。：\s])[^，、；。：]{1,6}$")
"""What stands before the colon of a form: 联系人：…，电话：…"""
_LEADS = Sought(r"[如以]下|下列|要求$")
"""As short, but no label of a form."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a query for the second colon of a clause, those of forms, times and quotations left out."""
    for passage in paper.passages:
        if passage.kind is Kind.BODY and passage.text.count("：") > 1:
            yield from _check(passage)


def _check(passage: Passage) -> Iterator[Problem]:
    plain = _CLOSED.sub(lambda found: "□" * len(found.group()), passage.text)
    for clause in _CLAUSE.finditer(plain):
        colons = [match.start() for match in _COLON.finditer(plain, clause.start(), clause.end())]
        labels = [_LABEL.search(plain, max(clause.start(), place - 8), place) for place in colons]
        form = labels and (labels[0] or all(labels[1:])) and not _LEADS.search(plain[: colons[0]][-8:])
        if len(colons) > 1 and not form:
            words = ("一句话里套用了两个冒号", "请把后一个改成逗号，或另起一句、另起一段")
            yield passage.problem((colons[1], colons[1] + 1), RULE, words, Level.QUERY)
