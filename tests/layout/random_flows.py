"""Random flows that try the paginator: long and short paragraphs, headings, keeps, tables of every kind."""

from __future__ import annotations

import random
from collections.abc import Iterator

from zhibi.nodes import (
    Cell,
    Column,
    ColumnKind,
    Flow,
    FlowBlock,
    Heading,
    Orientation,
    Paragraph,
    Properties,
    Role,
    Row,
    RowKind,
    Section,
    Table,
    Text,
)

CLAUSES = (
    "坚持把科技创新摆在发展全局的核心位置，",
    "完善企业、高校、院所协同攻关机制，",
    "推动重点项目落地见效，",
    "组织开展“揭榜挂帅”专题对接活动，",
    "加快建设公共服务平台和中试基地，",
    "健全经费监管制度，",
    "引导社会资本投早投小，",
)


def random_flow(seed: int, blocks: int = 40) -> Flow:
    """Return the same flow for the same seed; every paragraph begins with a number of its own."""
    dice = random.Random(seed)
    upright = tuple(_blocks(dice, blocks, wide=False))
    turned = tuple(_blocks(dice, blocks // 4, wide=True))
    sections = (Section(upright), Section(turned, Orientation.LANDSCAPE))
    return Flow(Properties(f"试排{seed}"), sections)


def _blocks(dice: random.Random, count: int, *, wide: bool) -> Iterator[FlowBlock]:
    for number in range(count):
        kind = dice.choices(("段", "题", "粘", "空", "表"), (8, 3, 2, 1, 3 if wide else 1))[0]
        words = (Text(f"第{number}段" + sentence(dice, dice.randint(0, 14))),)
        if kind == "段":
            yield Paragraph(words)
        elif kind == "题":
            level = dice.randint(1, 4)
            yield Heading(level, (Text(sentence(dice, dice.randint(0, 2))[:-1] + "。"),), number="一、")
        elif kind == "粘":
            yield Paragraph(words, keep_with_next=True)
            yield Paragraph((), Role.BLANK, keep_with_next=True)
            yield Paragraph((Text("云川区科学技术局"),), Role.DATE)
        elif kind == "空":
            yield Paragraph((), Role.BLANK)
        else:
            yield table(dice, dice.choice((3, 8, 30)))
            yield Paragraph(words)


def sentence(dice: random.Random, clauses: int) -> str:
    """Return a sentence of so many clauses."""
    return "".join(dice.choice(CLAUSES) for _ in range(clauses)) + "成效明显。"


def table(dice: random.Random, count: int) -> Table:
    """Return a table with group rows, merged cells and now and then a row taller than a page."""
    columns = (
        Column("序号", "序号", kind=ColumnKind.SERIAL),
        Column("类别", "类别", width=4),
        Column("任务", "任务", width=12),
        Column("进展", "进展"),
    )
    head = Row(tuple(_cell(column.title, place) for place, column in enumerate(columns)), RowKind.HEAD)
    rows: list[Row] = []
    left = 0
    for number in range(count):
        if not left and dice.random() < 0.15:
            rows.append(Row((_cell("一、重点任务", 0, colspan=4),), RowKind.GROUP, keep_with_next=True))
        cells = [_cell(str(number + 1), 0)]
        if not left:
            left = min(dice.choice((1, 1, 2, 5, 40)), count - number)
            label = "平台建设和成果转化以及人才引进" * dice.choice((1, 1, 3))
            cells.append(_cell(label, 1, rowspan=left))
        left -= 1
        long = dice.random() < 0.02
        cells.append(_cell(sentence(dice, dice.randint(0, 3)), 2))
        cells.append(_cell(sentence(dice, 90 if long else dice.randint(0, 6)), 3))
        rows.append(Row(tuple(cells)))
    return Table(columns, (head,), tuple(rows), title=(Text("重点工作完成情况表"),))


def _cell(words: str, column: int, *, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell((Paragraph((Text(words),), Role.TABLE_CELL),), column, colspan, rowspan)
