"""Comments that silence a rule: `# 校对:忽略 半角标点` -> the lines it holds for.

Beside a value it holds for that line; on a line of its own for the next line that is not a comment. Several rules
are separated by blanks or 、.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_SILENCED = re.compile(r"(?:^|\s)#\s*校对[:：]\s*忽略[:：]?\s*(?P<rules>[^#]*)$")
_COMMENT = re.compile(r"\s*(?:#|$)")


def silenced_lines(text: str) -> Mapping[int, frozenset[str]]:
    """Return line (from 1) -> the rules that are silenced there."""
    found: dict[int, frozenset[str]] = {}
    waiting: frozenset[str] = frozenset()
    for number, line in enumerate(text.splitlines(), 1):
        match = _SILENCED.search(line)
        rules = frozenset(re.split(r"[\s、，,]+", match["rules"].strip())) - {""} if match else frozenset()
        if _COMMENT.match(line):
            waiting |= rules
        else:
            if rules | waiting:
                found[number] = rules | waiting
            waiting = frozenset()
    return found
