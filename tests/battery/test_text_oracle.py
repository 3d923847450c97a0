"""The silent-change oracle: a typed value is printed as typed in both files, or noticed, or refused.

Values over a hostile alphabet are typed plain, quoted and as blocks into the title, headings, paragraphs, list
items, cells and header fields of papers. What may happen to them is written a second time in `hostile_texts`;
a value of which nothing was said must come out letter for letter but for the blanks at its ends.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.battery.hostile_texts import TRAPS, documented, lines_of, random_value, typed
from tests.battery.printed import HEAD, Printed, as_drawn, build, unspaced
from zhibi.errors import Level, Problem, ReportError

VALUES_A_PAPER = 250
FIELDS = ("标题", "主送机关", "署名", "附注")
PLACES = ("段", "节", "列项", "提要", "格")
_BEFORE = {
    "段": ("  - ",),
    "节": ("  - 编号: 无", "    标题: "),
    "列项": ("  - 编号: 无", "    列项:", "      - "),
    "提要": ("  - 提要: ",),
    "格": ("  - 表:", "      栏: [名]", "      行:", "        - 名: "),
}
_LINES = re.compile(r"第 ([\d、]+)(……)? 行")


@dataclass
class Entry:
    """A value in a paper: where it stands, how it is typed, and the lines that it takes in the file."""

    value: str
    place: str
    yaml: str
    lines: range = range(0)
    noticed: bool = False

    @property
    def wanted(self) -> list[str]:
        """Return the lines that must be printed."""
        own = lines_of(documented(self.value) if self.noticed else self.value)
        return ["名", *own] if self.place == "格" else own


def paper(entries: Sequence[Entry]) -> str:
    """Return the YAML of a paper that holds all entries, and note the lines of each."""
    lines = HEAD.splitlines()

    def add(before: Sequence[str], entry: Entry) -> None:
        *above, head = before
        first = len(lines) + 1
        lines.extend((*above, *(head + entry.yaml).split("\n")))
        entry.lines = range(first, len(lines) + 1)

    for entry in entries:
        if entry.place in FIELDS:
            add((f"{entry.place}: ",), entry)
    lines.append("正文:")
    for entry in entries:
        if entry.place in PLACES:
            add(_BEFORE[entry.place], entry)
    return "\n".join(lines[len(HEAD.splitlines()) :]) + "\n"


def lines_named(problem: Problem) -> set[int]:
    """Return the lines that a problem speaks of: its own, and those of the places that it stands for."""
    assert problem.at.line, f"a problem without a line: {problem}"
    more = _LINES.search(problem.message) if problem.rule in {"字符", "缺字"} else None
    return {problem.at.line, *(int(line) for line in (more[1].split("、") if more else ()))}


def named(entries: Iterable[Entry], problems: Iterable[Problem]) -> list[Entry]:
    """Return the entries that `problems` speak of."""
    lines = {line for problem in problems for line in lines_named(problem)}
    return [entry for entry in entries if not lines.isdisjoint(entry.lines)]


def build_without_refused(entries: list[Entry], folder: Path, tally: Counter[str]) -> Printed:
    """Build the paper of all entries that are not refused; these leave `entries`."""
    while True:
        try:
            printed = build(folder, paper(entries).encode("utf-8", "surrogatepass"))
        except ReportError as report:
            errors = [problem for problem in report.problems if problem.level is Level.ERROR]
            refused = named(entries, errors)
            if not refused:
                raise  # An error at no value.
            tally["refused"] += len(refused)
            entries[:] = [entry for entry in entries if entry not in refused]
            continue
        said = [problem for problem in printed.problems if problem.at.file.endswith(".yaml")]
        assert not any("……" in problem.message for problem in said), "a notice that does not name all lines"
        for entry in named(entries, said):
            entry.noticed = True
        return printed


def changes(entries: Sequence[Entry], printed: Printed) -> list[str]:
    """Return every difference between what was typed and what the two files say."""
    order = ("标题", "主送机关", *PLACES, "署名", "附注")
    body = [entry for entry in entries if entry.place in PLACES]
    fields = {entry.place: entry for entry in entries if entry.place in FIELDS}
    ordered = [
        entry
        for place in order
        for entry in (body if place == PLACES[0] else [fields[place]] if place in fields else [])
    ]
    found: list[str] = []
    got = [line for paragraph in printed.paragraphs for line in paragraph.split("\n") if line]
    if "标题" in fields:  # Its lines end where its sense allows.
        title, text = unspaced("".join(fields["标题"].wanted)), ""
        while got and len(text) < len(title):
            text += unspaced(got.pop(0))
        found += [f"Word, title: {title!r} -> {text!r}"] if text != title else []
    for entry in ordered:
        own = [got.pop(0) for _ in entry.wanted if got] if entry.place != "标题" else entry.wanted
        if own != entry.wanted:
            found.append(f"Word, {entry.place}: {entry.wanted!r} -> {[*own, *got[:2]]!r}")
            break
    else:
        found += [f"Word, more than was typed: {line!r}" for line in got]
    rest = as_drawn(printed.pdf)
    for entry in ordered:
        wanted = as_drawn(unspaced("".join(entry.wanted)))
        if not rest.startswith(wanted):
            return [*found, f"PDF, {entry.place}: {wanted!r} -> {rest[: len(wanted) + 20]!r}"]
        rest = rest[len(wanted) :]
    return found + ([f"PDF, more than was typed: {rest!r}"] if rest else [])


def entries_of(values: Sequence[str], dice: random.Random) -> list[Entry]:
    places = [*FIELDS, *(dice.choice(PLACES) for _ in values[len(FIELDS) :])]
    return [Entry(value, place, typed(value, dice)) for value, place in zip(values, places, strict=False)]


def run(values: Sequence[str], dice: random.Random, folder: Path, tally: Counter[str]) -> list[str]:
    """Build papers of all values and return every silent change."""
    found: list[str] = []
    for start in range(0, len(values), VALUES_A_PAPER):
        own = folder / str(start)
        own.mkdir()
        entries = entries_of(values[start : start + VALUES_A_PAPER], dice)
        printed = build_without_refused(entries, own, tally)
        tally["noticed"] += sum(entry.noticed for entry in entries)
        tally["printed"] += len(entries)
        found += changes(entries, printed)
    return found


def test_traps_are_printed_as_typed(tmp_path: Path) -> None:
    tally: Counter[str] = Counter()
    values = [value for value in TRAPS for _ in range(2)]
    assert run(values, random.Random(7), tmp_path, tally) == []
    assert tally["printed"] > 0.6 * len(values), tally


@pytest.mark.parametrize("seed", [20260930])
def test_no_value_changes_in_silence(seed: int, tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    dice, tally = random.Random(seed), Counter[str]()
    count = rounds(150, 10_000)
    found = run([random_value(dice) for _ in range(count)], dice, tmp_path, tally)
    assert found == []
    assert tally["printed"] > 0.6 * count, tally


def test_the_oracle_sees_a_changed_value(tmp_path: Path) -> None:
    entries = [Entry("甲\u3000 乙", "段", "'甲\u3000 乙'"), Entry("1.10", "格", '"1.10"')]
    printed = build_without_refused(entries, tmp_path, Counter())
    assert changes(entries, printed) == []
    entries[0].value = "甲 \u3000乙"
    assert len(changes(entries, printed)) == 1, "blanks inside a line count"
    entries[0].value, entries[1].value = "甲\u3000 乙", "1.1"
    assert len(changes(entries, printed)) >= 2, "both files are looked at"
