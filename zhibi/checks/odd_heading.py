"""标题不齐：几个并列的标题写法都一样，只有一个不一样。

为什么：并列的标题讲究结构相同、字数相当；只有一个例外的，多半是改稿时漏了。
依据：惯例。四个以上并列标题，其余全都一样才问；各写各的不问。
错：正文:
    - {标题: "优化顶层设计，释放创新红利", 内容: [文字。]}
    - {标题: "夯实平台，增强创新动能", 内容: [文字。]}
    - {标题: "聚力主体培育，激发企业活力", 内容: [文字。]}
    - {标题: "涵养双创生态，强化源头供给", 内容: [文字。]}
对：正文:
    - {标题: "优化顶层设计，释放创新红利", 内容: [文字。]}
    - {标题: "夯实平台建设，增强创新动能", 内容: [文字。]}
    - {标题: "聚力主体培育，激发企业活力", 内容: [文字。]}
    - {标题: "涵养双创生态，强化源头供给", 内容: [文字。]}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.siblings import siblings
from zhibi.prose.sought import Sought

RULE = "标题不齐"
SUBJECT = "序号和层次"

_LEAST = 4
_MARKS = Sought(r"[，、；：]")
_NOUNS = Sought(r"、(?=[^，；：]*(?:和|及|与|等))")
"""A mark between nouns of one list (申报、评审和拨付) parts no clauses."""
_ENDS = "。；：！？，、"


def _parts(text: str) -> list[str]:
    return _MARKS.split(_NOUNS.sub("和", text.rstrip(_ENDS)))


def _clauses(text: str) -> str:
    return str(len(_parts(text)))


def _length(text: str) -> str:
    parts = _parts(text)
    return str(len(parts[0])) if len(parts) > 1 else ""


_ASPECTS: tuple[tuple[Callable[[str], str], str, str], ...] = (
    (_clauses, "句子的段数", "请看看能不能写得与其他标题一样"),
    (_length, "逗号前的字数", "请看看能不能写得与其他标题一样长"),
)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for the one heading that differs from all its siblings."""
    for group in siblings(paper.passages):
        if len(group) >= _LEAST and (problem := _odd_one(group)):
            yield problem


def _odd_one(group: list[Passage]) -> Problem | None:
    for aspect, name, hint in _ASPECTS:
        seen = [aspect(passage.text) for passage in group]
        counts = Counter(seen).most_common()
        if len(counts) == 1:
            continue
        if len(counts) == 2 and counts[1][1] == 1 and counts[0][1] >= _LEAST - 1:
            odd = group[seen.index(counts[1][0])]
            message = f"并列的 {len(group)} 个标题里，只有“{odd.text}”{name}不一样"
            return odd.problem((0, len(odd.text)), RULE, (message, hint), Level.QUERY)
        return None
    return None
