"""What a paper says: inlines and blocks, authored and flowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from zhibi.errors import Location
from zhibi.kinds import Align, ColumnKind, PictureKind, Role, RowKind, TableLook


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
    """A height: so many lines of the text, and millimetres.

    `area`: they count from the type area of GB/T 9704, above which the margins of software may begin.
    """

    lines: float = 0.0
    mm: float = 0.0
    area: bool = False


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


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its bytes: no file is opened once it has been read.

    `width` and `height` are millimetres on the page, `pixels` across and down; `alt` says in words what is to
    be seen (PDF/UA-1 cl. 7.3), `caption` stands below it. `asked` is the width that a person asked for.
    `vector` is the same picture as an SVG that the program itself has drawn, never one that came from
    outside: formats that can show it take it instead of the pixels.
    """

    content: bytes = field(repr=False)
    kind: PictureKind
    pixels: tuple[int, int]
    width: float
    height: float
    alt: str
    caption: Inlines = ()
    at: Location | None = None
    asked: float | None = None
    vector: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a `Plot`: a name, the figures beside it as they are printed, and how long its bar is in per cent.

    `words` say the same to those who do not see it; `at` is where a person typed the name.
    """

    name: str
    figures: tuple[str, ...]
    value: Fraction
    words: str
    at: Location | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars against a line at 100 per cent, to be drawn once the faces of the paper are known.

    `heads` stand above the name and each figure, `goal` above the line; `alt` begins what is said of the plot in
    words, `notes` stand below it.
    """

    heads: tuple[str, ...]
    goal: str
    bars: tuple[Bar, ...]
    alt: str
    notes: tuple[Inlines, ...] = ()


Block = Heading | Paragraph | ItemList | Table | Picture | Plot | PageBreak


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
