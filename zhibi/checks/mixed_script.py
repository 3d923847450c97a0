"""繁简混用：简体的公文里有繁体字，或者繁体的公文里有简体字。

为什么：从别处粘贴来的字、输入法选错的字，混在里面不容易看出来。
依据：《国家通用语言文字法》第九条（国家机关以普通话和规范汉字为公务用语用字）。按“语言”一栏认简体、繁体；人名、引号里的原文请核对后放过。
错：各單位要认真落实。
对：各单位要认真落实。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose.lexicon import lexicon_for
from zhibi.prose.scripts import foreign_forms, foreign_pattern, is_traditional

RULE = "繁简混用"
SUBJECT = "文字"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each run of characters that never stand in a paper of this script."""
    lexicon = lexicon_for(paper.source.folders)
    traditional = is_traditional(paper.source.data)
    forms = foreign_forms(traditional=traditional)
    pattern = foreign_pattern(traditional=traditional)
    other, own = ("简体", "繁体") if traditional else ("繁体", "简体")
    for passage in paper.passages:
        for match in pattern.finditer(passage.text):
            if passage.is_quoted(match.start()) or lexicon.keeps(passage.text, *match.span()):
                continue
            run = match.group()
            right = "".join(forms[char][0] for char in run)
            sure = all(len(forms[char]) == 1 for char in run)
            choice = right if sure else "、".join(f"{char}→{'或'.join(forms[char])}" for char in run)
            words = (f"“{run}”是{other}字，这篇公文用的是{own}字", f"请改成：{choice}")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=right if sure else None)
