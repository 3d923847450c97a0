"""Rows of results: what was compared with what, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measuring import Compared

AGREED = ("work", "against", "ratio", "wanted")
"""The fields that every reader of results.json may rely on."""


@dataclass(frozen=True)
class Row:
    """One figure. `ratio` is None where there is none, and `why` says why; `wanted` is the most it may be.

    `measure` says what was measured; for growth the "ratio" is the exponent. `ours` and `theirs` are medians in
    `unit`, `spread` the least and the greatest ratio of a round; `with_system` is the ratio in user + system CPU.
    """

    work: str
    against: str
    ratio: float | None = None
    wanted: float | None = None
    measure: str = "user CPU"
    why: str = ""
    rounds: int = 0
    spread: tuple[float, float] | None = None
    ours: float | None = None
    theirs: float | None = None
    unit: str = "s"
    with_system: float | None = None
    content: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    run: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells a row from the others."""
        return self.work, self.against, self.measure

    @property
    def verdict(self) -> str:
        """Say in a word whether it is as wanted."""
        if self.ratio is None:
            return f"not measured: {self.why}"
        if self.wanted is None:
            return "–"
        return "yes" if self.ratio <= self.wanted else "**no**"


def row_of(work: str, against: str, found: Compared, **more: Any) -> Row:
    """Return the row of a comparison."""
    return Row(
        work,
        against,
        round(found.ratio, 4),
        rounds=found.rounds,
        spread=(round(found.spread[0], 4), round(found.spread[1], 4)),
        ours=round(found.ours, 4),
        theirs=round(found.theirs, 4),
        **more,
    )


def as_json(rows: Iterable[Row]) -> str:
    """Return results.json."""
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> list[Row]:
    """Return the rows of a results.json."""
    rows = json.loads(text)
    for row in rows:
        row["spread"] = tuple(row["spread"]) if row["spread"] else None
    return [Row(**row) for row in rows]


def merged(old: Sequence[Row], new: Sequence[Row], works: Iterable[str]) -> list[Row]:
    """Return the new rows, and the old ones of works that were not run, in the order of `works`."""
    measured = {row.run.get("name") for row in new}
    order = {name: number for number, name in enumerate(works)}
    rows = [*(row for row in old if row.run.get("name") not in measured), *new]
    return sorted(rows, key=lambda row: order.get(row.run.get("name", ""), len(order)))


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a table in Markdown."""
    head = (
        "work",
        "against",
        "measure",
        "ratio",
        "wanted",
        "as wanted",
        "rounds: least–greatest",
        "ours | theirs",
    )
    lines = [_line(name.replace(" | ", " / ") for name in head), _line("---" for _ in head)]
    for row in rows:
        spread = f"{row.rounds}: {row.spread[0]:.2f}–{row.spread[1]:.2f}" if row.spread else ""
        theirs = f" / {_amount(row.theirs, row.unit)}" if row.theirs is not None else ""
        ours = f"{_amount(row.ours, row.unit)}{theirs}" if row.ours is not None else ""
        ratio = f"{row.ratio:.3f}" if row.ratio is not None else ""
        wanted = f"≤ {row.wanted:g}" if row.wanted is not None else ""
        lines.append(_line((row.work, row.against, row.measure, ratio, wanted, row.verdict, spread, ours)))
    return "\n".join(lines)


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:.3g} {unit}"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def page(rows: Sequence[Row], machine: str) -> str:
    """Return RESULTS.md."""
    versions = {name: said for row in rows for name, said in row.versions.items() if name != "Zhibi"}
    runs = {str(row.run["name"]): row.run for row in rows if "load" in row.run}
    when = "\n".join(
        f"- {name}: {run['date']}, {run['seconds']} s, load {run['load'][0]} and {run['load'][1]}"
        for name, run in runs.items()
    )
    listed = "\n".join(f"- {name}: {said}" for name, said in sorted(versions.items()))
    small = any(row.run.get("small") for row in rows)
    warning = "\n**Tried with small sizes: these are no results.**\n" if small else ""
    return f"""# Results

Written by `make bench`; how it is measured stands in [README.md](README.md). A ratio is ours to theirs, the median
of the ratios of the rounds; below 1 Zhibi takes less.
{warning}
{table(rows)}

{machine} Works were run on these days; the load is that of the machine before and after:

{when}

Versions:

{listed}
"""


def save(folder: Path, rows: Sequence[Row], machine: str) -> None:
    """Write results.json and RESULTS.md."""
    (folder / "results.json").write_text(as_json(rows), encoding="utf-8")
    (folder / "RESULTS.md").write_text(page(rows, machine), encoding="utf-8")
