"""`check`: our data or a paper from elsewhere -> findings; `--fix` mends data files, `--annotate` comments a Word file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from zhibi.cli.batch import Batch, code_of, today
from zhibi.cli.findings import comment, finding_json, told
from zhibi.cli.screen import BAD_INPUT, INTERNAL, OK, SOME_FAILED, Screen
from zhibi.cli.starting import REPORTS, options, start, stop, typed_path
from zhibi.cli.wanted import DAMAGE, Wanted, papers, wanted_of
from zhibi.cli.words import ChineseCommand, refusal
from zhibi.errors import Location, Problem, ReportError, has_errors
from zhibi.foreign import is_foreign
from zhibi.jobs import Answer, Job, clauses_of
from zhibi.model import PLAN_RULE, Project, ReportEntry
from zhibi.output import LOCK_RULE, WRITE_RULE, write_files
from zhibi.reading import read_file
from zhibi.styles import STANDARD
from zhibi.workers import Workers


@click.command(cls=ChineseCommand)
@click.argument("names", nargs=-1, metavar="[名称、文件或文件夹]…")
@options(
    click.option("--only", default=None, metavar="规则,规则", help="只看这几条规则"),
    click.option("--level", default=None, metavar="错误|提醒|询问", help="只看这一级和更重的"),
    click.option("--fix", is_flag=True, help="把有把握的改进数据文件，原来的存进“备份”"),
    click.option("--annotate", default=None, metavar="批注.docx", help="另存一份 Word，每处写成批注"),
)
def check(
    names: tuple[str, ...],
    only: str | None,
    level: str | None,
    fix: bool,
    annotate: str | None,
    **common: Any,
) -> int:
    """校对：只检查，不生成文件。

    \b
    检查 config.yaml 里的报告、数据文件、计划文件，也检查别处来的 Word（.docx）和文本（.txt）；
    写文件夹就检查里面的每一份。结果写在屏幕上，可以用 > 结果.txt 存下来。
    〔〕里是规则的名称，每条规则的说明见 docs/校对手册.md。
    退出码：0 没有错误；1 有的公文有错误；2 命令写错了，或有文件读不了。
    """
    screen, project, entries, config = start(names, files=papers, **common)
    clauses: dict[str, str] = {}
    screen.shown = partial(told, clauses=clauses)
    if entries is None:
        return stop(screen)
    wanted = wanted_of(only, level)
    foreign = [entry for entry in entries if is_foreign(entry.data)]
    if fix and annotate:
        raise ReportError([refusal("--fix 和 --annotate 不能一起用", "请分两次运行", "--annotate")])
    if fix and foreign:
        name = foreign[0].name
        hint = f"请先 python3 build.py import {name} 变成 YAML 数据再改，或用 --annotate 批注.docx 写成批注"
        raise ReportError([refusal(f"--fix 只改数据文件，不改“{name}”", hint, name)])
    target = _target(annotate, entries, project) if annotate else None
    batch = Batch(project, REPORTS, (), screen, config.look if config else STANDARD)
    return _Check(batch, wanted, entries, clauses).run(fix=fix, target=target)


@dataclass(frozen=True)
class _Check:
    """One run of the command; `unread` are the problems of files that could not be read, `clauses` those of what was found."""

    batch: Batch
    wanted: Wanted
    entries: Sequence[ReportEntry]
    clauses: dict[str, str]
    unread: list[Problem] = field(default_factory=list)

    @property
    def screen(self) -> Screen:
        return self.batch.screen

    def run(self, *, fix: bool, target: Path | None) -> int:
        """Check every report, say how it went, and return the exit code."""
        codes, more = [], {}
        before = _bytes(self.entries[0].data) if target else b""
        with Workers() as workers:
            held: dict[Path, bytes] = {}
            if fix:
                from zhibi.cli.fixing import fix_all

                held, more["fixed"] = fix_all(self, workers)
            jobs = [self.job(entry, held) for entry in self.entries]
            for entry, answer in zip(self.entries, workers.proofread(jobs), strict=True):
                codes.append(self._tell(entry, answer))
                if target is not None and answer.good:
                    kept = self.kept(answer, entry)
                    codes[-1] = self._annotate(entry, kept, (target, before), codes[-1])
        return self._end(codes, more)

    def _tell(self, entry: ReportEntry, answer: Answer) -> int:
        """Tell what was found in a paper, and return the exit code that it deserves."""
        self.clauses.update(answer.clauses)
        kept = self.kept(answer, entry)
        failed = has_errors(kept)
        unread = failed and not answer.good and _is_unread(entry, self.batch.project)
        self.screen.report(kept, err=unread)
        more = ""
        if unread:
            more = "：没有读成"
            self.unread.extend(kept)
        elif failed and not answer.good and not self._was_proofread(answer, kept):
            more = "：数据写错了，还没有校对；改好这些，再看校对的结果"
        self.screen.say(f"{'✗' if failed else '✓'} {entry.name}{more}")
        return code_of(kept, BAD_INPUT if unread else SOME_FAILED) if failed else OK

    def _was_proofread(self, answer: Answer, kept: Iterable[Problem]) -> bool:
        """Tell whether the rules came to see a paper that has errors: one of them has found something."""
        return any(problem.rule in (*self.clauses, *DAMAGE) for problem in (*answer.problems, *kept))

    def job(self, entry: ReportEntry, held: dict[Path, bytes]) -> Job:
        """Return what a worker is asked for; `held` are files as they would be."""
        [job] = self.batch.jobs([entry])
        return replace(job, held=tuple(held.items()))

    def kept(self, answer: Answer, entry: ReportEntry) -> list[Problem]:
        """Return the problems that were asked for."""
        problems = answer.problems if answer.good else self.batch.why(answer, entry)
        if any(problem.rule == PLAN_RULE for problem in problems):
            problems = _of_plan(entry, self.batch.project)
            self.clauses.update(clauses_of(problems))
        return [problem for problem in problems if self.wanted.keeps(problem)]

    def _annotate(
        self, entry: ReportEntry, problems: Iterable[Problem], files: tuple[Path, bytes], code: int
    ) -> int:
        """Write the Word file with comments and return the exit code; `files` are it and what was read."""
        from zhibi.foreign.comments import annotated

        target, raw = files
        shown = self.batch.project.shown(entry.data)
        try:
            if _bytes(entry.data) != raw:
                raise ReportError([_changed_meanwhile(shown)])
            notes = [(problem, comment(problem, self.clauses)) for problem in problems]
            write_files(target.parent, {target.name: annotated(raw, notes, _moment(), shown)})
        except ReportError as error:
            self.screen.report(error.problems)
            return code_of(error.problems, BAD_INPUT)
        self.screen.built.append(self.batch.project.shown(target))
        self.screen.say(f"已写出 {self.batch.project.shown(target)}，{len(notes)} 条批注，原文件没有改动。")
        return code

    def _end(self, codes: Sequence[int], more: dict[str, Any]) -> int:
        screen = self.screen
        found = [problem for problem in screen.problems if problem not in self.unread]
        counts = [f"{level} {sum(one.level is level for one in found)} 处" for level in self.wanted.levels]
        only = f"（只看{'、'.join(self.wanted.rules)}）" if self.wanted.rules else ""
        unread = codes.count(BAD_INPUT)
        left = f"{unread} 份没有读成。" if unread else ""
        if unread < len(codes) or not codes:
            screen.say(f"检查了 {len(codes) - unread} 份{only}：{'，'.join(counts)}。{left}")
        else:
            screen.say(left)
        screen.finish(**more, problems=[finding_json(problem, self.clauses) for problem in screen.problems])
        if {WRITE_RULE, LOCK_RULE} & {problem.rule for problem in screen.problems}:
            return code_of(screen.problems, BAD_INPUT)
        return INTERNAL if INTERNAL in codes else max(codes, default=OK)


def _is_unread(entry: ReportEntry, project: Project) -> bool:
    """Tell whether a paper that could not be checked is no paper at all: its file says nothing that can be read."""
    if is_foreign(entry.data):
        return True
    text, problems = read_file(entry.data, project.shown(entry.data))
    return not text and has_errors(problems)


def _bytes(path: Path) -> bytes:
    """Return what a file says; nothing where it cannot be read, which the check itself tells."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _changed_meanwhile(shown: str) -> Problem:
    message = "校对的时候文件被别的程序改过，没有写批注"
    return Problem(Location(shown), "批注", message, "请等它存好，再运行一次")


