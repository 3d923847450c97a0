"""分项与总数不符：一句话里列全了的各项，加起来要等于总数。

为什么：改了总数忘了改分项，或改了分项忘了改总数，是数字差错里最常见的一种。
依据：惯例。只有写明“分别为”“分为”“合计”等、确是列全了的才提醒；“其中”后面差一点点的只作询问，取约数的不算。
错：全年立项132项，分为重点项目60项、一般项目52项、后补助项目18项。
对：全年立项132项，分为重点项目60项、一般项目52项、后补助项目20项。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.figures import ADDITIVE, COUNTED, FIGURE, PLAIN, Figure, Reading, add_up, is_mean
from zhibi.prose.lists import number_said
from zhibi.prose.sought import Sought

RULE = "分项与总数不符"
SUBJECT = "数的核算"

NEAR = 20
"""A list behind 其中 that leaves out less than one part in so many was meant to be whole, or so it seems."""

WIDE = 10
"""The same for clauses, which say more of each part and so seldom leave one out."""

NAMED = 30
"""So near before a total stand the names of its parts."""

SLIP = 100
"""So many times its last place must a total be before equal last digits tell anything."""

_MOST, _FEW = 12, 8
_SIGNS = FIGURE[1:-1]
_ITEM = (
    rf"{PLAIN}{{0,20}}+(?:（[^（）{_SIGNS}]{{0,20}}+）)?+{FIGURE}"
    rf"[^{_SIGNS}，。；：、（）和及与]{{0,10}}+(?:（[^（）]{{0,60}}+）)?"
)
_LIST = rf"(?P<list>{_ITEM}(?:(?:[、，][和及与]?|[和及与]){_ITEM}){{1,{_MOST}}})"
_WHOLE = rf"(?P<whole>{FIGURE}){PLAIN}{{0,12}}"
_ENTIRE = r"(?:，|（)?(?P<entire>分为|分别[为是]|由(?=[^。；]{2,200}组成))：?|：(?P<colon>)"
_BETWEEN = rf"(?:（[^（）{_SIGNS}]{{2,20}}）)?(?:，[^，。；：、（）]{{2,20}})?"
_FORWARD = Sought(
    rf"{_WHOLE}(?:{_ENTIRE}|{_BETWEEN}[，（、]?(?:其中|包括)[：，]?(?:{PLAIN}{{0,20}}(?P<each>分别[为是]?))?|(?<=中)，)?{_LIST}(?=[。；，）]|$|组成|(?P<open>等))"
)
_BACKWARD = Sought(rf"{_LIST}，?(?:合计|共计|总计){PLAIN}{{0,8}}(?P<whole>{FIGURE})", "合计", "共计", "总计")
_PURPOSES = Sought(rf"(?P<number>[两二三四五六七八九十])个方面：{_LIST}(?=[。；]|$)", "个方面：")
_CLAUSES = Sought(r"[；，]其中(?P<clauses>[^。；]+；[^。；]+；[^。]+)(?=。|$)", "其中")
_SPLIT = Sought(rf"，分别占{PLAIN}{{0,10}}?(?P<rates>{FIGURE}(?:[、，和及与]{FIGURE})+)(?=[，。；）]|$)")
_REST = Sought(rf"(?:^|[、，和及与])(?:其他|其它|其余){PLAIN}{{0,12}}{FIGURE}$")
_CROSSING = Sought(r"以上|(?<!及)以下|以内|女|党员|岁|新增|累计|同时|含|交叉|重[复叠]|次")
_PEOPLE = frozenset({"人", "名", "人次", "户", "户次"})
_THINGS = COUNTED - _PEOPLE
_FIGURES = Sought(FIGURE)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each list whose figures do not add up to the total that stands beside it."""
    for passage, reading in paper.readings(3):
        for match in _forward_matches(reading):
            if match["open"] is None:
                yield from _forward(passage, reading, match)
        for match in _BACKWARD.clued(reading.outline):
            yield from _backward(passage, reading, match)
        for match in _CLAUSES.clued(reading.outline):
            yield from _clauses(passage, reading, match)
        for match in _PURPOSES.clued(reading.outline):
            yield from _purposes(passage, reading, match)


