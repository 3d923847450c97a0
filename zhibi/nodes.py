"""The document tree: what a paper says, free of any output format.

`markup.py` and `body.py` build it, the stage-5 transforms rewrite it, the writers read it.
All nodes are frozen; a transform returns new ones. Two vocabularies:

* *authored*: `Document` with blocks `Heading | Paragraph | ItemList | Table | PageBreak`
  and inlines `Text | Lead | Break | Series`;
* *flowed* (after stage 5): `Flow`, a tuple of `Section`s of `Heading | Paragraph | Table`, with every
  number written out (`Number`) and no `Series`, `ItemList` or `PageBreak` left. Writers know only this.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zhibi.errors import Location


class Role(StrEnum):
    """What a paragraph is. The value is the YAML word, the Word style name and the CSS class."""

    COPY_NUMBER = "份号"
    SECRECY = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    SIGNER = "签发人"
    RED_RULE = "红色分隔线"
    LETTER_RULE = "信函红线"
    TITLE = "公文标题"
    DOCUMENT_NUMBER = "发文字号"
    RECIPIENTS = "主送机关"
    BODY = "正文"
    HEADING_1 = "一级标题"
    HEADING_2 = "二级标题"
    HEADING_3 = "三级标题"
    HEADING_4 = "四级标题"
    ITEM = "列项"
    ATTACHMENT_NOTE = "附件说明"
    ATTACHMENT_NOTE_MORE = "附件说明续"
    SIGNATURE = "署名"
    DATE = "成文日期"
    STAMP = "签名章"
    NOTE = "附注"
    ATTENDANCE = "出席"
    ATTACHMENT_LABEL = "附件序号"
    ATTACHMENT_TITLE = "附件标题"
    OUTLINE_TITLE = "目录标题"
    OUTLINE_1 = "目录一级"
    OUTLINE_2 = "目录二级"
    OUTLINE_3 = "目录三级"
    OUTLINE_4 = "目录四级"
    TABLE_TITLE = "表题"
    TABLE_UNIT = "表格单位"
    TABLE_CONTINUED = "续表"
    TABLE_HEAD = "表头"
    TABLE_CELL = "表格文字"
    TABLE_NOTE = "表注"
    INFO_CELL = "信息公开"
    BLANK = "空行"
    IMPRINT_FIRST = "版记首线"
    COPIES = "抄送机关"
    IMPRINT_MIDDLE = "版记中线"
    ISSUER = "印发机关和印发日期"
    IMPRINT_LAST = "版记末线"
    PAGE_NUMBER = "页码"


HEADING_ROLES = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
OUTLINE_ROLES = (Role.OUTLINE_1, Role.OUTLINE_2, Role.OUTLINE_3, Role.OUTLINE_4)


class Align(StrEnum):
    """Horizontal alignment; the value is the YAML word."""

    LEFT = "左"
    CENTRE = "中"
    RIGHT = "右"
    JUSTIFY = "两端"


class Orientation(StrEnum):
    """Page orientation; the value is the YAML word."""

    PORTRAIT = "纵向"
    LANDSCAPE = "横向"


# -- inlines --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Literal words. `at` is where a person typed them, if a person did."""

    text: str
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead sentence (段首句), set off from the words that follow it."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Break:
    """A line end that a person asked for inside a title or a cell."""


@dataclass(frozen=True, slots=True)
class Number:
    """A serial such as 一、 or （一） or 一是, written out by the numbering transform."""

    text: str


