"""A bad report never stops the others, and nothing to build is never success: rows 87, 111, 112 of the fault table.

Only *.docx and *.pdf that lie directly in the output folder are looked at: what else the program keeps there is
its own business.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.battery.office import (
    BUILD,
    INPUT,
    NAMES,
    NOT_WRITTEN,
    OK,
    OUTPUT,
    POISONED,
    SOME,
    Said,
    copy_of_built,
    file_of,
    lay_out,
    new_words,
    paper,
    papers,
    run,
)
from zhibi import cli


@pytest.fixture
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process keeps its copy of the program and the office that was built last quarter."""
    return tmp_path_factory.getbasetemp()


@pytest.fixture
def office(base: Path, tmp_path: Path) -> Path:
    """The folder built last quarter, with new words in every report."""
    return new_words(copy_of_built(base, tmp_path / "办"))


@pytest.fixture
def program(base: Path, office: Path) -> Path:
    """A copy of the program with two bad templates; `office` has made it."""
    return base / "程序"


def subsets() -> list[frozenset[str]]:
    """Return every set of reports, those that differ most first."""
    whole = [frozenset(chosen) for size in range(6) for chosen in itertools.combinations(NAMES, size)]
    first = [frozenset(chosen) for chosen in ("乙丙丁戊", NAMES, "", "乙丙", "甲丁戊", "甲乙丙丁", "戊")]
    return first + [chosen for chosen in whole if chosen not in first]


def test_exactly_the_healthy_reports_are_built(
    base: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    assert len(set(subsets())) == len(subsets()) == 32
    for number, bad in enumerate(subsets()[: rounds(1, 32)]):
        folder = copy_of_built(base, tmp_path / str(number))
        poisoned_build(folder, base / "程序", bad, as_json=bool(number % 2))


def poisoned_build(folder: Path, program: Path, bad: frozenset[str], *, as_json: bool) -> None:
    """Spoil the reports `bad`, build all, and see who was built and what was said."""
    data = {name: paper(name, "请按新的时间报送。") for name in NAMES}
    lay_out(folder, {name: POISONED.get(name, text) if name in bad else text for name, text in data.items()})
    if "戊" in bad:
        (folder / OUTPUT / file_of("戊")).unlink()
        (folder / OUTPUT / file_of("戊")).mkdir()
    before = papers(folder / OUTPUT)
    said = run([*BUILD, *(["--json"] if as_json else [])], folder, program=program)
    after = papers(folder / OUTPUT)
    changed = {name for name in NAMES if before.get(file_of(name)) != after.get(file_of(name))}
    assert changed == set(NAMES) - bad, said
    code = NOT_WRITTEN if "戊" in bad else OK if not bad else INPUT if len(bad) == len(NAMES) else SOME
    assert said.code == code, (bad, said)
    assert set(after) - set(before) == set(), "nothing new may lie about"
    spoken_of(said, bad, as_json=as_json)


def spoken_of(said: Said, bad: frozenset[str], *, as_json: bool) -> None:
    """Judge what was said: the count, and a word on every bad report and on no other."""
    if as_json:
        told = json.loads(said.out)
        assert sorted(Path(file).name for file in told["built"]) == sorted(map(file_of, set(NAMES) - bad))
        problems = " ".join(problem["file"] for problem in told["problems"])
        assert said.err == ""
    else:
        problems = said.err
        left = f"，{len(bad)} 份没有生成" if bad else ""
        assert re.search(rf"共 5 份报告，生成 {len(NAMES) - len(bad)} 份{left}", said.out), said.out
    for name in NAMES:
        mark = {"丙": "取错.jinja", "戊": f"{OUTPUT}/"}.get(name, f"{name}.yaml")
        assert (mark in problems) == (name in bad), (name, problems)


def test_a_template_that_never_ends_is_stopped(
    office: Path, program: Path, rounds: Callable[[int, int], int]
) -> None:
    if not rounds(0, 1):
        pytest.skip("waits for the time limit: full battery only")
    (office / "丙.yaml").write_text(paper("丙", template="不停"), encoding="utf-8")
    before = papers(office / OUTPUT)
    said = run(BUILD, office, program=program)
    after = papers(office / OUTPUT)
    assert said.code == SOME
    assert {name for name in NAMES if before[file_of(name)] != after[file_of(name)]} == set(NAMES) - {"丙"}


def test_two_reports_on_one_file_leave_both_old_papers(
    office: Path, program: Path, rounds: Callable[[int, int], int]
) -> None:
    if not rounds(0, 1):
        pytest.skip("tests/test_cli.py has the refusal itself: full battery only")
    (office / "乙.yaml").write_text(paper("乙", more="文件名: 关于甲的通知\n"), encoding="utf-8")
    old = papers(office / OUTPUT)
    said = run(BUILD, office, program=program)
    assert said.code == SOME
    new = papers(office / OUTPUT)
    assert set(new) == set(old)
    assert new[file_of("乙")] == old[file_of("乙")]
    assert "乙.yaml" in said.err
    assert all(new[file_of(name)] != old[file_of(name)] for name in "丙丁戊")


NOTHING: Sequence[tuple[str, Sequence[str]]] = (
    ("版本: 1\n报告: []\n", ()),
    ("版本: 1\n", ()),
    ("", ()),
    ("版本: 1\n报告: [{名称: 甲, 数据: 没有.yaml}]\n", ()),
    ("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", ("没有",)),
    ("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", ("没有.yaml",)),
    ("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", ("",)),
)


@pytest.mark.parametrize(("config", "names"), NOTHING)
def test_nothing_to_build_is_never_success(
    config: str,
    names: Sequence[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rounds: Callable[[int, int], int],
) -> None:
    """Run in this process, which is quick, and in full as a clerk does."""
    new_words(tmp_path, names="甲")
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    words = [*names, "--config", "config.yaml"]
    if rounds(0, 1):
        said = run(words, tmp_path)
        code, err = said.code, said.err
    else:
        code, err = cli.main(words), capsys.readouterr().err
    assert code == INPUT, (config, names, err)
    assert re.search(r"错误：.+ —— .+", err)
    assert not (tmp_path / OUTPUT).exists()
