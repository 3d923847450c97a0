"""Stage 4: structured text of a data file (正文, 文句, 单元格) -> blocks and inlines.

Input: plain data that `schema` has accepted; output: authored nodes. Words are literal; only a
{取数: …} is evaluated and a {图: …} read, both through the `Fetch` that the caller hands in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from zhibi.errors import Problem, ReportError
from zhibi.nodes import (
    Block,
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Lead,
    PageBreak,
    Paragraph,
    Picture,
    Role,
    Series,
    Table,
)
from zhibi.paragraphs import split_lines, to_text
from zhibi.plain import Mapping, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Fetch:
    """What a text may take from elsewhere: the words of a 取数, the picture of a 图 without its caption."""

    words: Callable[[Scalar], str]
    picture: Callable[[Mapping], Picture]


MAX_LEVEL = 4


def build_inlines(raw: Any, fetch: Fetch) -> Inlines:
    """Return a 文句 as inlines; a line end in it becomes a `Break`."""
    if isinstance(raw, Mapping):
        if "取数" in raw:
            return to_text(fetch.words(raw["取数"]), raw["取数"].at)
        return _series(raw, fetch)
    return to_text(str(raw), raw.at if isinstance(raw, Scalar) else None)


def _series(raw: Mapping, fetch: Fetch) -> Inlines:
    items = tuple(build_inlines(item, fetch) for item in raw["分述"])
    out: list[Inline] = list(build_inlines(raw.get("引语", ""), fetch))
    out.append(Series(items, str(raw.get("编号", ""))))
    out.extend(build_inlines(raw.get("结语", ""), fetch))
    return tuple(out)


def build_blocks(raw: Any, level: int, fetch: Fetch) -> tuple[Block, ...]:
    """Return a 正文 as blocks; `level` is that of the heading it stands under (0: none).

    Raise one `ReportError` with the problems of all its entries.
    """
    blocks: list[Block] = []
    problems: list[Problem] = []
    for entry in raw if isinstance(raw, list | tuple) else (raw,):
        try:
            blocks.extend(_entry(entry, level, fetch))
        except ReportError as error:
            problems.extend(error.problems)
    if problems:
        raise ReportError(problems)
    return tuple(blocks)


def _entry(raw: Any, level: int, fetch: Fetch) -> tuple[Block, ...]:
    if not isinstance(raw, Mapping):
        return _paragraphs(build_inlines(raw, fetch))
    if "标题" in raw:
        return _heading(raw, level, fetch)
    if "列项" in raw:
        items = tuple(_item(item, level, fetch) for item in raw["列项"])
        return (ItemList(items, str(raw.get("编号", ""))),)
    if "表" in raw:
        return (_table(raw["表"], fetch),)
    if "图" in raw:
        return (replace(fetch.picture(raw), caption=build_inlines(raw.get("题", ""), fetch)),)
    if "提要" in raw:
        lead = Lead(build_inlines(raw["提要"], fetch))
        return _paragraphs((lead, *build_inlines(raw.get("文", ""), fetch)))
    if "分页" in raw:
        return (PageBreak(),)
    return _paragraphs(build_inlines(raw, fetch))


def _table(raw: Mapping, fetch: Fetch) -> Table:
    # Cells hold body text and body text holds tables: the two modules need each other.
    from zhibi.tables import build_table

    return build_table(raw, fetch)


def _paragraphs(content: Inlines, role: Role = Role.BODY) -> tuple[Block, ...]:
    return tuple(Paragraph(line, role) for line in split_lines(content))


def _heading(raw: Mapping, above: int, fetch: Fetch) -> tuple[Block, ...]:
    level = int(raw["层次"]) if "层次" in raw else above + 1
    if level > MAX_LEVEL:
        hint = "请减少一层，或改写成列项"
        raise ReportError([Problem(raw.at, "层次", f"标题最多 {MAX_LEVEL} 级，这里是第 {level} 级", hint)])
    rest = build_inlines(raw.get("接排", ""), fetch)
    first, *more = split_lines(rest) if rest else ((),)
    heading = Heading(
        level,
        build_inlines(raw["标题"], fetch),
        first,
        str(raw.get("编号", "")),
        int(raw["序号"]) if "序号" in raw else None,
    )
    return (
        heading,
        *(Paragraph(line) for line in more),
        *build_blocks(raw.get("内容", Sequence(raw.at)), level, fetch),
    )


def _item(raw: Any, level: int, fetch: Fetch) -> Item:
    if not isinstance(raw, Mapping) or "文" not in raw:
        return _lines_item(build_inlines(raw, fetch), (), None)
    under = build_blocks(raw["内容"], level, fetch) if "内容" in raw else ()
    value = int(raw["序号"]) if "序号" in raw else None
    return _lines_item(build_inlines(raw["文"], fetch), under, value)


def _lines_item(content: Inlines, under: tuple[Block, ...], value: int | None) -> Item:
    """A line end inside an item starts a paragraph under it."""
    first, *more = split_lines(content) if content else ((),)
    return Item(first, (*(Paragraph(line, Role.ITEM) for line in more), *under), value)


def build_cell(raw: Any, scheme: str, fetch: Fetch) -> tuple[Block, ...]:
    """Return the blocks of a table cell: paragraphs, or items numbered after `scheme`."""
    if isinstance(raw, Mapping) and "项" in raw:
        intro = _paragraphs(build_inlines(raw.get("引语", ""), fetch), Role.TABLE_CELL)
        items = tuple(_item(item, 0, fetch) for item in raw["项"])
        return (*intro, ItemList(items, str(raw.get("编号", scheme))))
    if isinstance(raw, list | tuple):
        return (ItemList(tuple(_item(item, 0, fetch) for item in raw), scheme),) if raw else ()
    return _paragraphs(build_inlines(raw, fetch), Role.TABLE_CELL)
