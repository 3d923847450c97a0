"""A data file of a series -> the paper with the bytes it was read from, and what it would be with others.

The model reads files, not bytes: what is to be tried lies for a moment in a folder of its own, at the same places.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.cell_words import Fetch
from zhibi.errors import Level, Location, Problem, ReportError, reason
from zhibi.folders import leaves
from zhibi.model import Project
from zhibi.model.source import progress_of, read_source
from zhibi.paper import Source
from zhibi.pipeline import check_report
from zhibi.reading import find_file, parse_yaml
from zhibi.reading.input_file import decode
from zhibi.records import bare_number, own_tasks
from zhibi.schema import YES, paper_schema, plan_schema, words
from zhibi.styles import STANDARD, Look

RULE = "收集"


@dataclass(frozen=True)
class HeldPaper:
    """A paper whose files can be changed: `contents` is what each file held when the paper was read."""

    name: str
    data: Path
    plan_file: Path
    contents: Mapping[Path, bytes]
    source: Source
    project: Project
    look: Look = STANDARD

    @property
    def shown(self) -> str:
        """Return what messages and workbooks call the data file."""
        return self.project.shown(self.data)

    @property
    def fields(self) -> Mapping[str, Any]:
        """Return what the template declares."""
        fields: Mapping[str, Any] = self.source.template.spec.get("字段", {})
        return fields

    @cached_property
    def progress_key(self) -> str:
        """Return the key that the progress stands under."""
        return next(str(key) for key, spec in self.fields.items() if spec["类型"] == "进展")

    @property
    def columns(self) -> Mapping[str, Mapping[str, Any]]:
        """Return the columns of the progress, name -> what the template says of it."""
        columns: Mapping[str, Mapping[str, Any]] = self.fields[self.progress_key].get("项", {})
        return columns

    @property
    def required(self) -> list[str]:
        """Return the columns that every entry must have."""
        return [str(name) for name, spec in self.columns.items() if spec.get("必填") == YES]

    @cached_property
    def progress(self) -> plain.Mapping:
        """Return what is filled in: number as typed -> columns."""
        found = progress_of(self.source)
        assert found is not None, "read_held() comes before"
        return found

    @cached_property
    def entries(self) -> dict[str, str]:
        """Return the number of a task -> the key that its entry is typed under."""
        return {bare_number(key): str(key) for key in self.progress}

    @cached_property
    def plan(self) -> plain.Mapping:
        """Return the plan as it is typed."""
        shown = self.project.shown(self.plan_file)
        text, _ = decode(self.contents[self.plan_file], Location(shown, 1, 1))
        found, _ = parse_yaml(text, shown, self.words_of(self.plan_file))
        assert found is not None, "read_source() has read it"
        return found

    @cached_property
    def units_of(self) -> dict[str, tuple[str, ...]]:
        """Return the number of each task of the paper -> every unit that the plan names for it."""
        return {
            bare_number(task["序号"]): (*task["责任单位"], *task["配合单位"])
            for task in own_tasks(self.source.context)
        }

    @property
    def fetch(self) -> Fetch:
        """Return what gives the words of a 取数; as it is typed while a figure that it names is missing."""
        words: Callable[[Any], str] = self.source.fetch.words
        return words

    def words_of(self, path: Path) -> frozenset[str]:
        """Return the keys that one of the two files may have: they tell slips from text."""
        if path == self.plan_file:
            return frozenset(words(plan_schema()))
        return frozenset(words(paper_schema(str(self.source.data["模板"]), self.fields)))

    def tried(self, contents: Mapping[Path, bytes]) -> tuple[Source | None, list[Problem]]:
        """Return the paper that it would be with other contents, and the errors that a build would add.

        There is no paper when the model refuses it.
        """
        source, errors = self._built(contents)
        fresh = _told(errors) - self._faults
        return source, [one for one in errors if (one.rule, one.message) in fresh]

    @cached_property
    def _faults(self) -> Counter[tuple[str, str]]:
        """Return the errors that a build tells of the paper as it is."""
        return _told(self._built({})[1])

    def _built(self, contents: Mapping[Path, bytes]) -> tuple[Source | None, list[Problem]]:
        """Return the paper with other contents as a build reads it, and every error that it tells."""
        with tempfile.TemporaryDirectory(prefix="zhibi-") as folder:
            root = Path(folder).resolve()
            for path, content in {**self.contents, **contents}.items():
                copy = root / os.path.relpath(path, self.project.root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)
            data = root / os.path.relpath(self.data, self.project.root)
            project, source = Project(root, self.project.templates), None
            try:
                source, _ = read_source(data, project)
                check_report(data, project, look=self.look)
            except ReportError as error:
                return source, [one for one in error.problems if one.level is Level.ERROR]
            return source, []


def _told(errors: Iterable[Problem]) -> Counter[tuple[str, str]]:
    """Return errors by rule and words: their lines move."""
    return Counter((one.rule, one.message) for one in errors)


def read_held(name: str, data: Path, project: Project, look: Look = STANDARD) -> HeldPaper:
    """Read a paper and hold on to the bytes of its files; raise `ReportError` when it is refused."""
    raw = _bytes(data, project)  # Read first: who writes looks whether it is so still.
    source, _ = read_source(data, project)
    names = {str(spec["类型"]): str(key) for key, spec in source.template.spec.get("字段", {}).items()}
    if not {"进展", "计划"} <= set(names):
        message = f"“{source.data['模板']}”没有“进展”和“计划”，不能由各单位填报"
        raise ReportError([Problem(Location(project.shown(data)), RULE, message, "请换用有进展的季度表")])
    plan_file, *others = _beside(source, names["计划"], data, project)
    contents = {data: raw, **{path: _bytes(path, project) for path in (plan_file, *others)}}
    return HeldPaper(name, data, plan_file, contents, source, project, look)


def _bytes(path: Path, project: Project) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"读不出这个文件（{reason(error)}）"
        raise ReportError(
            [Problem(Location(project.shown(path)), RULE, message, "请检查文件和权限")]
        ) from error


def _beside(source: Source, plan_key: str, data: Path, project: Project) -> Iterator[Path]:
    """Yield the files that a data file names: its plan, then the quarter before, then pictures."""
    for key in (plan_key, "上期"):
        if isinstance(source.data.get(key), plain.Scalar) and source.data[key]:
            yield find_file(data.parent / source.data[key])
    for name in _pictures(source.data):
        path = find_file(data.parent / name)
        if path.is_file() and not leaves(path, project.root):
            yield path


def _pictures(value: Any) -> Iterator[str]:
    """Yield the names of the pictures in a data file."""
    if isinstance(value, plain.Mapping):
        if isinstance(value.get("图"), plain.Scalar):
            yield value["图"]
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _pictures(inner)
