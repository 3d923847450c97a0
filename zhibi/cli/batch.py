"""One run over several reports: each is checked and built on its own, a bad one never stops the others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhibi.cli.held import Made, as_json, lines
from zhibi.cli.screen import BAD_INPUT, INTERNAL, NOT_WRITTEN, OK, Bar, Screen, exit_code, own_fault
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Project, ReportEntry, epoch_date
from zhibi.output import WRITE_RULE
from zhibi.styles import STANDARD, Look

FIXED_STEPS = 6
"""Steps of a report beside one a format: read, render, number, check, lay out, write files."""

PDF_STEPS = 1
"""Steps more when a PDF is made: it is measured."""


@dataclass
class Batch:
    """One run over several reports; a bad report never stops the others."""

    project: Project
    output: Path
    formats: Sequence[str]
    screen: Screen
    look: Look = STANDARD
    made: list[Made] = field(default_factory=list)
    taken: dict[str, ReportEntry] = field(default_factory=dict)

    def build(self, entry: ReportEntry, head: str, bar: Bar) -> int:
        """Build one report and say how it went; return the exit code it deserves."""
        began = time.monotonic()
        steps: list[str] = []

        def step(name: str) -> None:
            steps.append(name)
            bar.step(f"{entry.name}：{name}")

        try:
            files = self._build(entry, step)
        except ReportError as error:
            bar.clear()
            self.screen.report(error.problems)
            self.screen.say(f"{head} ✗ 没有生成")
            return NOT_WRITTEN if any(problem.rule == WRITE_RULE for problem in error.problems) else BAD_INPUT
        except Exception:
            bar.clear()
            self.screen.say(f"{head} ✗ 没有生成")
            self.screen.report([own_fault(self.output, entry.name)])
            return INTERNAL
        bar.clear()
        self.screen.built.extend(self.project.shown(file) for file in files)
        self.screen.say(f"{head} ✓ {time.monotonic() - began:.1f} 秒（{' → '.join(steps)}）")
        return OK

    def _build(self, entry: ReportEntry, step: Callable[[str], None]) -> tuple[Path, ...]:
        from zhibi.pipeline import build_report, check_report

        checked = check_report(entry.data, self.project, today(), step, self.look)
        other = self.taken.setdefault(checked.stem.casefold(), entry)
        if other.data.resolve() != entry.data.resolve():
            message = f"与“{other.name}”（{self.project.shown(other.data)}）的文件名相同：{checked.stem}"
            raise ReportError(
                [
                    Problem(
                        Location(self.project.shown(entry.data)),
                        "重名",
                        message,
                        "请在数据里用“文件名”另起一个",
                    )
                ]
            )
        built = build_report(checked, self.output, self.formats, step)
        self.screen.report(built.problems)
        self.made.append((entry.name, built))
        for face, family in built.substitutes.items():
            used = self.screen.substitutes.setdefault(face, [])
            used += [family] if family not in used else []
        return built.files


def build_all(entries: Sequence[ReportEntry], batch: Batch, *, accepted: bool = False) -> int:
    """Build every report, say how it went, and return the exit code; `accepted` are the stand-in faces."""
    total = len(entries)
    steps = FIXED_STEPS + len(batch.formats) + PDF_STEPS * ("pdf" in batch.formats)
    with batch.screen.progress(total * steps) as bar:
        heads = [f"[{number}/{total}] {entry.name}" for number, entry in enumerate(entries, 1)]
        codes = [batch.build(entry, head, bar) for entry, head in zip(entries, heads, strict=True)]
        bar.clear()
    failed = sum(code != OK for code in codes)
    batch.screen.say("")
    for path in batch.screen.built:
        batch.screen.say(f"  {path}")
    left = f"，{failed} 份没有生成。" if failed else "。"
    batch.screen.say(f"共 {total} 份报告，生成 {total - failed} 份{left}")
    for line in lines(batch.look, batch.made, accepted=accepted):
        batch.screen.say(line)
    batch.screen.finish(**as_json(batch.look, batch.made, accepted=accepted))
    return next((worst for worst in (INTERNAL, NOT_WRITTEN) if worst in codes), exit_code(failed, total))


def today() -> str:
    """Return what file properties say when the data tell no date: SOURCE_DATE_EPOCH, or nothing."""
    return epoch_date(os.environ.get("SOURCE_DATE_EPOCH"))
