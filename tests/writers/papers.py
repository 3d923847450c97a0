"""Hand-made flows: one small paper for goldens, one with everything."""

from __future__ import annotations

from itertools import product

from zhibi.errors import Location
from zhibi.nodes import (
    Align,
    Break,
    Cell,
    Column,
    ColumnKind,
    Flow,
    FlowBlock,
    Heading,
    Inline,
    Inlines,
    Lead,
    Number,
    Orientation,
    Paragraph,
    Properties,
    Role,
    Row,
    RowKind,
    Section,
    Table,
    TableLook,
    Text,
)

PROPERTIES = Properties(
    "关于印发“十四五”总结的通知", "某某区科学技术局", "年度总结", ("科技", "总结"), "2026-01-05"
)
LONG = "今年以来，全局深入落实“科技强市”部署，实施项目128项，争取资金3,560.5万元，同比增长12.5%——成效明显。"


def words(text: str) -> Inlines:
    return (Text(text, Location("甲.yaml", 1, 1)),)


def line(text: str, role: Role = Role.BODY) -> Paragraph:
    return Paragraph(words(text) if text else (), role)


def flow(*blocks: FlowBlock, orientation: Orientation = Orientation.PORTRAIT) -> Flow:
    return Flow(PROPERTIES, (Section(blocks, orientation),))


def cell(text: str, column: int, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell(tuple(line(part) for part in text.split("\n") if part), column, colspan, rowspan)


def row(*texts: str, kind: RowKind = RowKind.BODY) -> Row:
    return Row(tuple(cell(text, number) for number, text in enumerate(texts)), kind)


def columns(*titles: str) -> tuple[Column, ...]:
    kinds = {"序号": ColumnKind.SERIAL, "金额": ColumnKind.NUMBER}
    return tuple(Column(title, title, kind=kinds.get(title, ColumnKind.TEXT)) for title in titles)


def plain_table(titles: tuple[str, ...], *rows: Row) -> Table:
    return Table(columns(*titles), (row(*titles, kind=RowKind.HEAD),), rows)


def rich_table() -> Table:
    """Two header rows with spans, a group row, a merged column, a gap, a total, title, unit and notes."""
    head = (
        Row((cell("序号", 0, 1, 2), cell("类别", 1, 1, 2), cell("进展情况", 2, 2)), RowKind.HEAD),
        Row((cell("任务", 2), cell("金额", 3)), RowKind.HEAD),
    )
    rows = (
        Row((cell("一、创新平台", 0, 4),), RowKind.GROUP, keep_with_next=True),
        Row((cell("1", 0), cell("平台", 1, 1, 2), cell("建成2个\n投用1个", 2), cell("1,200.5", 3))),
        Row((cell("2", 0), cell("“一网通办”改革", 2), cell("30", 3))),
        Row((cell("3", 0), cell("人才", 1), cell("引进5人", 2))),
        Row((cell("合计", 0, 3), cell("1,230.5", 3)), RowKind.TOTAL),
    )
    notes = (words("注：1.数据截至12月31日。"), words("2.“—”表示无数据。"))
    title = words("完成情况表")
    return Table(columns("序号", "类别", "任务", "金额"), head, rows, title, "单位：万元", notes)


def info_table() -> Table:
    rows = (
        Row((cell("索引号", 0), cell("0111-2026", 1), cell("发文日期", 2), cell("2026年1月5日", 3))),
        Row((cell("标题", 0), cell("关于总结的通知", 1, 3))),
    )
    return Table(columns("甲", "乙", "丙", "丁"), (), rows, look=TableLook.INFO)


def small() -> Flow:
    """One page and a bit: the golden files show every kind of block once."""
    return Flow(
        PROPERTIES,
        (
            Section(
                (
                    info_table(),
                    Paragraph((Text("关于印发"), Break(), Text("“十四五”总结的通知")), Role.TITLE),
                    line("", Role.BLANK),
                    line("各科室：", Role.RECIPIENTS),
                    Heading(1, words("总体要求"), number="一、"),
                    Heading(3, words("抓平台。"), rest=words("建成AI平台3个。"), number="1."),
                    Paragraph((Lead(words("强保障。")), Number("一是"), Text("it’s <b>OK</b> & 稳妥"))),
                    Paragraph(words("某某局"), Role.SIGNATURE, right=3),
                    Paragraph(words("2026年1月5日"), Role.DATE, keep_with_next=True),
                )
            ),
            Section((line("附件1", Role.ATTACHMENT_LABEL), line("名单", Role.ATTACHMENT_TITLE))),
            Section((rich_table(),), Orientation.LANDSCAPE),
        ),
    )


INLINES: tuple[Inline, ...] = (
    Text("甲“乙”A1"),
    Lead((Text("句。"), Break(), Number("一是"))),
    Break(),
    Number("（一）"),
)


def joint_mark() -> Table:
    """发文机关标志 of two organs."""
    names = [Cell((line(name, Role.MARK),), 1) for name in ("某某区科学技术局", "某某区财政局")]
    suffix = Cell((line("文件", Role.MARK),), 2, rowspan=2)
    rows = (Row((names[0], suffix)), Row((names[1],)))
    return Table(columns("空", "名", "后"), (), rows, look=TableLook.MARKS)


def everything() -> Flow:
    """Every node kind with every role, alignment, level, row kind and look."""
    paragraphs = [
        Paragraph((Text(str(role)), inline), role, align, keep_with_next=number % 2 == 0)
        for number, (role, inline, align) in enumerate(product(Role, INLINES, (None, *Align)))
    ]
    empty = [Paragraph((), role) for role in Role]
    headings = [
        Heading(level, words("题目"), rest, number=number)
        for level, rest, number in product(range(1, 5), ((), words("接排2件。")), ("", "一、"))
    ]
    rows = tuple(row("1", "文字", "3", kind=kind) for kind in RowKind)
    tables = [
        Table(columns("序号", "文字", "金额"), rows[:1], rows[1:], words("表"), "单位：个", look=look)
        for look in (TableLook.RULED, TableLook.INFO)
    ]
    blocks = (*headings, *paragraphs, *empty, *tables, rich_table(), info_table(), joint_mark())
    sections = (
        Section(blocks),
        Section((rich_table(),), Orientation.LANDSCAPE),
        Section((info_table(), info_table())),
        Section(()),
        Section((line(LONG),)),
    )
    return Flow(PROPERTIES, sections)
