"""The commands and their options."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from zhibi.cli.batch import Batch, build_all
from zhibi.cli.check import check
from zhibi.cli.doctor import doctor
from zhibi.cli.screen import OK
from zhibi.cli.starting import REPORTS, ROOT, every_report, options, start, stop, typed_path
from zhibi.cli.unfinished import Chosen, choose
from zhibi.cli.words import ChineseCommand, ChineseGroup, refusal
from zhibi.errors import Location, Problem, ReportError
from zhibi.freshness.states import watching
from zhibi.model import Config, Project
from zhibi.output import WRITE_RULE, write_files
from zhibi.reading import exists
from zhibi.styles import STANDARD
from zhibi.workers import usual_count

MOST_AT_A_TIME = 64
"""Reports that may be made at a time."""


@click.group(cls=ChineseGroup, default_command="build")
def cli() -> None:
    """执笔：把 YAML 数据套进模板，生成 Word（DOCX）和 PDF 公文。

    \b
    python3 build.py                   生成 config.yaml 里的全部报告
    python3 build.py 名称 …            只生成其中几份
    python3 build.py 数据.yaml         生成一个数据文件
    """


@cli.command(cls=ChineseCommand)
@click.argument("names", nargs=-1, metavar="[名称或数据文件]…")
@options(
    click.option("--format", "formats", default=None, metavar="docx,pdf", help="只做其中几种文件"),
    click.option("--out", default=None, metavar="文件夹", help="成品放在哪里（默认 reports）"),
    click.option("--jobs", "count", default=None, metavar="数", help="同时做几份（默认看本机的核数和内存）"),
    click.option("--force", is_flag=True, help="全部重做，没有变化的也做"),
)
def build(names: tuple[str, ...], formats: str | None, out: str | None, **more: Any) -> int:
    """生成报告；数据、模板、配置都没有变化的不重做。"""
    count, force = more.pop("count"), more.pop("force")
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
    batch = Batch(project, output, wanted, screen, look, unfinished=chosen.unfinished, force=force)
    batch.count = usual_count() if count is None else _count(count)
    code = build_all(chosen.reports, batch, accepted=config is not None and config.stand_ins_accepted)
    batch.keeper.remember(screen.words, states, screen.again)
    return code


cli.add_command(doctor)
cli.add_command(check)


@cli.command("list", cls=ChineseCommand)
@options()
def list_(**common: Any) -> int:
    """列出 config.yaml 里的报告；“定期”的每一期都列出。"""
    screen, project, entries, config = start((), **common)
    if entries is None or config is None:
        return stop(screen)
    entries = every_report(config)
    for entry in entries:
        screen.say(f"{entry.name}\t{project.shown(entry.data)}")
    screen.finish(reports=[{"name": entry.name, "data": project.shown(entry.data)} for entry in entries])
    return OK


@cli.command(cls=ChineseCommand)
@options(click.option("--out", default=None, metavar="文件夹", help="写到哪里（默认 data/schema）"))
def schema(out: str | None, **common: Any) -> int:
    """写出各种 YAML 文件的格式说明（JSON Schema），编辑器据此补全和检查。"""
    from zhibi.schema_files import schema_files

    screen, project, _, _ = start(None, **common)
    folder = typed_path(out) if out else ROOT / "data" / "schema"
    try:
        written = write_files(folder, {name: text.encode() for name, text in schema_files(project).items()})
    except ReportError as error:
        screen.report(error.problems)
        return stop(screen, error.problems)
    for file in written:
        screen.built.append(project.shown(file))
        screen.say(f"已写出 {project.shown(file)}")
    screen.finish()
    return OK


@cli.command("import", cls=ChineseCommand)
@click.argument("file", metavar="文件.txt|文件.docx")
@options(
    click.option("-o", "--out", default=None, metavar="数据.yaml", help="写到哪个文件（默认同名 .yaml）")
)
def import_(file: str, out: str | None, **common: Any) -> int:
    """把已有的公文（文本或 Word）变成 YAML 数据。"""
    from zhibi.importer import import_paper, write_yaml

    screen, project, _, _ = start(None, **common)
    source = typed_path(file)
    target = typed_path(out) if out else source.parent / f"{source.stem or '导入'}.yaml"
    schema_path = os.path.relpath(ROOT / "data" / "schema" / "文稿.schema.json", target.parent.resolve())
    try:
        if exists(target):
            hint = "请用 -o 另起一个名字，或先把它移走"
            raise ReportError(
                [Problem(Location(project.shown(target)), WRITE_RULE, "已经有这个文件了", hint)]
            )
        imported = import_paper(source)
        text = write_yaml(imported.data, Path(schema_path).as_posix())
        write_files(target.parent, {target.name: text.encode()})
    except ReportError as error:
        screen.report(error.problems)
        return stop(screen, error.problems)
    screen.report(imported.problems)
    screen.built.append(project.shown(target))
    count = len(imported.problems)
    screen.say(
        f"已写出 {project.shown(target)}" + (f"；请逐条核对上面的 {count} 条提示。" if count else "。")
    )
    screen.finish()
    return OK


def _formats(asked: str | None, config: Config | None) -> tuple[str, ...]:
    from zhibi.pipeline import WRITERS

    if asked is None:
        return config.formats if config else tuple(WRITERS)
    wanted = tuple(name.strip().lower() for name in asked.replace("，", ",").split(",") if name.strip())
    unknown = [name for name in wanted if name not in WRITERS]
    if unknown or not wanted:
        message = f"--format 不会做“{'、'.join(unknown)}”" if unknown else "--format 后面缺少内容"
        raise ReportError([refusal(message, f"可以写：{'、'.join(WRITERS)}", asked)])
    return tuple(dict.fromkeys(wanted))


def _count(typed: str) -> int:
    """Return how many reports are made at a time."""
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
