"""The Chinese words of the command line: help pages and usage errors of click, said in Chinese."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from pkgutil import resolve_name
from typing import Any

import click

from zhibi.cli.streams import tell
from zhibi.errors import Location, Problem
from zhibi.periods import Period

USAGE_RULE = "用法"
"""Rule of the problems that mean: the words typed after build.py make no sense."""


def _help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Show a help page, which nobody need read to the end."""
    if wanted and not ctx.resilient_parsing:
        tell(ctx.get_help())
        ctx.exit()


def words_of(command: click.Command, ctx: click.Context) -> list[str]:
    """Return the words that stand after a command, options left out."""
    return [piece for piece in command.collect_usage_pieces(ctx) if piece != "[OPTIONS]"]


class _ChineseHelp(click.Command):
    """A command whose help page is Chinese throughout."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这个帮助"
            option.callback = _help
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join([*words_of(self, ctx), "[选项]"])
        formatter.write_usage(ctx.command_path, pieces, prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)


class ChineseCommand(_ChineseHelp):
    """A plain command."""


class ChineseGroup(_ChineseHelp, click.Group):
    """The group of commands at `places` (`module:name`), each loaded when it is asked for.

    Words that name no command go to `default_command`.
    """

    def __init__(self, *args: Any, places: Mapping[str, str], default_command: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.default_command = default_command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = self.places.get(cmd_name)
        command: click.Command | None = resolve_name(place) if place else None
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.places and args[0] not in {"--help", "-h"}):
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[命令]", "[名称…]"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(60)) for name, command in commands if command]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def refusal(message: str, suggestion: str, text: str = "") -> Problem:
    """Return what is wrong with the words typed."""
    return Problem(Location("命令行"), USAGE_RULE, message, suggestion, text=text)


def how_to_begin(period: Period) -> str:
    """Return the command that makes the data file of a period; that of a year is made with the next year's plan."""
    return f"python3 build.py new {period.code if period.quarter else period.next.code}"


def usage_problem(error: click.ClickException) -> Problem:
    """Say in Chinese what click found wrong with the words typed."""
    see = "用 --help 查看"
    match error:
        case click.NoSuchOption():
            close = "".join(f"您是不是想写 {option}？" for option in (error.possibilities or [])[:1])
            message = f"没有“{error.option_name}”这个选项"
            return refusal(message, f"{close}{see}全部选项", error.option_name)
        case click.MissingParameter():
            return _missing(error)
        case click.BadOptionUsage():
            message = f"选项“{error.option_name}”的写法不对：后面缺少内容，或不该有内容"
            return refusal(message, f"{see}写法", error.option_name)
        case _:
            extra = re.search(r"\((.+?)\)", error.format_message())
            word = extra[1] if extra else ""
            return refusal(f"命令后面多写了“{word}”", f"{see}写法", word)


def _missing(error: click.MissingParameter) -> Problem:
    """Say which words a command lacks: from the first one on, all that it cannot do without."""
    ctx, first = error.ctx, error.param
    assert ctx, "nothing is lacking but where a command runs"
    assert first, "what is lacking is a word of it"
    params = ctx.command.params
    lacking = [one.make_metavar(ctx) for one in params[params.index(first) :] if one.required]
    words = [ctx.command_path, *words_of(ctx.command, ctx)]
    message, hint = (
        f"命令后面还缺内容：{'、'.join(lacking)}",
        f"请写成 python3 {' '.join(words)}，用 --help 查看写法",
    )
    return refusal(message.replace("|", " 或 "), hint.replace("|", " 或 "))


_IMPORT = "请先 python3 build.py import {name} 把它变成 YAML 数据"
_SAVE = "请先在 Word 或 WPS 里另存为 .docx，再用 python3 build.py import 变成 YAML 数据"
_SHEET = "请把内容写进 YAML 数据文件的表里，写法见说明里的“做表格”"
_MEASURE = "请写数据文件，如 data/甲.yaml；要量版面，请用 python3 build.py measure {name}"
_OTHERS = {
    **dict.fromkeys((".docx",), ("这是 Word 文件", _IMPORT)),
    **dict.fromkeys((".doc", ".wps"), ("这是旧格式的 Word 或 WPS 文件", _SAVE)),
    **dict.fromkeys((".docm", ".dotx", ".dotm", ".rtf", ".odt"), ("这是别的格式的文稿", _SAVE)),
    **dict.fromkeys((".txt",), ("这是文本文件", _IMPORT)),
    **dict.fromkeys((".xlsx", ".xls", ".et", ".csv"), ("这是电子表格", _SHEET)),
    **dict.fromkeys((".pdf",), ("这是 PDF 文件", _MEASURE)),
}
"""Ending -> what such a file is, and what to do with it."""

_DASHES = "—–－−"
"""What an input method makes of the hyphens of an option."""


def no_report(name: str, known: Sequence[str], commands: Iterable[str] = ()) -> Problem:
    """Say that `name` is neither a report nor a data file, what it is, and what to do.

    `commands` are those that it may have been meant for.
    """
    what, hint = _OTHERS.get(PurePath(name).suffix.lower(), ("", ""))
    if what:
        return refusal(f"“{name}”不是数据文件：{what}", hint.format(name=name), name)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    close = close or difflib.get_close_matches(name, list(commands), n=1)
    hint = "请写报告的名称，或数据文件，如 data/甲.yaml"
    if os.path.isdir(name):
        hint = "这是一个文件夹；请写出里面的数据文件，如 data/甲.yaml"
    elif name[:1] and name[0] in _DASHES:
        hint = f"选项前面要用两个半角减号：--{name.lstrip(_DASHES)}"
    elif close:
        hint = f"您是不是想写“{close[0]}”？"
    elif known:
        hint = "可以写：" + "、".join(known)
    return refusal(f"没有名叫“{name}”的报告", hint, name)
