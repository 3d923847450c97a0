"""Build one report: the eight stages in order.

1 read, 2 validate, 3 render, 4 parse, 5 transform, 6 check, 7 lay out, 8 write and measure the PDF. Nothing
here prints; `step` is told the name of each stage as it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from zhibi import plain
from zhibi.checks import Paper, check_paper
from zhibi.errors import Problem, ReportError, has_errors
from zhibi.font_verdict import own_faces, stand_ins
from zhibi.fonts import Faces, embedding_problems
from zhibi.layout import Layout, lay_out, page_problems, printable
from zhibi.look import chosen_faces
from zhibi.made import Made
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.output import Finished, name_problems, safe_stem, save_report
from zhibi.own_measure import measure_own
from zhibi.paper import file_stem, parse_paper
from zhibi.placing import place
from zhibi.styles import STANDARD, Look

Step = Callable[[str], None]
Writer = Callable[[Layout], bytes]


def _write_docx(layout: Layout) -> bytes:
    from zhibi.writers.docx import write_docx  # Imported late: a check or a PDF never needs it.

    return write_docx(layout)


def _write_pdf(layout: Layout) -> bytes:
    from zhibi.writers.pdf import write_pdf  # Imported late: WeasyPrint takes a second.

    return write_pdf(layout)


WRITERS: Mapping[str, Writer] = {"docx": _write_docx, "pdf": _write_pdf}
"""Format -> writer; a new format is one module in `writers/`, one line here and its name in `model.FORMATS`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper after stage 6: its data file, its tree and flow, its file name, its look, the advice on it, its faces."""

    data: Path
    paper: Paper
    stem: str
    look: Look
    problems: tuple[Problem, ...]
    faces: Faces | None


@dataclass(frozen=True, slots=True)
class Built:
    """A report on disk: where its files stand, and all advice on it."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    made: Made


def check_report(
    data: Path, project: Project, today: str = "", step: Step = lambda name: None, look: Look = STANDARD
) -> Checked:
    """Run stages 1-6 on a data file; raise `ReportError` with all problems when one is an error."""
    step("读取和核对")
    source, problems = read_source(data, project, today)
    step("套用模板")
    document = parse_paper(source)
    step("编号和排位")
    flow = place(document)
    step("检查")
    paper = Paper(source, document, flow)
    problems += check_paper(paper)
    faces, missing = printable(flow, look, (source.data, source.context))
    problems += missing
    if has_errors(problems):
        raise ReportError(problems)
    name = file_stem(source, document)
    typed = next((source.data[key] for key in ("文件名", "标题") if key in source.data), None)
    problems += name_problems(name.replace("\n", ""), plain.place_of(typed, source.data.at))
    problems.sort(key=lambda problem: problem.at)
    return Checked(data, paper, safe_stem(name), look, tuple(problems), faces)


def make_report(
    checked: Checked, formats: Iterable[str], step: Step = lambda name: None, *, measured: bool = True
) -> Made:
    """Run stages 7-8 on a checked paper and return its files; the PDF is `measured`, if that is not left for later."""
    step("排版")
    chosen = chosen_faces(checked.look)
    layout = lay_out(checked.paper.flow, checked.look, checked.faces)
    files: dict[str, bytes] = {}
    for name in formats:
        step(f"生成 {name.upper()}")
        files[name] = WRITERS[name](layout)
    made = Made(checked.stem, files, (*checked.problems, *page_problems(layout)))
    if "pdf" not in files:
        return made
    made = replace(
        made,
        problems=(*made.problems, *embedding_problems(layout.faces)),
        substitutes={str(face): family for face, family in layout.faces.substitutes(chosen).items()},
        stand_ins=stand_ins(layout.faces, chosen),
        own_faces=own_faces(layout.faces, chosen),
    )
    return measure_made(made, files["pdf"], checked.look, step) if measured else made


def measure_made(made: Made, pdf: bytes, look: Look, step: Step = lambda name: None) -> Made:
    """Return a made report with what its PDF measures."""
    step("量版面")
    measured, advice = measure_own(pdf, look, f"{made.stem}.pdf")
    return replace(made, problems=(*made.problems, *advice), measured=measured)


def build_report(checked: Checked, output: Path, formats: Iterable[str]) -> Built:
    """Make a checked report and put its files into `output`, all of them or none."""
    made = make_report(checked, formats)
    saved = save_report(output, Finished(made.stem, checked.data, made.files))
    return Built(saved.files, (*made.problems, *saved.problems), made)
