"""Build one report: the eight stages in order.

1 read, 2 validate, 3 render, 4 parse, 5 transform, 6 check, 7 lay out, 8 write. Nothing here prints;
`step` is told the name of each stage as it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhibi.checks import Paper, check_paper
from zhibi.errors import Problem, ReportError, has_errors
from zhibi.layout import Layout, lay_out, unprintable
from zhibi.model import Project, read_source
from zhibi.output import safe_stem, write_files
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
"""Format -> writer; a new format is one module in `writers/` and one line here."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A paper after stage 6: its tree and flow, its file name, its look and the advice on it."""

    paper: Paper
    stem: str
    look: Look
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A finished report: the files written, the advice met, and the faces that stand in in the PDF."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]
    substitutes: Mapping[str, str]


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
    problems += unprintable(flow, look)
    if has_errors(problems):
        raise ReportError(problems)
    return Checked(paper, safe_stem(file_stem(source, document)), look, tuple(problems))


def build_report(
    checked: Checked, output: Path, formats: Iterable[str], step: Step = lambda name: None
) -> Built:
    """Run stages 7-8 on a checked paper and put its files into `output`, all of them or none."""
    step("排版")
    layout = lay_out(checked.paper.flow, checked.look)
    files: dict[str, bytes] = {}
    for name in formats:
        step(f"生成 {name.upper()}")
        files[f"{checked.stem}.{name}"] = WRITERS[name](layout)
    step("写入文件")
    substitutes = {str(face): family for face, family in layout.faces.substitutes().items()}
    return Built(
        write_files(output, files),
        checked.problems,
        substitutes if any(name.endswith(".pdf") for name in files) else {},
    )
