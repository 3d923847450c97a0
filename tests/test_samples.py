"""Every sample report: both files are built, say the same, and come back through import."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract import Extract, fold, header_texts, read_docx, read_pdf
from zhibi.errors import Level
from zhibi.importer import import_paper, write_yaml
from zhibi.layout import lay_out
from zhibi.model import Project, ReportEntry, read_config
from zhibi.nodes import Flow, Heading, Paragraph, Table, plain_text
from zhibi.own_measure import RULE
from zhibi.pipeline import WRITERS, Built, build_report, check_report

ROOT = Path(__file__).resolve().parent.parent
PROJECT = Project(ROOT, ROOT / "templates")
REPORTS = read_config(ROOT / "config.yaml", PROJECT).reports


def flow_text(flow: Flow) -> str:
    """Return every word of a flow in reading order, folded."""
    words: list[str] = []
    for section in flow.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                words += [block.number, plain_text(block.content), plain_text(block.rest)]
            elif isinstance(block, Paragraph):
                words.append(plain_text(block.content))
            else:
                words += _table_words(block)
    return fold("".join(words))


def _table_words(table: Table) -> list[str]:
    words = [plain_text(table.title), table.unit]
    for row in (*table.header, *table.rows):
        for cell in row.cells:
            words += [plain_text(block.content) for block in cell.blocks if isinstance(block, Paragraph)]
    return words + [plain_text(note) for note in table.notes]


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    entry: ReportEntry = request.param
    return build_report(
        check_report(entry.data, PROJECT), tmp_path_factory.mktemp("reports"), ("docx", "pdf")
    )


each_report = pytest.mark.parametrize("built", REPORTS, indirect=True, ids=[entry.name for entry in REPORTS])


def test_the_five_families_are_there() -> None:
    assert len(REPORTS) >= 6


@each_report
def test_word_and_pdf_say_the_same(built: Built) -> None:
    docx, pdf = built.files
    words: Extract = read_docx(docx)
    assert len(words.text) > 500
    assert read_pdf(pdf, header_texts(words)) == words.text


@each_report
def test_samples_have_no_problems(built: Built) -> None:
    # Whether the pages keep to the standard is judged in tests/measuring, for both files; a question is no fault.
    told = [problem for problem in built.problems if problem.rule != RULE]
    assert [str(problem) for problem in told if problem.level is not Level.QUERY] == []
    assert {problem.rule for problem in told} <= {"长句"}


@pytest.mark.parametrize("entry", REPORTS, ids=[entry.name for entry in REPORTS])
def test_every_word_of_the_flow_is_in_the_word_file(entry: ReportEntry, tmp_path: Path) -> None:
    checked = check_report(entry.data, PROJECT)
    docx, *_ = build_report(checked, tmp_path, ("docx",)).files
    assert read_docx(docx).text == flow_text(checked.paper.flow)


@pytest.mark.parametrize("entry", REPORTS, ids=[entry.name for entry in REPORTS])
def test_the_word_file_comes_back_as_the_same_paper(entry: ReportEntry, tmp_path: Path) -> None:
    first = check_report(entry.data, PROJECT)
    docx, *_ = build_report(first, tmp_path, ("docx",)).files
    data = tmp_path / "回来.yaml"
    data.write_text(write_yaml(import_paper(docx).data, "文稿.schema.json"), encoding="utf-8")
    again = check_report(data, PROJECT)
    assert flow_text(again.paper.flow) == flow_text(first.paper.flow)
    shapes = [[(len(row.cells), row.kind) for row in table.rows] for table in tables(first.paper.flow)]
    assert [
        [(len(row.cells), row.kind) for row in table.rows] for table in tables(again.paper.flow)
    ] == shapes


def tables(flow: Flow) -> list[Table]:
    return [block for section in flow.sections for block in section.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("entry", REPORTS[:2], ids=[entry.name for entry in REPORTS[:2]])
def test_same_input_same_bytes(entry: ReportEntry) -> None:
    flow = check_report(entry.data, PROJECT).paper.flow
    for write in WRITERS.values():
        assert write(lay_out(flow)) == write(lay_out(flow))
