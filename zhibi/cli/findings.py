"""A finding as `check` tells it: place, what is wrong, the words marked in their sentence, and the clause."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhibi.cli.wanted import DAMAGE
from zhibi.errors import Level, Problem

_AROUND = 24
"""Most characters of the sentence that are shown on either side of the words."""

_ENDS = "。！？；\n"
_CUSTOM = "惯例"
_IN_BRACKETS = re.compile(r"（[^（）]*）")


def told(problem: Problem, clauses: Mapping[str, str]) -> str:
    """Return a finding in one or two lines; the name of its rule is what silences it, and what --only takes.

    `clauses` says what rules rest on, here as below; a problem of which it says nothing comes from no rule.
    """
    name = f"〔{problem.rule}〕" if problem.rule in clauses or problem.rule in DAMAGE else ""
    mend = f" —— {problem.suggestion}" if problem.suggestion else ""
    first = f"{problem.at} {problem.level}{name}：{problem.message}{mend}"
    clause = _basis(problem, clauses).partition("；")[0]
    more = "　".join(words for words in (marked(problem), f"依据：{clause}" if clause else "") if words)
    return f"{first}\n    {more}" if more else first


def _basis(problem: Problem, clauses: Mapping[str, str]) -> str:
    """Return the clause for people, without its brackets; nothing where it is custom only."""
    clause = _IN_BRACKETS.sub("", clauses.get(problem.rule, ""))
    return "" if clause.partition("；")[0] == _CUSTOM else clause


def marked(problem: Problem, words: str | None = None) -> str:
    """Return the sentence with the words at fault in 【】, cut where it is long; nothing when it is not known.

    `words` are to stand in 【】 instead.
    """
    if problem.start < 0 or not problem.text:
        return ""
    end = problem.start + len(problem.text)
    before, after = problem.context[: problem.start], problem.context[end:]
    head = before[max(before.rfind(sign) for sign in _ENDS) + 1 :]
    stop = min((at for sign in _ENDS if (at := after.find(sign)) >= 0), default=len(after))
    tail = after[: stop + 1]
    left = f"…{head[-_AROUND:]}" if len(head) > _AROUND else head
    right = f"{tail[:_AROUND]}…" if len(tail) > _AROUND else tail
    return f"{left}【{problem.text if words is None else words}】{right}".replace("\n", " ").replace(
        "\t", " "
    )


def mend_told(problem: Problem) -> str:
    """Return a mend in one line: the place, the rule, and the words in their sentence as they were and are."""
    old = problem.text if problem.text.strip() else "空格"
    change = f"{old} → {problem.mended}" if problem.mended else f"{old} 删去"
    return f"{problem.at} 〔{problem.rule}〕{marked(problem, change)}"


def comment(problem: Problem, clauses: Mapping[str, str]) -> str:
    """Return the words of a Word comment: level and rule, what is wrong, how to mend it, the clause."""
    clause = _basis(problem, clauses)
    lines = (
        f"{problem.level}：{problem.rule}",
        problem.message,
        problem.suggestion,
        f"依据：{clause}" if clause else "",
    )
    return "\n".join(line for line in lines if line)


def finding_json(problem: Problem, clauses: Mapping[str, str]) -> dict[str, str | int | None]:
    """Return what `--json` prints of a finding."""
    return {
        **problem.as_json(),
        "place": str(problem.at),
        "start": problem.start,
        "mended": problem.mended if problem.level is not Level.QUERY else None,
        "clause": clauses.get(problem.rule, ""),
    }
