"""Workbooks of one paper that came back -> the cells that units said something of.

A cell is one column of one task in the data file, or one indicator's figure of the period in the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zhibi import plain
from zhibi.cycle.cell_words import Fetch, as_text, as_value
from zhibi.cycle.collecting.held_paper import HeldPaper
from zhibi.cycle.collecting.merging import Said
from zhibi.periods import Period
from zhibi.records import bare_number
from zhibi.round_trip import Change
from zhibi.workbooks import Answer, Figure, Returned

FIGURES = "指标"

_NOTHING = frozenset({"", "无", "没有", "-", "—", "——", "/"})
"""What a unit writes that has nothing to add."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the two files: `path` are its keys there, `entry` how many of them name its task or indicator.

    `old` is its value now and `now` the same in words; `refusal`: why nothing can be written there.
    """

    entry_name: str
    column: str
    path: tuple[str, ...]
    in_plan: bool
    old: Any
    now: str
    refusal: str = ""
    said: tuple[Said, ...] = ()

    @property
    def key(self) -> str:
        """Return what the ledger calls it: 4/完成情况, 指标/技术交易额."""
        return f"{self.entry_name}/{self.column}"

    @property
    def shown(self) -> str:
        """Return what messages call it."""
        if self.entry_name == FIGURES:
            return f"指标“{self.column}”"
        return f"第 {self.entry_name} 项的“{self.column}”"

    @property
    def typed(self) -> str:
        """Return what the file holds as it is typed, each 取数 with its expression."""
        return self.now if self.in_plan else as_text(self.old, str)

    @property
    def entry(self) -> tuple[str, ...]:
        """Return the keys of its task or indicator."""
        return self.path[:2]


def cells_of(paper: HeldPaper, period: Period, returned: Iterable[Returned]) -> list[Cell]:
    """Return the cells that units changed, in the order of the plan, each with all that was said of it."""
    found: dict[str, Cell] = {}
    for book in returned:
        answers: tuple[Answer | Figure, ...] = (*book.answers, *book.figures)
        for answer in answers:
            if _lines(answer.text) == _lines(answer.given) or _is_no_answer(paper, book.unit, answer):
                continue
            cell = (
                _task_cell(paper, answer)
                if isinstance(answer, Answer)
                else _figure_cell(paper, answer, period)
            )
            cell = found.get(cell.key, cell)
            said = _said(book.unit, answer, cell, paper.fetch)
            found[cell.key] = replace(cell, said=(*cell.said, said))
    order = {number: place for place, number in enumerate(paper.units_of)}
    return sorted(found.values(), key=lambda cell: order.get(cell.entry_name, len(order)))


def _is_no_answer(paper: HeldPaper, unit: str, answer: Answer | Figure) -> bool:
    """Tell whether a unit that only helps with a task has nothing to add: it need not fill in its row."""
    if isinstance(answer, Figure):
        return False
    leading = next(iter(paper.units_of.get(bare_number(answer.number), ())), unit)
    return unit != leading and answer.text.strip().strip("。.") in _NOTHING


def _wanted_value(cell: Cell, text: str, fetch: Fetch) -> Any:
    """Return the value of a cell's new text, as the first unit typed it: serials tell an introduction apart."""
    typed = next(said.typed for said in cell.said if said.text == text)
    return typed if cell.in_plan else as_value(typed, cell.old, fetch)


def change_of(cell: Cell, text: str, paper: HeldPaper) -> Change:
    """Return the keys and the value that put a cell's new text into its file, quarters in order."""
    value = _wanted_value(cell, text, paper.fetch)
    *above, last = cell.path
    figures = paper.plan[FIGURES][cell.column].get(above[-1]) if cell.in_plan else None
    if not isinstance(figures, Mapping) or last in figures or not any(last < quarter for quarter in figures):
        return cell.path, value
    return tuple(above), dict(sorted({**figures, last: value}.items()))


def _said(unit: str, answer: Answer | Figure, cell: Cell, fetch: Fetch) -> Said:
    """Return what a workbook says, in the words that the file would give it back in."""
    typed = _lines(answer.text)
    text = typed if cell.in_plan else _lines(as_text(as_value(typed, cell.old, fetch), fetch))
    return Said(unit, text, _lines(answer.given), answer.at, typed)


def _task_cell(paper: HeldPaper, answer: Answer) -> Cell:
    number = bare_number(answer.number)
    key = paper.entries.get(number, number)
    entry = paper.progress.get(key)
    old = entry.get(answer.column, "") if isinstance(entry, plain.Mapping) else ""
    refusal = "" if answer.column in paper.columns else "模板里没有这一栏"
    path = (paper.progress_key, key, answer.column)
    return Cell(number, answer.column, path, False, old, _lines(as_text(old, paper.fetch)), refusal)


def _figure_cell(paper: HeldPaper, figure: Figure, period: Period) -> Cell:
    """Return the cell of an indicator: its 实际 of the quarter, of a yearly paper its only one."""
    raw = paper.plan.get(FIGURES, {}).get(figure.name)
    typed = raw.get("实际", "") if raw is not None else ""
    path: tuple[str, ...] = (FIGURES, figure.name, "实际")
    refusal = "" if raw is not None else "计划里没有这个指标"
    if period.quarter:
        path = (*path, str(period.quarter))
        if typed and not isinstance(typed, Mapping):
            how = f'{{{period.quarter}: "{figure.text[:20]}"}}'
            refusal = f"计划里的“实际”是全年的一个数（{typed}），请先改成按季写：实际: {how}"
        typed = typed.get(str(period.quarter), "") if isinstance(typed, Mapping) else ""
    elif isinstance(typed, Mapping):
        refusal, typed = "计划里的“实际”是按季写的，全年的数请直接写在计划里", ""
    return Cell(FIGURES, figure.name, path, True, typed, str(typed), refusal)


def _lines(text: str) -> str:
    """Return a text without blank lines and the blanks around its lines."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def strange_tasks(paper: HeldPaper, book: Returned) -> Iterator[Answer]:
    """Yield the answers for tasks that the plan does not have, or not for this unit."""
    for answer in book.answers:
        own: Sequence[str] = paper.units_of.get(bare_number(answer.number), ())
        if book.unit not in own and _lines(answer.text) != _lines(answer.given):
            yield answer
