"""The benchmarks' own arithmetic, their papers and the form of their results; nothing here is timed."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import methods, ours, papers
from benchmarks.comparing import Bench, compare
from benchmarks.content import Content, differences, fold, wanted
from benchmarks.measuring import Cost, NotMeasuredError, compared, exponent, mean, run
from benchmarks.results import AGREED, Row, as_json, from_json, merged, page, row_of, table
from benchmarks.works import WORKS
from zhibi.model import Project
from zhibi.pipeline import check_report, make_report

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"


@pytest.mark.parametrize(
    ("make", "digest"),
    [
        (lambda: papers.table(10, 0).as_yaml(), "1512294459bc0fd5"),
        (lambda: papers.prose(5000, 3).as_json(), "1600687479c24515"),
        (lambda: papers.small(7, 1).as_yaml(), "bc5b5865cdc52375"),
        (lambda: papers.plan(20, 2), "4db60e23a4f065dc"),
    ],
)
def test_papers_are_the_same_on_every_machine(make: object, digest: str) -> None:
    assert callable(make)
    assert hashlib.sha256(make().encode()).hexdigest()[:16] == digest
    assert make() == make()


def test_papers_are_as_long_as_they_say_and_others_with_another_seed() -> None:
    assert len(papers.table(10, 0).rows) == 10
    assert 5000 <= sum(map(len, papers.prose(5000, 0).paragraphs)) < 5400
    assert papers.table(10, 0) != papers.table(10, 1)
    assert len({papers.small(number, 0).title for number in range(200)}) == 200


def test_zhibi_makes_exactly_the_content_that_is_asked_of_all(tmp_path: Path) -> None:
    paper = papers.table(3, 0)
    data = tmp_path / "paper.yaml"
    data.write_text(paper.as_yaml(), encoding="utf-8")
    made = make_report(check_report(data, Project(tmp_path, ROOT / "templates")), ["docx"])
    (tmp_path / "paper.docx").write_bytes(made.files["docx"])
    from benchmarks.content import read_docx

    found = read_docx(tmp_path / "paper.docx")
    assert differences(found, wanted(paper)) == []
    assert found.facts["rows"] == 4
    assert differences(found, wanted(papers.table(4, 0)))


def test_what_is_left_out_is_seen() -> None:
    whole = Content(Counter("甲乙丙"), rows=2, paragraphs=3, pages=10)
    assert differences(whole, whole) == []
    assert differences(replace(whole, characters=Counter("甲乙")), whole) == [
        "1 characters missing, 0 too many"
    ]
    assert differences(replace(whole, rows=1), whole) == ["1 rows instead of 2"]
    assert differences(replace(whole, pages=11), whole) == []
    assert differences(replace(whole, pages=12), whole) == ["12 pages beside 10"]
    assert fold("１ 项\u00ad\n") == "1项"


def test_medians_are_of_the_ratios_of_rounds() -> None:
    found = compared([1.0, 4.0, 3.0], [2.0, 4.0, 1.0])
    assert (found.ratio, found.spread, found.ours, found.theirs, found.rounds) == (
        1.0,
        (0.5, 3.0),
        3.0,
        2.0,
        3,
    )
    assert mean([Cost(1, 2, 3, 4), Cost(3, 4, 5, 2)]) == Cost(2, 3, 4, 4)


@pytest.mark.parametrize("power", [0.5, 1.0, 1.5])
def test_exponents_forget_the_start(power: float) -> None:
    """Sizes from which the smallest is taken, as the start of the program is."""
    assert exponent({n + 10: 7 + n**power for n in (0, 90, 990)}) == pytest.approx(power)


def test_growth_in_the_noise_has_no_exponent() -> None:
    assert math.isclose(exponent({10: 1.0, 100: 1.9, 1000: 10.9}), 1.0)
    with pytest.raises(NotMeasuredError, match="noise"):
        exponent({10: 1.0, 100: 0.9, 1000: 5.0})


def test_a_command_is_counted_with_its_children(tmp_path: Path) -> None:
    busy = "sum(range(3_000_000))"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{busy}']); print('said')"
    cost, said = run([methods.sys.executable, "-c", child], tmp_path)
    alone, _ = run([methods.sys.executable, "-c", "pass"], tmp_path)
    assert said == "said\n"
    assert cost.cpu > alone.cpu
    assert cost.peak > 1_000_000
    with pytest.raises(NotMeasuredError, match="exit code 3"):
        run([methods.sys.executable, "-c", "raise SystemExit(3)"], tmp_path)


def test_results_have_the_agreed_fields() -> None:
    rows = [
        row_of("work", "other", compared([1.0], [2.0])),
        Row("work", "absent", why="absent is not installed"),
    ]
    read = json.loads(as_json(rows))
    assert all(set(AGREED) <= set(row) for row in read)
    assert [row["ratio"] for row in read] == [0.5, None]
    assert from_json(as_json(rows)) == rows
    if RESULTS.exists():
        assert all(set(AGREED) <= set(row) for row in json.loads(RESULTS.read_text(encoding="utf-8")))


def test_a_table_says_what_is_as_wanted() -> None:
    row = row_of("work", "other", compared([1.0], [2.0]))
    said = table(
        [replace(row, wanted=0.6), replace(row, wanted=0.4), Row("work", "absent", why="no such program")]
    )
    assert "| ≤ 0.6 | yes |" in said
    assert "| ≤ 0.4 | **no** |" in said
    assert "not measured: no such program" in said
    assert "no results" in page([replace(row, run={"small": True})], "")
    assert "no results" not in page([row], "")


def test_a_run_of_some_works_keeps_the_others_rows() -> None:
    old = [Row("b", "", run={"name": "pdf"}), Row("a", "", run={"name": "docx"})]
    new = [Row("c", "", run={"name": "pdf"})]
    assert [row.work for row in merged(old, new, WORKS)] == ["a", "c"]


def test_a_method_that_is_absent_or_leaves_something_out_is_no_yardstick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes = "import sys, pathlib; pathlib.Path(sys.argv[1], 'a.docx').write_text('')"

    def method(name: str, version: str = "1") -> methods.Method:
        return methods.Method(
            name, lambda desk, out: [methods.sys.executable, "-c", writes, str(out)], lambda: version
        )

    short = Content(Counter())
    full = wanted(papers.table(2, 0))
    contents = iter([full, short])
    monkeypatch.setattr("benchmarks.comparing.read", lambda path, paper: next(contents))
    others = [(method("brief"), 0.5), (method("absent", ""), None)]
    bench = Bench(tmp_path / "made", rounds=1)
    rows = list(
        compare(bench, "work", "docx", ({method("Zhibi"): ""}, others), lambda number: papers.table(2, 0))
    )
    assert [row.ratio for row in rows] == [None, None]
    assert rows[0].why.startswith("not the same content")
    assert rows[0].wanted == 0.5
    assert rows[1].why == "absent is not installed"


def test_a_work_that_fails_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(bench: Bench) -> Iterator[Row]:
        raise OSError("no room")

    monkeypatch.setattr(command, "WORKS", {"pdf": broken})
    rows = list(command._measured("pdf", Bench(tmp_path)))
    assert [row.why for row in rows] == ["OSError: no room"]
    assert rows[0].run["name"] == "pdf"


def test_commands_that_are_there_are_known() -> None:
    assert ours.has_command("check")
    assert not ours.has_command("cheque")
    assert ours.has_option("--out")
    assert not ours.has_option("--outside")