def _forward_matches(reading: Reading) -> Iterator[re.Match[str]]:
    """Yield the lists behind a total; where the total is of another kind (10类32项), the next figure is tried."""
    start = 0
    while match := _FORWARD.search(reading.outline, start):
        other = reading.figure(match["whole"]).unit not in {
            part.unit for part in _parts(reading, match["list"])
        }
        start = match.end("whole") if other else match.end()
        yield match


def _forward(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    whole, words = reading.figure(match["whole"]), match["list"]
    short = _up_to_comma(words)
    parts = _parts(reading, short)
    between = reading.within(match.start("whole") + 1, match.start("list"))
    if (
        not _comparable(whole, parts)
        or is_mean(passage.text, whole)
        or any(one.unit == whole.unit for one in between)
    ):
        return
    every = _parts(reading, words)
    if add_up(whole, parts) or (_comparable(whole, every) and add_up(whole, every)):
        return
    if match["entire"] is not None or _is_entire(reading, match, short):
        yield _problem(passage, whole, parts, Level.ADVICE)
    elif match["colon"] is not None or _looks_wrong(whole, parts, short):
        yield _problem(passage, whole, parts, Level.QUERY)


def _is_entire(reading: Reading, match: re.Match[str], words: str) -> bool:
    """Tell whether a list ends in what is left over (其他…) or in shares that make a whole."""
    if _REST.search(re.sub(r"（[^（）]*）", "", words)) or _is_named_before(reading, match, words):
        return True
    split = _SPLIT.match(reading.outline, match.start("list") + len(words))
    rates = reading.within(*split.span("rates")) if split else []
    count = len(_parts(reading, words))
    return len(rates) == count and abs(sum((rate.value for rate in rates), start=Fraction(-100))) <= 1


def _is_named_before(reading: Reading, match: re.Match[str], words: str) -> bool:
    """Tell whether all that is listed was named before the total (新建、改建、扩建学校9所，其中新建4所…)."""
    before = reading.outline[max(match.start() - NAMED, 0) : match.start()]
    names = [name.strip("、，和及与") for name in re.findall(rf"({PLAIN}*、?{PLAIN}*){FIGURE}", words)]
    return len(names) > 1 and f"{'、'.join(names[:-1])}、{names[-1]}" in before


def _looks_wrong(whole: Figure, parts: Sequence[Figure], words: str) -> bool:
    """Tell whether a list behind 其中 is more than the whole, or so little less that nothing can be left out."""
    added = sum(part.value for part in parts)
    crossing = "、" not in words or bool(_CROSSING.search(words))
    apart = _of_one_kind(words) or (whole.unit not in _PEOPLE and not crossing)
    same = all(part.unit == whole.unit for part in parts)
    missing = abs(whole.value - added)
    near = same and len(parts) > 2 and missing < whole.value / NEAR
    if near and (apart or not crossing):
        return added < whole.value or not _some_add_up(whole, parts)
    if added > whole.value:
        return apart and not _some_add_up(whole, parts)
    return apart and same and (_are_years(words) or _is_slip(whole, parts, missing))


def _is_slip(whole: Figure, parts: Sequence[Figure], missing: Fraction) -> bool:
    """Tell whether one digit makes the sum: the last digits of unround figures agree, which chance seldom does."""
    step = min(part.step for part in (whole, *parts))
    digits = str(missing / step)
    unround = (whole.value / step) % 10 != 0 and whole.value / step >= SLIP
    return len(parts) > 2 and unround and bool(re.fullmatch(r"[1-9]0+", digits))


def _are_years(words: str) -> bool:
    """Tell whether the amounts are those of years one after the other (2026年…、2027年…、2028年…)."""
    years = [int(found) for found in re.findall(r"(20\d\d)年", words)]
    return (
        len(years) > 2
        and years == list(range(years[0], years[0] + len(years))) == years[: len(_FIGURES.findall(words))]
    )


def _up_to_comma(words: str) -> str:
    """Return the part of a list that 、 joins: what a comma adds to it is something else (…、区级20项，合格90项)."""
    bare = re.sub(r"（[^（）]*）", lambda found: "·" * len(found[0]), words)
    comma = bare.find("，")
    return words[:comma] if comma > bare.find("、") >= 0 else words


def _clauses(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    """Yield a query for clauses with one amount of money each that make about, but not, the one sum before them."""
    start = reading.clause(match.start())
    wholes = [one for one in reading.within(start, match.start()) if one.unit == "元"]
    clauses = [
        [reading.figure(char) for char in re.findall(FIGURE, words)]
        for words in match["clauses"].rstrip("；").split("；")
    ]
    amounts = [[one for one in figures if one.unit == "元"] for figures in clauses]
    if len(wholes) != 1 or any(len(one) != 1 for one in amounts):
        return
    whole, parts = wholes[0], [one[0] for one in amounts]
    missing = abs(whole.value - sum(part.value for part in parts))
    if _comparable(whole, parts) and not add_up(whole, parts) and missing < whole.value / WIDE:
        yield _problem(passage, whole, parts, Level.QUERY)


def _purposes(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    """Yield a query for what goes to so many ends (用于四个方面：…) and is about, but not, the sum said before."""
    parts = _parts(reading, match["list"])
    number = number_said(match["number"])
    start = reading.clause(max(reading.clause(match.start()) - 1, 0))
    wholes = [one for one in reading.within(start, match.start()) if _comparable(one, parts)]
    if len(parts) != number or any(add_up(one, parts) for one in wholes):
        return
    added = sum(part.value for part in parts)
    for whole in wholes:
        if abs(whole.value - added) < whole.value / NEAR:
            yield _problem(passage, whole, parts, Level.QUERY)
            return


def _backward(passage: Passage, reading: Reading, match: re.Match[str]) -> Iterator[Problem]:
    whole, parts = reading.figure(match["whole"]), _parts(reading, match["list"])
    tails = [parts[first:] for first in range(len(parts) - 1)]
    if _comparable(whole, parts) and not any(add_up(whole, tail) for tail in tails):
        yield _problem(passage, whole, parts, Level.QUERY)


def _parts(reading: Reading, words: str) -> list[Figure]:
    """Return the figures of a list without those in brackets."""
    return [reading.figure(char) for char in re.findall(FIGURE, re.sub(r"（[^（）]*）", "", words))]


def _comparable(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether the parts can be added up to the whole; 奖项3个 may be the number of its parts."""
    units = {one.unit for one in (whole, *parts)}
    return (
        whole.unit in ADDITIVE
        and whole.value != len(parts)
        and len(parts) > 1
        and (len(units) == 1 or (whole.unit in ("个", "项") and units <= _THINGS and len(parts) > 2))
        and not any(one.loose for one in (whole, *parts))
    )


def _some_add_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether some of the parts make the whole: the others then belong to one of them."""
    few = parts[:_FEW]
    return any(
        sum(one.value for one in some) == whole.value
        for size in range(2, len(few))
        for some in combinations(few, size)
    )


def _of_one_kind(words: str) -> bool:
    """Tell whether the names before the figures end alike (国家级、省级): then they leave nothing out twice."""
    bare = re.sub(r"（[^（）]*）", "", words)
    ends = {match.strip()[-1:] for match in re.findall(rf"({PLAIN}*){FIGURE}", bare)}
    return len(ends) == 1 and "" not in ends


def _problem(passage: Passage, whole: Figure, parts: Sequence[Figure], level: Level) -> Problem:
    added = whole.like(sum((part.value for part in parts), start=parts[0].value * 0))
    total = passage.text[whole.start : whole.end]
    words = (f"各项加起来是{added}，总数写的是{total}", "请核对总数和各项，改正不对的一处")
    ends = sorted((whole.start, whole.end, *(end for part in parts for end in (part.start, part.end))))
    return passage.problem((ends[0], ends[-1]), RULE, words, level)
