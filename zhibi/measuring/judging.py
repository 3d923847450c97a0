"""A measured figure or fact -> a finding with its verdict, by the table of measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from zhibi.measuring.faces import Face, Fit, Kind
from zhibi.measuring.measures import BY_NAME, GROUP_OF


class Verdict(StrEnum):
    """What is to be thought of a finding."""

    PASS = "通过"
    FAULT = "不符"
    STAND_IN = "替代"
    UNCHECKED = "未核验"
    NOT_HERE = "不适用"


@dataclass(frozen=True, slots=True)
class Finding:
    """One element: what the standard asks, what was found; `page` 0 is the paper as a whole.

    `way` is how it was judged (a length, a fact, a face): findings of one element and way may be told as one.
    """

    element: str
    page: int
    clause: str
    asked: str
    found: str
    deviation: str
    deviation_mm: float | None
    verdict: Verdict
    way: str

    @property
    def group(self) -> str:
        """Return the part of the paper that the element belongs to."""
        return GROUP_OF[self.element]

    def as_json(self) -> dict[str, str | int | float | None]:
        """Return the flat mapping that `--json` prints."""
        return {
            "部分": self.group,
            "要素": self.element,
            "页": self.page,
            "条款": self.clause,
            "要求": self.asked,
            "量得": self.found,
            "偏差": self.deviation,
            "偏差毫米": self.deviation_mm,
            "结论": str(self.verdict),
        }


def by_length(element: str, page: int, found: float, wanted: float, words: str = "{:.2f} mm") -> Finding:
    """Judge a length in millimetres against the wanted one; `words` tell of it with one field."""
    return within(BY_NAME[element].tolerance, element, page, (found, wanted), words)


def within(tolerance: float, element: str, page: int, lengths: tuple[float, float], words: str) -> Finding:
    """Judge the found of two lengths against the wanted one by a tolerance of its own, in millimetres."""
    found, wanted = lengths
    found, off = round(found, 3) + 0.0, round(found - wanted, 3) + 0.0  # + 0.0: no minus before a zero.
    verdict = Verdict.PASS if abs(off) <= tolerance + 1e-6 else Verdict.FAULT
    return _finding(element, page, words.format(found), (f"{off:+.2f} mm", off), (verdict, "长度"))


def by_fact(element: str, page: int, kept: bool, found: str, off: str = "") -> Finding:
    """Judge a fact that either keeps to the standard or does not."""
    verdict = Verdict.PASS if kept else Verdict.FAULT
    return _finding(element, page, found, (off, None), (verdict, "事实"))


def by_face(element: str, page: int, faces: Iterable[Face], wanted: Kind) -> Finding:
    """Judge the faces that set an element: one wrong face is a fault, a stand-in is named as such."""
    met = {face.name: face for face in faces}
    fits = {face.fit(wanted) for face in met.values()}
    if Fit.OTHER in fits:
        verdict = Verdict.FAULT
    elif Fit.UNKNOWN in fits:
        verdict = Verdict.UNCHECKED
    else:
        verdict = Verdict.STAND_IN if Fit.STAND_IN in fits else Verdict.PASS
    told = {
        Fit.OFFICE: "{0}",
        Fit.STAND_IN: f"{{0}}（代替{wanted}）",
        Fit.OTHER: f"{{0}}（不是{wanted}）",
        Fit.UNKNOWN: "{0}（不认识这个字体名）",
    }
    names = "、".join(told[face.fit(wanted)].format(face.name) for face in met.values())
    return _finding(element, page, names, ("", None), (verdict, "字体"))


def unchecked(element: str, why: str) -> Finding:
    """Return a finding that says only why nothing was measured."""
    return _finding(element, 0, why, ("", None), (Verdict.UNCHECKED, ""))


def not_here(element: str, why: str) -> Finding:
    """Return a finding that says why the measure does not apply."""
    return _finding(element, 0, why, ("", None), (Verdict.NOT_HERE, ""))


def _finding(
    element: str, page: int, found: str, off: tuple[str, float | None], judged: tuple[Verdict, str]
) -> Finding:
    measure = BY_NAME[element]
    return Finding(element, page, measure.clause, measure.asked, found, *off, *judged)


_GRAVITY = (Verdict.NOT_HERE, Verdict.PASS, Verdict.STAND_IN, Verdict.UNCHECKED, Verdict.FAULT)


def folded(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield one finding for each element and way of judging: the worst, with how many there are."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.element, finding.way), []).append(finding)
    for members in groups.values():
        worst = max(members, key=_badness)
        count = f"（共 {len(members)} 处）" if len(members) > 1 else ""
        yield replace(worst, found=worst.found + count)


def _badness(finding: Finding) -> tuple[int, float]:
    """Return what sorts findings of one element: the verdict, then the figure of the deviation."""
    figure = re.search(r"\d+(\.\d+)?", finding.deviation)
    return _GRAVITY.index(finding.verdict), float(figure.group()) if figure else 0.0
