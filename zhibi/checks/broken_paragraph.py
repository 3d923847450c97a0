"""段落断开：一段话写完整，段末有标点，下一段不以标点开头。

为什么：从 PDF 或网页复制的文字常在句子中间断行，印出来就是两段。
依据：惯例；点号不出现在一行的开头见 GB/T 15834—2011 5.1.1。
错：、市级15家，市级以上企业技术中心总数达72家。
对：新增市级15家，市级以上企业技术中心总数达72家。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Heading, Paragraph, Role, plain_text
from zhibi.prose import Kind, Passage
from zhibi.prose.sought import Sought

RULE = "段落断开"
SUBJECT = "文字"

_HEAD = Sought(r"[、，。；：！？）》〉”’〕】]")
_LEAST = 20
"""Shorter paragraphs are labels, names, lines of a form."""
_LABELLED = Sought(r"[^，。；]{1,10}：|附件|附：|http|www\.|@|电话|邮箱|地址|邮编")
_CUT = Sought(r"[，、]$")
_WORDS = Sought(r"[\u3400-\u9fff\d%％]$")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for a paragraph that begins with a mark, and for one whose last sentence has no end."""
    for passage in paper.passages:
        if passage.kind is Kind.BODY and (match := _HEAD.match(passage.text)):
            words = (f"段首是“{match.group()}”，前面缺了文字", "请补上，或与上一段接成一段")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)
    paragraphs = [one for one in paper.passages if one.kind is Kind.BODY and one.role is Role.BODY]
    followed = _followed(paper)
    for passage in paragraphs:
        yield from _end(passage, followed.get(passage.text, ""))


def _followed(paper: Paper) -> dict[str, str]:
    """Return paragraph -> how the plain paragraph right behind it begins; a list, table or heading is none."""
    found: dict[str, str] = {}
    for section in paper.flow.sections:
        for block, after in pairwise((*section.blocks, None)):
            if isinstance(block, Paragraph | Heading):
                own = plain_text(block.content if isinstance(block, Paragraph) else block.rest)
                is_body = isinstance(after, Paragraph) and after.role is Role.BODY
                found[own] = plain_text(after.content) if is_body and isinstance(after, Paragraph) else ""
    return found


def _end(passage: Passage, after: str) -> Iterator[Problem]:
    words = passage.text.rstrip()
    span = (len(words) - 1, len(words))
    if _CUT.search(words) and len(words) >= _LEAST:
        said = (f"段末是“{words[-1]}”，句子没有完", "请与下一段接成一段，或改成“。”")
        yield passage.problem(span, RULE, said, Level.ADVICE)
    elif _WORDS.search(words) and _is_prose(words):
        joined = after and not after[0].isdigit() and not _LABELLED.match(after)
        hint = (
            f"句子没有完的请与下一段“{after[:8]}…”接起来，完了的请加“。”"
            if joined
            else f"请写成“{words[-1]}。”"
        )
        yield passage.problem(span, RULE, ("段末没有标点", hint), Level.ADVICE)


def _is_prose(words: str) -> bool:
    """Tell whether a paragraph is a sentence: long, with a mark within, and no line of a form."""
    marked = "，" in words or "。" in words
    return len(words) >= _LEAST and marked and "\t" not in words and not _LABELLED.search(words)
