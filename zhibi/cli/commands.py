"""The group of commands: what each is called, and where it stands."""

from __future__ import annotations

import click

from zhibi.cli.words import ChineseGroup

PLACES = {
    "build": "zhibi.cli.build:build",
    "check": "zhibi.cli.check:check",
    "collect": "zhibi.cli.collect:collect",
    "doctor": "zhibi.cli.doctor:doctor",
    "due": "zhibi.cli.due:due",
    "forms": "zhibi.cli.forms:forms",
    "import": "zhibi.cli.files:import_",
    "list": "zhibi.cli.files:list_",
    "measure": "zhibi.cli.measure:measure",
    "new": "zhibi.cli.new:new",
    "schema": "zhibi.cli.files:schema",
    "watch": "zhibi.cli.watch:watch",
}
"""Command -> module and name; a run loads only the command that it is asked for."""


@click.group(cls=ChineseGroup, places=PLACES, default_command="build")
def cli() -> None:
    """执笔：把 YAML 数据套进模板，生成 Word（DOCX）和 PDF 公文。

    \b
    python3 build.py                   生成 config.yaml 里的全部报告
    python3 build.py 名称 …            只生成其中几份
    python3 build.py 数据.yaml         生成一个数据文件
    python3 build.py --format docx     只做 Word；--out、--jobs、--force 等
                                       选项用 build --help 查看
    """
