"""`build`: makes the reports asked for, but for those of which nothing has changed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhibi.cli.batch import Batch, Way, build_all
from zhibi.cli.starting import REPORTS, options, start, stop, typed_path
from zhibi.cli.unfinished import Chosen, choose
from zhibi.cli.words import ChineseCommand, refusal
from zhibi.errors import Location, Problem, ReportError
from zhibi.freshness.seen import watching
from zhibi.model import FORMATS, Config, Project, ReportEntry
from zhibi.output import WRITE_RULE
from zhibi.styles import STANDARD
from zhibi.workers import usual_count

if TYPE_CHECKING:
    from zhibi.freshness.states import State

MOST_AT_A_TIME = 64
"""Reports that may be made at a time."""

WHAT = (
    click.option("--format", "formats", default=None, metavar="docx,pdf", help="只做其中几种文件"),
    click.option("--out", default=None, metavar="文件夹", help="成品放在哪里（默认 reports）"),
    click.option("--jobs", "count", default=None, metavar="数", help="同时做几份（默认看本机的核数和内存）"),
    click.option("--force", is_flag=True, help="全部重做，没有变化的也做"),
)
"""The options of commands that build."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command line asks for: the reports, how they are made, and the `states` of all that was read to know that."""

    reports: tuple[ReportEntry, ...]
    batch: Batch
    accepted: bool
    states: Mapping[str, State]


@click.command(cls=ChineseCommand)
@click.argument("names", nargs=-1, metavar="[名称或数据文件]…")
@options(
    *WHAT,
    click.option("--cluster", default="", metavar="地址", help="由 Dask 集群来做，如 tcp://10.0.0.5:8786"),
)
def build(names: tuple[str, ...], **typed: Any) -> int:
    """生成报告；数据、模板、配置都没有变化的不重做。"""
    asked = ask(names, **typed)
    if not isinstance(asked, Asked):
        return asked
    code = build_all(asked.reports, asked.batch, accepted=asked.accepted)
    screen = asked.batch.screen
    asked.batch.keeper.remember(screen.words, asked.states, screen.again)
    return code


def ask(names: tuple[str, ...], formats: str | None, out: str | None, **more: Any) -> Asked | int:
    """Return what the words ask for; when they cannot be followed, say why and return the exit code."""
    count, force, cluster = more.pop("count"), more.pop("force"), more.pop("cluster", "")
    with watching() as seen:
        screen, project, entries, config = start(names, **more)
        if entries is None:
            return stop(screen)
        chosen = choose(entries, config, project, named=bool(names)) if config else Chosen(entries)
        states = seen.states()
    wanted = _formats(formats, config)
    output = typed_path(out) if out else (config.output if config else REPORTS)
    if problem := _in_the_way(output, project, None if out or not config else config.output_at):
        screen.report([problem])
        return stop(screen, [problem])
    screen.report(chosen.problems)
    look = config.look if config else STANDARD
    way = Way(count_of(count), cluster, force)
    batch = Batch(project, output, wanted, screen, look, chosen.unfinished, way)
    return Asked(chosen.reports, batch, config is not None and config.stand_ins_accepted, states)


def _formats(asked: str | None, config: Config | None) -> tuple[str, ...]:
    if asked is None:
        return config.formats if config else FORMATS
    wanted = tuple(name.strip().lower() for name in asked.replace("，", ",").split(",") if name.strip())
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        message = f"--format 不会做“{'、'.join(unknown)}”" if unknown else "--format 后面缺少内容"
        raise ReportError([refusal(message, f"可以写：{'、'.join(FORMATS)}", asked)])
    return tuple(dict.fromkeys(wanted))


def count_of(typed: str | None) -> int:
    """Return how many reports are made at a time."""
    if typed is None:
        return usual_count()
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed) <= MOST_AT_A_TIME:
        message = f"--jobs 后面要写一个数，写的是“{typed}”"
        raise ReportError([refusal(message, f"可以写 1 到 {MOST_AT_A_TIME}，如 --jobs 2", typed)])
    return int(typed)


def _in_the_way(output: Path, project: Project, at: Location | None) -> Problem | None:
    """Say that a file stands where the output folder goes; `at` is where config.yaml names it."""
    for path in (output, *output.parents):
        if os.path.exists(path) and not os.path.isdir(path):
            message = f"“{project.shown(path)}”是一个文件，成品要放进同名的文件夹"
            other = "改 config.yaml 的“输出”" if at else "用 --out 换一个文件夹"
            return Problem(at or Location("命令行"), WRITE_RULE, message, f"请移走，或{other}")
    return None