@dataclass(frozen=True, slots=True)
class Series:
    """Items that run on inside one paragraph: 一是…二是…三是…"""

    items: tuple[Inlines, ...]
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words that say what follows them, such as 签发人： or 出席："""

    text: str


@dataclass(frozen=True, slots=True)
class Stop:
    """What follows, up to the next stop, stands at a place of its own in a line.

    The place is `right` characters from the right edge of the type area; the words begin there, end there
    or have their middle there.
    """

    right: float
    align: Align


Inline = Text | Lead | Break | Number | Series | Label | Stop
Inlines = tuple[Inline, ...]

# -- blocks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1-4; `rest` is text that runs on in the heading's own line (接排).

    `scheme` overrides the document's pattern for this level ("无": no number), `value` the counter.
    `number` is empty until the numbering transform has run.
    """

    level: int
    content: Inlines
    rest: Inlines = ()
    scheme: str = ""
    value: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """A height: so many lines of the text, and millimetres."""

    lines: float = 0.0
    mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `keep_with_next` forbids a page break after it.

    `align` and `right` (right indent in characters) override the role's look; `height` is that of an empty
    paragraph that holds a place.
    """

    content: Inlines
    role: Role = Role.BODY
    align: Align | None = None
    keep_with_next: bool = False
    right: float | None = None
    height: Space | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an `ItemList`, with the blocks that belong under it."""

    content: Inlines
    blocks: tuple[Block, ...] = ()
    value: int | None = None


@dataclass(frozen=True, slots=True)
class ItemList:
    """Items that are paragraphs of their own, numbered after `scheme` ("无": not numbered)."""

    items: tuple[Item, ...]
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


class ColumnKind(StrEnum):
    """What a column holds; decides alignment and checks when nothing else does."""

    TEXT = "文字"
    SERIAL = "序号"
    NUMBER = "数"


@dataclass(frozen=True, slots=True)
class Column:
    """A typed table column.

    `title` is what is printed; `groups` are the headings above it, outermost first (several header
    rows). `width` is the characters on a line of it (None: worked out from the content).
    `scheme` numbers a list in a cell; `limit` is the declared most characters; `merge` joins equal
    neighbours downwards (group column); `total` adds the column up in the total row.
    """

    name: str
    title: str
    groups: tuple[str, ...] = ()
    kind: ColumnKind = ColumnKind.TEXT
    width: float | None = None
    align: Align | None = None
    scheme: str = "1."
    limit: int | None = None
    merge: bool = False
    total: bool = False


class RowKind(StrEnum):
    """What a table row is."""

    HEAD = "表头"
    BODY = "数据"
    GROUP = "分组"
    TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; after stage 5 its blocks are paragraphs only.

    `column` is the grid column it starts in; spans count grid columns and rows. A cell that another
    one covers is not in its row.
    """

    blocks: tuple[Block, ...]
    column: int
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; `keep_with_next` holds a group row to the first row of its group."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.BODY
    keep_with_next: bool = False


class TableLook(StrEnum):
    """Which look a table has: ruled, the 信息公开 block above a paper, or 发文机关标志 of several organs."""

    RULED = "表格"
    INFO = "信息公开"
    MARKS = "联合发文机关标志"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: typed columns, any number of header rows, body rows with groups and totals.

    `title` stands above it, `unit` right above its right edge (the words 单位：万元), `notes` below (注：…).
    `continuation` is the words above it on following pages (续表), empty for none.
    """

    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    title: Inlines = ()
    unit: str = ""
    notes: tuple[Inlines, ...] = ()
    continuation: str = ""
    look: TableLook = TableLook.RULED


Block = Heading | Paragraph | ItemList | Table | PageBreak

# -- the paper ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Numbering:
    """How a paper numbers: one pattern a level, the levels that run on, and the patterns of lists.

    A pattern is an example of the first serial: 一、 or （一） or 1. or 一是; "无" means none.
    A level in `running` is not set back when the level right above it moves on (1.-18. across
    （一）-（六）), one in `through` never.
    """

    levels: tuple[str, ...] = ("一、", "（一）", "1.", "（1）")
    running: frozenset[int] = frozenset()
    through: frozenset[int] = frozenset()
    items: str = "1."
    series: str = "一是"


