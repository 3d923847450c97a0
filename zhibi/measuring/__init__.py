"""A finished PDF or DOCX of any office -> how far each element lies from GB/T 9704-2012.

`measure_pdf` reads coordinates out of the file, `measure_docx` out of what LibreOffice makes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from zhibi.errors import Location, Problem, ReportError, reason
from zhibi.measuring.back import attachment_findings, imprint_findings, note_findings
from zhibi.measuring.elements import Paper
from zhibi.measuring.folio import folio_findings, font_findings
from zhibi.measuring.forms import attendance_findings, order_findings
from zhibi.measuring.grid import grid_findings, grid_of, sheet_findings
from zhibi.measuring.head import head_findings
from zhibi.measuring.judging import Finding, Verdict, folded, not_here, unchecked
from zhibi.measuring.measures import BY_NAME, GB_9704, GB_33476, GROUPS, STANDARD_AREA, Area, Preset, asked_of
from zhibi.measuring.office import office_program, render_docx
from zhibi.measuring.reading import RULE, read_pdf
from zhibi.measuring.recognising import recognise
from zhibi.measuring.signature import signature_findings
from zhibi.measuring.text import body_findings, recipients_findings, step_of, title_findings

__all__ = [
    "GB_9704",
    "GB_33476",
    "Finding",
    "Measured",
    "Preset",
    "Verdict",
    "measure_docx",
    "measure_file",
    "measure_pdf",
]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in a file, in the order of the table of measures."""

    findings: tuple[Finding, ...]

    @property
    def folded(self) -> tuple[Finding, ...]:
        """The same with one finding for each element and way of judging: the worst, with their number."""
        return tuple(folded(self.findings))

    def count(self, verdict: Verdict) -> int:
        """Return how many findings got a verdict."""
        return sum(finding.verdict is verdict for finding in self.findings)


def measure_file(path: Path, preset: Preset | None = None) -> Measured:
    """Measure a PDF or a DOCX, told apart by what is in it; raise `ReportError` when neither can be read."""
    if path.is_dir():
        raise ReportError(
            [Problem(Location(str(path)), RULE, "这是一个文件夹", "请写出里面的一个 PDF 或 DOCX 文件")]
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "请核对文件名和所在的文件夹"
        raise ReportError([Problem(Location(str(path)), RULE, f"打不开：{reason(error)}", hint)]) from error
    if data.startswith(b"PK") or path.suffix.lower() == ".docx":
        return measure_docx(path, preset)
    return measure_pdf(data, preset, str(path))


def measure_pdf(data: bytes, preset: Preset | None = None, name: str = "PDF") -> Measured:
    """Measure a PDF; without a preset the one that fits better is taken. `name` is for messages.

    Raises `ReportError` when the file cannot be read.
    """
    area = preset.area if preset else STANDARD_AREA
    found = [_asked(one, area) for one in _findings(recognise(read_pdf(data, name), area), preset)]
    met = {finding.element for finding in found}
    found.extend(not_here(element, "文件里没有") for element in BY_NAME if element not in met)
    order = {element: place for place, element in enumerate(BY_NAME)}
    return Measured(tuple(sorted(found, key=lambda finding: order[finding.element])))


def measure_docx(path: Path, preset: Preset | None = None) -> Measured:
    """Measure a DOCX as LibreOffice lays it out; without LibreOffice every line says 未核验."""
    program = office_program()
    if program is None:
        why = "本机没有 LibreOffice，不能量 Word 文件"
        return Measured(tuple(unchecked(one.element, why) for group in GROUPS.values() for one in group))
    return measure_pdf(render_docx(path, program), preset, str(path))


def _asked(finding: Finding, area: Area) -> Finding:
    """Return a finding that says what the type area asks for."""
    return replace(finding, asked=asked_of(area).get(finding.element, finding.asked))


def _findings(paper: Paper, preset: Preset | None) -> Iterator[Finding]:
    grid = grid_of(paper, preset)
    step = step_of(grid)
    yield from sheet_findings(paper)
    if grid:
        yield from grid_findings(paper, grid)
    yield from head_findings(paper, step)
    yield from title_findings(paper, step)
    yield from recipients_findings(paper, step)
    if paper.body:
        yield from body_findings(paper, grid)
    yield from order_findings(paper, step)
    yield from attendance_findings(paper, step)
    yield from note_findings(paper, step)
    yield from signature_findings(paper, step)
    yield from attachment_findings(paper, step)
    yield from imprint_findings(paper)
    yield from folio_findings(paper)
    yield from font_findings(paper)
