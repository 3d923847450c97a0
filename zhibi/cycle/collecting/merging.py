"""One cell: what the form held, what units say now, what the file says now -> what becomes of it.

What a unit left as it was says nothing. What it changed is taken when the file still holds what the form held, or
what this unit itself said the last time. Everything else is a conflict: the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zhibi.errors import Location


class Verdict(StrEnum):
    """What became of what units said of one cell."""

    NEW = "新填"
    CORRECTED = "更正"
    CLEARED = "清空"
    SAME = "相同"
    CONFLICT = "冲突"
    REFUSED = "不能用"


TAKEN = frozenset({Verdict.NEW, Verdict.CORRECTED, Verdict.CLEARED})
LEFT = frozenset({Verdict.CONFLICT, Verdict.REFUSED})


@dataclass(frozen=True, slots=True)
class Said:
    """What one workbook says of a cell (`text`), and what it held when it went out (`given`).

    `typed` is the text with the serials that the unit typed; two that differ in these say the same.
    """

    unit: str
    text: str
    given: str
    at: Location
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a cell: its new text where it is taken, why not where it is not."""

    verdict: Verdict
    text: str = ""
    why: str = ""


History = Mapping[str, Sequence[str]]
"""Unit -> what was taken of it so far, the newest last."""


def decide(now: str, said: Sequence[Said], before: History) -> Decision | None:
    """Return what becomes of a cell in which the file says `now`; None when nobody says anything."""
    spoken = _without_replaced([one for one in said if one.text != one.given], before)
    if not spoken:
        return None
    texts = dict.fromkeys(one.text for one in spoken)
    if len(texts) > 1:
        units = {one.unit for one in spoken}
        what = "同一单位交来的几份说法不一" if len(units) == 1 else "几份说法不一"
        return Decision(Verdict.CONFLICT, why=what)
    text = next(iter(texts))
    if text == now:
        return Decision(Verdict.SAME, text)
    if why := _objection(now, spoken, before):
        return Decision(Verdict.CONFLICT, why=why)
    if not text:
        return Decision(Verdict.CLEARED)
    return Decision(Verdict.CORRECTED if now else Verdict.NEW, text)


def _without_replaced(spoken: Sequence[Said], before: History) -> list[Said]:
    """Leave out a unit's old workbook where its newer one lies beside it: what it has corrected is over."""
    return [
        one
        for one in spoken
        if not (
            _is_replaced(one, before)
            and any(other.unit == one.unit and not _is_replaced(other, before) for other in spoken)
        )
    ]


def _is_replaced(one: Said, before: History) -> bool:
    """Tell whether a unit once said this and then something else."""
    own = before.get(one.unit, ())
    return one.text in own and one.text != own[-1]


def _objection(now: str, spoken: Sequence[Said], before: History) -> str:
    """Say why what units say must not replace what the file says; the empty text when it may."""
    units = {one.unit for one in spoken}
    owners = [unit for unit, own in before.items() if own and own[-1] == now]
    if others := [unit for unit in owners if unit not in units]:
        return f"文件里现在的是{'、'.join(others)}先前报的"
    if any(one.given == now for one in spoken):
        return ""
    if all(_is_replaced(one, before) for one in spoken):
        return "这是这个单位更正以前的文字，更正的已经并入"
    return "" if owners else "表发出以后，文件里的这一格改过"
