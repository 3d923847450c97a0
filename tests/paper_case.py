"""Run a text case: template and data as text -> the flow as readable lines, or the problems.

A case file holds cases that a non-programmer can add::

    === 名称
    --- 数据
    正文: [甲]
    --- 模板        (optional; the general template when left out)
    --- 计划        (optional)
    --- 结果
    正文 甲
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.nodes import HEADING_ROLES, Break, Flow, Heading, Inlines, Lead, Paragraph, Row, Table, plain_text
from zhibi.pipeline import check_report

CASES = Path(__file__).parent / "cases"
GENERAL = "---\n版本: 1\n说明: 试验\n字段:\n  正文: {类型: 正文}\n---\n::正文\n"


@dataclass(frozen=True)
class Case:
    """One case of a case file."""

    name: str
    data: str
    template: str
    plan: str
    wanted: str


def read_cases() -> list[Case]:
    """Return every case of every file in tests/cases."""
    cases = []
    for path in sorted(CASES.glob("*.txt")):
        for chunk in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            name, _, rest = chunk.partition("\n")
            parts = re.split(r"(?m)^--- (数据|模板|计划|结果)\n", rest)
            found = dict(zip(parts[1::2], parts[2::2], strict=True))
            cases.append(
                Case(
                    f"{path.stem}：{name.strip()}",
                    found["数据"],
                    found.get("模板", GENERAL),
                    found.get("计划", ""),
                    found["结果"].strip("\n"),
                )
            )
    return cases


def run_case(case: Case, folder: Path) -> str:
    """Return what a case gives, in the form of its 结果."""
    (folder / "templates").mkdir()
    (folder / "templates" / "试验.jinja").write_text(case.template, encoding="utf-8")
    head = "" if case.data.startswith("版本") else "版本: 1\n模板: 试验\n"
    (folder / "数据.yaml").write_text(head + case.data, encoding="utf-8")
    if case.plan:
        (folder / "计划.yaml").write_text("版本: 1\n名称: 计划\n年度: 2026\n" + case.plan, encoding="utf-8")
    try:
        checked = check_report(folder / "数据.yaml", Project(folder, folder / "templates"))
    except ReportError as error:
        return "\n".join(str(problem) for problem in error.problems)
    return "\n".join([*dump_flow(checked.paper.flow), *(str(problem) for problem in checked.problems)])


def dump_flow(flow: Flow) -> list[str]:
    """Return a flow as lines: role and words; tables as rows of cells."""
    lines: list[str] = []
    for number, section in enumerate(flow.sections):
        if number:
            lines.append(f"→ 另起一页（{section.orientation}）")
        for block in section.blocks:
            match block:
                case Heading():
                    rest = f"｜{dump_inlines(block.rest)}" if block.rest else ""
                    lines.append(
                        f"{HEADING_ROLES[block.level - 1]} {block.number}{dump_inlines(block.content)}{rest}"
                    )
                case Paragraph():
                    lines.append(f"{block.role} {dump_inlines(block.content)}".rstrip())
                case Table():
                    lines.extend(_table(block))
    return lines


def dump_inlines(content: Inlines) -> str:
    """Return words with `**` round a lead sentence and ⏎ for a line end."""
    out = []
    for inline in content:
        if isinstance(inline, Lead):
            out.append(f"**{dump_inlines(inline.content)}**")
        elif isinstance(inline, Break):
            out.append("⏎")
        else:
            out.append(plain_text((inline,)))
    return "".join(out)


def _table(table: Table) -> list[str]:
    lines = [f"表题 {dump_inlines(table.title)}"] if table.title else []
    lines += [table.unit] if table.unit else []
    lines += [_row(row) for row in (*table.header, *table.rows)]
    return lines + [f"注 {dump_inlines(note)}" for note in table.notes]


def _row(row: Row) -> str:
    cells = []
    for cell in row.cells:
        words = "⏎".join(dump_inlines(block.content) for block in cell.blocks if isinstance(block, Paragraph))
        span = f"[{cell.colspan}×{cell.rowspan}]" if cell.colspan * cell.rowspan > 1 else ""
        cells.append(f"{span}{words}")
    return f"{row.kind} | " + " | ".join(cells) + " |"
