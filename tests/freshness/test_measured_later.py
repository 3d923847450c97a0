"""Under `watch` a PDF is measured when both files stand: nobody waits for it, and what is told and kept is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import pytest

from tests.freshness.test_nothing_twice import PAPER
from zhibi.cli.batch import Batch, Way
from zhibi.cli.keeping import Keeper
from zhibi.cli.screen import Bar, Screen
from zhibi.jobs import Answer, Job
from zhibi.made import Made
from zhibi.model import Project, ReportEntry
from zhibi.styles import STANDARD
from zhibi.workers import Workers

ROOT = Path(__file__).resolve().parents[2]


class Here(Workers):
    """Does all work in this process, and notes which files stand when a PDF is measured."""

    stood: tuple[str, ...] = ()
    dead = False

    def run(self, work: Callable[[Job], Answer], jobs: Sequence[Job], seconds: float) -> Iterator[Answer]:
        yield from map(work, jobs)

    def measure(self, job: Job, made: Made) -> Answer:
        self.stood = tuple(sorted(path.suffix for path in job.project.root.glob("成品/*[fx]")))
        return Answer(fault="died") if self.dead else super().measure(job, made)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "通知.yaml").write_text(PAPER, encoding="utf-8")
    return Project(tmp_path, ROOT / "templates")


def built(project: Project, workers: Here, *, later: bool, force: bool = True) -> Batch:
    screen = Screen(words=())
    way = Way(force=force, measurer=workers if later else None)
    batch = Batch(project, project.root / "成品", ("docx", "pdf"), screen, STANDARD, way=way)
    with click.Context(click.Command("build"), obj=screen):
        batch.run([ReportEntry("通知", project.root / "通知.yaml")], workers, Bar(None))
    return batch


def test_both_files_stand_before_the_pdf_is_measured(project: Project) -> None:
    workers = Here()
    later = built(project, workers, later=True)
    assert workers.stood == (".docx", ".pdf")
    kept = built(project, workers, later=False, force=False)
    at_once = built(project, Here(), later=False)
    assert later.made == at_once.made, "the same is told"
    assert kept.made[0][1].measured == at_once.made[0][1].measured, "and the same is kept"
    assert later.made[0][1].measured["通过"] > 5
    assert later.screen.problems == at_once.screen.problems == kept.screen.problems


class Stopped(Here):
    """Is stopped by Ctrl-C when one report is made."""

    def make(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        yield next(super().make(jobs))
        raise KeyboardInterrupt


def test_what_was_made_before_ctrl_c_is_not_made_again(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / "函.yaml").write_text(PAPER.replace("通知", "函"), encoding="utf-8")
    (project.root / "成品").mkdir()
    entries = [ReportEntry(name, project.root / f"{name}.yaml") for name in ("通知", "函")]
    screen = Screen(words=())
    batch = Batch(project, project.root / "成品", ("docx",), screen, STANDARD)
    with pytest.raises(KeyboardInterrupt), click.Context(click.Command("build"), obj=screen):
        batch.run(entries, Stopped(), Bar(None))
    keeper = Keeper(project.root / "成品")
    known = [keeper.known(job, unfinished=False) is not None for job in batch.jobs(entries)]
    assert known == [True, False]


def test_what_could_not_be_measured_is_made_again(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    workers = Here()
    workers.dead = True
    batch = built(project, workers, later=True)
    assert list((project.root / "成品").glob("*.pdf")), "the paper itself stands"
    assert any(
        "内部错误" in problem.message or "程序" in problem.message for problem in batch.screen.problems
    )
    capsys.readouterr()
    batch = built(project, Here(), later=True, force=False)
    assert batch.made[0][1].measured["通过"] > 5
