"""The command line: arguments, progress, exit codes. The only place that prints.

Exit codes: 0 all built, 1 some reports failed, 2 input or template errors and nothing built,
3 output could not be written, 4 a fault of the program, 130 interrupted.
"""

from __future__ import annotations

import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

import click

from zhibi.cli_words import ChineseCommand, ChineseGroup, usage_problem
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Config, Project, ReportEntry, epoch_date, read_config

ROOT = Path(__file__).resolve().parent.parent
OK, SOME_FAILED, BAD_INPUT, NOT_WRITTEN, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 4, 130
_Command = TypeVar("_Command", bound=Callable[..., int])

WRITE_RULE = "写文件"


@dataclass
class Screen:
    """What is said to people (stderr and stdout as text) or to machines (`--json`, one document)."""

    as_json: bool = False
    quiet: bool = False
    built: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def say(self, text: str) -> None:
        if not (self.quiet or self.as_json):
            click.echo(text)

    def progress(self, text: str) -> None:
        """Show a passing step on a terminal; a log file gets finished lines only."""
        if sys.stderr.isatty() and not (self.quiet or self.as_json):
            click.echo(f"\r\x1b[K  {text}", nl=False, err=True)

    def end_progress(self) -> None:
        if sys.stderr.isatty() and not (self.quiet or self.as_json):
            click.echo("\r\x1b[K", nl=False, err=True)

    def report(self, problems: Iterable[Problem]) -> None:
        fresh = [problem for problem in problems if problem not in self.problems]
        self.problems.extend(fresh)
        if not self.as_json:
            for problem in fresh:
                click.echo(str(problem), err=True)

    def finish(self, **more: Any) -> None:
        if self.as_json:
            result = {
                "built": self.built,
                "problems": [problem.as_json() for problem in self.problems],
                **more,
            }
            click.echo(json.dumps(result, ensure_ascii=False, indent=1))


def _options(*extra: Callable[[Any], Any]) -> Callable[[_Command], _Command]:
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


@click.group(cls=ChineseGroup, default_command="build")
def cli() -> None:
    """执笔：把 YAML 数据套进模板，生成 Word（DOCX）和 PDF 公文。

    \b
    python build.py                   生成 config.yaml 里的全部报告
    python build.py 名称 …            只生成其中几份
    python build.py 数据.yaml         生成一个数据文件
    """


@cli.command(cls=ChineseCommand)
@click.argument("names", nargs=-1, metavar="[名称或数据文件]…")
@_options(
    click.option("--format", "formats", default=None, metavar="docx,pdf", help="只做其中几种文件"),
    click.option("--out", default=None, metavar="文件夹", help="成品放在哪里（默认 reports）"),
)
def build(names: tuple[str, ...], formats: str | None, out: str | None, **common: Any) -> int:
    """生成报告。"""
    screen, project, entries, config = _start(names, **common)
    if entries is None:
        return _stop(screen)
    wanted = _formats(formats, config)
    output = Path(out) if out else (config.output if config else ROOT / "reports")
    return _build_all(entries, _Batch(project, output, wanted, screen))


@cli.command(cls=ChineseCommand)
@click.argument("names", nargs=-1, metavar="[名称或数据文件]…")
@_options()
def check(names: tuple[str, ...], **common: Any) -> int:
    """只检查，不生成文件。"""
    from zhibi.pipeline import check_report

    screen, project, entries, _ = _start(names, **common)
    if entries is None:
        return _stop(screen)
    failed = 0
    for entry in entries:
        try:
            screen.report(check_report(entry.data, project, _today()).problems)
            screen.say(f"✓ {entry.name}")
        except ReportError as error:
            failed += 1
            screen.report(error.problems)
            screen.say(f"✗ {entry.name}")
    screen.say(f"检查了 {len(entries)} 份，{failed} 份有错误，共 {len(screen.problems)} 个问题。")
    screen.finish()
    return _exit_code(failed, len(entries))


@cli.command("list", cls=ChineseCommand)
@_options()
def list_(**common: Any) -> int:
    """列出 config.yaml 里的报告。"""
    screen, project, entries, _ = _start((), **common)
    if entries is None:
        return _stop(screen)
    for entry in entries:
        screen.say(f"{entry.name}\t{project.shown(entry.data)}")
    screen.finish(reports=[{"name": entry.name, "data": project.shown(entry.data)} for entry in entries])
    return OK


