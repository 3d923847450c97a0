"""100,000 characters of our own clean papers, and sentences that look wrong and are right: no rule speaks at 错误 or 提醒."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proofreading.drafts import ROOT, draft
from zhibi.checks import Paper, check_paper
from zhibi.errors import Level
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.paper import parse_paper
from zhibi.placing import place

CLEAN = sorted((Path(__file__).parent / "clean").glob("*.yaml"))
SENTENCES = Path(__file__).parent / "right" / "sentences.txt"
SAMPLES = sorted(
    path
    for folder in ("data", "tests/forms")
    for path in (ROOT / folder).glob("*.yaml")
    if "\n模板:" in path.read_text(encoding="utf-8")
)
LEAST_CHARACTERS = 100_000


def sample(path: Path) -> Paper:
    source, _ = read_source(path, Project(ROOT, ROOT / "templates"))
    document = parse_paper(source)
    return Paper(source, document, place(document))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Paper]:
    folder = tmp_path_factory.mktemp("文稿")
    own = {path.stem: draft(path.read_text(encoding="utf-8"), folder) for path in CLEAN}
    return own | {path.stem: sample(path) for path in SAMPLES}


def test_there_are_enough(papers: dict[str, Paper]) -> None:
    count = sum(len(passage.text) for paper in papers.values() for passage in paper.passages)
    assert count >= LEAST_CHARACTERS


def test_no_rule_speaks(papers: dict[str, Paper]) -> None:
    said = {
        name: [str(problem) for problem in check_paper(paper) if problem.level is not Level.QUERY]
        for name, paper in papers.items()
    }
    assert {name: words for name, words in said.items() if words} == {}


def test_no_rule_speaks_of_sentences_that_look_wrong(tmp_path: Path) -> None:
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    quoted = [line.replace("'", "''") for line in lines if line and not line.startswith("#")]
    paper = draft("正文:\n" + "".join(f"  - '{line}'\n" for line in quoted), tmp_path)
    assert [str(one) for one in check_paper(paper) if one.level is not Level.QUERY] == []
