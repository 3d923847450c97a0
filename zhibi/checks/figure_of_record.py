"""数与记录不符：文字里写的指标数，要和计划里这个指标的数一样。

为什么：同一个数在表里是 172、在文字里是 127，公开以后才被发现。写成 {取数: …} 就不会不一样。
依据：惯例。只看写明季度和年度的公文，只看“指标名＋为、达到等＋数＋单位”这样的写法；拿不准的不说。
错：前三季度技术交易额为86.1亿元（计划里是 81.6）。
对：前三季度技术交易额为{{ 指标.技术交易额.实际 }}亿元。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from zhibi.arithmetic import exact_value, places_of, read_figure, round_half_up
from zhibi.checks import Paper
from zhibi.errors import Level, Location, Problem
from zhibi.nodes import Heading, Inlines, Lead, Paragraph, Table, Text, plain_text
from zhibi.plain import Scalar
from zhibi.prose.sought import Sought

RULE = "数与记录不符"
SUBJECT = "前后一致"

_SENTENCE = Sought(r"[^。；！？;\n]+")
_PERIOD = r"(?:据初步[测统][算计]|截至目前|目前|今年以来|今年|年内|全年|全区|我区|上半年|前[二三]季度|本期)"
_BEFORE = Sought(rf"(?:^|[，、：（,])(?:{_PERIOD})*$")
_VERB = r"(?:[为是]|已?达到?|已?完成|实现|提[升高][至到]|增[至加]到|上升[至到]|降[至低]到?|下降[至到]|累计|共计|总数)"
_BETWEEN = rf"(?:{_PERIOD}|现|已|共|总数|累计|合计|指标)*{_VERB}[了]?"
"""A name with a figure right behind it may be one of a list of new ones: there must be a verb."""
_FIGURE = r"(?<![\d.,])([-−]?\d[\d,]*(?:\.\d+)?)"
_AFTER = r"(?=[，。；、）！？;,\n]|$)"
_ELSEWHERE = Sought(
    r"其中|分别|上年|去年|同期|上季|上月|上期|往年|下年|明年|\d{4}年|\d月|(?<!前)第?[一二三四]季度|十[二三四五六]五"
    r"|全[国省市县]|[\u4e00-\u9fff](?:镇|乡|村|街道)|园区|开发区|预计|力争|确保|计划|目标|要求|每|均|占|比"
)
"""Words of a sentence that may make its figure one of another time, place or measure: then nothing is said."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield advice for each figure in words that contradicts the indicator named before it."""
    names = paper.source.context
    records = names.get("指标", {}) if "任务" in names and names.get("季度") else {}
    for content in _texts(paper) if records and names.get("年度") else ():
        for sentence in _SENTENCE.findall(plain_text(content)):
            for record in records.values():
                yield from _contradictions(sentence, record, _place(content, paper.source.file))


def _texts(paper: Paper) -> Iterator[Inlines]:
    for section in paper.flow.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.content
                case Heading():
                    yield from (block.content, block.rest)
                case Table():
                    cells = (cell for row in block.rows for cell in row.cells)
                    inner = (part for cell in cells for part in cell.blocks)
                    yield from (part.content for part in inner if isinstance(part, Paragraph))


def _place(content: Inlines, file: str) -> Location:
    for inline in content:
        if isinstance(inline, Lead):
            return _place(inline.content, file)
        if isinstance(inline, Text) and inline.at:
            return inline.at
    return Location(file)


def _contradictions(sentence: str, record: Mapping[str, Any], at: Location) -> Iterator[Problem]:
    name, unit = record["名称"], str(record["单位"])
    if not unit or name not in sentence or "实际" not in record:
        return
    pattern = re.compile(f"{re.escape(name)}{_BETWEEN}{_FIGURE}{re.escape(unit)}{_AFTER}")
    for match in pattern.finditer(sentence):
        head = sentence[: match.start()]
        if not _BEFORE.search(head) or _ELSEWHERE.search(head + match[0].replace(name, "")):
            continue
        if not _is_of(match[1], record):
            own = "、".join(f"{key}是 {record[key]}" for key in ("实际", "目标") if record[key])
            where = f"（{record['实际'].at}）" if isinstance(record["实际"], Scalar) else ""
            message = f"“{name}”这里写的是 {match[1]}{unit}，计划里{own}{where}"
            hint = f"请核对，把错的一处改正；写成 {{取数: …{{{{ 指标.{name}.实际 }}}}{unit}…}} 就不会不一样"
            yield Problem(at, RULE, message, hint, Level.ADVICE, match[1], sentence)


def _is_of(figure: str, record: Mapping[str, Any]) -> bool:
    """Tell whether a figure is one of the record's, or one of them rounded."""
    value = read_figure(figure)
    return value is None or any(
        round_half_up(own, places_of(figure)) == round_half_up(value, places_of(figure))
        for own in _figures(record)
    )


def _figures(record: Mapping[str, Any]) -> Iterator[Fraction]:
    keys = ("实际", "目标", "累计", "上年同期", "完成率", "增幅", "增减")
    for typed in (*(record.get(key, "") for key in keys), *record["各季"].values()):
        value = exact_value(typed)
        if value is not None:
            yield value
