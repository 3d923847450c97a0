"""The tasks of a year as a quarterly paper tells of them -> the two texts of the annual paper, as lines of YAML.

What was a 取数 stays one, so that its figures go on coming from the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zhibi import plain
from zhibi.cycle.beginning.new_file import YearSoFar
from zhibi.cycle.beginning.old_file import as_data, yaml_lines
from zhibi.cycle.beginning.task_notes import (
    comments,
    heading_of,
    is_settled,
    numbered,
    status_of,
    who_and_when,
)
from zhibi.errors import ReportError
from zhibi.importer.blocks import Data, Value
from zhibi.plain import FILL_IN
from zhibi.records import NEXT, RESULT, resolved, words_in, year_records
from zhibi.statuses import DONE, UNKNOWN
from zhibi.templates import new_budget, render_words

_ENDS = frozenset("。；！？…：，、;!?:,")

_Task = Mapping[str, Any]


def summary(so_far: YearSoFar, indent: str) -> list[str]:
    """Return the items of the text on the year: each own task, last year's idea of it above its result."""
    fetch = _as_on_the_year(so_far)
    lines = [*_by_hand("全年总的情况和评价", indent), *_counted(so_far, indent)]
    own = list(so_far.own)
    for task in own:
        cells = [cell for name, cell in task["进展"].items() if RESULT in name]
        said = [*_idea(task), f"{so_far.period}：{status_of(task)}"]
        lines += [*comments(said, indent), *_section(task, cells, fetch, indent)]
    others = [numbered(task) for task in so_far.tasks if task not in own]
    return lines + (comments(["其他单位的任务，没有列入：", *others], indent) if others else [])


def outlook(so_far: YearSoFar, indent: str) -> list[str]:
    """Return the items of the text on the year to come: each own task that goes on, with the next step announced."""
    words = so_far.source.fetch.words
    lines = _by_hand("新的一年总的要求", indent)
    for task in so_far.own:
        if is_settled(task):
            lines += comments([f"{numbered(task)}（{status_of(task)}，不再列入）"], indent)
            continue
        cells = [cell for name, cell in task["进展"].items() if NEXT in name]
        said = [*_idea(task), f"{so_far.period}：{status_of(task)}；下面是当时写的下一步"]
        filled = [resolved(cell, words) for cell in cells]
        lines += [*comments(said, indent), *_section(task, filled, str, indent)]
    return lines


def _by_hand(what: str, indent: str) -> list[str]:
    """Return the paragraph that only a person can write: a draft that nobody has touched never goes out by itself."""
    return [*comments([f"开头一段：{what}"], indent), *_items([FILL_IN], indent)]


def _idea(task: _Task) -> Iterator[str]:
    """Yield what the plan said of a task, as comments."""
    yield f"第{task['序号']}项（{who_and_when(task)}）"
    for key, label in (("内容", "原来的思路"), ("目标", "目标")):
        for line in words_in(task[key]).split("\n"):
            if line.strip():
                yield f"{label}：{' '.join(line.split())}"


def _counted(so_far: YearSoFar, indent: str) -> list[str]:
    """Return the sentence that counts the tasks; while not all are filled in, as a comment."""
    counts = so_far.source.context["统计"]
    if DONE not in counts:
        return []
    words = "{{ 统计.任务总数 }}项重点工作中，已完成{{ 统计.已完成 }}项，占{{ 统计.完成占比 }}%。"
    lines = _items([{"取数": f"{so_far.period.year}年，{words}"}], indent)
    if not counts[UNKNOWN]:
        return lines
    unknown = f"还有 {counts[UNKNOWN]} 项没有填“状态”，填好以后可以写："
    return comments([unknown, *(line.strip() for line in lines)], indent)


def _section(task: _Task, cells: list[Any], fetch: Callable[[plain.Scalar], Any], indent: str) -> list[str]:
    """Return a task as a heading with what was said of it below."""
    content: list[Value] = [block for cell in cells if words_in(cell) for block in _prose(cell, fetch)]
    return _items([{"标题": heading_of(task), "内容": content or [FILL_IN]}], indent)


def _prose(cell: Any, fetch: Callable[[plain.Scalar], Any]) -> list[Value]:
    """Return a cell as 正文: a paragraph, or its items as 一是…二是… in one paragraph."""
    if isinstance(cell, plain.Mapping) and "取数" not in cell:
        items = _series(cell.get("项", cell.get("分述", ())), fetch)
        data: Data = {key: _sentence(cell[key], fetch) for key in ("引语",) if cell.get(key)}
        data["分述"] = items
        return [data | {key: _sentence(cell[key], fetch) for key in ("结语",) if cell.get(key)}]
    if isinstance(cell, plain.Sequence):
        items = _series(cell, fetch)
        return [{"分述": items}] if len(items) > 1 else items
    return [_sentence(cell, fetch)]


def _series(cells: Any, fetch: Callable[[plain.Scalar], Any]) -> list[Value]:
    """Return items that each end in a mark, for they stand behind one another."""
    items = [_sentence(cell, fetch) for cell in cells if words_in(cell)]
    marks = ["；"] * (len(items) - 1) + ["。"]
    return [_ended(item, mark) for item, mark in zip(items, marks, strict=True)]


def _ended(item: Any, mark: str) -> Any:
    if isinstance(item, dict):
        return {"取数": _ended(item["取数"], mark)} if "取数" in item else item
    return item if item[-1:] in _ENDS else f"{item}{mark}"


def _sentence(cell: Any, fetch: Callable[[plain.Scalar], Any]) -> Any:
    if isinstance(cell, plain.Mapping) and "取数" in cell:
        return fetch(cell["取数"])
    return as_data(cell) if isinstance(cell, plain.Mapping) else str(cell).strip()


def _as_on_the_year(so_far: YearSoFar) -> Callable[[plain.Scalar], Any]:
    """Return what a 取数 of the quarter becomes: itself where the year's paper can fetch it, else its words."""
    source = so_far.source
    names = new_budget() | year_records(source.context, so_far.plan, source.fetch.words)

    def carry(words: plain.Scalar) -> Any:
        try:
            said = render_words(words, names, words.at)
        except ReportError:
            return source.fetch.words(words)
        return {"取数": str(words)} if said == source.fetch.words(words) else source.fetch.words(words)

    return carry


def _items(blocks: list[Value], indent: str) -> list[str]:
    return yaml_lines({"x": blocks}, indent[2:])[1:]
