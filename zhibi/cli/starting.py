"""What every command begins and ends with: its common options, the project, the reports asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from zhibi.cli.screen import BAD_INPUT, NOT_WRITTEN, Screen, this_screen
from zhibi.cli.words import no_report, refusal
from zhibi.errors import Problem, ReportError
from zhibi.model import Config, Project, ReportEntry, read_config
from zhibi.output import WRITE_RULE
from zhibi.reading import exists

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "reports"
_Command = TypeVar("_Command", bound=Callable[..., int])


def is_data(path: Path) -> bool:
    """Tell whether a name is that of a data file."""
    return path.suffix.lower() in {".yaml", ".yml"}


def options(*extra: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
    """Give a command the options that every command has, after its own."""
    common = (
        click.option(
            "--config", "config_file", default=None, metavar="文件", help="配置文件（默认 config.yaml）"
        ),
        click.option("--json", "as_json", is_flag=True, help="把结果写成 JSON，供程序读取"),
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
    data: Callable[[Path], bool] = is_data,
) -> tuple[Screen, Project, tuple[ReportEntry, ...] | None, Config | None]:
    """Return the screen, the project and the reports asked for; no reports when something is wrong.

    `data` tells which names are those of files.
    """
    screen = this_screen(as_json, quiet)
    path = typed_path(config_file) if config_file else ROOT / "config.yaml"
    project = Project(path.resolve().parent, ROOT / "templates")
    if names is None:
        return screen, project, None, None
    try:
        # A data file alone needs no config.yaml, but where there is one, its look holds.
        alone = names and all(data(Path(name)) for name in names)
        config = None if alone and not config_file and not exists(path) else read_config(path, project)
        screen.report(config.problems if config else ())
        project = replace(project, silenced=config.silenced) if config else project
        if config and config.silenced:
            from zhibi.checks import unknown_rules

            screen.report(unknown_rules(config.silenced))
        return screen, project, _pick(names, config, data), config
    except ReportError as error:
        screen.report(error.problems)
        return screen, project, None, None


def _pick(
    names: Sequence[str], config: Config | None, data: Callable[[Path], bool]
) -> tuple[ReportEntry, ...]:
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
        elif data(Path(name)):
            stem = Path(name).stem if is_data(Path(name)) else Path(name).name
            picked.append(ReportEntry(stem, typed_path(name)))
        else:
            problems.append(no_report(name, tuple(known)))
    if problems:
        raise ReportError(problems)
    return tuple(picked)


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
