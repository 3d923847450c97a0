"""A whole paper: its fixed elements, its parts and its properties; and the flow that is made of it."""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.kinds import Form, Orientation, PartKind, Signing
from zhibi.nodes.content import Block, Heading, Inlines, Paragraph, Picture, Plot, Table


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


FlowBlock = Heading | Paragraph | Table | Picture | Plot


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
