"""Lines -> HTML spans, and the faces that stand in where a face lacks a character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from math import copysign, floor

from zhibi.fonts import Faces, FontFace
from zhibi.layout.breaking import Line
from zhibi.layout.faces import run_face
from zhibi.layout.runs import Run, Voice
from zhibi.layout.scripts import Script
from zhibi.typography import Face, Style

OTHER = "换字体"
"""Class stem of characters that their own face does not hold: 换字体1, 换字体2 …"""

GAP = "隔"
"""Class of a run before which the space between Han and Latin stands."""

SHOWN = 0.001
"""Points of letter-spacing that make no difference."""

SPARE_UNIT = 0.04
"""Thousandths of an em that make sure of the one they are added to."""


@dataclass
class Hand:
    """What writes words: the faces of the paper and the classes of those that stand in for them."""

    faces: Faces
    others: dict[FontFace, int] = field(default_factory=dict)

    def spans(self, lines: Iterable[Line], style: Style) -> str:
        """Return HTML for the lines of a paragraph of `style`."""
        return "".join(html for _, html in self.parts(lines, style))

    def parts(self, lines: Iterable[Line], style: Style) -> Iterator[tuple[Run | None, str]]:
        """Yield each run with its HTML, and line ends without one; the paragraph's own look needs no span."""
        for number, line in enumerate(lines):
            if number:
                yield None, "<br>"
            for run, spacing, gap in _spaced(line, style):
                yield run, self._run(run, style, spacing, GAP if gap else "")

    def _run(self, run: Run, style: Style, spacing: float | None, gap: str) -> str:
        face = run_face(run, style)
        rule = f' style="letter-spacing:{spacing:.4f}pt"' if spacing is not None else ""
        parts = []
        for number, (found, text) in enumerate(self.faces.split(face, run.text)):
            names = self._names(run, face, found) + ([gap] if gap and not number else [])
            attributes = (f' class="{" ".join(names)}"' if names else "") + rule
            words = escape(text, quote=False)
            parts.append(f"<span{attributes}>{words}</span>" if attributes else words)
        return "".join(parts)

    def _names(self, run: Run, face: Face, found: FontFace) -> list[str]:
        names = [str(run.voice)] if run.voice in (Voice.LEAD, Voice.LABEL) else []
        if run.script is Script.LATIN:
            names.append(str(Face.LATIN))
        if found is not self.faces.main[face]:
            names.append(f"{OTHER}{self.others.setdefault(found, len(self.others) + 1)}")
        return names


def _spaced(line: Line, style: Style) -> Iterator[tuple[Run, float | None, bool]]:
    """Yield the runs of a line with their letter-spacing, None for the paragraph's own, and what `gaps` says.

    WeasyPrint sets whole thousandths of an em: what a line needs is shared out in them, one more to each of
    its first characters, so that every line ends at the same edge.
    """
    runs = list(line.runs)
    if runs and not line.ends:
        runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip(" "))
    places = sum(len(run.text) for run in runs) - 1
    if places < 1 or abs(line.spacing - style.spacing) <= SHOWN:
        yield from ((run, None, gap) for run, gap in zip(runs, line.gaps, strict=True))
        return
    unit = style.size / 1000
    least, more = divmod(floor(line.spacing * places / unit), places)
    for run, gap in zip(runs, line.gaps, strict=True):
        cut = min(more, len(run.text))
        more -= cut
        for number, (text, units) in enumerate(((run.text[:cut], least + 1), (run.text[cut:], least))):
            if text:
                yield run._replace(text=text), _drawn(units) * unit, gap and (not number or not cut)


def _drawn(units: int) -> float:
    """Return what WeasyPrint, which cuts off, makes `units` of."""
    return units + copysign(SPARE_UNIT, units)
