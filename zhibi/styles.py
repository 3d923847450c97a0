"""The look: one row a role, from which the Word styles and the CSS are both generated.

Input: nothing; output: `LOOK`, every measure with the clause of GB/T 9704-2012 it comes from
("惯例": office practice where the standard is silent). Sizes and pitches are points, indents are
characters of the paragraph's own size, page measures are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from zhibi.nodes import HEADING_ROLES, Align, Orientation, Role, RowKind, TableLook


class Face(StrEnum):
    """Typeface classes of the standard, and the Latin one; `fonts.py` maps each to faces that exist."""

    TITLE_SONG = "小标宋"
    FANGSONG = "仿宋"
    KAI = "楷体"
    HEI = "黑体"
    SONG = "宋体"
    LATIN = "西文"


LATIN_FACE = "Times New Roman"
"""Digits and Latin letters: the standard is silent; its metric twins have equal advances everywhere."""

OFFICIAL_FACES: Mapping[Face, str] = MappingProxyType(
    {
        Face.TITLE_SONG: "方正小标宋简体",
        Face.FANGSONG: "仿宋_GB2312",
        Face.KAI: "楷体_GB2312",
        Face.HEI: "黑体",
        Face.SONG: "宋体",
        Face.LATIN: LATIN_FACE,
    }
)
"""The names a Word file asks for: what offices have installed."""


SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22.0, 16.0, 14.0, 10.5
"""二号, 三号, 四号, 五号 in points."""

BODY_PITCH = 28.95
"""Line distance that puts 22 lines on 225 mm: 579 twips (cl. 5.2.3)."""

BODY_SPACING = -0.25
"""Letter-spacing in points that puts 28 characters of 三号 on 156 mm (cl. 5.2.3)."""


AUTOSPACE = 0.2
"""Ems between a Han character and a Latin letter or digit: what LibreOffice sets, measured."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one role looks.

    `size` and `pitch` (exact line distance) in points; `first_indent` (negative: hanging), `left` and
    `right` in characters; `outline_level` 1-4 puts the role into Word's navigation and the PDF's bookmarks.
    """

    face: Face
    size: float
    pitch: float
    align: Align
    clause: str
    first_indent: float = 0
    left: float = 0
    right: float = 0
    outline_level: int = 0
    keep_with_next: bool = False

    @property
    def spacing(self) -> float:
        """Letter-spacing in points: body type alone is set a little closer (cl. 5.2.3)."""
        return BODY_SPACING if self.size == SIZE_3 else 0.0

    def chars(self, count: float) -> float:
        """Return `count` characters in points."""
        return count * (self.size + self.spacing)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A page in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float

    @property
    def text_width(self) -> float:
        """Width of the type area (版心) in millimetres."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the type area (版心) in millimetres."""
        return self.height - self.top - self.bottom


PAGES: Mapping[Orientation, PageSetup] = MappingProxyType(
    {
        Orientation.PORTRAIT: PageSetup(210, 297, 37, 35, 28, 26),
        # The sheet is turned: its binding edge (28 mm) is then at the top (cl. 8).
        Orientation.LANDSCAPE: PageSetup(297, 210, 28, 26, 37, 35),
    }
)
"""Page measures by orientation (cl. 5.1, 5.2.1; bottom and right follow from 156 x 225 mm)."""


_BODY = Style(Face.FANGSONG, SIZE_3, BODY_PITCH, Align.JUSTIFY, "7.3.3", first_indent=2)
_FLUSH = replace(_BODY, first_indent=0, align=Align.LEFT)
_SMALL = replace(_FLUSH, size=SIZE_5, pitch=14.0, clause="惯例")
_TITLE = Style(Face.TITLE_SONG, SIZE_2, 33.0, Align.CENTRE, "7.3.1", keep_with_next=True)

