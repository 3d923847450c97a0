"""The schema of what papers say: 文句, 正文, 单元格 and 表, which name each other by reference."""

from __future__ import annotations

from typing import Final

from zhibi.kinds import Align, ColumnKind
from zhibi.schema.parts import (
    ANY_TEXT,
    PATTERN,
    POSITIVE,
    TEXT,
    TEXTS,
    YES,
    YES_NO,
    Schema,
    described,
    must_have,
    object_of,
    one_of_keys,
    ref,
)

_FETCH = object_of(
    {
        "取数": described(
            TEXT, "套用记录里的数：{{ 指标.名称.实际 }}", "全年新认定{{ 指标.高新技术企业.实际 }}家。"
        )
    },
    ("取数",),
)
_SERIES = object_of(
    {
        "引语": described(ref("文句"), "一是之前的话"),
        "分述": described(
            {"type": "array", "items": ref("文句"), "minItems": 1}, "接排在一段里的各项：一是…二是…"
        ),
        "编号": PATTERN,
        "结语": described(ref("文句"), "最后一项之后的话"),
    },
    ("分述",),
)
_SENTENCE_KEYS = {"取数": _FETCH, "分述": _SERIES}
_SENTENCE: Schema = {
    "description": "文句：一段文字，或 取数、分述",
    "if": {"type": "object"},
    "then": one_of_keys(_SENTENCE_KEYS, must_have(_SENTENCE_KEYS)),
    "else": {"type": ["string", "number", "object"], "minLength": 1},
}

_HEADING = object_of(
    {
        "标题": described(ref("文句"), "标题文字，不写序号，序号由程序编", "优化顶层设计，释放创新红利"),
        "接排": described(ref("文句"), "与标题排在同一段的文字"),
        "内容": described(ref("正文"), "标题下的内容"),
        "层次": described({"type": "integer", "minimum": 1, "maximum": 4}, "跳级时写明第几级标题（1—4）"),
        "编号": PATTERN,
        "序号": described(POSITIVE, "不按顺序时写明第几个"),
    },
    ("标题",),
)
_LIST_ITEM: Schema = {
    "if": {"type": "object", "required": ["文"]},
    "then": object_of({"文": ref("文句"), "内容": ref("正文"), "序号": POSITIVE}, ("文",)),
    "else": ref("文句"),
}
_LIST = object_of(
    {
        "列项": described({"type": "array", "items": _LIST_ITEM, "minItems": 1}, "各占一段的列项"),
        "编号": PATTERN,
    },
    ("列项",),
)
_LEAD = object_of(
    {"提要": described(ref("文句"), "段首句"), "文": described(ref("文句"), "其余文字")}, ("提要",)
)
_PICTURE = object_of(
    {
        "图": described(
            TEXT, "图片文件（PNG 或 JPG），从数据文件所在的文件夹算起；要在项目文件夹之内", "图片/现场.png"
        ),
        "说明": described(
            TEXT, "替代文字：一句话说出图上有什么，读给看不见图的人听，不印出来", "施工现场，主体结构已封顶"
        ),
        "题": described(ref("文句"), "图题，印在图的下方居中", "图1 科创中心二期施工现场"),
        "宽": described(
            {"type": "number", "minimum": 10, "maximum": 400},
            "印多宽（毫米）；不写就按图片自己的大小，放不下时缩小",
            120,
        ),
    },
    ("图", "说明"),
)
_BLOCK_KEYS = {
    "标题": _HEADING,
    "列项": _LIST,
    "表": object_of({"表": ref("表")}, ("表",)),
    "图": _PICTURE,
    "提要": _LEAD,
    "分页": object_of({"分页": {"enum": [YES]}}, ("分页",)),
    **_SENTENCE_KEYS,
}
_BODY: Schema = {
    "description": "正文：一段文字占一项；标题、列项、表、图等写成“键: 值”",
    "type": "array",
    "items": {
        "if": {"type": "object"},
        # A picture with a 标题 wants a 题; a heading with a 图 wants nothing that there is.
        "then": one_of_keys({"图": _PICTURE, **_BLOCK_KEYS}, must_have(_BLOCK_KEYS)),
        "else": {"type": ["string", "number", "object"], "minLength": 1},
    },
}

_CELL_LIST = object_of(
    {
        "引语": described(ref("文句"), "各项之前的话"),
        "项": {"type": "array", "items": ref("文句"), "minItems": 1},
        "编号": PATTERN,
    },
    ("项",),
)
_FILLED_OR_EMPTY: Schema = {"if": {"enum": ["", None]}, "then": {}, "else": ref("文句")}
_CELL: Schema = {
    "description": "一格：文字；列表 = 编号的几项；或 {编号: 1、, 项: […]}",
    "if": {"type": "array"},
    "then": {"type": "array", "items": ref("文句")},
    "else": {"if": {"type": "object", "required": ["项"]}, "then": _CELL_LIST, "else": _FILLED_OR_EMPTY},
}
COLUMN_KEYS: dict[str, Schema] = {
    "名": described(TEXT, "栏名，各行用它填写", "主要内容"),
    "题": described(ANY_TEXT, "表头印的字；不写就用栏名", "完成情况（不超过300字）"),
    "组": described(TEXTS, "上一级表头；几级就写几项", "第三季度"),
    "类": described({"enum": [str(kind) for kind in ColumnKind]}, "这一栏放什么"),
    "宽": described(
        {"type": "number", "exclusiveMinimum": 0, "maximum": 200}, "一行放几个字；一般不写，由程序按内容算", 8
    ),
    "对齐": described({"enum": [str(align) for align in Align]}, "对齐方式"),
    "编号": PATTERN,
    "限字": described(POSITIVE, "一格最多多少字", 300),
    "合并": described(YES_NO, "上下相同的格合并"),
    "求和": described(YES_NO, "计入合计行"),
}
_COLUMN: Schema = {"if": {"type": "object"}, "then": object_of(COLUMN_KEYS, ("名",)), "else": TEXT}
TABLE_KEYS: dict[str, Schema] = {
    "标题": described(ref("文句"), "表题，印在表的上方"),
    "单位": described(TEXT, "印在表的右上方：单位：万元", "万元"),
    "合计": described(TEXT, "合计行的名称；有求和的栏时自动加总", "合计"),
    "注": described(TEXTS, "表下的注"),
    "续表": described(YES_NO, "表格转到下一面时，上面印“续表”"),
}
_TABLE = object_of(
    {
        **TABLE_KEYS,
        "栏": described(
            {"type": "array", "items": _COLUMN, "minItems": 1, "栏名不重": True},
            "各栏的名称；要写题、限字等，一栏写成“键: 值”",
            ["序号", "单位", "名额"],
        ),
        "行": described(
            {
                "type": "array",
                "items": {
                    "type": "object",
                    "if": {"required": ["分组"]},
                    "then": object_of({"分组": TEXT}),
                    "else": {"additionalProperties": ref("单元格")},
                },
            },
            "每行写“栏名: 内容”；不写的栏留空；分组行写 {分组: 名称}",
        ),
    },
    ("栏", "行"),
) | {"行按栏填写": True}

TEXT_HEADS: Final = frozenset({"说明"})
"""Keys that never come first in an entry of a list, but begin paragraphs of text: - 说明：……"""

DEFS: Final[dict[str, Schema]] = {"文句": _SENTENCE, "正文": _BODY, "单元格": _CELL, "表": _TABLE}
