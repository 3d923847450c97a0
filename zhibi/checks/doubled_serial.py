"""重号：标题、列项和附件的文字里不再写序号。

为什么：序号由程序按“编号”写，文字里再写就会印成“一、一、申报范围”。
依据：惯例。
错：标题: 一、申报范围
对：标题: 申报范围
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Location, Problem
from zhibi.nodes import Heading, Inlines, Number, Paragraph, PartKind, Text, plain_text
from zhibi.prose.excerpt import cut
from zhibi.prose.sought import Sought

RULE = "重号"
SUBJECT = "序号和层次"
FOLDED = True

_SERIAL = Sought(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、](?!\d)|[一二三四五六七八九十]是"
)
_LABEL = Sought(r"附件\s*\d*")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each text that begins with a serial although one is written before it."""
    for section in paper.flow.sections:
        for block in section.blocks:
            if isinstance(block, Heading) and block.number:
                yield from _doubled(block.content, _SERIAL, paper)
            elif isinstance(block, Paragraph) and isinstance(next(iter(block.content), None), Number):
                yield from _doubled(block.content[1:], _SERIAL, paper)
    for part in paper.document.parts:
        if part.kind is PartKind.ATTACHMENT:
            yield from _doubled(part.title, _LABEL, paper)


def _doubled(content: Inlines, serial: Sought, paper: Paper) -> Iterator[Problem]:
    words = plain_text(content)
    match = serial.match(words)
    if match and match.end() < len(words):
        at = next((inline.at for inline in content if isinstance(inline, Text) and inline.at), None)
        message = f"前面已有序号，文字开头又写了“{match.group()}”，印出来是两个"
        hint = f"请只写“{cut(words[match.end() :].strip(), 20)}”"
        hint += "" if paper.foreign else "；要换序号的样式请用“编号”"
        place = at or Location(paper.source.file)
        yield Problem(place, RULE, message, hint, Level.ADVICE, match.group(), words, start=0)
