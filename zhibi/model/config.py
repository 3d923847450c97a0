"""config.yaml -> the reports of an office, their look and where they go; every problem in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhibi import plain
from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.look import look_problems, make_look
from zhibi.model.project import Project, ReportEntry
from zhibi.model.series import Series, read_series, series_problems
from zhibi.reading import find_file, locate, read_yaml
from zhibi.schema import YES, config_schema, words
from zhibi.styles import Look
from zhibi.validating import validate

FORMATS = ("docx", "pdf")
"""The files that are made of a report; `pipeline.WRITERS` makes them."""


@dataclass(frozen=True, slots=True)
class Config:
    """config.yaml; `stand_ins_accepted`: a PDF set in stand-ins is in order for this office.

    `output_at` is where 输出 was typed, `problems` the advice on the file itself, `silenced` the proofreading
    rules that the office has switched off.
    """

    reports: tuple[ReportEntry, ...]
    output: Path
    formats: tuple[str, ...]
    look: Look
    stand_ins_accepted: bool
    problems: tuple[Problem, ...] = ()
    output_at: Location | None = None
    series: tuple[Series, ...] = ()
    silenced: frozenset[plain.Scalar] = frozenset()


def read_config(path: Path, project: Project) -> Config:
    """Read config.yaml; raise `ReportError` with every problem of it and of the reports it names."""
    schema = config_schema()
    data, problems = read_yaml(path, project.shown(path), words(schema))
    if data is None:
        raise ReportError(problems)
    problems += validate(data, schema)
    if not has_errors(problems):
        problems += _no_reports(data)
        problems += _double_reports([*data.get("报告", ()), *data.get("定期", ())])
        problems += series_problems(data.get("定期", ()))
        problems += look_problems(data["版式"]) if "版式" in data else []
    if has_errors(problems):
        raise ReportError([*problems, *_problems_of_reports(data, path.parent, project)])
    return Config(
        tuple(
            ReportEntry(str(raw["名称"]), find_file(path.parent / raw["数据"]), raw["数据"].at)
            for raw in data.get("报告", ())
        ),
        path.parent / str(data.get("输出", "reports")),
        tuple(str(name) for name in data.get("格式", FORMATS)),
        make_look(data.get("版式")),
        data.get("认可替代字体") == YES,
        tuple(problems),
        data["输出"].at if "输出" in data else None,
        tuple(read_series(raw, path.parent) for raw in data.get("定期", ())),
        frozenset(_typed(data.get("校对", {}).get("忽略", ()))),
    )


def _typed(raw: Any) -> tuple[plain.Scalar, ...]:
    """Return one text or a list of texts with their places."""
    return (raw,) if isinstance(raw, plain.Scalar) else tuple(raw)


def _no_reports(data: plain.Mapping) -> list[Problem]:
    if "报告" in data or "定期" in data:
        return []
    return [Problem(data.at, "缺项", "缺少“报告”", "请补上“报告”（或“定期”），写明要做哪些公文")]


def _double_reports(reports: Iterable[Mapping[str, Any]]) -> list[Problem]:
    """Return a problem for each name that stands twice, and an advice for each data file that does."""
    seen: dict[tuple[str, str], Location] = {}
    problems = []
    for report in reports:
        for key, level, hint in (
            ("名称", Level.ERROR, "请改其中一个"),
            ("数据", Level.ADVICE, "请核对是不是漏改了其中一处"),
        ):
            word = report[key]
            if (key, word) in seen:
                what = "报告名称" if key == "名称" else "数据文件"
                message = f"{what}“{word}”写了两次（第 {seen[key, word].line} 行已有）"
                problems.append(Problem(word.at, "重名", message, hint, level))
            seen[key, word] = word.at
    return problems


def _problems_of_reports(data: plain.Mapping, folder: Path, project: Project) -> list[Problem]:
    """Return what is wrong with the reports of a config that is wrong itself, so that one run tells all."""
    from zhibi.model.source import read_source

    reports = data.get("报告")
    problems: list[Problem] = []
    for raw in reports if isinstance(reports, plain.Sequence) else ():
        name = raw.get("数据") if isinstance(raw, plain.Mapping) else None
        if isinstance(name, plain.Scalar) and name and locate(folder / name):
            try:
                problems += read_source(folder / name, project)[1]
            except ReportError as error:
                problems += error.problems
    return list(dict.fromkeys(problems))
