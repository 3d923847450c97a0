"""The document tree: what a paper says, free of any output format.

`markup.py` and `body.py` build it, the stage-5 transforms rewrite it, the writers read it.
All nodes are frozen; a transform returns new ones. Two vocabularies:

* *authored*: `Document` with blocks `Heading | Paragraph | ItemList | Table | Picture | PageBreak`
  and inlines `Text | Lead | Break | Series`;
* *flowed* (after stage 5): `Flow`, a tuple of `Section`s of `Heading | Paragraph | Table | Picture`, every
  number written out (`Number`) and no `Series`, `ItemList` or `PageBreak` left. Writers know only this.
"""

from __future__ import annotations

from zhibi.nodes.content import (
    Block,
    Break,
    Cell,
    Column,
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Label,
    Lead,
    Number,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Series,
    Space,
    Stop,
    Table,
    Text,
    plain_text,
)
from zhibi.nodes.kinds import (
    HEADING_ROLES,
    OUTLINE_ROLES,
    Align,
    ColumnKind,
    Form,
    Orientation,
    PartKind,
    PictureKind,
    Role,
    RowKind,
    Signing,
    TableLook,
)
from zhibi.nodes.paper import (
    Document,
    Elements,
    Flow,
    FlowBlock,
    Head,
    Imprint,
    Info,
    Numbering,
    Outline,
    Part,
    Properties,
    Section,
)

__all__ = [
    "HEADING_ROLES",
    "OUTLINE_ROLES",
    "Align",
    "Block",
    "Break",
    "Cell",
    "Column",
    "ColumnKind",
    "Document",
    "Elements",
    "Flow",
    "FlowBlock",
    "Form",
    "Head",
    "Heading",
    "Imprint",
    "Info",
    "Inline",
    "Inlines",
    "Item",
    "ItemList",
    "Label",
    "Lead",
    "Number",
    "Numbering",
    "Orientation",
    "Outline",
    "PageBreak",
    "Paragraph",
    "Part",
    "PartKind",
    "Picture",
    "PictureKind",
    "Properties",
    "Role",
    "Row",
    "RowKind",
    "Section",
    "Series",
    "Signing",
    "Space",
    "Stop",
    "Table",
    "TableLook",
    "Text",
    "plain_text",
]
