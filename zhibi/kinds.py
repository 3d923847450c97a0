"""The closed vocabularies of a paper; the values are the words of YAML and of Word styles."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a paragraph is. The value is the YAML word and the Word style name."""

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
    PICTURE = "图"
    PICTURE_TITLE = "图题"
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


class ColumnKind(StrEnum):
    """What a column holds; decides alignment and checks when nothing else does."""

    TEXT = "文字"
    SERIAL = "序号"
    NUMBER = "数"


class RowKind(StrEnum):
    """What a table row is."""

    HEAD = "表头"
    BODY = "数据"
    GROUP = "分组"
    TOTAL = "合计"


class TableLook(StrEnum):
    """Which look a table has: ruled, the 信息公开 block above a paper, or 发文机关标志 of several organs."""

    RULED = "表格"
    INFO = "信息公开"
    MARKS = "联合发文机关标志"


class PictureKind(StrEnum):
    """How the bytes of a picture are coded; the value is the ending of its name."""

    PNG = "png"
    JPEG = "jpg"


class PartKind(StrEnum):
    """Why a part is there: an attachment (附件, with a label), or the paper that a notice sends out."""

    ATTACHMENT = "附件"
    ANNEXED = "印发件"


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
