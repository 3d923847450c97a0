"""`list`, `schema` and `import`: what reports there are, the formats of files for editors, and data files from papers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from zhibi.cli.screen import OK
from zhibi.cli.starting import ROOT, every_report, options, start, stop, typed_path
from zhibi.cli.words import ChineseCommand
from zhibi.errors import Location, Problem, ReportError
from zhibi.output import WRITE_RULE, write_files
from zhibi.reading import exists


@click.command("list", cls=ChineseCommand)
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


@click.command(cls=ChineseCommand)
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


@click.command("import", cls=ChineseCommand)
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
