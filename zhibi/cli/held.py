"""What a run has built -> the lines that say which rule held, how the PDFs measure and which faces stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from zhibi.look import chars_on, lines_on
from zhibi.styles import Look

if TYPE_CHECKING:
    from zhibi.made import Made


_NAMED = 3
"""So many reports are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is told of a report in the end; `endings` are those of its files, the rest is as in `Made`."""

    endings: Sequence[str]
    substitutes: Mapping[str, str]
    stand_ins: Sequence[str]
    own_faces: Sequence[str]
    measured: Mapping[str, int]


def outcome_of(made: Made) -> Outcome:
    """Return what is kept of a made report when its files are written."""
    faces = dict(made.substitutes), tuple(made.stand_ins), tuple(made.own_faces)
    return Outcome(tuple(made.files), *faces, dict(made.measured))


Named: TypeAlias = tuple[str, Outcome]
"""The name of a report and what came of it."""


def lines(look: Look, made: Sequence[Named], *, accepted: bool) -> Iterator[str]:
    """Yield what is said once a run; nothing when nothing was built."""
    if not made:
        return
    changed = f"；本单位改了：{'、'.join(look.changes)}" if look.changes else ""
    yield f"版式：{look.rule}，{lines_on(look)} 行 × {chars_on(look)} 字{changed}。{_counts(made)}"
    said = _faces(made, accepted=accepted)
    if said:
        standing_in = any(one.stand_ins for _, one in made)
        yield f"字体：{said}" + ("Word 文件写的仍是机关字体名。" if standing_in else "")


def as_json(look: Look, made: Sequence[Named], *, accepted: bool) -> dict[str, Any]:
    """Return the same for `--json`."""
    return {
        "look": {
            "rule": look.rule,
            "lines": lines_on(look),
            "characters": chars_on(look),
            "changes": list(look.changes),
        },
        "stand_ins": _union(one.stand_ins for _, one in made),
        "stand_ins_accepted": accepted,
        "verdict": _faces(made, accepted=accepted),
        "measured": [{"report": name, **one.measured} for name, one in made if one.measured],
    }


def _union(parts: Iterator[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(word for part in parts for word in part))


def _counts(made: Sequence[Named]) -> str:
    """Sum up the findings of all PDFs."""
    measured = [one.measured for _, one in made if one.measured]
    if not measured:
        return ""
    counts = {told: sum(one[told] for one in measured) for told in measured[0]}
    sums = "，".join(f"{count} 项{told}" for told, count in counts.items() if count or told == "不符")
    return f"量了 {len(measured)} 份 PDF：{sums}。"


def _faces(made: Sequence[Named], *, accepted: bool) -> str:
    """Return the sentence on the faces of all PDFs, empty without a PDF."""
    named = [(name, one) for name, one in made if "pdf" in one.endings]
    papers = [one for _, one in named]
    if not papers:
        return ""
    from zhibi.font_verdict import verdict

    return verdict(
        _joined(named),
        accepted=accepted,
        own=_union(one.own_faces for one in papers),
        kept=all(one.measured and not one.measured["不符"] for one in papers),
    )


def _joined(papers: Sequence[Named]) -> list[str]:
    """Return what stands in, each class once: papers with rare characters may be set in another face than most."""
    from zhibi.font_verdict import stand_in

    told = _union(one.stand_ins for _, one in papers)
    for face in _union(tuple(one.substitutes) for _, one in papers):
        named: dict[str, list[str]] = {}
        for name, one in papers:
            said = stand_in(face, one.substitutes.get(face, ""))
            if said in one.stand_ins:
                named.setdefault(one.substitutes[face], []).append(name)
        most = max(named, key=lambda family: len(named[family]), default="")
        if others := [f"{_few(named[family])}里用 {family}" for family in named if family != most]:
            mains = [stand_in(face, family) for family in named]
            told[told.index(mains[0])] = f"{stand_in(face, most)}（{'，'.join(others)}）"
            told = [said for said in told if said not in mains]
    return told


def _few(names: Sequence[str]) -> str:
    """Name some reports, and how many there are when that is not all."""
    more = f"等 {len(names)} 份" if len(names) > _NAMED else ""
    return "、".join(f"“{name}”" for name in names[:_NAMED]) + more
