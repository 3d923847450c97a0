"""What a new file was made from, and what is left to fill in -> words for the end of the command and the file's head."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from zhibi.cycle.beginning.head import OWN_NOTE
from zhibi.cycle.beginning.new_file import YearSoFar
from zhibi.cycle.beginning.old_file import MADE_FROM
from zhibi.cycle.beginning.task_notes import shortened
from zhibi.cycle.delivery import undelivered
from zhibi.paper import Source
from zhibi.periods import Period
from zhibi.plain import FILL_IN
from zhibi.reading import exists

_LAST = 4
"""The quarter that tells the whole year."""
_MOST = 120
"""Characters of a list of units that a note shows."""
_TARGET = re.compile(r"\s*# 目标:$")
_PLACE = re.compile(rf"\s*(?:- )?([^\s#:-][^#:]*): {FILL_IN}")


def of_the_year(so_far: YearSoFar) -> str:
    """Return which quarter a plan or a paper on a year was made from, what is missing there, and how to redo it."""
    period, series = so_far.period, so_far.series
    faults = []
    if period.quarter != _LAST:
        fourth = exists(series.data(Period(period.year, _LAST)))
        faults.append("第四季度的还没有填" if fourth else "第四季度的还没有")
    if missing := _missing(so_far.source):
        faults.append(f"{period}的没有填完：{missing}")
    return _told(f"{period}的“{series.name}”", faults, str(period.year + 1))


def of_the_quarter(last: Source, old: Period, new: Period) -> tuple[str, ...]:
    """Return the same of a quarter that was made from one that is not filled in; nothing of any other."""
    missing = _missing(last)
    return (_told(f"{old}的数据文件", [f"它没有填完：{missing}"], new.code),) if missing else ()


def _missing(source: Source) -> str:
    return shortened("、".join(map(str, undelivered(source))), _MOST)


def _told(what: str, faults: Sequence[str], code: str) -> str:
    found = f"（{'；'.join(faults)}）" if faults else ""
    when = "补齐以后要重做" if faults else "要重做"
    return f"{MADE_FROM}{what}做成{found}；{when}，请把这个文件移走，再运行 python3 build.py new {code}"


def headed(lines: Sequence[str], notes: Sequence[str]) -> list[str]:
    """Return the lines of a file with notes as comments above its first key."""
    first = next(
        number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")
    )
    return [*lines[:first], *(f"# {note}" for note in notes), *lines[first:]]


def to_fill(text: str) -> list[str]:
    """Return what a new file leaves to be filled in, blank tasks apart: the names of keys, and how often one stands."""
    found: Counter[str] = Counter()
    for line in text.split("\n"):
        if match := OWN_NOTE.match(line):
            found.update([next(filter(None, match.groups()))])
        elif _TARGET.match(line):
            found.update(["指标的目标"])
        elif not line.lstrip().startswith("#") and FILL_IN in line:
            match = _PLACE.match(line)
            found.update([match[1] if match else FILL_IN])
    return [f"{name}（{number} 处）" if number > 1 else name for name, number in found.items()]
