"""Sample files with one thing broken: whatever it is, a problem with its place or a paper, never a fault.

Seeded, so that a failure can be repeated; `make test` runs a part of what the seeds can give.
"""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from zhibi.errors import Problem, ReportError
from zhibi.model import Project
from zhibi.pipeline import check_report

ROOT = Path(__file__).resolve().parent.parent
COUNT = 120
VALUES: tuple[Any, ...] = (
    *(
        5,
        -1,
        1.5,
        "",
        [],
        {},
        [[]],
        [{}],
        {"a": "b"},
        "长" * 3000,
        "{{ x }}",
        "**",
        "#",
        "一、",
        None,
        "9" * 5000,
    ),
    *(
        [None],
        "'\"",
        {"取数": "{{ 1 + '甲' }}"},
        {"取数": ["x"]},
        {"项": ["x"], "编号": "甲"},
        {"标题": "甲"},
    ),
    *({"分述": []}, "2026-13-45", "是", True, {"项": []}, "１２", "•·", {"取数": "{{ 任务[99].序号 }}"}),
    *(
        "任务",
        "年度",
        "项",
        "项.序号 == 1",
        "none",
        "类: 错",
        "{{ self }}",
        "{% for %}",
        "{{ '甲' | 汉字 }}",
        "1/0",
    ),
)


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value below `value`."""
    if place:
        yield place
    for key, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from places(inner, (*place, key))


def mutate(value: Any, source: random.Random) -> Any:
    """Return a copy of `value` with one value replaced, dropped or renamed."""
    broken = copy.deepcopy(value)
    place = source.choice(list(places(broken)))
    parent = broken
    for step in place[:-1]:
        parent = parent[step]
    how = source.random()
    if how < 0.75:
        parent[place[-1]] = source.choice(VALUES)
    elif how < 0.9 or not isinstance(parent, dict):
        del parent[place[-1]]
    else:
        parent[f"{place[-1]}多"] = parent.pop(place[-1])
    return broken


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


class _AsTyped(yaml.SafeDumper):
    """Writes 2026 and 是 without quotes, as a clerk does."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_AsTyped, allow_unicode=True, width=10**6)


def problems_of(data: Path, project: Project) -> tuple[Problem, ...]:
    try:
        return check_report(data, project).problems
    except ReportError as error:
        return error.problems


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path


def papers(folder: Path) -> list[Path]:
    return [
        file
        for file in sorted((folder / "data").glob("*.yaml"))
        if "\n模板:" in file.read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("seed", range(2))
def test_a_broken_data_file_never_brings_the_program_down(office: Path, seed: int) -> None:
    source = random.Random(seed)
    project = Project(office / "data", office / "templates")
    files = papers(office)
    refused = 0
    for _ in range(COUNT):
        file = source.choice(files)
        broken = office / "data" / "坏.yaml"
        broken.write_text(dump(mutate(load(file.read_text(encoding="utf-8")), source)), encoding="utf-8")
        problems = problems_of(broken, project)
        assert all(problem.at.line for problem in problems), [str(problem) for problem in problems]
        refused += bool(problems)
    assert COUNT // 4 < refused < COUNT


@pytest.mark.parametrize("seed", range(2))
def test_a_broken_template_never_brings_the_program_down(office: Path, seed: int) -> None:
    source = random.Random(seed)
    project = Project(office / "data", office / "templates")
    files = {load(file.read_text(encoding="utf-8"))["模板"]: file for file in papers(office)}
    for _ in range(COUNT):
        name = source.choice(sorted(files))
        template = office / "templates" / f"{name}.jinja"
        whole = template.read_text(encoding="utf-8")
        _, spec, body = whole.split("---\n", 2)
        template.write_text(f"---\n{dump(mutate(load(spec), source))}---\n{body}", encoding="utf-8")
        problems = problems_of(files[name], project)
        template.write_text(whole, encoding="utf-8")
        assert all(problem.at.line for problem in problems), [str(problem) for problem in problems]
