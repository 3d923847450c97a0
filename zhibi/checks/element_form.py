"""要素写法：主送机关以冒号结尾，抄送机关以句号结尾，附注写在括号里；涉密的有份号，请示有签发人。

为什么：这些是格式的硬要求，收文时最先看到。
依据：GB/T 9704—2012 第7章。主送见 7.3.2，抄送见 7.4.2，附注见 7.3.6，份号一般用6位数字见 7.2.1；份号、密级、签发人见《党政机关公文处理工作条例》第九条。
错：主送机关: 各镇人民政府、街道办事处
对：主送机关: 各镇人民政府、街道办事处：
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Form, Role
from zhibi.prose import Passage
from zhibi.prose.sought import Sought
from zhibi.prose.typed import mapping_of, typed_passage

RULE = "要素写法"
SUBJECT = "要素"

_SECRECY = Sought(r"(?:绝密|机\s*密|秘\s*密)(?:\s*★\s*(?:\d+(?:年|个月)|长期))?")
_COPY_NUMBER = Sought(r"\d{6}")
_MARKS = "：:，。、；;.,"


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each element that is not written as the standard asks."""
    source = paper.source
    imprint, head = (mapping_of(source.data.get(key)) for key in ("版记", "版头"))
    yield from _ends(
        typed_passage(source.element("主送机关"), source.file, Role.RECIPIENTS), "主送机关（7.3.2）", "："
    )
    for key in ("抄送", "主送"):
        yield from _ends(
            typed_passage(imprint.get(key), source.file, Role.COPIES), f"版记的{key}（7.4.2）", "。"
        )
    note = typed_passage(source.element("附注"), source.file, Role.NOTE)
    if note and not (note.text.strip()[0] in "（(" and note.text.strip()[-1] in "）)"):
        mended = f"（{note.text.strip().rstrip('。')}）"
        words = ("附注没有写在括号里（7.3.6）", f"请写成“{mended}”")
        yield note.problem((0, len(note.text)), RULE, words, Level.ADVICE, mended=mended)
    yield from _head(paper, head)


def _ends(passage: Passage | None, name: str, mark: str) -> Iterator[Problem]:
    words = passage.text.rstrip() if passage else ""
    if passage and not words.endswith(mark):
        last = words[-1]
        mended = mark if last in _MARKS else last + mark
        said = (f"{name}末尾没有“{mark}”", f"请写成“…{words[-5:-1]}{mended}”")
        yield passage.problem((len(words) - 1, len(words)), RULE, said, Level.ADVICE, mended=mended)


def _head(paper: Paper, head: Mapping[str, Any]) -> Iterator[Problem]:
    secrecy = typed_passage(head.get("密级"), paper.source.file, Role.SECRECY)
    copy = typed_passage(head.get("份号"), paper.source.file, Role.COPY_NUMBER)
    if secrecy and not _SECRECY.fullmatch(secrecy.text.strip()):
        words = (f"“{secrecy.text}”不是密级的写法", "请写“绝密”“机密”或“秘密”，有期限的如“秘密★1年”")
        yield secrecy.problem((0, len(secrecy.text)), RULE, words, Level.ADVICE)
    if secrecy and not copy:
        words = ("涉密公文要标份号（《党政机关公文处理工作条例》第九条）", "请在版头补上份号，如 000001")
        yield secrecy.problem((0, len(secrecy.text)), RULE, words, Level.ADVICE)
    if copy and not _COPY_NUMBER.fullmatch(copy.text.strip()):
        words = ("份号一般是 6 位数字（7.2.1）", f"请写成“{copy.text.strip().zfill(6)}”的样子")
        yield copy.problem((0, len(copy.text)), RULE, words, Level.QUERY)
    title = typed_passage(paper.source.element("标题"), paper.source.file, Role.TITLE)
    upward = title and title.text.rstrip().endswith("的请示")
    if title and upward and head and not head.get("签发人") and head.get("格式", Form.PAPER) == Form.PAPER:
        words = ("上行文要标签发人（《党政机关公文处理工作条例》第九条）", "请在版头补上签发人")
        yield title.problem(
            (len(title.text.rstrip()) - 2, len(title.text.rstrip())), RULE, words, Level.ADVICE
        )
