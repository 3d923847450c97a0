"""的地得：修饰动作用“地”，补充说明用“得”，修饰名称用“的”。

为什么：三个字混用，句子的意思就要读两遍。
依据：惯例（现代汉语语法）。只查“有效的激活了”“做的不够，”“坚实地基础”这样写法固定的；引号里的不查。
错：科技专项资金有效的激活了企业研发的积极性。
对：科技专项资金有效地激活了企业研发的积极性。
错：服务企业的工作做的不够，还要继续努力。
对：服务企业的工作做得不够，还要继续努力。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.sought import Sought

RULE = "的地得"
SUBJECT = "用词"

_MANNER = (
    "有效|切实|切實|认真|認真|积极|積極|扎实|扎實|深入|及时|及時|逐步|不断|不斷|进一步|進一步|迅速|极大|極大|充分|"
    "大力|严格|嚴格|稳步|穩步|有力|有序|圆满|圓滿|顺利|順利|较好|較好|很好|更好|全面|明显|明顯|显著|顯著"
)
_VERBS = "加强|提高|提升|完善|推进|推动|深化|优化|健全|落实|发展|增强|扩大|改善|改进|解决|保障|做好|抓好|拓展|强化|开展|促进"
_HAN = r"[\u3400-\u9fff]"
_WRONG = tuple(f"{word}的" for word in _MANNER.split("|"))
_THINGS = ("成", "基础", "作用", "进展", "支撑", "保障", "条件", "环境", "氛围", "效果")
_ROWS = tuple(
    (Sought(pattern, *clues), right, what)
    for pattern, clues, right, what in (
        (rf"(?:{_MANNER})(?P<one>的){_HAN}{{2}}了(?![解然却结断])", _WRONG, "地", "修饰动作"),
        (
            rf"(?:^|(?<=[，。；：、]))(?:不断|逐步|大力|着力|日益|进一步)(?P<one>的)(?:{_VERBS})(?={_HAN}{{2}})(?!了|过程|中|下)",
            ("不断的", "逐步的", "大力的", "着力的", "日益的", "进一步的"),
            "地",
            "修饰动作",
        ),
        (
            r"(?<![所要能可该])(?:做|抓|干|办|管|建|学|走|跑|落实|完成|执行|发挥|坚持)(?P<one>的)"
            r"(?:还|仍)?(?:不够|不实|不细|不好|不到位|更好|很好|比较好|较好|不错)(?=[，。；])",
            ("的不", "的还", "的仍", "的更", "的很", "的比", "的较"),
            "得",
            "补充说明动作做到什么程度",
        ),
        (
            r"(?:显著|良好|重要|明显|坚实|强大|有力|丰硕|优异)(?P<one>地)"
            r"(?:成效|基础(?!上)|作用(?!于)|成果|成绩|进展|支撑|保障|条件|环境|氛围|效果)(?=[，。；、])",
            tuple(f"地{word}" for word in _THINGS),
            "的",
            "修饰名称",
        ),
    )
)
_CLUES = tuple(clue for pattern, _, _ in _ROWS for clue in pattern.clues)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each particle that its neighbours show to be wrong."""
    for passage in paper.holding(*_CLUES):
        for pattern, right, what in _ROWS:
            for match in pattern.clued(passage.text):
                if not passage.is_quoted(match.start()):
                    start, end = match.span("one")
                    mended = passage.text[match.start() : start] + right + passage.text[end : match.end()]
                    words = (
                        f"“{match.group()}”里的“{match['one']}”{what}，应当用“{right}”",
                        f"请改成“{mended}”",
                    )
                    yield passage.problem((start, end), RULE, words, Level.ADVICE)
