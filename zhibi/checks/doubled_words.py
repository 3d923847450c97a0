"""重复词语：一个词紧接着又写了一遍（四个字以上的一串字、整句的重复，见“重复文字”）。

为什么：改稿时删一半留一半，就会留下“进行进行”“的的”。
依据：惯例。“讨论讨论”“一件一件”“稳稳当当”这样的重叠不算；引号里的不查。
错：各单位要对照清单进行进行全面自查。
对：各单位要对照清单进行全面自查。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.lexicon import lexicon_for
from zhibi.prose.sought import Sought
from zhibi.prose.words import words_of

RULE = "重复词语"
SUBJECT = "用词"

_AGAIN = Sought(r"([\u3400-\u9fff]{1,4})\1")
_SURE = {"的": "确士", "和": "平谐睦解合美气声田", "与": "会", "并": "购网轨行列", "但": "书", "而": "立"}
_TWICE = Sought(rf"([{''.join(_SURE)}])\1|([\u3400-\u9fff]{{2,}})\2")
"""Words that never follow themselves, and with what their second makes another word: 和和平街道, 与与会者."""
_MAY_DOUBLE = frozenset(
    {"讨论", "研究", "商量", "学习", "休息", "考虑", "打听", "收拾", "了解", "锻炼", "体验", "交流", "放松"}
)
_NOUN_AND_VERB = frozenset({"规定", "计划", "代表", "决定", "报告"})
"""本规定规定的程序, 投资计划计划于3月下达: the first is the thing, the second what it does."""
_COUNTING = Sought(r"[一两三四五六七八九十几每逐很非更越]")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each word that follows itself."""
    lexicon = lexicon_for(paper.source.folders)
    for passage in paper.passages:
        # Words are told apart late: their dictionary takes a while to load.
        if not _AGAIN.search(passage.text) or not _TWICE.search(passage.text):
            continue
        for start, word in _doubled(passage.text):
            span = (start, start + 2 * len(word))
            if not passage.is_quoted(start) and not lexicon.keeps(passage.text, *span):
                yield _problem(passage, span, word)


def _doubled(text: str) -> Iterator[tuple[int, str]]:
    """Yield the place of each word that follows itself, and the word."""
    offset, before = 0, ""
    for word in words_of(text):
        end = offset + len(word)
        slip = word == before and _is_slip(word, text, end) if word in _SURE else _is_term(word, text, end)
        if slip and before.endswith(word):
            yield offset - len(word), word
        offset = end
        before = word


def _is_slip(word: str, text: str, end: int) -> bool:
    """Tell whether the second of two small words does not begin another word."""
    return not text.startswith(tuple(_SURE[word]), end)


def _is_term(word: str, text: str, end: int) -> bool:
    """Tell whether a word of two and more characters stands twice by a slip, not for weight (落实落实再落实)."""
    if text.startswith(f"再{word}", end):
        return False
    han = len(word) > 1 and all("\u3400" <= char <= "\u9fff" for char in word)
    return (
        han and word not in _MAY_DOUBLE | _NOUN_AND_VERB and len(set(word)) > 1 and not _COUNTING.match(word)
    )


def _problem(passage: Passage, span: tuple[int, int], word: str) -> Problem:
    sure = word in _SURE
    words = (f"“{word}”连着写了两遍", f"请只留一个“{word}”")
    level = Level.ERROR if sure else Level.ADVICE
    return passage.problem(span, RULE, words, level, mended=word if sure else None)
