"""What every command begins and ends with: its common options, the project, the reports asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from zhibi.cli.commands import PLACES
from zhibi.cli.screen import BAD_INPUT, NOT_WRITTEN, Screen, this_screen
from zhibi.cli.words import how_to_begin, no_report, refusal
from zhibi.errors import Problem, ReportError
from zhibi.model import Config, Project, ReportEntry, Series, read_config
from zhibi.output import WRITE_RULE
from zhibi.periods import Period, read_period
from zhibi.reading import exists

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "reports"
_Command = TypeVar("_Command", bound=Callable[..., int])


def is_data(path: Path) -> bool:
    """Tell whether a name is that of a data file."""
    return path.suffix.lower() in {".yaml", ".yml"}


def data_file(path: Path) -> Sequence[Path] | None:
    """Return the files that a typed name stands for: a data file; None for what is no name of one."""
    return [path] if is_data(path) else None


def options(*extra: Callable[[Any], Any], shows_json: bool = True) -> Callable[[_Command], _Command]:
    """Give a command the options that every command has, after its own; one that refuses --json does not show it."""
    common = (
        click.option(
            "--config", "config_file", default=None, metavar="文件", help="配置文件（默认 config.yaml）"
        ),
        click.option(
            "--json", "as_json", is_flag=True, hidden=not shows_json, help="把结果写成 JSON，供程序读取"
        ),
        click.option("--quiet", is_flag=True, help="只报告问题，不显示过程"),
    )

    def decorate(function: _Command) -> _Command:
        wrapped: Any = function
        for option in reversed((*extra, *common)):
            wrapped = option(wrapped)
        return cast("_Command", wrapped)

    return decorate


def start(
    names: Sequence[str] | None,
    config_file: str | None,
    as_json: bool,
    quiet: bool,
    files: Callable[[Path], Sequence[Path] | None] = data_file,
) -> tuple[Screen, Project, tuple[ReportEntry, ...] | None, Config | None]:
    """Return the screen, the project and the reports asked for; no reports when something is wrong.

    `files` tells which names are those of files, and of which: none where a folder has none.
    """
    screen = this_screen(as_json, quiet)
    path = typed_path(config_file) if config_file else ROOT / "config.yaml"
    project = Project(path.resolve().parent, ROOT / "templates")
    if names is None:
        return screen, project, None, None
    try:
        # A data file alone needs no config.yaml, but where there is one, its look holds.
        alone = names and all(files(Path(name)) is not None for name in names)
        config = None if alone and not config_file and not exists(path) else read_config(path, project)
        screen.report(config.problems if config else ())
        project = replace(project, silenced=config.silenced) if config else project
        if config and config.silenced:
            from zhibi.checks import unknown_rules

            screen.report(unknown_rules(config.silenced))
        return screen, project, _pick(names, config, files, screen.words[:1]), config
    except ReportError as error:
        screen.report(error.problems)
        return screen, project, None, None


def _pick(
    names: Sequence[str],
    config: Config | None,
    files: Callable[[Path], Sequence[Path] | None],
    first: Sequence[str],
) -> tuple[ReportEntry, ...]:
    """Return the reports of these names; `first` is the word that stands where commands do."""
    known = {entry.name: entry for entry in config.reports} if config else {}
    begun = _begun(config)
    if not names:
        listed = {entry.data for entry in known.values()}
        return (*known.values(), *(own[-1] for own in begun.values() if own[-1].data not in listed))
    for name, own in begun.items():
        known = {name: own[-1], **{entry.name: entry for entry in own}, **known}
    picked: list[ReportEntry] = []
    problems: list[Problem] = []
    for name in names:
        if name in known:
            picked.append(known[name])
        elif (found := files(typed_path(name))) is not None:
            picked += [ReportEntry(path.stem if is_data(path) else path.name, path) for path in found]
            if not found:
                problems.append(refusal(f"“{name}”里没有公文", "能校对的是 .docx、.txt 和 .yaml 文件", name))
        else:
            commands = PLACES if name in first else ()
            problems.append(_not_begun(name, config) or no_report(name, tuple(known), commands))
    if problems:
        raise ReportError(problems)
    return tuple(picked)


def _not_begun(name: str, config: Config | None) -> Problem | None:
    """Say why a 定期 has no report of the period that stands behind its name, None for any other name."""
    for series in config.series if config else ():
        period = read_period(name.removeprefix(series.name)) if name.startswith(series.name) else None
        if period is not None:
            message, hint = _why_not_begun(series, period)
            return refusal(message, hint, name)
    return None


def _why_not_begun(series: Series, period: Period) -> tuple[str, str]:
    """Return why there is no report of a period, and what to do."""
    if bool(period.quarter) != series.quarterly:
        every = "季" if series.quarterly else "年"
        return (
            f"“{series.name}”每{every}一份，没有{period}的",
            f"请写成 {series.name}{series.first.code} 这样",
        )
    if period < series.first:
        return (
            f"“{series.name}”从{series.first}开始，没有{period}的",
            "请检查期次，或改 config.yaml 里的“起始”",
        )
    report = series.report(period)
    if exists(report.data):
        return f"没有名叫“{series.name}{period}”的报告", f"请写成 {report.name}"
    message = f"“{report.name}”还没有数据文件：找不到 {series.name_of(period)}"
    return message, f"请先运行 {how_to_begin(period)}"


def every_report(config: Config) -> tuple[ReportEntry, ...]:
    """Return all reports of config.yaml, of a 定期 those of every period whose data file is there."""
    return (*config.reports, *(entry for own in _begun(config).values() for entry in own))


def _begun(config: Config | None) -> dict[str, list[ReportEntry]]:
    """Return the reports of each 定期 whose data files are there, the newest last: the one meant by its bare name."""
    found = {
        series.name: [series.report(period) for period in series.periods()]
        for series in (config.series if config else ())
    }
    return {name: own for name, own in found.items() if own}


def typed_path(name: str) -> Path:
    """Return a path that was typed; in a folder that somebody deleted only a whole one leads anywhere."""
    path = Path(name)
    try:
        path.absolute()
    except OSError:
        message = f"当前文件夹已经被删除，“{name}”无从找起"
        hint = "请先进入一个还在的文件夹，或写出从根目录开始的全路径"
        raise ReportError([refusal(message, hint, name)]) from None
    return path


def stop(screen: Screen, problems: Sequence[Problem] = ()) -> int:
    screen.finish()
    return NOT_WRITTEN if any(problem.rule == WRITE_RULE for problem in problems) else BAD_INPUT
