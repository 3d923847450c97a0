"""One cell: what the form held, what units say now, what the file says now -> what becomes of it.

What a unit left as it was says nothing. What it changed is taken when the file still holds what the form held, or
what this unit itself said the last time. Everything else is a conflict: the file stays as it is. A conflict that has
been told is over when the file says what one of those who differ says, or what a person typed there since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    SETTLED = "已定"


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
    """What becomes of a cell: its new text where it is taken, why not where it is not.

    A cell that is settled has a `why` the first time it is found so, none later on.
    """

    verdict: Verdict
    text: str = ""
    why: str = ""


_SETTLED = "说法不一的已经告诉过，现在以文件里的为准"

History = Mapping[str, Sequence[str]]
"""Unit -> what was taken of it so far, the newest last."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict that has been told: what the file held then, every text told of each unit, and how it ended.

    `file` is as typed, so that a figure that changes behind a 取数 is no edit. `settled` is what the file said when it was told to be over, the empty text before that.
    """

    file: str
    told: History = field(default_factory=dict)
    settled: str = ""


def decide(
    now: str, said: Sequence[Said], before: History, dispute: Dispute | None = None, typed: str = ""
) -> Decision | None:
    """Return what becomes of a cell in which the file says `now`, typed so; None when nobody says anything."""
    spoken = _without_replaced([one for one in said if one.text != one.given], before)
    if not spoken:
        return None
    text = spoken[0].text
    if all(one.text == now for one in spoken):
        return Decision(Verdict.SAME, now)
    if why := _difference(spoken) or _objection(now, spoken, before):
        if dispute and _is_told(now, spoken, dispute) and _is_decided(now, before, dispute, typed):
            return Decision(Verdict.SETTLED, now, "" if dispute.settled == now else _SETTLED)
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


def _difference(spoken: Sequence[Said]) -> str:
    """Say that those who speak differ; the empty text when they agree."""
    if len({one.text for one in spoken}) == 1:
        return ""
    units = {one.unit for one in spoken}
    return "同一单位交来的几份说法不一" if len(units) == 1 else "几份说法不一"


def _is_told(now: str, spoken: Sequence[Said], dispute: Dispute) -> bool:
    """Tell whether everything that differs from the file has been told as a conflict before."""
    return all(one.text == now or one.text in dispute.told.get(one.unit, ()) for one in spoken)


def _is_decided(now: str, before: History, dispute: Dispute, typed: str) -> bool:
    """Tell whether the file says what one of those who differ says, or what a person typed there since."""
    if not now or any(now in texts for texts in dispute.told.values()):
        return bool(now)
    return typed != dispute.file and not any(own and own[-1] == now for own in before.values())


def disputed(
    now: str, said: Sequence[Said], before: History, dispute: Dispute | None = None, typed: str = ""
) -> Dispute:
    """Return what is to be remembered of a conflict that is told: who says what, whose words the file holds."""
    told = {unit: list(texts) for unit, texts in (dispute.told if dispute else {}).items()}
    owners = [(unit, now) for unit, own in before.items() if own and own[-1] == now]
    for unit, text in [*((one.unit, one.text) for one in said if one.text != one.given), *owners]:
        if text not in told.setdefault(unit, []):
            told[unit].append(text)
    return Dispute(typed, told)


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
