"""单位写法：单位符号的大小写要对，同一个单位全篇一种写法。

为什么：KM、KG 是英文缩写的写法，不是单位符号；公里和千米混用，前后不一致。
依据：GB/T 9704—2012 第9章（计量单位按国家标准）。两种名称混用的，一篇只问一次。
错：绿道全长12KM。
对：绿道全长12km。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Passage
from zhibi.prose.sought import Sought

RULE = "单位写法"
SUBJECT = "数字和日期"

_SYMBOLS = {
    "KM": "km",
    "Km": "km",
    "KG": "kg",
    "Kg": "kg",
    "KW": "kW",
    "Kw": "kW",
    "KV": "kV",
    "Kv": "kV",
    "KWH": "kW·h",
    "Kwh": "kW·h",
    "KWh": "kW·h",
    "MM": "mm",
    "CM": "cm",
    "M2": "m²",
    "m2": "m²",
    "M3": "m³",
    "m3": "m³",
    "KM2": "km²",
    "km2": "km²",
    "HZ": "Hz",
    "hz": "Hz",
}
_SYMBOL = Sought(
    rf"(?<![A-Za-z\d.,-])\d[\d,]*(?:\.\d+)?[万亿]?\s?(?P<unit>{'|'.join(sorted(_SYMBOLS, key=len, reverse=True))})(?![A-Za-z\d-])",
    *"KMCHhm",
)
_AREA = Sought(r"面积[^，。；、]{0,10}?\d[\d,.]*(?P<unit>万方|平米|方(?!公|米|案|面|向|式|圆))", "面积")
_PAIRS = (("公里", "千米"), ("公斤", "千克"), ("公升", "升"), ("平方公里", "平方千米"))
_FIGURE = r"\d[余多]?[万亿]?[余多]?"
_NAMED = tuple(tuple((name, Sought(rf"{_FIGURE}{name}", name)) for name in pair) for pair in _PAIRS)


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each wrong symbol and a query where one unit has two names."""
    for passage in paper.holding(*_SYMBOL.clues, *_AREA.clues):
        for match in _SYMBOL.clued(passage.text):
            yield from _replace(passage, match, _SYMBOLS[match["unit"]], "不是规范的单位符号")
        for match in _AREA.clued(passage.text):
            own = "万平方米" if match["unit"] == "万方" else "平方米"
            yield from _replace(passage, match, own, "是口头说法")
    for first, second in _NAMED:
        yield from _mixed(paper, first, second)


def _replace(passage: Passage, match: re.Match[str], own: str, why: str) -> Iterator[Problem]:
    if not passage.is_quoted(match.start("unit")):
        words = (f"“{match['unit']}”{why}", f"请改成“{own}”")
        yield passage.problem(match.span("unit"), RULE, words, Level.ADVICE, mended=own)


def _mixed(paper: Paper, first: tuple[str, Sought], second: tuple[str, Sought]) -> Iterator[Problem]:
    """Yield a query at the place where the second of two names of a unit comes in."""
    places = [next(paper.matches(pattern), None) for _, pattern in (first, second)]
    if places[0] and places[1]:
        passage, match = places[1]
        words = (f"这里用“{second[0]}”，别处用“{first[0]}”", "请全篇用一种写法")
        yield passage.problem((match.end() - len(second[0]), match.end()), RULE, words, Level.QUERY)
