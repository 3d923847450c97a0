"""形近异字：看上去是这个字，其实是别的文字里的另一个字符。

为什么：从 PDF、网页复制来的“⻓”“⺠”是部首的编码，“ニ”“ー”是日文假名，“О”是俄文字母；看着一样，却搜不到、读屏读错、换字体就变样。
依据：惯例（汉字用 GB 18030 的汉字编码，英文用拉丁字母）。
错：加快建设创新型城市，服务⺠生。
对：加快建设创新型城市，服务民生。
错：2O26年完成投资3.2亿元。
对：2026年完成投资3.2亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "形近异字"
SUBJECT = "文字"

_RADICALS = dict(
    zip(
        "⺠⻓⻔⻅⻉⻋⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟⻄⻁⺁",
        "民长门见贝车青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母西虎厂",
        strict=True,
    )
)
_KANA = dict(zip("ニロエカトタハチミㄧー", "二口工力卜夕八千三一一", strict=True))
_LETTERS = dict(zip("АВЕКМНОРСТУХаеорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxABEZHIKMNOPTYXo", strict=True))
_ALIKE = "".join(_LETTERS)
_HAN = r"[\u3400-\u9fff]"
_NOUGHTS = "OoОοΟо"
_RADICAL = Sought(f"[{''.join(_RADICALS)}]", *_RADICALS)
_SINGLE_KANA = Sought(f"(?<={_HAN})[{''.join(_KANA)}](?={_HAN})", *_KANA)
_MIXED = Sought(f"(?:(?<=[A-Za-z])[{_ALIKE}]+|[{_ALIKE}]+(?=[A-Za-z]))", *_LETTERS)
_YEAR = Sought(
    rf"(?<![A-Za-z\d])(?=[\dOo{_ALIKE}]{{4}}年)[12](?=\d*[{_NOUGHTS}])(?:\d|[{_NOUGHTS}]){{3}}(?=年)",
    *_NOUGHTS,
)
_FIGURE = str.maketrans(_NOUGHTS, "0" * len(_NOUGHTS))


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each character of another script that stands in for one of ours."""
    for passage in paper.holding(*_RADICALS, *_KANA, *_LETTERS, *_NOUGHTS):
        text = passage.text
        for match in _RADICAL.clued(text):
            yield _problem(passage, match, _RADICALS[match.group()], "是部首的编码，不是汉字")
        for match in _SINGLE_KANA.clued(text):
            yield _problem(passage, match, _KANA[match.group()], "是日文假名或注音符号")
        for match in _MIXED.clued(text):
            mended = "".join(_LETTERS[char] for char in match.group())
            yield _problem(passage, match, mended, "是俄文或希腊文字母，混在英文里")
        for match in _YEAR.clued(text):
            yield _problem(passage, match, match.group().translate(_FIGURE), "里的 0 打成了字母 O")


def _problem(passage: Passage, match: re.Match[str], mended: str, what: str) -> Problem:
    words = (f"“{match.group()}”{what}", f"请改成“{mended}”")
    level = Level.ADVICE if "假名" in what else Level.ERROR
    return passage.problem(match.span(), RULE, words, level, mended=mended)
