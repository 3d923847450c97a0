"""部分大于总数：“其中”后面的数，不能比前面的总数还大。

为什么：多半是总数和分项里有一个打错了，或者位置写反了。
依据：惯例。净增、增长一类有正有负的数不算，每千人口、人均一类的数和百分数、约数也不算。
错：全年立项132项，其中省级以上150项。
对：全年立项132项，其中省级以上50项。
对：引进人才108名，包括博士62名、硕士46名，其中海外人才50名。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import ADDITIVE, FIGURE, PLAIN, Reading, is_mean
from zhibi.prose.joined import list_before, wholes_before
from zhibi.prose.sought import Sought

RULE = "部分大于总数"
SUBJECT = "数的核算"

_NESTED = Sought(
    rf"(?P<head>{PLAIN}{{0,12}})(?P<whole>{FIGURE}){PLAIN}{{0,12}}(?P<bracket>[，（]?)其中[：，]?(?P<name>{PLAIN}{{0,20}})(?P<part>{FIGURE})",
    "其中",
)
_NET = Sought(r"净|平均|盈|亏|差")
_CHANGE = Sought(r"增|减|下降|上升")
_ANOTHER = Sought(r"累计|总|达|全[国省市区县]|计划|目标")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each part that is above its whole."""
    for passage, reading in paper.readings(2, *_NESTED.clues):
        for match in _NESTED.finditer(reading.outline):
            yield from _nested(passage, reading, match)


def _nested(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    """Yield advice when the part is above the figure before it; behind a list, above the total and the sum as well."""
    own, part = reading.figure(match["whole"]), reading.figure(match["part"])
    inner = match["bracket"] == "（"
    wholes = [own] if inner else wholes_before(reading, match.start("whole"))
    added = sum(one.high for one in list_before(reading, match.start("whole")))
    if own.unit != part.unit or own.unit not in ADDITIVE or any(one.loose for one in (*wholes, part)):
        return
    whole = max(wholes, key=lambda one: one.value)
    most = whole.high if inner else max(whole.high, added)
    if is_mean(passage.text, own) or _is_other(match, own.unit) or part.low <= most:
        return
    total = passage.text[whole.start : whole.end]
    words = (
        f"“其中”的{passage.text[part.start : part.end]}比总数{total}还多",
        "请核对这两个数，改正不对的一个",
    )
    yield passage.problem((whole.start, part.end), RULE, words, Level.ADVICE)


def _is_other(match: re.Match[str], unit: str) -> bool:
    """Tell whether the whole has parts below nothing, or the part is no part of it (累计)."""
    changed = unit.endswith("元") and _CHANGE.search(match["head"])
    return bool(changed or _NET.search(match["head"]) or _ANOTHER.search(match["name"]))
