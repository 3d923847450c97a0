"""The years that a paper is about and of: those of its title, its dates and its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhibi import plain
from zhibi.prose.passages import Kind, Passage
from zhibi.prose.sought import Sought

_YEAR = Sought(r"(?<!\d)((?:19|20)\d\d)(?=年|-\d|\.\d|$)", flags=re.ASCII)


def years_in(text: str) -> list[int]:
    """Return the years that a text writes in four digits."""
    return [int(year) for year in _YEAR.findall(text)]


def years_of(passages: Iterable[Passage], data: plain.Mapping) -> frozenset[int]:
    """Return the years of the title, of the date and of what the data say of the paper."""
    said = (passage.text for passage in passages if passage.kind is Kind.TITLE or _is_date(passage))
    return frozenset(year for text in (*said, *_stated(data)) for year in years_in(text))


def _is_date(passage: Passage) -> bool:
    return (
        passage.kind is Kind.ELEMENT
        and re.fullmatch(r"(?:19|20)\d\d年\d+月\d+日(?:印发)?", passage.text) is not None
    )


def _stated(data: plain.Mapping) -> Iterator[str]:
    yield str(data.get("年度", ""))
    yield str(data.get("成文日期", ""))
    info = data.get("信息公开")
    if isinstance(info, plain.Mapping):
        yield from (str(info.get(key, "")) for key in ("成文日期", "发文日期"))
