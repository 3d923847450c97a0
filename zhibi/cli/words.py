"""The Chinese words of the command line: help pages and usage errors of click, said in Chinese."""

from __future__ import annotations

import re
from typing import Any

import click


class _ChineseHelp(click.Command):
    """A command whose help page is Chinese throughout."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这个帮助"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(piece for piece in self.collect_usage_pieces(ctx) if piece != "[OPTIONS]")
        formatter.write_usage(ctx.command_path, f"{pieces} [选项]".strip(), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [row for param in self.get_params(ctx) if (row := param.get_help_record(ctx)) is not None]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)


class ChineseCommand(_ChineseHelp):
    """A plain command."""


class ChineseGroup(_ChineseHelp, click.Group):
    """The group of commands; words that name no command go to `default_command`."""

    def __init__(self, *args: Any, default_command: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default_command = default_command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in {"--help", "-h"}):
            args = [self.default_command, *args]
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[命令]", "[名称…]"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, command.get_short_help_str(60)) for name, command in sorted(self.commands.items())]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def usage_problem(error: click.ClickException) -> str:
    """Return a Chinese sentence for what click found wrong with the words typed."""
    match error:
        case click.NoSuchOption():
            close = "".join(f"；您是不是想写 {option}？" for option in (error.possibilities or [])[:1])
            return f"没有“{error.option_name}”这个选项{close}。用 --help 查看全部选项。"
        case click.MissingParameter():
            return "命令后面还缺内容。用 --help 查看写法。"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”的写法不对：后面缺少内容，或不该有内容。用 --help 查看写法。"
        case click.BadParameter():
            return f"选项“{error.param_hint}”的写法不对：{error.message}。"
        case _:
            extra = re.search(r"\((.+?)\)", error.format_message())
            return f"命令后面多写了“{extra[1] if extra else ''}”。用 --help 查看写法。"
