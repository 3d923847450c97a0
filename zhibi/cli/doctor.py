"""`python build.py doctor`: looks at the machine and prints what it finds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from zhibi.cli.screen import this_screen
from zhibi.cli.streams import tell
from zhibi.cli.words import ChineseCommand
from zhibi.doctor import CONFIG, as_json, as_text, examine, healthy

AILING = 1
"""Exit code when something stands in the way of a build."""


@click.command(cls=ChineseCommand)
@click.option("--config", "config_file", default=None, metavar="文件", help="配置文件（默认 config.yaml）")
@click.option("--json", "wants_json", is_flag=True, help="把结果写成 JSON，供程序读取")
@click.option("--quiet", is_flag=True, help="只报告问题，不显示过程")
def doctor(config_file: str | None, wants_json: bool, quiet: bool) -> int:
    """体检：检查本机的程序、字体、文件夹和配置，说明怎么办。"""
    findings = examine(Path(config_file) if config_file else CONFIG)
    screen = this_screen(wants_json, quiet)
    screen.document(json.loads(as_json(findings)))
    screen.say(as_text(findings))
    if quiet and not wants_json and (ailing := as_text(findings, quiet=True)):
        tell(ailing)
    return 0 if healthy(findings) else AILING
