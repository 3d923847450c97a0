"""发文字号：写成“云科〔2026〕2号”：四位年份、六角括号、不写“第”、不补零。

为什么：方括号、圆括号、“第02号”是最常见的写法错误，登记和检索时对不上。
依据：GB/T 9704—2012 7.2.5。命令（令）的“第12号”除外。
错：发文字号: 云科[2026]02号
对：发文字号: 云科〔2026〕2号
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import Role
from zhibi.prose import Kind, Passage
from zhibi.prose.sought import Sought
from zhibi.prose.typed import typed_passage

RULE = "发文字号"
SUBJECT = "要素"

_OPEN, _SHUT = r"[\[［【（(〔]", r"[\]］】）)〕]"
_OWN = Sought(rf"{_OPEN}\s*((?:19|20)?\d\d)\s*年?\s*{_SHUT}\s*(第)?\s*(\d+)\s*号")
_RIGHT = Sought(r"〔(?:19|20)\d\d〕[1-9]\d*号")
_CITED = Sought(
    r"(?<=[\u4e00-\u9fff])(?<!公告)(?<!通告)(?<!令)(?<![案证字])[\[［【（(]((?:19|20)\d\d)[\]］】）)](?=[1-9]\d*号)",
    "号",
)
_ORDER = Sought(r"第\s*[\d一二三四五六七八九十百]+\s*号$")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield an error for the paper's own number in a wrong form, and advice for numbers cited in one."""
    own = typed_passage(paper.source.element("发文字号"), paper.source.file, Role.DOCUMENT_NUMBER)
    if own:
        yield from _own(own)
    for passage, match in paper.matches(_CITED):
        if passage.kind in (Kind.BODY, Kind.CELL, Kind.TITLE, Kind.HEADING):
            mended = f"〔{match[1]}〕"
            words = (f"发文字号的年份用了“{match.group()}”", f"请用六角括号，写成“{mended}”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE, mended=mended)


def _own(passage: Passage) -> Iterator[Problem]:
    match = _OWN.search(passage.text)
    whole = (0, len(passage.text))
    if match and not _RIGHT.fullmatch(match.group()):
        year, _, number = match.groups()
        if len(year) == 2:
            words = (f"年份“{year}”只写了两位", f"请写全，如“〔20{year}〕{int(number)}号”")
            yield passage.problem(match.span(), RULE, words, Level.ERROR)
            return
        mended = f"〔{year}〕{int(number)}号"
        words = (f"“{match.group()}”{_what(match.group())}", f"请写成“{mended}”")
        yield passage.problem(match.span(), RULE, words, Level.ERROR, mended=mended)
    elif match and re.search(r"\s", passage.text):
        mended = re.sub(r"\s", "", passage.text)
        words = ("发文字号里有空格", f"请写成“{mended}”")
        yield passage.problem(whole, RULE, words, Level.ADVICE, mended=mended)
    elif not match and not _ORDER.search(passage.text):
        words = ("发文字号不全，要有机关代字、年份和顺序号", "请写成“云科〔2026〕2号”的样子")
        yield passage.problem(whole, RULE, words, Level.ADVICE)


def _what(words: str) -> str:
    if not re.match(r"〔\d{4}〕", words):
        return "的年份没有用六角括号"
    if "第" in words:
        return "多了“第”"
    return "的顺序号前面补了零" if re.search(r"〕\s*0", words) else "里有空格"
