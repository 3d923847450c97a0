"""One run over several reports: all are checked, then the good ones are built; a bad one never stops the others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from zhibi.cli.held import Named, Outcome, as_json, lines, outcome_of
from zhibi.cli.keeping import Keeper
from zhibi.cli.log import RunLog
from zhibi.cli.screen import (
    BAD_INPUT,
    INTERNAL,
    LOCKED,
    NOT_WRITTEN,
    OK,
    OWN_FAULT,
    Bar,
    Screen,
    exit_code,
    own_fault,
)
from zhibi.dates import epoch_date
from zhibi.errors import Level, Location, Problem, ReportError
from zhibi.freshness.reports import Kept
from zhibi.jobs import Answer, Job
from zhibi.made import Made
from zhibi.model import Project, ReportEntry
from zhibi.output import LOCK_RULE, NAME_RULE, WRITE_RULE, Finished, folded, recover, save_report
from zhibi.reading import exists
from zhibi.styles import Look
from zhibi.workers import Crew, Workers

_SAME = "没有变化，不用重做"


@dataclass(frozen=True, slots=True)
class Way:
    """How a run goes about its work: in `count` processes, or by the workers of the scheduler at `cluster`.

    `force`: also what has not changed since it was made. `brief`: nothing is said of that. With a `measurer` a PDF is
    measured when its report is saved.
    """

    count: int = 1
    cluster: str = ""
    force: bool = False
    brief: bool = False
    measurer: Workers | None = None

    def crew(self) -> AbstractContextManager[Crew]:
        """Return who works."""
        if not self.cluster:
            return Workers(self.count)
        from zhibi.cluster import Cluster  # Imported late: Dask is an extra.

        return Cluster(self.cluster)


@dataclass
class Batch:
    """One run over several reports; `codes` are the exit codes that the reports deserve, by their number.

    `unfinished` are data files that are not complete yet; `keeper` knows the reports that have not changed, of which
    `same` were left; `beside` were saved under another name, because a program holds the old file.
    """

    project: Project
    output: Path
    formats: Sequence[str]
    screen: Screen
    look: Look
    unfinished: frozenset[Path] = frozenset()
    way: Way = Way()
    made: list[Named] = field(default_factory=list)
    codes: dict[int, int] = field(default_factory=dict)
    same: int = 0
    beside: int = 0
    keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = Keeper(self.output, self.way.force)

    def run(self, entries: Sequence[ReportEntry], workers: Crew, bar: Bar) -> None:
        """Check all reports, then build those that are in order."""
        heads = [f"[{number}/{len(entries)}] {entry.name}" for number, entry in enumerate(entries, 1)]
        jobs = self.jobs(entries)
        known = [self.keeper.known(job, unfinished=job.data in self.unfinished) for job in jobs]
        kept = {number: one for number, one in enumerate(known) if one is not None}
        rest = {number: job for number, job in enumerate(jobs) if number not in kept}
        checked: dict[int, Answer] = {}
        for number, answer in zip(rest, workers.check([*rest.values()]), strict=True):
            bar.step(f"检查 {entries[number].name}")
            self.keeper.saw(answer.states)
            if answer.good:
                checked[number] = answer
            else:
                self._refuse(number, heads[number], self.why(answer, entries[number]), bar)
        stems = {number: one.told["stem"] for number, one in kept.items()}
        stems |= {number: answer.stem for number, answer in checked.items()}
        for number, problem in self._clashes(entries, stems):
            (kept if number in kept else checked).pop(number)
            self._refuse(number, heads[number], [problem], bar)
        making = workers.make([jobs[number] for number in sorted(checked)])
        try:
            for number in sorted((*kept, *checked)):
                if number in kept:
                    self._leave(number, heads[number], entries[number], kept[number])
                    continue
                bar.step(f"生成 {entries[number].name}")
                report = (entries[number], checked[number], next(making))
                self._finish(number, heads[number], (jobs[number], *report), bar)
        finally:
            self.keeper.end()  # After Ctrl-C too: what has been made need not be made again.

    def jobs(self, entries: Sequence[ReportEntry]) -> list[Job]:
        """Return what the workers are asked for."""
        formats = tuple(self.formats)
        measured = self.way.measurer is None
        return [
            Job(entry.data, self.project, today(), self.look, formats, measured=measured) for entry in entries
        ]

    def _finish(
        self, number: int, head: str, report: tuple[Job, ReportEntry, Answer, Answer], bar: Bar
    ) -> None:
        """Put a made report into the output folder and say how it went."""
        job, entry, checked, answer = report
        self.keeper.saw(answer.states)
        if answer.made is None:
            self._refuse(number, head, self.why(answer, entry), bar)
            return
        made, unfinished = answer.made, entry.data in self.unfinished
        try:
            finished = Finished(made.stem, entry.data, made.files, unfinished)
            saved = save_report(self.output, finished, self.project.shown)
        except ReportError as error:
            self._refuse(number, head, error.problems, bar)
            return
        except Exception:
            self._refuse(number, head, [own_fault(self.output, entry.name)], bar)
            return
        bar.clear()
        self.codes[number] = code_of(saved.problems, OK)
        self.beside += self.codes[number] != OK
        self.screen.built.extend(self.project.shown(file) for file in saved.files)
        steps = "" if not saved.changed else f"（{' → '.join((*checked.steps, *answer.steps, '写入文件'))}）"
        same = "" if saved.changed else "，与原有的文件相同，没有改动"
        took = f"{checked.seconds + answer.seconds:.1f} 秒"
        self.screen.say(f"{head} ✓ {took}{steps}{same}", again=f"{head} ✓ {_SAME}")
        measured = self._measured(job, made, entry)
        made = measured or made
        self.screen.report((*made.problems, *saved.problems))
        outcome = outcome_of(made)
        self._tell_faces(entry.name, outcome)
        if self.codes[number] != OK or not measured:  # It stands beside a file that was held.
            self.keeper.lose(entry.data)
            return
        self.keeper.whole &= not saved.problems  # These are told once.
        told = {"stem": made.stem, "files": [str(path) for path in saved.files], "outcome": asdict(outcome)}
        states = {**checked.states, **answer.states}
        files = {path: made.files[path.suffix[1:]] for path in saved.files}
        self.keeper.keep(job, files, (made.problems, told), states, unfinished=unfinished)

    def _measured(self, job: Job, made: Made, entry: ReportEntry) -> Made | None:
        """Return a saved report with what its PDF measures, which may have been left for now; none, and say why not."""
        if self.way.measurer is None or "pdf" not in made.files:
            return made
        answer = self.way.measurer.measure(job, made)
        if answer.made is None:
            self.screen.report(self.why(answer, entry))
        return answer.made

    def _leave(self, number: int, head: str, entry: ReportEntry, kept: Kept) -> None:
        """Tell of a report of which nothing has changed."""
        self.codes[number] = OK
        self.same += 1
        self.screen.built.extend(self.project.shown(Path(file)) for file in kept.told["files"])
        if not self.way.brief:
            self.screen.say(f"{head} ✓ {_SAME}")
        self.screen.report(kept.problems)
        self._tell_faces(entry.name, Outcome(**kept.told["outcome"]))

    def _tell_faces(self, name: str, outcome: Outcome) -> None:
        self.made.append((name, outcome))
        for face, family in outcome.substitutes.items():
            used = self.screen.substitutes.setdefault(face, [])
            used += [family] if family not in used else []

    def why(self, answer: Answer, entry: ReportEntry) -> Sequence[Problem]:
        """Return why there is no paper; a fault of the program is kept in a file."""
        if answer.fault:
            return [own_fault(self.output, entry.name, answer.fault)]
        file = self.project.shown(entry.data)
        return [
            # A data file that cannot be found is mended where its name was typed.
            replace(problem, at=entry.at, message=f"数据“{file}”：{problem.message}")
            if entry.at is not None and problem.at == Location(file) and not exists(entry.data)
            else problem
            for problem in answer.problems
        ]

    def _refuse(self, number: int, head: str, problems: Sequence[Problem], bar: Bar) -> None:
        bar.clear()
        self.codes[number] = code_of(problems, BAD_INPUT)
        self.keeper.whole = False
        self.screen.report(problems)
        self.screen.say(f"{head} ✗ 没有生成")

    def _clashes(self, entries: Sequence[ReportEntry], stems: Mapping[int, str]) -> list[tuple[int, Problem]]:
        """Return a problem for each report whose files would have the name of another's."""
        taken: dict[str, list[int]] = {}
        for number, stem in stems.items():
            taken.setdefault(folded(stem), []).append(number)
        found = []
        for numbers in taken.values():
            if len({_read_as(entries[number].data) for number in numbers}) == 1:
                continue
            for number in numbers:
                other = entries[next(one for one in numbers if one != number)]
                message = f"与“{other.name}”（{self.project.shown(other.data)}）的文件名相同：{stems[number]}"
                at = Location(self.project.shown(entries[number].data), 1, 1)
                found.append((number, Problem(at, NAME_RULE, message, "请在数据里用“文件名”另起一个")))
        return found


