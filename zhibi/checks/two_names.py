"""名称不一：同一个项目、机构、平台的名称在一篇里有两种写法。

为什么：前面写“创新体系建设工程”，后面写成“创新系统建设工程”；前后各有一大段相同、中间只差一两个字的，多半是一个名称写成了两个。
依据：惯例（同一名称全篇写法一致）。差在数字、级别、方位上的不算；各出现几次以上的不算。只是询问。
错：“315”科技创新体系建设工程进展顺利，“315”科技创新系统建设工程各项指标全面完成。
对：“315”科技创新体系建设工程进展顺利，“315”科技创新体系建设工程各项指标全面完成。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.alike import tells_apart
from zhibi.prose.lexicon import lexicon_for
from zhibi.prose.sought import Sought
from zhibi.prose.variants import Variant, variants

RULE = "名称不一"
SUBJECT = "前后一致"

_SWAPPED, _LEFT_OUT, _NAMED = 11, 16, 9
"""So many shared characters: where a word is swapped, where one is left out, and where a kind of name follows it."""
_KINDS = Sought(
    "孵化器|集聚区|试验区|示范区|研究院|研究所|实验室|中心|基地|平台|联盟|工程|委员会|走廊|大赛|基金|专班|领导小组"
)
_MOST_QUOTED = 300
_SMALL = frozenset("的了和与及等或在为对把将地得")
_QUOTED = Sought("“([\u3400-\u9fff]{5,12})”")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for the rarer form of each name that stands in the paper in two."""
    lexicon = lexicon_for(paper.source.folders)
    passages = paper.passages
    for one in variants([passage.text for passage in passages]):
        passage = passages[one.place.passage]
        span = (one.place.offset, one.place.offset + len(one.rare))
        if _is_slip(one) and not _is_whole_title(passage, span) and not lexicon.keeps(passage.text, *span):
            words = (
                f"“{one.rare}”和“{one.often}”只差一两个字，出现了 {one.counts[0]} 次和 {one.counts[1]} 次",
                f"请核对：如果是一个名称，请统一成“{one.often}”或“{one.rare}”",
            )
            yield passage.problem(span, RULE, words, Level.QUERY)
    yield from _quoted_names(passages)


def _is_slip(one: Variant) -> bool:
    rare, often = one.middles
    if one.counts[0] > 1 or _SMALL & {rare, often}:
        return False
    if rare and often:
        return one.shared >= _SWAPPED
    return one.shared >= _LEFT_OUT or bool(one.shared >= _NAMED and _KINDS.match(one.after))


def _is_whole_title(passage: Passage, span: tuple[int, int]) -> bool:
    """Tell whether the words are a title in 《》, which 文件名不一 compares."""
    return any((span[0] - 1, span[1] + 1) == title for title in passage.quoted)


def _quoted_names(passages: tuple[Passage, ...]) -> Iterator[Problem]:
    """Yield a question for a name in “” that stands once and differs in one character from one that stands often."""
    places: defaultdict[str, list[tuple[Passage, tuple[int, int]]]] = defaultdict(list)
    for passage in passages:
        for match in _QUOTED.finditer(passage.text):
            places[match[1]].append((passage, match.span(1)))
    for one, other in combinations(list(places)[:_MOST_QUOTED], 2):
        if len(one) != len(other):
            continue
        differing = [(left, right) for left, right in zip(one, other, strict=True) if left != right]
        rare, often = sorted((one, other), key=lambda name: len(places[name]))
        counts = len(places[rare]), len(places[often])
        if len(differing) == 1 and counts[0] == 1 < counts[1] and not tells_apart(*differing[0]):
            passage, span = places[rare][0]
            words = (
                f"“{rare}”出现 1 次，“{often}”出现 {counts[1]} 次，只差一个字",
                f"请核对：如果是一个名称，请改成“{often}”",
            )
            yield passage.problem(span, RULE, words, Level.QUERY)