class PartKind(StrEnum):
    """Why a part is there: an attachment (附件, with a label), or the paper that a notice sends out."""

    ATTACHMENT = "附件"
    ANNEXED = "印发件"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that starts on a page of its own: an attachment or the paper that a notice sends out."""

    kind: PartKind
    title: Inlines
    body: tuple[Block, ...]
    orientation: Orientation = Orientation.PORTRAIT
    numbering: Numbering = Numbering()


@dataclass(frozen=True, slots=True)
class Outline:
    """目录 / 提纲: made from the headings when `entries` is None, else as given."""

    title: Inlines
    entries: tuple[Block, ...] | None = None


@dataclass(frozen=True, slots=True)
class Info:
    """信息公开: labels and values in reading order; `colon` prints a full-width colon after labels."""

    pairs: tuple[tuple[str, Inlines], ...]
    colon: bool = False


class Form(StrEnum):
    """Which form the head of a paper has (cl. 7.2, 10)."""

    PAPER = "文件"
    LETTER = "信函"
    ORDER = "命令"
    MINUTES = "纪要"


class Signing(StrEnum):
    """How the organs sign (cl. 7.3.5.1-7.3.5.3)."""

    PLAIN = "不盖章"
    SEAL = "盖章"
    STAMP = "签名章"


@dataclass(frozen=True, slots=True)
class Head:
    """版头: what stands above the red rule; several `marks` are those of a joint paper."""

    marks: tuple[Inlines, ...]
    form: Form = Form.PAPER
    copy_number: Inlines = ()
    secrecy: Inlines = ()
    urgency: Inlines = ()
    signers: tuple[Inlines, ...] = ()


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记: what stands at the foot of the last page; `recipients` are 主送机关 moved there (cl. 7.3.2)."""

    recipients: Inlines = ()
    copies: Inlines = ()
    issuer: Inlines = ()
    date: Inlines = ()


@dataclass(frozen=True, slots=True)
class Elements:
    """The fixed elements of a paper (GB/T 9704-2012 cl. 7), placed by the engine, not by templates."""

    title: Inlines = ()
    info: Info | None = None
    outline: Outline | None = None
    document_number: Inlines = ()
    recipients: Inlines = ()
    signature: tuple[Inlines, ...] = ()
    date: Inlines = ()
    note: Inlines = ()
    attachment_note: bool = True
    head: Head | None = None
    signing: Signing = Signing.PLAIN
    attendance: tuple[tuple[str, Inlines], ...] = ()
    imprint: Imprint | None = None


@dataclass(frozen=True, slots=True)
class Properties:
    """What Word and PDF keep about a file; `created` is an ISO 8601 date."""

    title: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    created: str = "2000-01-01"
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper as authored."""

    properties: Properties
    elements: Elements
    body: tuple[Block, ...]
    parts: tuple[Part, ...] = ()
    numbering: Numbering = Numbering()
    orientation: Orientation = Orientation.PORTRAIT


# -- after stage 5 --------------------------------------------------------------------------------

FlowBlock = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one orientation; a section always starts on a new page.

    `letter`: its first page is the first of a letter (cl. 10.1); pages that are not `numbered` show no
    page number.
    """

    blocks: tuple[FlowBlock, ...]
    orientation: Orientation = Orientation.PORTRAIT
    letter: bool = False
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """The paper in reading order, every number written out: what layout and the writers see.

    `imprint` is 版记, which layout puts at the foot of the last page.
    """

    properties: Properties
    sections: tuple[Section, ...]
    imprint: tuple[Paragraph, ...] = ()


def plain_text(content: Inlines) -> str:
    """Return the words of `content` without any markup; a `Break` becomes nothing."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text(text=text) | Number(text=text) | Label(text=text):
                parts.append(text)
            case Stop():
                parts.append("\t")
            case Lead(content=inner):
                parts.append(plain_text(inner))
            case Break():
                pass
            case Series(items=items):
                parts.extend(plain_text(item) for item in items)
    return "".join(parts)