@cli.command(cls=ChineseCommand)
@_options(click.option("--out", default=None, metavar="文件夹", help="写到哪里（默认 data/schema）"))
def schema(out: str | None, **common: Any) -> int:
    """写出各种 YAML 文件的格式说明（JSON Schema），编辑器据此补全和检查。"""
    from zhibi.schema_files import schema_files

    screen, project, _, _ = _start(None, **common)
    folder = Path(out) if out else ROOT / "data" / "schema"
    try:
        files = schema_files(project)
    except ReportError as error:
        screen.report(error.problems)
        return _stop(screen)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        screen.built.append(project.shown(folder / name))
        screen.say(f"已写出 {project.shown(folder / name)}")
    screen.finish()
    return OK


@cli.command("import", cls=ChineseCommand)
@click.argument("file", metavar="文件.txt|文件.docx", type=click.Path(path_type=Path))
@_options(
    click.option("-o", "--out", default=None, metavar="数据.yaml", help="写到哪个文件（默认同名 .yaml）")
)
def import_(file: Path, out: str | None, **common: Any) -> int:
    """把已有的公文（文本或 Word）变成 YAML 数据。"""
    from zhibi.importer import import_paper, write_yaml
    from zhibi.output import write_files

    screen, project, _, _ = _start(None, **common)
    target = Path(out) if out else file.with_suffix(".yaml")
    schema_path = os.path.relpath(ROOT / "data" / "schema" / "文稿.schema.json", target.parent.resolve())
    try:
        if target.exists():
            hint = "请用 -o 另起一个名字，或先把它移走"
            raise ReportError(
                [Problem(Location(project.shown(target)), WRITE_RULE, "已经有这个文件了", hint)]
            )
        imported = import_paper(file)
        text = write_yaml(imported.data, Path(schema_path).as_posix())
        write_files(target.parent, {target.name: text.encode()})
    except ReportError as error:
        screen.report(error.problems)
        return _stop(screen)
    screen.report(imported.problems)
    screen.built.append(project.shown(target))
    count = len(imported.problems)
    screen.say(
        f"已写出 {project.shown(target)}" + (f"；请逐条核对上面的 {count} 条提示。" if count else "。")
    )
    screen.finish()
    return OK


def _start(
    names: Sequence[str] | None, config_file: str | None, as_json: bool, quiet: bool
) -> tuple[Screen, Project, tuple[ReportEntry, ...] | None, Config | None]:
    """Return the screen, the project and the reports asked for; no reports when something is wrong."""
    screen = Screen(as_json, quiet)
    path = Path(config_file) if config_file else ROOT / "config.yaml"
    project = Project(path.resolve().parent, ROOT / "templates")
    if names is None:
        return screen, project, None, None
    try:
        files = [name for name in names if Path(name).suffix in {".yaml", ".yml"}]
        config = read_config(path, project) if not files or len(files) < len(names) else None
        return screen, project, _pick(names, config), config
    except ReportError as error:
        screen.report(error.problems)
        return screen, project, None, None


def _pick(names: Sequence[str], config: Config | None) -> tuple[ReportEntry, ...]:
    known = {entry.name: entry for entry in config.reports} if config else {}
    if not names:
        return tuple(known.values())
    picked: list[ReportEntry] = []
    problems: list[Problem] = []
    for name in names:
        if name in known:
            picked.append(known[name])
        elif Path(name).suffix in {".yaml", ".yml"}:
            picked.append(ReportEntry(Path(name).stem, Path(name)))
        else:
            hint = "可以写：" + "、".join(known)
            problems.append(Problem(Location("命令行"), "名称", f"没有名叫“{name}”的报告", hint, text=name))
    if problems:
        raise ReportError(problems)
    return tuple(picked)


def _formats(asked: str | None, config: Config | None) -> tuple[str, ...]:
    from zhibi.pipeline import WRITERS

    if asked is None:
        return config.formats if config else tuple(WRITERS)
    wanted = tuple(name.strip().lower() for name in asked.replace("，", ",").split(",") if name.strip())
    unknown = [name for name in wanted if name not in WRITERS]
    if unknown or not wanted:
        raise click.BadParameter(
            f"不会做“{'、'.join(unknown)}”，可以写：{'、'.join(WRITERS)}", param_hint="--format"
        )
    return tuple(dict.fromkeys(wanted))


