"""半角标点：中文里的逗号、分号、冒号、问号、叹号、句号、引号和括号用全角。

为什么：半角标点在公文里排得太挤，是从网页或英文输入法带来的。
依据：GB/T 15834—2011 第4章。
错：各单位要认真落实,按时报送。
对：各单位要认真落实，按时报送。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind, Passage
from zhibi.prose.sought import Sought

RULE = "半角标点"
SUBJECT = "标点"

_HAN = r"[\u3400-\u9fff〇々《》“”‘’（）、。，；：！？]"
MARKS = Sought(rf"(?<={_HAN})[,;:!?]|[,;:!?](?={_HAN})", *",;:!?")
_STOP = Sought(r"(?<=[\u3400-\u9fff]{2})\.$", ".")
"""A dot between Han characters may be that of a name (买买提.艾力) or a serial; at the end of a text it is a full stop."""
_BRACKETS = Sought(rf"\((?=[^()]*{_HAN})[^()]*\)", "(")
_LABEL = Sought(r"附\s*件\s*:")
"""The rule 附件 tells of its colon."""
_QUOTED = Sought(r"(?!\s)(?=.*[\u3400-\u9fff])[^“”]*(?<!\s)")
_WIDE = str.maketrans(",;:!?().", "，；：！？（）。")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each half-width mark that stands beside a Han character and for brackets round Chinese."""
    for passage in paper.holding(*MARKS.clues, *_STOP.clues, *_BRACKETS.clues, '"'):
        label = _LABEL.match(passage.text)
        for match in MARKS.finditer(passage.text, label.end() if label else 0):
            yield _problem(passage, match.start())
        if passage.kind is Kind.BODY and (stop := _STOP.search(passage.text)):
            yield _problem(passage, stop.start())
        for match in _BRACKETS.clued(passage.text):
            yield _problem(passage, match.start())
            yield _problem(passage, match.end() - 1)
        yield from _straight_quotes(passage)


def _straight_quotes(passage: Passage) -> Iterator[Problem]:
    """Yield a problem for each of a pair of straight quotation marks round Chinese; behind a digit they are inches."""
    places = [match.start() for match in re.finditer('"', passage.text)]
    pairs = list(zip(places[::2], places[1::2], strict=False))
    if len(places) % 2 or any(passage.text[max(start - 1, 0)].isdigit() for start, _ in pairs):
        return
    for start, end in pairs:
        inner = passage.text[start + 1 : end]
        if not _QUOTED.fullmatch(inner):
            continue
        for offset, wide in ((start, "“"), (end, "”")):
            words = ("引号用了半角的", f"请改成全角引号“{inner}”")
            yield passage.problem((offset, offset + 1), RULE, words, Level.ADVICE, mended=wide)


def _problem(passage: Passage, offset: int) -> Problem:
    mark = passage.text[offset]
    wide = mark.translate(_WIDE)
    words = (f"“{mark}”是半角标点", f"请改成全角“{wide}”")
    return passage.problem((offset, offset + 1), RULE, words, Level.ADVICE, mended=wide)
