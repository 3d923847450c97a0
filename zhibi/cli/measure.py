"""`measure`: read the coordinates of a finished PDF or DOCX and say how it keeps to GB/T 9704-2012.

0 nothing is 不符, 1 something is, 2 the file cannot be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from zhibi.cli.columns import aligned
from zhibi.cli.screen import OK, SOME_FAILED, Screen, this_screen
from zhibi.cli.streams import tell
from zhibi.cli.words import ChineseCommand, refusal
from zhibi.errors import ReportError
from zhibi.measuring import GB_9704, GB_33476, Finding, Measured, Verdict, measure_file

_PRESETS = {"9704": GB_9704, "33476.2": GB_33476}
_TOLD = (Verdict.PASS, Verdict.FAULT, Verdict.STAND_IN, Verdict.UNCHECKED)
_HEAD = ("结论", "要素", "页", "条款", "偏差", "要求", "量得")


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件.pdf|文件.docx", type=click.Path(path_type=Path))
@click.option("--preset", default=None, metavar="9704|33476.2", help="按哪种页面设置量（默认看哪种更合）")
@click.option("--json", "as_json", is_flag=True, help="把结果写成 JSON，供程序读取")
@click.option("--quiet", is_flag=True, help="只报告不符的地方")
def measure(file: Path, preset: str | None, as_json: bool, quiet: bool) -> int:
    """量一份成品（PDF 或 DOCX）的版面，逐项与国标对照。"""
    screen = this_screen(as_json, quiet)
    if preset is not None and preset not in _PRESETS:
        raise ReportError([refusal(f"--preset 不认识“{preset}”", f"可以写：{'、'.join(_PRESETS)}", preset)])
    measured = measure_file(file, _PRESETS[preset] if preset else None)
    _show(measured, screen)
    screen.finish(
        文件=str(file),
        合计={str(verdict): measured.count(verdict) for verdict in Verdict},
        量得=[finding.as_json() for finding in measured.findings],
    )
    return SOME_FAILED if measured.count(Verdict.FAULT) else OK


def _show(measured: Measured, screen: Screen) -> None:
    told = [finding for finding in measured.folded if finding.verdict in _TOLD]
    for line in _table(told):
        screen.say(line)
    if screen.quiet and not screen.as_json:
        faults = [finding for finding in told if finding.verdict is Verdict.FAULT]
        for line in _table(faults) if faults else ():
            tell(line)
    tally = Counter(finding.verdict for finding in told)
    counts = "，".join(f"{tally[verdict]} 项{verdict}" for verdict in _TOLD)
    screen.say(f"\n共量 {len(told)} 项：{counts}。")


def _table(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the lines of a table whose columns stand under one another on a terminal."""
    head, *rows = aligned([_HEAD, *map(_cells, findings)])
    yield head
    for group, members in groupby(zip(findings, rows, strict=True), key=lambda pair: pair[0].group):
        yield f"【{group}】"
        yield from (row for _, row in members)


def _cells(finding: Finding) -> tuple[str, ...]:
    page = f"第{finding.page}页" if finding.page else "全文"
    return (
        *(str(finding.verdict), finding.element, page, finding.clause),
        *(finding.deviation, finding.asked, finding.found),
    )
