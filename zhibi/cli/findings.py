"""A finding as `check` tells it: place, what is wrong, the words marked in their sentence, and the clause."""

from __future__ import annotations

import re

from zhibi.errors import Level, Problem

_AROUND = 24
"""Most characters of the sentence that are shown on either side of the words."""

_ENDS = "。！？；\n"
_IN_BRACKETS = re.compile(r"（[^（）]*）")


def told(problem: Problem) -> str:
    """Return a finding in one or two lines."""
    clause = _IN_BRACKETS.sub("", _clause(problem))
    more = [marked(problem), f"依据：{clause}" if clause else ""]
    second = "　".join(words for words in more if words)
    return f"{problem}\n    {second}" if second else str(problem)


def _clause(problem: Problem) -> str:
    from zhibi.rule_pages import clauses  # Imported late: it loads every rule.

    return clauses().get(problem.rule, "")


def marked(problem: Problem) -> str:
    """Return the sentence with the words at fault in 【】, cut where it is long; nothing when it is not known."""
    if problem.start < 0 or not problem.text:
        return ""
    end = problem.start + len(problem.text)
    before, after = problem.context[: problem.start], problem.context[end:]
    head = before[max(before.rfind(sign) for sign in _ENDS) + 1 :]
    stop = min((at for sign in _ENDS if (at := after.find(sign)) >= 0), default=len(after))
    tail = after[: stop + 1]
    left = f"…{head[-_AROUND:]}" if len(head) > _AROUND else head
    right = f"{tail[:_AROUND]}…" if len(tail) > _AROUND else tail
    return f"{left}【{problem.text}】{right}".replace("\n", " ").replace("\t", " ")


def comment(problem: Problem) -> str:
    """Return the words of a Word comment: level and rule, what is wrong, how to mend it, the clause."""
    clause = _clause(problem)
    lines = (
        f"{problem.level}：{problem.rule}",
        problem.message,
        problem.suggestion,
        f"依据：{clause}" if clause else "",
    )
    return "\n".join(line for line in lines if line)


def finding_json(problem: Problem) -> dict[str, str | int | None]:
    """Return what `--json` prints of a finding."""
    return {
        **problem.as_json(),
        "place": str(problem.at),
        "start": problem.start,
        "mended": problem.mended if problem.level is not Level.QUERY else None,
        "clause": _clause(problem),
    }
