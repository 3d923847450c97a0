"""句式杂糅：两种说法套在了一起，或者多了一个否定。

为什么：“围绕…为中心”“防止…不再发生”读着顺，意思却不通，甚至正好相反。
依据：惯例（现代汉语语法）。只查写法固定、几乎不会有别的意思的几种；引号里的不查。
错：各项工作要围绕经济建设为中心展开。
对：各项工作要围绕经济建设这个中心展开。
错：加强隐患排查，防止类似事故不再发生。
对：加强隐患排查，防止类似事故再次发生。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "句式杂糅"
SUBJECT = "用词"

_ROWS = tuple(
    (Sought(pattern, *clues), what, hint)
    for pattern, clues, what, hint in (
        (
            r"为了[^，。；：以]{2,30}为目的",
            ("为目的",),
            "“为了…”和“以…为目的”套在了一起",
            "请改成“为了…”，或“以…为目的”",
        ),
        (
            r"原因(?:主要|就|正)?是(?:因为|由于)[^，。；]{2,40}(?:造成|导致|引起|所致)的?(?=[，。；]|$)",
            ("原因",),
            "“原因是…”和“由…造成”套在了一起",
            "请改成“原因是…”，或“这是由…造成的”",
        ),
        (
            r"(?:围绕|紧扣)[^，。；：以]{2,20}为(?:中心|核心|重点|主线)(?=[，。；开展推来抓谋布]|$)",
            ("围绕", "紧扣"),
            "“围绕…”和“以…为…”套在了一起",
            "请改成“围绕…这个中心”，或“以…为中心”",
        ),
        (
            r"本着[^，。；：以]{2,20}为(?:原则|宗旨|目的)(?=[，。；]|$)",
            ("本着",),
            "“本着…的原则”和“以…为原则”套在了一起",
            "请改成“本着…的原则”，或“以…为原则”",
        ),
        (
            r"(?:防止|避免|杜绝|防范|严防)[^，。；、]{0,16}不(?:再|会再)(?:次)?(?:发生|出现|重演|反弹)",
            ("不再", "不会再"),
            "否定用多了，意思正好相反",
            "请改成“防止…再次发生”，或“确保…不再发生”",
        ),
        (
            r"切忌(?:不要|不可|不能|勿)",
            ("切忌",),
            "“切忌”就是一定不要，后面不再写否定",
            "请改成“切忌…”，或“切记不要…”",
        ),
        (
            r"无时无刻(?:都|地?在(?!不))",
            ("无时无刻",),
            "“无时无刻”要和“不”搭配",
            "请改成“无时无刻不…”，或“时时刻刻都…”",
        ),
    )
)
_CLUES = tuple(clue for pattern, _, _ in _ROWS for clue in pattern.clues)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each sentence made of two."""
    for passage in paper.holding(*_CLUES):
        for pattern, what, hint in _ROWS:
            for match in pattern.clued(passage.text):
                if not passage.is_quoted(match.start()):
                    words = (f"“{match.group()}”：{what}", hint)
                    yield passage.problem(match.span(), RULE, words, Level.ADVICE)
