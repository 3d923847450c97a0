"""The look: one row a role, from which the layout and the Word styles are both made.

Input: the name of a standard; output: its `Look`, every measure with the clause of GB/T 9704-2012 it comes from
("惯例": office practice where the standard is silent). Sizes and pitches are points, indents are
characters of the paragraph's own size, page measures are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from zhibi.kinds import HEADING_ROLES, Align, Orientation, Role, RowKind, TableLook
from zhibi.typography import MM, OFFICIAL_FACES, SIZE_2, SIZE_3, SIZE_4, SIZE_5, Face, PageSetup, Rule, Style

TIGHT_PITCH = 20.25
"""Line distance of 三号 at which Word's baseline (four fifths down) is that of a centred line."""

TIGHT_MARGIN = (TIGHT_PITCH - SIZE_3) / 2 * MM
"""Millimetres of such a line above and below its characters."""

RED = "#ff0000"
"""The red of 版头; the standard gives printing ink only (cl. 6: Y80 M80)."""

MARK_SIZE = 48.0
"""发文机关标志 in points where it fits; the standard leaves the size open (cl. 7.2.4)."""

RULE_PITCH = 1.0
"""Height in points of the paragraph that holds a rule."""


def pages_of(top: float, bottom: float, left: float, right: float) -> Mapping[Orientation, PageSetup]:
    """Return both ways of the sheet; turned, its binding edge (left) is at the top, its foot at the left."""
    return MappingProxyType(
        {
            Orientation.PORTRAIT: PageSetup(210, 297, top, bottom, left, right),
            Orientation.LANDSCAPE: PageSetup(297, 210, left, right, bottom, top),
        }
    )