def _read_as(data: Path) -> tuple[Path, Path]:
    """Return what tells one report from another: the data file, and the folder in which its plan is looked for."""
    return data.resolve(), data.parent.resolve()


def code_of(problems: Iterable[Problem], otherwise: int) -> int:
    """Return the exit code that a report's problems deserve."""
    rules = {problem.rule: problem for problem in problems}
    if OWN_FAULT in rules:
        return INTERNAL
    if WRITE_RULE in rules:
        return NOT_WRITTEN
    return LOCKED if LOCK_RULE in rules else otherwise


def build_all(entries: Sequence[ReportEntry], batch: Batch, *, accepted: bool = False) -> int:
    """Build every report, say how it went, and return the exit code; `accepted` are the stand-in faces."""
    screen, total = batch.screen, len(entries)
    screen.counted = frozenset({Level.QUERY})
    with RunLog(batch.output, screen.words) as log:
        screen.log = log
        try:
            recovered = recover(batch.output, batch.project.shown)
            screen.report(recovered)
            batch.keeper.whole = not recovered  # That is told once.
        except ReportError as error:
            screen.report(error.problems)
            screen.finish()
            return code_of(error.problems, NOT_WRITTEN)
        with screen.progress(total * 2) as bar, batch.way.crew() as workers:
            batch.run(entries, workers, bar)
            bar.clear()
        codes = [batch.codes[number] for number in range(total)]
        failed = sum(code != OK for code in codes) - batch.beside
        screen.say("")
        for path in screen.built:
            screen.say(f"  {path}")
        made = total - failed - batch.same
        screen.say(_tally(batch, made, failed), again=f"共 {total} 份报告，{total} 份{_SAME}。")
        if queries := sum(problem.level is Level.QUERY for problem in screen.problems):
            screen.say(f"另有 {queries} 处询问，用 check 查看。")
        for line in lines(batch.look, batch.made, accepted=accepted):
            screen.say(line)
        worst = next((code for code in (INTERNAL, NOT_WRITTEN, LOCKED) if code in codes), None)
        code = exit_code(failed, total) if worst is None else worst
        log.add(f"结束：退出码 {code}")
        screen.report(log.problems())
        screen.finish(**as_json(batch.look, batch.made, accepted=accepted))
        return code


def _tally(batch: Batch, made: int, failed: int) -> str:
    """Say how many reports were made, how many were left as they are, and how many have failed."""
    beside = f"（其中 {batch.beside} 份另存为新文件）" if batch.beside else ""
    parts = [f"共 {len(batch.codes)} 份报告"]
    parts += [f"生成 {made} 份{beside}"] if made or not batch.same else []
    parts += [f"{batch.same} 份{_SAME}"] if batch.same else []
    parts += [f"{failed} 份没有生成"] if failed else []
    return f"{'，'.join(parts)}。"


def today() -> str:
    """Return what file properties say when the data tell no date: SOURCE_DATE_EPOCH, or nothing."""
    return epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
