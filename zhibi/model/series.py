"""定期 of config.yaml: papers that come again every quarter or year -> the data file of each period.

A series names its data files by a pattern, so that nobody lists every quarter by hand: {年度}, {下年度}, {季度} (三)
and {季} (3) stand for what changes.
"""

from __future__ import annotations

import glob
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from zhibi.errors import Location, Problem
from zhibi.model.project import ReportEntry
from zhibi.periods import Period, read_period
from zhibi.reading import find_file
from zhibi.serials import format_han

QUARTERLY, YEARLY = "季", "年"
CALENDAR_DAYS, WORKING_DAYS = "日历日", "工作日"

RULE = "定期"

_SLOT = re.compile(r"\{([^{}]*)\}")
_YEAR = re.compile(r"(?=((?:19|20)\d\d))", re.ASCII)
_YEAR_SLOTS, _QUARTER_SLOTS = ("年度", "下年度"), ("季度", "季")


@dataclass(frozen=True, slots=True)
class Series:
    """One entry of 定期: `pattern` names its data files below `folder`; the papers begin with `first`.

    A paper is due `days` after the end of its period, working days where `working` says so. `template` is what its
    first paper is made by, empty where config.yaml does not say.
    """

    name: str
    pattern: str
    folder: Path
    first: Period
    days: int
    working: bool
    at: Location
    template: str = ""

    @property
    def quarterly(self) -> bool:
        """Tell whether there is a paper every quarter, not every year."""
        return self.first.quarter is not None

    def name_of(self, period: Period) -> str:
        """Return what the data file of a period is called, from the folder of config.yaml."""
        words = {"年度": str(period.year), "下年度": str(period.year + 1)}
        if period.quarter:
            words |= {"季度": format_han(period.quarter), "季": str(period.quarter)}
        return _SLOT.sub(lambda slot: words[slot[1]], self.pattern)

    def data(self, period: Period) -> Path:
        """Return the data file of a period, as it lies there or as it should be called."""
        return find_file(self.folder / self.name_of(period))

    def report(self, period: Period) -> ReportEntry:
        """Return the report of a period, under the name that the command line calls it."""
        return ReportEntry(f"{self.name}{period.code}", self.data(period), self.at)

    def periods(self) -> list[Period]:
        """Return the periods whose data files are there, the newest last."""
        wild = "".join(
            "*" if number % 2 else glob.escape(part) for number, part in enumerate(_SLOT.split(self.pattern))
        )
        found = {
            period
            for path in self.folder.glob(
                re.sub(r"[*]{2,}", "*", wild)
            )  # Two slots side by side: no "any depth".
            if (
                period := self._period_of(
                    unicodedata.normalize("NFC", path.relative_to(self.folder).as_posix())
                )
            )
        }
        return sorted(found)

    def _period_of(self, name: str) -> Period | None:
        """Return the period whose data file has this name."""
        years = {int(word) for word in _YEAR.findall(name)}
        quarters = (1, 2, 3, 4) if self.quarterly else (None,)
        for period in (Period(year, quarter) for year in sorted(years) for quarter in quarters):
            if period >= self.first and self.name_of(period) == name:
                return period
        return None


def read_series(raw: Mapping[str, Any], folder: Path) -> Series:
    """Return the series of a 定期 entry that has no problems."""
    first = read_period(raw["起始"])
    assert first is not None, "series_problems() comes before"
    return Series(
        str(raw["名称"]),
        str(raw["数据"]),
        folder,
        first,
        int(raw["期限"]),
        raw.get("期限按", WORKING_DAYS) == WORKING_DAYS,
        raw["数据"].at,
        str(raw.get("模板", "")),
    )


def series_problems(entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield a problem for each 定期 entry that the schema lets pass but that names no period or no file."""
    for raw in entries:
        quarterly = raw["周期"] == QUARTERLY
        first, example = read_period(raw["起始"]), "2026Q1" if quarterly else "2026"
        if first is None or (first.quarter is not None) != quarterly:
            message = f"“起始”看不出是哪一{'季度' if quarterly else '年'}：{raw['起始'][:20]}"
            yield Problem(raw["起始"].at, RULE, message, f"请写成 {example} 这样", text=raw["起始"][:20])
        yield from _pattern_problems(raw["数据"], quarterly=quarterly)


def _pattern_problems(pattern: Any, *, quarterly: bool) -> Iterator[Problem]:
    if PurePath(pattern).is_absolute():
        hint = "请写从 config.yaml 所在的文件夹算起的路径，如 data/…….yaml"
        yield Problem(pattern.at, RULE, "“数据”要放在 config.yaml 的文件夹里面", hint)
    known = _YEAR_SLOTS + (_QUARTER_SLOTS if quarterly else ())
    slots = _SLOT.findall(pattern)
    for slot in slots:
        if slot not in known:
            hint = f"可以写：{'、'.join(f'{{{one}}}' for one in known)}"
            yield Problem(pattern.at, RULE, f"不认识 {{{slot[:20]}}}", hint, text=slot[:20])
    for wanted in (_YEAR_SLOTS, _QUARTER_SLOTS) if quarterly else (_YEAR_SLOTS,):
        if not set(wanted) & set(slots):
            message = f"“数据”里没有 {{{wanted[0]}}}，各期会用同一个文件"
            hint = "请写成 data/某单位{年度}年" + (
                "第{季度}季度…….yaml 这样" if quarterly else "…….yaml 这样"
            )
            yield Problem(pattern.at, RULE, message, hint)
