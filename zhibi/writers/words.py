"""Lines -> HTML spans, and the faces that stand in where a face lacks a character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape

from zhibi.fonts import Faces, FontFace
from zhibi.layout.breaking import Line
from zhibi.layout.faces import run_face
from zhibi.layout.runs import Run, Voice
from zhibi.layout.scripts import Script
from zhibi.styles import Face, Style

OTHER = "换字体"
"""Class stem of characters that their own face does not hold: 换字体1, 换字体2 …"""

GAP = "隔"
"""Class of a run before which the space between Han and Latin stands."""

SHOWN = 0.001
"""Points of letter-spacing that make no difference."""


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
            for run, gap in zip(line.runs, line.gaps, strict=True):
                shown = (
                    run if run is not line.runs[-1] or line.ends else replace(run, text=run.text.rstrip(" "))
                )
                yield run, self._run(shown, style, line.spacing, GAP if gap else "")

    def _run(self, run: Run, style: Style, spacing: float, gap: str) -> str:
        face = run_face(run, style)
        rule = f' style="letter-spacing:{spacing:.3f}pt"' if abs(spacing - style.spacing) > SHOWN else ""
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