@dataclass
class _Batch:
    """One run over several reports; a bad report never stops the others."""

    project: Project
    output: Path
    formats: Sequence[str]
    screen: Screen
    taken: dict[str, str] = field(default_factory=dict)

    def build(self, entry: ReportEntry, head: str) -> int:
        """Build one report and say how it went; return the exit code it deserves."""
        began = time.monotonic()
        steps: list[str] = []

        def step(name: str) -> None:
            steps.append(name)
            self.screen.progress(f"{head}：{name}…")

        try:
            files = self._build(entry, step)
        except ReportError as error:
            self.screen.end_progress()
            self.screen.report(error.problems)
            self.screen.say(f"{head} ✗ 没有生成")
            return NOT_WRITTEN if any(problem.rule == WRITE_RULE for problem in error.problems) else BAD_INPUT
        except Exception:
            self.screen.end_progress()
            self.screen.say(f"{head} ✗ 没有生成")
            return _own_fault(entry.name)
        self.screen.end_progress()
        self.screen.built.extend(self.project.shown(file) for file in files)
        self.screen.say(f"{head} ✓ {time.monotonic() - began:.1f} 秒（{' → '.join(steps)}）")
        return OK

    def _build(self, entry: ReportEntry, step: Callable[[str], None]) -> tuple[Path, ...]:
        from zhibi.pipeline import build_report, check_report

        checked = check_report(entry.data, self.project, _today(), step)
        other = self.taken.setdefault(checked.stem.casefold(), entry.name)
        if other != entry.name:
            message = f"与“{other}”的文件名相同：{checked.stem}"
            raise ReportError(
                [Problem(Location(str(entry.data)), "重名", message, "请在数据里用“文件名”另起一个")]
            )
        built = build_report(checked, self.output, self.formats, step)
        self.screen.report(built.problems)
        return built.files


def _build_all(entries: Sequence[ReportEntry], batch: _Batch) -> int:
    codes = [
        batch.build(entry, f"[{number}/{len(entries)}] {entry.name}")
        for number, entry in enumerate(entries, 1)
    ]
    _summary(batch.screen, len(codes), sum(code != OK for code in codes))
    for worst in (INTERNAL, NOT_WRITTEN):
        if worst in codes:
            return worst
    return _exit_code(sum(code != OK for code in codes), len(codes))


def _summary(screen: Screen, total: int, failed: int) -> None:
    screen.say("")
    for path in screen.built:
        screen.say(f"  {path}")
    screen.say(
        f"共 {total} 份报告，生成 {total - failed} 份" + (f"，{failed} 份没有生成。" if failed else "。")
    )
    screen.finish()


def _exit_code(failed: int, total: int) -> int:
    if not failed:
        return OK
    return BAD_INPUT if failed == total else SOME_FAILED


def _stop(screen: Screen) -> int:
    screen.finish()
    return BAD_INPUT


def _today() -> str:
    return epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; no traceback ever reaches a clerk."""
    _use_utf8()
    try:
        return int(cli.main(arguments, prog_name="build.py", standalone_mode=False) or OK)
    except click.ClickException as error:
        click.echo(usage_problem(error), err=True)
        return BAD_INPUT
    except (KeyboardInterrupt, click.Abort):
        click.echo("\n已中断；原有的文件没有改动。", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        _silence()
    except Exception:
        return _own_fault()


def _silence() -> NoReturn:
    """The reader of our output went away: leave without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(OK)


def _own_fault(name: str = "") -> int:
    report = ROOT / "reports" / "程序出错记录.txt"
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(traceback.format_exc(), encoding="utf-8")
        where = f"，详情写在 {report.name}"
    except OSError:
        where = ""
    click.echo(
        f"{name and name + '：'}程序自身出错了{where}；您的数据和原有成品都没有改动，请把记录发给维护人员。",
        err=True,
    )
    return INTERNAL


def _use_utf8() -> None:
    """A console in another encoding must not stop a build: what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
