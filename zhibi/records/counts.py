"""Task records -> how many there are of each status, in all and by the unit that leads them.

Where no paper says how far a task has got (no column of type 状态), only the number of tasks is known: a count
of nought would be an untruth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from zhibi.arithmetic import Rounded, exact_value, ranks, share
from zhibi.records.indicators import PLACES
from zhibi.statuses import DONE, STATUSES, UNKNOWN

_SHARE = "完成占比"

_Record = Mapping[str, Any]


def count_tasks(tasks: Sequence[_Record], total: str = "任务总数") -> dict[str, Any]:
    """Return the number of tasks, of each status and of those nobody filled in, and the share that is done."""
    counts: dict[str, Any] = {total: len(tasks)}
    if not all("状态" in task for task in tasks):
        return counts
    found = [task["状态"] or UNKNOWN for task in tasks]
    counts |= {status: found.count(status) for status in (*STATUSES, UNKNOWN)}
    done = share(Fraction(counts[DONE]), Fraction(len(tasks)))
    counts[_SHARE] = "" if done is None else Rounded(done, PLACES)
    return counts


def count_units(tasks: Iterable[_Record]) -> list[dict[str, Any]]:
    """Return a record for each leading unit, the best first; equals share a rank and keep the plan's order."""
    by_unit: dict[str, list[_Record]] = {}
    for task in tasks:
        by_unit.setdefault(task["牵头单位"], []).append(task)
    records = [{"单位": unit, **count_tasks(own, "任务数")} for unit, own in by_unit.items()]
    if not all(_SHARE in record for record in records):
        return records
    places = ranks([exact_value(record[_SHARE]) for record in records])
    ranked = [{**record, "名次": place} for record, place in zip(records, places, strict=True)]
    return sorted(ranked, key=lambda record: record["名次"])