LOOK: Mapping[Role, Style] = MappingProxyType(
    {
        Role.TITLE: _TITLE,
        Role.DOCUMENT_NUMBER: replace(_FLUSH, align=Align.CENTRE, clause="7.2.5"),
        Role.RECIPIENTS: replace(_BODY, first_indent=0, clause="7.3.2"),
        Role.BODY: _BODY,
        Role.HEADING_1: replace(_BODY, face=Face.HEI, outline_level=1, keep_with_next=True),
        Role.HEADING_2: replace(_BODY, face=Face.KAI, outline_level=2, keep_with_next=True),
        Role.HEADING_3: replace(_BODY, outline_level=3, keep_with_next=True),
        Role.HEADING_4: replace(_BODY, outline_level=4, keep_with_next=True),
        Role.ITEM: _BODY,
        # 附件： takes three characters after the indent of two; names then align at about the sixth.
        Role.ATTACHMENT_NOTE: replace(_BODY, align=Align.LEFT, left=6, first_indent=-4, clause="7.3.4"),
        Role.ATTACHMENT_NOTE_MORE: replace(_BODY, align=Align.LEFT, left=6, first_indent=-1, clause="7.3.4"),
        Role.SIGNATURE: replace(_FLUSH, align=Align.RIGHT, right=2, keep_with_next=True, clause="7.3.5.2"),
        Role.DATE: replace(_FLUSH, align=Align.RIGHT, right=2, clause="7.3.5.2"),
        Role.NOTE: replace(_BODY, clause="7.3.6"),
        Role.ATTACHMENT_LABEL: replace(_FLUSH, face=Face.HEI, keep_with_next=True, clause="7.3.7"),
        Role.ATTACHMENT_TITLE: replace(_TITLE, outline_level=1, clause="7.3.7"),
        Role.OUTLINE_TITLE: replace(
            _FLUSH, face=Face.HEI, align=Align.CENTRE, keep_with_next=True, clause="惯例"
        ),
        Role.OUTLINE_1: replace(_FLUSH, face=Face.HEI, clause="惯例"),
        Role.OUTLINE_2: replace(_FLUSH, face=Face.KAI, left=1, clause="惯例"),
        Role.OUTLINE_3: replace(_FLUSH, left=2, clause="惯例"),
        Role.OUTLINE_4: replace(_FLUSH, left=3, clause="惯例"),
        Role.TABLE_TITLE: replace(
            _SMALL, face=Face.HEI, size=SIZE_4, pitch=22.0, align=Align.CENTRE, keep_with_next=True
        ),
        Role.TABLE_UNIT: replace(_SMALL, face=Face.SONG, align=Align.RIGHT, keep_with_next=True),
        Role.TABLE_HEAD: replace(_SMALL, face=Face.HEI, align=Align.CENTRE),
        Role.TABLE_CELL: _SMALL,
        Role.TABLE_NOTE: _SMALL,
        Role.INFO_CELL: _SMALL,
        Role.BLANK: replace(_FLUSH, clause="7.3"),
        Role.PAGE_NUMBER: Style(Face.SONG, SIZE_4, SIZE_4, Align.RIGHT, "7.5", left=1, right=1),
    }
)
"""Role -> Style, with the clause each row holds to."""

LEAD_FACE = Face.KAI
"""Lead sentences (段首句) inside a paragraph: office practice, the standard is silent."""

_EMPHATIC = replace(LOOK[Role.TABLE_CELL], face=Face.HEI)

ROW_LOOK: Mapping[RowKind, Style] = MappingProxyType(
    {
        RowKind.HEAD: LOOK[Role.TABLE_HEAD],
        RowKind.BODY: LOOK[Role.TABLE_CELL],
        RowKind.GROUP: _EMPHATIC,
        RowKind.TOTAL: _EMPHATIC,
    }
)
"""The look of every paragraph in a row of a ruled table: the row decides, not the paragraph (惯例)."""

CELL_PADDING = (2.0, 4.0)
"""Points between a rule and the words beside it: above and below, left and right."""

RULES: Mapping[TableLook, float] = MappingProxyType({TableLook.RULED: 0.5, TableLook.INFO: 0.25})
"""Weight of the rules of a table in points (惯例)."""

PAGE_NUMBER_DROP = 7.0
"""Millimetres from the type area down to the middle of the dashes of the page number (cl. 7.5)."""

WORD_STYLES: Mapping[Role, str] = MappingProxyType(
    {
        **{role: str(role) for role in Role},
        # Word itself shows the first as 正文 and the last as 页脚 in Chinese: own styles would clash.
        Role.BODY: "Body Text",
        **{role: f"heading {level}" for level, role in enumerate(HEADING_ROLES, 1)},
        Role.PAGE_NUMBER: "footer",
    }
)
"""Role -> name of its paragraph style in a Word file: the role's own word, or a style built into Word."""

RUN_IN_STYLES: Mapping[Role, str] = MappingProxyType({role: f"{role}（接排）" for role in HEADING_ROLES})
"""Heading role -> paragraph style and CSS class of a heading with text that runs on in its line."""

ROW_STYLES: Mapping[RowKind, str] = MappingProxyType(
    {RowKind.HEAD: "表头", RowKind.BODY: "表格文字", RowKind.GROUP: "表格分组", RowKind.TOTAL: "表格合计"}
)
"""Kind of row -> paragraph style and CSS class of the words in it."""

TABLE_STYLES: Mapping[TableLook, str] = MappingProxyType(
    {TableLook.RULED: "表格", TableLook.INFO: "信息公开表"}
)
"""Look of a table -> Word table style; Word allows no two styles of one name, and 信息公开 is a role."""
