"""Comments that silence a rule: `# 校对:忽略 半角标点` -> the lines it holds for.

Beside a value it holds for that line; on a line of its own for the next line that is not a comment. Several rules
are separated by blanks or 、.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhibi.errors import Location
from zhibi.plain import Scalar

_SILENCED = re.compile(r"(?:^|\s)#\s*校对[:：]\s*忽略[:：]?\s*(?P<rules>[^#]*)$")
_NAME = re.compile(r"[^\s、，,]+")
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