def _styles(pitch: float, title_pitch: float) -> Mapping[Role, Style]:
    """Return the table of the look for one line distance of the text and one of titles, in points."""
    body = Style(Face.FANGSONG, SIZE_3, pitch, Align.JUSTIFY, "7.3.3", first_indent=2)
    flush = replace(body, first_indent=0, align=Align.LEFT)
    small = replace(flush, size=SIZE_5, pitch=14.0, clause="惯例")
    title = Style(Face.TITLE_SONG, SIZE_2, title_pitch, Align.CENTRE, "7.3.1", keep_with_next=True)
    # Middle of the line box and baseline of Word agree on this distance, so that 4 mm are 4 mm in both.
    tight = replace(flush, pitch=TIGHT_PITCH)
    number = replace(tight, align=Align.CENTRE, clause="7.2.5")
    imprint = replace(flush, size=SIZE_4, pitch=22.0, align=Align.LEFT, clause="7.4")
    return {
        Role.COPY_NUMBER: replace(tight, label=Face.FANGSONG, clause="7.2.1"),
        Role.SECRECY: replace(tight, face=Face.HEI, label=Face.FANGSONG, clause="7.2.2"),
        Role.URGENCY: replace(tight, face=Face.HEI, label=Face.FANGSONG, clause="7.2.3"),
        Role.MARK: Style(Face.TITLE_SONG, MARK_SIZE, MARK_SIZE, Align.CENTRE, "7.2.4", red=True),
        Role.SIGNER: replace(tight, face=Face.KAI, left=1, right=1, label=Face.FANGSONG, clause="7.2.6"),
        Role.RED_RULE: replace(flush, pitch=RULE_PITCH, rule=Rule((1.5,), red=True), clause="7.2.7"),
        Role.LETTER_RULE: replace(
            flush, pitch=RULE_PITCH, rule=Rule((1.5, 0.75), red=True, outset=(8, 6)), clause="10.1"
        ),
        Role.TITLE: title,
        Role.DOCUMENT_NUMBER: number,
        Role.RECIPIENTS: replace(body, first_indent=0, clause="7.3.2"),
        Role.BODY: body,
        Role.HEADING_1: replace(body, face=Face.HEI, outline_level=1, keep_with_next=True),
        Role.HEADING_2: replace(body, face=Face.KAI, outline_level=2, keep_with_next=True),
        Role.HEADING_3: replace(body, outline_level=3, keep_with_next=True),
        Role.HEADING_4: replace(body, outline_level=4, keep_with_next=True),
        Role.ITEM: body,
        # 附件： takes three characters after the indent of two; names then align at about the sixth.
        Role.ATTACHMENT_NOTE: replace(body, align=Align.LEFT, left=6, first_indent=-4, clause="7.3.4"),
        Role.ATTACHMENT_NOTE_MORE: replace(body, align=Align.LEFT, left=6, first_indent=-1, clause="7.3.4"),
        Role.SIGNATURE: replace(flush, align=Align.RIGHT, right=2, keep_with_next=True, clause="7.3.5.2"),
        Role.DATE: replace(flush, align=Align.RIGHT, right=2, clause="7.3.5.2"),
        Role.STAMP: replace(flush, align=Align.RIGHT, right=4, clause="7.3.5.3"),
        Role.NOTE: replace(body, clause="7.3.6"),
        Role.ATTENDANCE: replace(body, left=5, first_indent=-3, label=Face.HEI, clause="10.3"),
        Role.ATTACHMENT_LABEL: replace(flush, face=Face.HEI, keep_with_next=True, clause="7.3.7"),
        Role.ATTACHMENT_TITLE: replace(title, outline_level=1, clause="7.3.7"),
        Role.OUTLINE_TITLE: replace(
            flush, face=Face.HEI, align=Align.CENTRE, keep_with_next=True, clause="惯例"
        ),
        Role.OUTLINE_1: replace(flush, face=Face.HEI, clause="惯例"),
        Role.OUTLINE_2: replace(flush, face=Face.KAI, left=1, clause="惯例"),
        Role.OUTLINE_3: replace(flush, left=2, clause="惯例"),
        Role.OUTLINE_4: replace(flush, left=3, clause="惯例"),
        Role.TABLE_TITLE: replace(
            small, face=Face.HEI, size=SIZE_4, pitch=22.0, align=Align.CENTRE, keep_with_next=True
        ),
        Role.TABLE_CONTINUED: replace(small, face=Face.HEI, align=Align.RIGHT, keep_with_next=True),
        Role.TABLE_UNIT: replace(small, face=Face.SONG, align=Align.RIGHT, keep_with_next=True),
        Role.TABLE_HEAD: replace(small, face=Face.HEI, align=Align.CENTRE),
        Role.TABLE_CELL: small,
        Role.TABLE_NOTE: small,
        Role.INFO_CELL: small,
        # A picture stands on whole lines of the text and so does what is said of it: the text keeps its lines.
        Role.PICTURE: replace(flush, align=Align.CENTRE, clause="惯例", grows=True),
        Role.PICTURE_TITLE: replace(flush, face=Face.HEI, size=SIZE_4, align=Align.CENTRE, clause="惯例"),
        Role.BLANK: replace(flush, clause="7.3"),
        # 抄送： takes three characters; the organs that follow align behind it.
        Role.COPIES: replace(imprint, left=4, right=1, first_indent=-3, clause="7.4.2"),
        # 0.35 mm and 0.25 mm, in the eighths of a point that Word counts rules in (cl. 7.4.1).
        Role.IMPRINT_FIRST: replace(flush, pitch=RULE_PITCH, rule=Rule((1.0,)), clause="7.4.1"),
        Role.IMPRINT_MIDDLE: replace(flush, pitch=RULE_PITCH, rule=Rule((0.75,)), clause="7.4.1"),
        Role.IMPRINT_LAST: replace(flush, pitch=RULE_PITCH, rule=Rule((1.0,), below=True), clause="7.4.1"),
        Role.ISSUER: replace(imprint, left=1, right=1, clause="7.4.3"),
        Role.PAGE_NUMBER: Style(Face.SONG, SIZE_4, SIZE_4, Align.RIGHT, "7.5", left=1, right=1),
    }


DROP = 7.0
"""Millimetres from the type area down to the middle of the dashes of the page number (cl. 7.5)."""


