"""How time and memory grow with the rows of a table: 10, 100, 1,000."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks.comparing import Bench
from benchmarks.content import differences, read, wanted
from benchmarks.measuring import Cost, NotMeasuredError, exponent, run
from benchmarks.methods import Desk, finished, zhibi
from benchmarks.papers import table
from benchmarks.results import Row

SIZES = 10, 100, 1000
FORMATS = "docx", "pdf"
FIGURES: tuple[tuple[str, Callable[[Cost], float], float], ...] = (
    ("user CPU", lambda cost: cost.user, 1.05),
    ("peak memory of the largest process", lambda cost: cost.peak / 1e6, 1.0),
)


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    sizes = [bench.size(size) for size in SIZES]
    for name in FORMATS:
        try:
            costs = _costs(bench, name, sizes)
        except (NotMeasuredError, FileNotFoundError) as error:
            yield Row(_work(name, sizes), "the rows", measure="exponent", why=str(error))
            continue
        for what, figure, most in FIGURES:
            yield _row(
                name, what, most, {size: [figure(cost) for cost in own] for size, own in costs.items()}
            )


def _costs(bench: Bench, name: str, sizes: Sequence[int]) -> dict[int, list[Cost]]:
    costs: dict[int, list[Cost]] = {size: [] for size in sizes}
    for number in range(bench.rounds):
        for size in sizes:
            desk = Desk(bench.place("desk"), table(size, number))
            out = desk.out("made")
            costs[size].append(run(zhibi(name).command(desk, out), desk.folder)[0])
            if faults := differences(read(finished(out, name), desk.paper), wanted(desk.paper)):
                raise NotMeasuredError(f"{name} of {size} rows: {'; '.join(faults)}")
    return costs


def _row(name: str, what: str, most: float, figures: Mapping[int, Sequence[float]]) -> Row:
    """Return the row of one exponent: of the medians, and its spread over the rounds."""
    medians = {size: statistics.median(own) for size, own in figures.items()}
    work = _work(name, list(figures))
    measure, unit = f"exponent of {what}", "MB" if "memory" in what else "s"
    content = {f"{size} rows": round(value, 3) for size, value in medians.items()}
    try:
        found = exponent(medians)
    except NotMeasuredError as error:
        return Row(work, "the rows", None, most, measure, str(error), content=content)
    each = [_or_none({size: own[number] for size, own in figures.items()}) for number in _rounds(figures)]
    known = [one for one in each if one is not None] or [found]
    spread = round(min(known), 3), round(max(known), 3)
    ours, rounds = round(medians[max(medians)], 3), len(each)
    return Row(
        work, "the rows", round(found, 4), most, measure, "", rounds, spread, ours, unit=unit, content=content
    )


def _work(name: str, sizes: Sequence[int]) -> str:
    return f"growth of {name.upper()}, {min(sizes)} to {max(sizes)} rows"


def _rounds(figures: Mapping[int, Sequence[float]]) -> range:
    return range(min(len(own) for own in figures.values()))


def _or_none(figures: Mapping[int, float]) -> float | None:
    try:
        return exponent(figures)
    except NotMeasuredError:
        return None
