"""The 信息公开 block that web sites print above a paper: rows of label and value -> an ordered mapping."""

from __future__ import annotations

import re

from zhibi.importer.blocks import Block, Data, Grid, GridRow, Line, Notes
from zhibi.importer.width import restore_width

# Labels that only such a block has; it takes one of them to begin a block.
_OWN = re.compile(
    r"索引号|统一编号|发布机构|发文机关|制发机关|发文单位|发布单位|公开方式|公开范围|公开时限|公开程序|"
    r"主题分类|组配分类|信息分类|有效性|文号|发文字号|文件编号|规范性文件编号|公开属性|体裁分类"
)
# Labels that may stand beside them.
_SHARED = re.compile(
    r"成文日期|发文日期|发布日期|生成日期|公开日期|生效日期|实施日期|废止日期|失效日期|印发日期|发布时间|名称|标题|"
    r"信息名称|文件名称|主题词|关键词|体裁|来源|信息来源|责任部门|公开责任部门|语种|备注|内容概述|概述|摘要|"
    r"是否有效|废止记录"
)
_LABELLED = re.compile(r"([\u4e00-\u9fff][\u4e00-\u9fff ]{0,11})[：:]\s*(.*)")


def take_info(blocks: list[Block], notes: Notes) -> tuple[Data, list[Block]]:
    """Split a paper into the keys 信息公开 (and 信息公开冒号) and the blocks below."""
    pairs: list[tuple[str, str]] = []
    rest = list(blocks)
    while rest:
        head = rest[0]
        taken = _grid_pairs(head, bool(pairs)) if isinstance(head, Grid) else _line_pairs(head, bool(pairs))
        if taken is None:
            break
        found, left = taken
        pairs.extend(found)
        rest[:1] = [left] if left else []
    return (_as_data(pairs, blocks[0], notes), rest) if pairs else ({}, rest)


def is_info_label(text: str) -> bool:
    """Tell whether a cell holds a label of a 信息公开 block."""
    return _is_own(text) or bool(_SHARED.fullmatch(_bare(text)))


def _is_own(text: str) -> bool:
    return bool(_OWN.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text).rstrip("：:")


def _grid_pairs(grid: Grid, begun: bool) -> tuple[list[tuple[str, str]], Grid | None] | None:
    pairs: list[tuple[str, str]] = []
    count = 0
    for row in grid.rows:
        if not _is_info_row(row, begun or bool(pairs)):
            break
        cells = [cell.text for cell in row.cells] + [""] * (len(row.cells) % 2)
        pairs.extend((label, value) for label, value in zip(cells[::2], cells[1::2], strict=True) if label)
        count += 1
    if not count:
        return None
    return pairs, Grid(grid.rows[count:]) if grid.rows[count:] else None


def _is_info_row(row: GridRow, begun: bool) -> bool:
    labels = [cell.text for cell in row.cells[::2] if cell.text]
    values = [cell.text for cell in row.cells[1::2]]
    if not labels or any(len(label) > 16 for label in labels) or any(map(is_info_label, values)):
        return False
    if begun:
        return all(map(is_info_label, labels))
    return all(map(is_info_label, labels)) and any(map(_is_own, labels))


def _line_pairs(line: Line, begun: bool) -> tuple[list[tuple[str, str]], None] | None:
    found = _LABELLED.fullmatch(line.text)
    if found is None or not (is_info_label if begun else _is_own)(found.group(1)):
        return None
    return [(found.group(1).strip() + "：", found.group(2))], None


def _as_data(pairs: list[tuple[str, str]], first: Block, notes: Notes) -> Data:
    colon = all(label.endswith(("：", ":")) for label, _ in pairs)
    info: Data = {}
    for label, value in pairs:
        name = label.rstrip("：:").strip() if colon else restore_width(label)
        if name in info:
            notes.unsure(
                first.at, name, f"信息公开里有两个“{name}”，后一个改写为“{name}2”", "请核对信息公开一栏"
            )
            name += "2"
        info[name] = restore_width(value)
    return {"信息公开": info, **({"信息公开冒号": "是"} if colon else {})}