@dataclass(frozen=True, slots=True)
class Look:
    """The whole look of a paper: the rule it holds to, its styles and pages, the faces a Word file names.

    `pitch` is the line distance of the text in points, `drop` the millimetres from the type area down to the
    middle of the dashes of the page number (cl. 7.5); `changes` are the measures that an office set
    itself, in words.
    """

    rule: str
    pitch: float
    styles: Mapping[Role, Style]
    pages: Mapping[Orientation, PageSetup]
    faces: Mapping[Face, str]
    drop: float = DROP
    changes: tuple[str, ...] = ()

    @property
    def lead(self) -> float:
        """Return how many millimetres the area of software reaches beyond the type area of GB/T 9704.

        That is the half line above the first line and below the last one (GB/T 33476.2 cl. 4).
        """
        return DROP - self.drop

    def row(self, kind: RowKind) -> Style:
        """Return the look of every paragraph in a row of a ruled table: the row decides (惯例)."""
        match kind:
            case RowKind.HEAD:
                return self.styles[Role.TABLE_HEAD]
            case RowKind.BODY:
                return self.styles[Role.TABLE_CELL]
            case RowKind.GROUP | RowKind.TOTAL:
                return replace(self.styles[Role.TABLE_CELL], face=Face.HEI)


DASH_FOOT = 28.0
"""Millimetres from the lower edge of the sheet to the middle of the dashes of the page number (cl. 7.5)."""

GBT_9704 = "GB/T 9704"
GBT_33476 = "GB/T 33476.2"


def preset(rule: str) -> Look:
    """Return the look of a standard: the margins and line distances that put 22 lines on a page.

    GB/T 33476.2-2016 counts the half line above the first line to the margin (cl. 4), so that the words
    themselves begin 37 mm down.
    """
    if rule == GBT_33476:
        pitch, title_pitch, pages = 29.45, 35.46, pages_of(34.58, 32.58, 28, 26)
    else:
        pitch, title_pitch, pages = 28.95, 33.0, pages_of(37, 35, 28, 26)
    styles = MappingProxyType(_styles(pitch, title_pitch))
    # Either way the dashes stand 28.0 mm above the edge of the sheet.
    return Look(rule, pitch, styles, pages, OFFICIAL_FACES, pages[Orientation.PORTRAIT].bottom - DASH_FOOT)


STANDARD = preset(GBT_9704)
"""The look of a paper for which an office asks nothing else."""

LEAD_FACE = Face.KAI
"""Lead sentences (段首句) inside a paragraph: office practice, the standard is silent."""

CELL_PADDING = (2.0, 4.0)
"""Points between a rule and the words beside it: above and below, left and right."""

RULES: Mapping[TableLook, float] = MappingProxyType(
    {TableLook.RULED: 0.5, TableLook.INFO: 0.25, TableLook.MARKS: 0.0}
)
"""Weight of the rules of a table in points (惯例)."""

LETTER_TOP = 26.0
"""Millimetres down the first page of a letter at which its type area begins; the mark is 30 mm down."""

LETTER_MARK = 30.0
"""Millimetres from the sheet's edge to the top of the mark of a letter (cl. 10.1)."""

LETTER_SIDE = 20.0
"""Millimetres from the sides of the sheet to the rules of a letter: they are 170 mm long (cl. 10.1)."""

LETTER_FOOT = 20.0
"""Millimetres from the sheet's lower edge to the lower rule of a letter's first page (cl. 10.1)."""

LETTER_BOTTOM = LETTER_FOOT + 7 / 8 * 5.54
"""Millimetres below the type area of the first page: 7/8 of a 三号 character above the rule (cl. 10.1)."""


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
"""Heading role -> paragraph style of a heading with text that runs on in its line."""

ROW_STYLES: Mapping[RowKind, str] = MappingProxyType(
    {RowKind.HEAD: "表头", RowKind.BODY: "表格文字", RowKind.GROUP: "表格分组", RowKind.TOTAL: "表格合计"}
)
"""Kind of row -> paragraph style of the words in it."""

TABLE_STYLES: Mapping[TableLook, str] = MappingProxyType(
    {TableLook.RULED: "表格", TableLook.INFO: "信息公开表", TableLook.MARKS: "联合发文机关标志"}
)
"""Look of a table -> Word table style; Word allows no two styles of one name, and 信息公开 is a role."""
