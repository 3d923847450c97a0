"""200 small papers: on two cores, and beside the loops of others."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import ours
from benchmarks.comparing import Bench
from benchmarks.content import Content, differences, read, wanted
from benchmarks.measuring import Cost, NotMeasuredError, compared, run
from benchmarks.methods import DOCXTPL, LIBREOFFICE, PEERS, TYPST, WEASYPRINT, Method, make_template, office
from benchmarks.papers import Paper, small
from benchmarks.results import Row, row_of


@dataclass(frozen=True)
class Batch:
    """Papers as a project of Zhibi and as JSON for the others."""

    folder: Path
    papers: Sequence[Paper]
    formats: str
    config: Path = field(init=False)

    def __post_init__(self) -> None:
        """Write the inputs; nobody's time."""
        object.__setattr__(self, "config", ours.project(self.folder, self.papers, self.formats))
        self.out.mkdir()
        inputs = self.folder / "json"
        inputs.mkdir()
        for number, paper in enumerate(self.papers):
            (inputs / f"{number:03}.json").write_text(paper.as_json(), encoding="utf-8")

    @property
    def out(self) -> Path:
        """Where others put what they make."""
        return self.folder / "made"

    @property
    def inputs(self) -> list[str]:
        """The papers in JSON."""
        return [str(path) for path in sorted(self.folder.glob("json/*.json"))]


Command = Callable[[Batch], list[str]]


@dataclass(frozen=True)
class Way:
    """One way to make the batch; `method` tells whether it can be had."""

    name: str
    method: Method
    command: Command


Pair = tuple[Way, Way, float | None]
"""Ours, theirs, and the most that is wanted."""


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    yield from _on_two_cores(bench)
    yield from _beside_others(bench, bench.size(200), "docx", DOCX_PAIRS)
    yield from _beside_others(bench, bench.size(40), "pdf", PDF_PAIRS)


def _on_two_cores(bench: Bench) -> Iterator[Row]:
    """Both formats, --jobs 2 beside --jobs 1, in wall time; like papers, but never the same: nothing may be known."""
    count = bench.size(200)
    work, against = f"{count} small papers, both formats, two cores", "one after another"
    if not ours.has_option("--jobs"):
        yield Row(work, against, None, 0.6, "wall", "build.py has no option --jobs")
        return
    walls: dict[str, list[float]] = {"1": [], "2": []}
    for number in range(bench.rounds):
        for jobs, own in walls.items():
            folder = bench.place("batch")
            seed = 2 * number + (jobs == "2")
            config = ours.project(folder, [small(each, seed) for each in range(count)])
            own.append(run(ours.build_all(config, "--jobs", jobs), folder)[0].wall)
            if len(ours.papers_in(folder / "reports")) != 2 * count:
                raise NotMeasuredError(f"--jobs {jobs} did not make {2 * count} files")
    yield replace(row_of(work, against, compared(walls["2"], walls["1"]), measure="wall"), wanted=0.6)


def _beside_others(bench: Bench, count: int, ending: str, pairs: Sequence[Pair]) -> Iterator[Row]:
    """All papers by each way, and the pairs that are asked for, in user CPU."""
    ways = {way.name: way for pair in pairs for way in pair[:2]}
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    why = {name: way.method.missing for name, way in ways.items()}
    for number in range(bench.rounds):
        folder = bench.place("batch")
        batch = Batch(folder, [small(each, number) for each in range(count)], ending)
        for name, way in ways.items():
            why[name] = why[name] or _round(way, batch, ending, costs[name])
    for own, other, most in pairs:
        work = f"{count} small papers, {ending.upper()}" + (", bare stages" if own is STAGES else "")
        versions = {other.method.name: other.method.version()}
        if said := why[own.name] or why[other.name]:
            yield Row(work, other.name, None, most, why=said, versions=versions)
            continue
        figures = compared([one.user for one in costs[own.name]], [one.user for one in costs[other.name]])
        yield replace(row_of(work, other.name, figures, versions=versions), wanted=most)


def _round(way: Way, batch: Batch, ending: str, costs: list[Cost]) -> str:
    """Make the batch once; return why it does not count, nothing when it does."""
    for old in batch.out.iterdir():
        old.unlink()
    try:
        cost, _ = run(way.command(batch), batch.folder)
    except NotMeasuredError as error:
        return str(error)
    made = sorted((batch.folder / "reports" if way is OURS else batch.out).glob(f"*.{ending}"))
    if len(made) != len(batch.papers):
        return f"{len(made)} files instead of {len(batch.papers)}"
    # Names tell which paper a file is in some ways only; all together must say what all papers say.
    found = _sum([read(path, batch.papers[0]) for path in made])
    if faults := differences(found, _sum([wanted(paper) for paper in batch.papers])):
        return f"not the same content: {'; '.join(faults)}"
    costs.append(cost)
    return ""


def _sum(contents: Sequence[Content]) -> Content:
    """Return what several files hold together."""
    characters: Counter[str] = Counter()
    for one in contents:
        characters.update(one.characters)
    rows = [one.rows for one in contents if one.rows is not None]
    paragraphs = [one.paragraphs for one in contents if one.paragraphs is not None]
    return Content(characters, sum(rows) if rows else None, sum(paragraphs) if paragraphs else None)


def _by_docxtpl(batch: Batch) -> list[str]:
    template = make_template(batch.folder / "template.docx")
    return [
        sys.executable,
        str(PEERS / "docx_papers.py"),
        "docxtpl",
        str(batch.out),
        str(template),
        *batch.inputs,
    ]


def _by_pdf_peer(way: str) -> Command:
    return lambda batch: [sys.executable, str(PEERS / "pdf_papers.py"), way, str(batch.out), *batch.inputs]


def _by_bare_loop(batch: Batch) -> list[str]:
    return ours.stage("loop", batch.out, *sorted((batch.folder / "data").glob("*.yaml")))


def _by_office(batch: Batch) -> list[str]:
    """One LibreOffice converts the Word files that Zhibi makes of the papers, in nobody's time, before."""
    words = batch.folder / "words"
    if not words.exists():
        words.mkdir()
        run(ours.stage("loop", words, *sorted((batch.folder / "data").glob("*.yaml"))), batch.folder)
    return office(sorted(words.glob("*.docx")), batch.out, batch.folder.parent / "office")


SELF = Method("Zhibi", lambda desk, out: [], lambda: "this tree")
OURS = Way("Zhibi", SELF, lambda batch: ours.build_all(batch.config))
STAGES = Way("Zhibi's own stages in a loop", SELF, _by_bare_loop)
DOCXTPL_LOOP = Way("docxtpl's loop", DOCXTPL, _by_docxtpl)
DOCX_PAIRS: Sequence[Pair] = ((OURS, DOCXTPL_LOOP, 0.2), (STAGES, DOCXTPL_LOOP, None))
PDF_PAIRS: Sequence[Pair] = (
    (OURS, Way("LibreOffice, one for all", LIBREOFFICE, _by_office), None),
    (OURS, Way("WeasyPrint's loop", WEASYPRINT, _by_pdf_peer("weasyprint")), None),
    (OURS, Way("typst's loop", TYPST, _by_pdf_peer("typst")), None),
)
