"""The schema of the fixed elements of a paper (GB/T 9704-2012 cl. 7) and of what a template may declare."""

from __future__ import annotations

from typing import Final

from zhibi.kinds import Form, Signing
from zhibi.schema.parts import (
    ANY_TEXT,
    DATE,
    INTEGER,
    LEVEL,
    PATTERN,
    SCHEMA_VERSION,
    TEXT,
    TEXTS,
    YES_NO,
    Schema,
    described,
    object_of,
    ref,
)
from zhibi.statuses import ON_TIME, STATUSES

NUMBERING = object_of(
    {
        "层次": described(
            {"type": "array", "items": PATTERN, "minItems": 1, "maxItems": 4}, "各级标题的编号样式"
        ),
        "连续": described({"type": "array", "items": LEVEL}, "换了上一级标题也接着编号的级", [3]),
        "全文连续": described({"type": "array", "items": LEVEL}, "从头到尾接着编号的级", [3]),
        "列项": PATTERN,
        "分述": PATTERN,
    }
)
_INFO = described(
    {"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}, "minProperties": 1},
    "信息公开：按顺序写“名称: 内容”",
)
_OUTLINE: Schema = described(
    {
        "if": {"type": "object"},
        "then": object_of({"题": described(TEXT, "目录的标题", "目录"), "项": ref("正文")}),
        "else": YES_NO,
    },
    "目录（提纲）：是 = 由标题自动生成",
)
_ATTACHED = {
    "标题": described(TEXT, "标题"),
    "横向": described(YES_NO, "横排页面"),
    "编号": NUMBERING,
    "正文": ref("正文"),
}
_PARTS: Schema = {"type": "array", "items": object_of(_ATTACHED, ("标题", "正文")), "minItems": 1}
VERSION = described({"const": SCHEMA_VERSION, "type": "integer"}, "数据格式的版本", SCHEMA_VERSION)

_HEAD = described(
    object_of(
        {
            "格式": described(
                {"enum": [str(form) for form in Form]}, "文件（默认）、信函、命令、纪要", "文件"
            ),
            "份号": described(ANY_TEXT, "份号，一般 6 位数字", "000001"),
            "密级": described(TEXT, "密级和保密期限", "秘密★1年"),
            "紧急程度": described({"enum": ["特急", "加急", "特提", "平急"]}, "紧急程度", "特急"),
            "发文机关标志": described(
                TEXTS,
                "发文机关标志；联合行文写成列表，“文件”二字由程序印在右边",
                "云川市云川区科学技术局文件",
            ),
            "签发人": described(TEXTS, "上行文的签发人姓名；几个人写成列表", "林一舟"),
        },
        ("发文机关标志",),
    ),
    "版头：不写就没有红头",
)
_IMPRINT = described(
    object_of(
        {
            "主送": described(TEXT, "移到版记的主送机关，以句号结尾", "各镇人民政府，各街道办事处。"),
            "抄送": described(TEXT, "抄送机关，以句号结尾", "区委办公室，区人大常委会办公室。"),
            "印发机关": described(TEXT, "印发机关", "云川区科学技术局办公室"),
            "印发日期": described(DATE, "印发日期；“印发”二字由程序写", "2026年2月18日"),
        }
    )
    | {"minProperties": 1},
    "版记，印在最后一面（双数页）的最下面",
)
_ATTENDANCE = described(
    object_of({label: described(TEXT, f"{label}人员的单位和姓名") for label in ("出席", "请假", "列席")})
    | {"minProperties": 1},
    "纪要的出席、请假、列席名单",
)

ELEMENT_KEYS: Final[dict[str, Schema]] = {
    "标题": described(TEXT, "公文标题；要换行时在文字里换行", "云川区科技局2026年工作要点"),
    "信息公开": _INFO,
    "信息公开冒号": described(YES_NO, "信息公开的名称后面印冒号"),
    "目录": _OUTLINE,
    "版头": _HEAD,
    "发文字号": described(TEXT, "发文字号", "云科〔2026〕2号"),
    "主送机关": described(TEXT, "主送机关，以全角冒号结尾", "各镇人民政府、街道办事处："),
    "正文": ref("正文"),
    "印发件": described(_PARTS, "随通知印发的文件，各自另起一页"),
    "附件": described(_PARTS, "附件，各自另起一页；序号和附件说明由程序写"),
    "附件说明": described(YES_NO, "正文后是否列出附件说明（默认 是）"),
    "与会": _ATTENDANCE,
    "署名": described(TEXTS, "发文机关署名；几个机关写成列表", "云川市云川区科学技术局"),
    "署名方式": described(
        {"enum": [str(signing) for signing in Signing]},
        "不盖章（默认）、盖章（给印章留位）、签名章（署名写职务，给签名章留位）",
        "盖章",
    ),
    "成文日期": described(DATE, "成文日期", "2026年2月18日"),
    "附注": described(TEXT, "附注，写在全角括号里", "（联系人：…，电话：…）"),
    "版记": _IMPRINT,
    "编号": NUMBERING,
    "横向": described(YES_NO, "整篇横排"),
    "语言": described({"enum": ["zh-CN", "zh-TW", "zh-HK"]}, "文字：简体 zh-CN，繁体 zh-TW"),
    "关键词": described(TEXTS, "写进文件属性的关键词"),
}
"""The keys every paper's data file may have: the elements of GB/T 9704-2012 cl. 7."""

FIELD_TYPES: Final[dict[str, Schema]] = {
    "文字": TEXT,
    "编码": ANY_TEXT,
    "整数": INTEGER,
    "日期": DATE,
    "是否": YES_NO,
    "文字列表": TEXTS,
    "文句": ref("文句"),
    "正文": ref("正文"),
    "单元格": ref("单元格"),
    "计划": described(TEXT, "计划文件的路径，从这个文件所在的文件夹算起", "云川区2026年重点工作计划.yaml"),
    "季度表": described(
        TEXT,
        "季度表的数据文件，和这个文件放在一起；任务、统计和指标都取它的",
        "云川区科技局2026年第四季度重点工作完成情况.yaml",
    ),
    # A status that nobody has filled in yet stands as an empty value in the file of a new quarter.
    "状态": described(
        {"if": {"type": "string", "maxLength": 0}, "then": {}, "else": {"enum": list(STATUSES)}},
        "任务的状态",
        ON_TIME,
    ),
    "进展": {},
    "要素": {},
}
"""What a template may declare a field as; 进展 takes its own columns (see
`_progress`), 要素 is an element of that name, to make it 必填."""
