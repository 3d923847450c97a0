"""词语中的数字：星期、节日、届次这些定型的词语用汉字数字。

为什么：“星期6”“党的20大”“54运动”不是统计数字，是词语。
依据：GB/T 15835—2011 4.2；含一月、十一月、十二月的事件名称加间隔号（GB/T 15834—2011 4.14）。
错：定于星期6召开。
对：定于星期六召开。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.figures import UNIT
from zhibi.prose.sought import Sought
from zhibi.serials import format_han

RULE = "词语中的数字"
SUBJECT = "数字和日期"

_NUMBER = Sought(r"\d+", flags=re.ASCII)
_DOTTED = {
    "一二九": "一二·九",
    "一二一": "一二·一",
    "一二八": "一·二八",
}
_NAMED_BY_DAY = (
    "事件",
    "事故",
    "晚会",
    "专案",
    "重要讲话",
    "重要批示",
    "消费者权益日",
    "科技人才活动",
    "禁毒日",
)
"""What is named by the day it fell on."""


def _han(match: re.Match[str]) -> str:
    return _NUMBER.sub(lambda digits: format_han(int(digits[0])), match[0])


def _festival(match: re.Match[str]) -> str:
    return "".join(format_han(int(digit)) for digit in match[0] if digit.isdigit())


def _day(match: re.Match[str]) -> str:
    return match[0].replace(".", "·").replace("-", "·")


_FORMS: tuple[tuple[Sought, Callable[[re.Match[str]], str], Level], ...] = (
    (
        Sought(
            rf"(?<![每个一两三几多])(?:星期|礼拜)[1-6](?![\d.、/%月年A-Za-z回节堂期遍]|\s?{UNIT})",
            "星期",
            "礼拜",
        ),
        _han,
        Level.ERROR,
    ),
    (
        Sought(
            r"(?<=党的)1[5-9]大(?=[以报召会精]|$|[，。；、])|(?<=党的)2\d大(?=[以报召会精]|$|[，。；、])",
            "党的1",
            "党的2",
        ),
        _han,
        Level.ERROR,
    ),
    (Sought(r"(?<![\d.])\d{1,2}届(?:中央委员会第?)?\d中全会", "中全会"), _han, Level.ADVICE),
    (
        Sought(r"(?<![\d.第])\d{1,2}届(?:全国|省|市|区|县)?(?:人大|政协)(?:\d{1,2}次会议)?", "届"),
        _han,
        Level.ADVICE,
    ),
    (
        Sought(
            r"(?<!\d)5[·.、]?4(?=运动|青年节|奖章)|(?<!\d)3[·.、]?8(?=妇女节|红旗手)|(?<!\d)5[·.、]?1(?=劳动节|劳动奖)",
            "运动",
            "青年节",
            "奖章",
            "妇女节",
            "红旗手",
            "劳动",
        ),
        _festival,
        Level.ADVICE,
    ),
    (
        Sought(
            r"(?:正月|腊月|农历[一二三四五六七八九十]{1,2}月)\d{1,2}(?![\d:：点时日])", "正月", "腊月", "农历"
        ),
        _han,
        Level.ADVICE,
    ),
    (
        Sought(r"一二九(?=运动)|一二一(?=运动|惨案)|一二八(?=事变|抗战|淞沪)", "一二"),
        lambda match: _DOTTED[match[0]],
        Level.ADVICE,
    ),
    (
        Sought(
            rf"(?<![\d.第增长降至到达为约-])(?:1[0-2]|[1-9])[.-](?:3[01]|[12]\d|[1-9])(?=[”’]?[\u4e00-\u9fff]{{0,6}}(?:{'|'.join(_NAMED_BY_DAY)}))(?!\s?[万亿个项场次家%年月日])",
            *_NAMED_BY_DAY,
        ),
        _day,
        Level.ADVICE,
    ),
)
_CLUES = tuple(clue for pattern, _, _ in _FORMS for clue in pattern.clues)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each fixed word or name of a day whose number stands in the wrong form."""
    for passage in paper.holding(*_CLUES):
        for pattern, form, level in _FORMS:
            for match in pattern.clued(passage.text):
                own = form(match)
                if not passage.is_titled(match.start()):
                    words = (f"“{match[0]}”是固定的词语或名称，数字写法不对", f"请改成“{own}”")
                    yield passage.problem(match.span(), RULE, words, level, mended=own)
