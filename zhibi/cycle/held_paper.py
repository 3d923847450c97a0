"""A data file of a series -> the paper with the bytes it was read from, and what it would be with others.

The model reads files, not bytes: what is to be tried lies for a moment in a folder of its own, at the same places.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.cycle.cell_words import Fetch
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Project, progress_of, read_source
from zhibi.paper import Source
from zhibi.reading import find_file, parse_yaml
from zhibi.reading.input_file import decode
from zhibi.records import bare_number, own_tasks
from zhibi.schema import YES, paper_schema, plan_schema, words

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
        found = self.parsed(self.plan_file, self.contents[self.plan_file])
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
        words: Fetch = self.source.fetch.words
        return words

    def words_of(self, path: Path) -> frozenset[str]:
        """Return the keys that one of the two files may have: they tell slips from text."""
        if path == self.plan_file:
            return frozenset(words(plan_schema()))
        return frozenset(words(paper_schema(str(self.source.data["模板"]), self.fields)))

    def parsed(self, path: Path, content: bytes) -> plain.Mapping | None:
        """Return one of the files as typed data."""
        shown = self.project.shown(path)
        return parse_yaml(decode(content, Location(shown, 1, 1))[0], shown, self.words_of(path))[0]

    def tried(self, contents: Mapping[Path, bytes]) -> Source:
        """Return the paper that it would be with other contents; raise `ReportError` when that is refused."""
        with tempfile.TemporaryDirectory(prefix="zhibi-") as folder:
            root = Path(folder).resolve()
            for path, content in {**self.contents, **contents}.items():
                copy = root / os.path.relpath(path, self.project.root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(content)
            copy = root / os.path.relpath(self.data, self.project.root)
            return read_source(copy, Project(root, self.project.templates))[0]


def read_held(name: str, data: Path, project: Project) -> HeldPaper:
    """Read a paper and hold on to the bytes of its files; raise `ReportError` when it is refused."""
    raw = data.read_bytes() if data.is_file() else b""  # Read first: the write looks whether it is so still.
    source, _ = read_source(data, project)
    names = {str(spec["类型"]): str(key) for key, spec in source.template.spec.get("字段", {}).items()}
    if not {"进展", "计划"} <= set(names):
        message = f"“{source.data['模板']}”没有“进展”和“计划”，不能由各单位填报"
        raise ReportError([Problem(Location(project.shown(data)), RULE, message, "请换用有进展的季度表")])
    plan_file, *others = _beside(source, names["计划"], data)
    contents = {data: raw, **{path: path.read_bytes() for path in (plan_file, *others)}}
    return HeldPaper(name, data, plan_file, contents, source, project)


def _beside(source: Source, plan_key: str, data: Path) -> Iterator[Path]:
    """Yield the files that a data file names: its plan, then the quarter before."""
    for key in (plan_key, "上期"):
        if isinstance(source.data.get(key), plain.Scalar) and source.data[key]:
            yield find_file(data.parent / source.data[key])
