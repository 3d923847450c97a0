"""Comments that silence a rule: `# 校对:忽略 半角标点` -> the lines it holds for, and those that silence nothing.

Beside a value it holds for that line, beside the sign of a text of several lines (`|`) for all of it; on a line of its
own for the next line that is not a comment. Several rules are separated by blanks or 、.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from zhibi.errors import Level, Location, Problem
from zhibi.plain import Scalar

RULE = "忽略"

_WORDS = r"#\s*校对\s*[:：]\s*忽略[:：]?"
_SILENCED = re.compile(rf"(?:^|\s){_WORDS}\s*(?P<rules>[^#]*)$")
_TYPED = re.compile(rf"{_WORDS}[^#\"'\]}}]*")
_SIGN = re.compile(_WORDS)
_NAME = re.compile(r"[^\s、，,\"'\]}]+")
_COMMENT = re.compile(r"\s*(?:#|$)")


def silenced_lines(text: str, shown: str) -> Mapping[int, frozenset[Scalar]]:
    """Return line (from 1) -> the rules that are silenced there, each knowing where in `shown` it was typed."""
    found: dict[int, frozenset[Scalar]] = {}
    if "忽略" not in text:
        return found
    waiting: frozenset[Scalar] = frozenset()
    for number, line in enumerate(text.splitlines(), 1):
        match = _SILENCED.search(line)
        rules = frozenset(
            Scalar(name.group(), Location(shown, number, name.start() + 1))
            for name in (_NAME.finditer(line, match.start("rules")) if match else ())
        )
        if _COMMENT.match(line):
            waiting |= rules
        else:
            if rules | waiting:
                found[number] = rules | waiting
            waiting = frozenset()
    return found


def silencing_slips(text: str, shown: str, data: Any) -> list[Problem]:
    """Return advice for each comment that silences nothing: it names no rule, or stands in the paper's text."""
    if not _TYPED.search(text):
        return []
    typed = {
        piece for value in _scalars(data) for line in value.split("\n") for piece, _, _ in _comments(line)
    }
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for piece, start, words in _comments(line):
            message, hint = _slip(piece, words, in_text=piece in typed)
            if message:
                at = Location(shown, number, start + 1)
                found.append(Problem(at, RULE, message, hint, Level.ADVICE, words))
    return found


def _comments(line: str) -> Iterator[tuple[str, int, str]]:
    """Yield what looks like such a comment: with the character before it, where it begins, and alone."""
    for match in _TYPED.finditer(line):
        words = match.group().rstrip()
        before = line[: match.start()].rstrip()
        yield (
            f"{before[-1:]}{line[len(before) : match.start()] if before else ''}{words}",
            match.start(),
            words,
        )


def _slip(piece: str, words: str, *, in_text: bool) -> tuple[str, str]:
    """Return what is wrong with a comment and how to mend it; nothing where it is in order."""
    if in_text:
        message = f"“{words}”不是注释，成了公文里的文字"
        if piece != words and not piece.removesuffix(words)[-1].isspace():
            return message, "请在 # 前面空一格，并写在引号外面"
        return message, "请写在引号外面；用 | 写的多行文字，写在 | 的后面"
    if not _NAME.search(_SIGN.sub("", words)):
        return f"“{words}”没有写明规则，不起作用", "请写上规则的名称，如 # 校对:忽略 长句"
    return "", ""


def _scalars(data: Any) -> Iterator[Scalar]:
    """Yield every text of the data."""
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Scalar):
            yield one
        elif isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, list | tuple):
            waiting += one