def _moment() -> str:
    """Return the date of comments as Word writes it: the time of the place, whatever the Z says."""
    day = today()
    return f"{day}T00:00:00Z" if day else datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M:%SZ")


def _of_plan(entry: ReportEntry, project: Project) -> Sequence[Problem]:
    """Return all problems of a plan file, which no worker makes a paper of."""
    from zhibi.checks.to_be_written import blanks
    from zhibi.model.source import check_plan

    plan, problems = check_plan(entry.data, project)
    return sorted([*problems, *blanks(plan)], key=lambda problem: problem.at)


def _target(annotate: str, entries: Sequence[ReportEntry], project: Project) -> Path:
    """Return where the Word file with comments goes; refuse what cannot be done."""
    target = typed_path(annotate)
    name = entries[0].name if entries else ""
    if len(entries) != 1 or entries[0].data.suffix.lower() != ".docx":
        hint = "请写一个 .docx 文件；自己的报告请先生成，再检查成品，如 check reports/甲.docx --annotate 批注.docx"
        raise ReportError([refusal("--annotate 一次给一个 Word 文件写批注", hint, name)])
    if target.suffix.lower() != ".docx":
        hint = f"请写成 {target.stem or '批注'}.docx"
        raise ReportError([refusal("批注要另存成 .docx 文件", hint, annotate)])
    if os.path.lexists(target):
        message = f"已经有“{project.shown(target)}”这个文件了，没有写批注"
        raise ReportError([refusal(message, "请另起一个名字，或先把它移走", annotate)])
    return target
