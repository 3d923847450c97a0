"""The JSON Schemas of all YAML files: the one truth that the program validates with and editors read.

Input: a template's declared fields; output: JSON Schema (draft 2020-12) as plain dicts with Chinese
descriptions and examples. `python build.py schema` writes them; `validator.py` runs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from zhibi.nodes import Align, ColumnKind

SCHEMA_VERSION = 1
"""The version that data files state under 版本."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

YES, NO = "是", "否"


def _described(schema: Schema, text: str, *examples: Any) -> Schema:
    extra: Schema = {"description": text}
    if examples:
        extra["examples"] = list(examples)
    return {**schema, **extra}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return schema


_TEXT: Schema = {"type": "string", "minLength": 1}
_ANY_TEXT: Schema = {"type": ["string", "number"]}
_INTEGER: Schema = {"type": "integer"}
_POSITIVE: Schema = {"type": "integer", "minimum": 1}
_LEVEL: Schema = {"type": "integer", "minimum": 1, "maximum": 4}
_YES_NO: Schema = {"enum": [YES, NO]}
_DATE: Schema = {
    "type": "string",
    "format": "日期",
    "pattern": r"^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})$",
}
_PATTERN = _described(
    {"type": ["string", "number"], "format": "编号样式"},
    "编号样式：写出第一个号，如 一、（一） 1. 一是；无 = 不编号",
    "一、",
    "1.",
    "无",
)
_TEXTS: Schema = {"if": {"type": "array"}, "then": {"items": _TEXT, "minItems": 1}, "else": _TEXT}


def _one_of_keys(branches: Mapping[str, Schema], otherwise: Schema) -> Schema:
    """Return a schema that picks the branch whose key is present, for errors that name the real fault."""
    schema = otherwise
    for key, branch in reversed(list(branches.items())):
        schema = {"if": {"required": [key]}, "then": branch, "else": schema}
    return schema


def _must_have(keys: Mapping[str, Schema]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}


_FETCH = _object(
    {
        "取数": _described(
            _TEXT, "套用记录里的数：{{ 指标.名称.实际 }}", "全年新认定{{ 指标.高新技术企业.实际 }}家。"
        )
    },
    ("取数",),
)
_SERIES = _object(
    {
        "引语": _described(_ref("文句"), "一是之前的话"),
        "分述": _described(
            {"type": "array", "items": _ref("文句"), "minItems": 1}, "接排在一段里的各项：一是…二是…"
        ),
        "编号": _PATTERN,
        "结语": _described(_ref("文句"), "最后一项之后的话"),
    },
    ("分述",),
)
_SENTENCE_KEYS = {"取数": _FETCH, "分述": _SERIES}
_SENTENCE: Schema = {
    "description": "文句：一段文字，或 取数、分述",
    "if": {"type": "object"},
    "then": _one_of_keys(_SENTENCE_KEYS, _must_have(_SENTENCE_KEYS)),
    "else": {"type": ["string", "number", "object"], "minLength": 1},
}

_HEADING = _object(
    {
        "标题": _described(_ref("文句"), "标题文字，不写序号，序号由程序编", "优化顶层设计，释放创新红利"),
        "接排": _described(_ref("文句"), "与标题排在同一段的文字"),
        "内容": _described(_ref("正文"), "标题下的内容"),
        "层次": _described({"type": "integer", "minimum": 1, "maximum": 4}, "跳级时写明第几级标题（1—4）"),
        "编号": _PATTERN,
        "序号": _described(_POSITIVE, "不按顺序时写明第几个"),
    },
    ("标题",),
)
_LIST_ITEM: Schema = {
    "if": {"type": "object", "required": ["文"]},
    "then": _object({"文": _ref("文句"), "内容": _ref("正文"), "序号": _POSITIVE}, ("文",)),
    "else": _ref("文句"),
}
_LIST = _object(
    {
        "列项": _described({"type": "array", "items": _LIST_ITEM, "minItems": 1}, "各占一段的列项"),
        "编号": _PATTERN,
    },
    ("列项",),
)
_LEAD = _object(
    {"提要": _described(_ref("文句"), "段首句"), "文": _described(_ref("文句"), "其余文字")}, ("提要",)
)
_BLOCK_KEYS = {
    "标题": _HEADING,
    "列项": _LIST,
    "表": _object({"表": _ref("表")}, ("表",)),
    "提要": _LEAD,
    "分页": _object({"分页": {"enum": [YES]}}, ("分页",)),
    **_SENTENCE_KEYS,
}
_BODY: Schema = {
    "description": "正文：一段文字占一项；标题、列项、表等写成“键: 值”",
    "type": "array",
    "items": {
        "if": {"type": "object"},
        "then": _one_of_keys(_BLOCK_KEYS, _must_have(_BLOCK_KEYS)),
        "else": {"type": ["string", "number", "object"], "minLength": 1},
    },
}

_CELL_LIST = _object(
    {
        "引语": _described(_ref("文句"), "各项之前的话"),
        "项": {"type": "array", "items": _ref("文句"), "minItems": 1},
        "编号": _PATTERN,
    },
    ("项",),
)
_FILLED_OR_EMPTY: Schema = {"if": {"enum": ["", None]}, "then": {}, "else": _ref("文句")}
_CELL: Schema = {
    "description": "一格：文字；列表 = 编号的几项；或 {编号: 1、, 项: […]}",
    "if": {"type": "array"},
    "then": {"type": "array", "items": _ref("文句")},
    "else": {"if": {"type": "object", "required": ["项"]}, "then": _CELL_LIST, "else": _FILLED_OR_EMPTY},
}
_COLUMN_KEYS: dict[str, Schema] = {
    "名": _described(_TEXT, "栏名，各行用它填写", "主要内容"),
    "题": _described(_ANY_TEXT, "表头印的字；不写就用栏名", "完成情况（不超过300字）"),
    "组": _described(_TEXTS, "上一级表头；几级就写几项", "第三季度"),
    "类": _described({"enum": [str(kind) for kind in ColumnKind]}, "这一栏放什么"),
    "宽": _described(
        {"type": "number", "exclusiveMinimum": 0, "maximum": 200}, "一行放几个字；一般不写，由程序按内容算", 8
    ),
    "对齐": _described({"enum": [str(align) for align in Align]}, "对齐方式"),
    "编号": _PATTERN,
    "限字": _described(_POSITIVE, "一格最多多少字", 300),
    "合并": _described(_YES_NO, "上下相同的格合并"),
    "求和": _described(_YES_NO, "计入合计行"),
}
_COLUMN: Schema = {"if": {"type": "object"}, "then": _object(_COLUMN_KEYS, ("名",)), "else": _TEXT}
_TABLE_KEYS: dict[str, Schema] = {
    "标题": _described(_ref("文句"), "表题，印在表的上方"),
    "单位": _described(_TEXT, "印在表的右上方：单位：万元", "万元"),
    "合计": _described(_TEXT, "合计行的名称；有求和的栏时自动加总", "合计"),
    "注": _described(_TEXTS, "表下的注"),
}
_TABLE = _object(
    {
        **_TABLE_KEYS,
        "栏": {"type": "array", "items": _COLUMN, "minItems": 1, "栏名不重": True},
        "行": _described(
            {
                "type": "array",
                "items": {
                    "type": "object",
                    "if": {"required": ["分组"]},
                    "then": _object({"分组": _TEXT}),
                    "else": {"additionalProperties": _ref("单元格")},
                },
            },
            "每行写“栏名: 内容”；不写的栏留空；分组行写 {分组: 名称}",
        ),
    },
    ("栏", "行"),
) | {"行按栏填写": True}

DEFS: Final[dict[str, Schema]] = {"文句": _SENTENCE, "正文": _BODY, "单元格": _CELL, "表": _TABLE}

_NUMBERING = _object(
    {
        "层次": _described(
            {"type": "array", "items": _PATTERN, "minItems": 1, "maxItems": 4}, "各级标题的编号样式"
        ),
        "连续": _described({"type": "array", "items": _LEVEL}, "换了上一级标题也接着编号的级", [3]),
        "全文连续": _described({"type": "array", "items": _LEVEL}, "从头到尾接着编号的级", [3]),
        "列项": _PATTERN,
        "分述": _PATTERN,
    }
)
_INFO = _described(
    {"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}, "minProperties": 1},
    "信息公开：按顺序写“名称: 内容”",
)
_OUTLINE: Schema = _described(
    {
        "if": {"type": "object"},
        "then": _object({"题": _described(_TEXT, "目录的标题", "目录"), "项": _ref("正文")}),
        "else": _YES_NO,
    },
    "目录（提纲）：是 = 由标题自动生成",
)
_ATTACHED = {
    "标题": _described(_TEXT, "标题"),
    "横向": _described(_YES_NO, "横排页面"),
    "编号": _NUMBERING,
    "正文": _ref("正文"),
}
_PARTS: Schema = {"type": "array", "items": _object(_ATTACHED, ("标题", "正文")), "minItems": 1}
_VERSION = _described({"const": SCHEMA_VERSION, "type": "integer"}, "数据格式的版本", SCHEMA_VERSION)

ELEMENT_KEYS: Final[dict[str, Schema]] = {
    "标题": _described(_TEXT, "公文标题；要换行时在文字里换行", "云川区科技局2026年工作要点"),
    "信息公开": _INFO,
    "信息公开冒号": _described(_YES_NO, "信息公开的名称后面印冒号"),
    "目录": _OUTLINE,
    "发文字号": _described(_TEXT, "发文字号", "云科〔2026〕2号"),
    "主送机关": _described(_TEXT, "主送机关，以全角冒号结尾", "各镇人民政府、街道办事处："),
    "正文": _ref("正文"),
    "印发件": _described(_PARTS, "随通知印发的文件，各自另起一页"),
    "附件": _described(_PARTS, "附件，各自另起一页；序号和附件说明由程序写"),
    "附件说明": _described(_YES_NO, "正文后是否列出附件说明（默认 是）"),
    "署名": _described(_TEXTS, "发文机关署名；几个机关写成列表", "云川市云川区科学技术局"),
    "成文日期": _described(_DATE, "成文日期", "2026年2月18日"),
    "附注": _described(_TEXT, "附注，写在全角括号里", "（联系人：…，电话：…）"),
    "编号": _NUMBERING,
    "横向": _described(_YES_NO, "整篇横排"),
    "语言": _described({"enum": ["zh-CN", "zh-TW", "zh-HK"]}, "文字：简体 zh-CN，繁体 zh-TW"),
    "关键词": _described(_TEXTS, "写进文件属性的关键词"),
}
"""The keys every paper's data file may have: the elements of GB/T 9704-2012 cl. 7."""

FIELD_TYPES: Final[dict[str, Schema]] = {
    "文字": _TEXT,
    "编码": _ANY_TEXT,
    "整数": _INTEGER,
    "日期": _DATE,
    "是否": _YES_NO,
    "文字列表": _TEXTS,
    "文句": _ref("文句"),
    "正文": _ref("正文"),
    "单元格": _ref("单元格"),
    "计划": _described(_TEXT, "计划文件的路径，从这个文件所在的文件夹算起", "云川区2026年重点工作计划.yaml"),
    "进展": {},
    "要素": {},
}
"""What a template may declare a field as; 进展 takes its own columns (see
`_progress`), 要素 is an element of that name, to make it 必填."""


def _progress(spec: Mapping[str, Any]) -> Schema:
    columns = {name: _field(name, column) for name, column in spec.get("项", {}).items()}
    required = tuple(name for name, column in spec.get("项", {}).items() if column.get("必填") == YES)
    return {
        "type": "object",
        "patternProperties": {r"^[0-9]+$": _object(columns, required)},
        "additionalProperties": False,
    }


def _field(name: str, spec: Mapping[str, Any]) -> Schema:
    kind = str(spec["类型"])
    schema = (
        _progress(spec)
        if kind == "进展"
        else dict(ELEMENT_KEYS[name] if kind == "要素" else FIELD_TYPES[kind])
    )
    for bound, word in (("最小", "minimum"), ("最大", "maximum")):
        if bound in spec:
            schema[word] = int(spec[bound])
    if "说明" in spec:
        schema["description"] = str(spec["说明"])
    if "示例" in spec:
        example = str(spec["示例"])
        schema["examples"] = [
            int(example) if kind == "整数" and re.fullmatch(r"\d{1,9}", example) else example
        ]
    return schema


def paper_schema(template: str, fields: Mapping[str, Mapping[str, Any]]) -> Schema:
    """Return the schema of data files of one template; `fields` is its 字段 as validated."""
    properties: dict[str, Schema] = {
        "版本": _VERSION,
        "模板": _described({"const": template, "type": "string"}, "用哪个模板（templates 文件夹里的文件名）"),
        "文件名": _described(_TEXT, "成品的文件名，不带扩展名；不写就用标题"),
        **{name: _field(name, spec) for name, spec in fields.items()},
    }
    # 正文 is printed where a template's body says so: only a template that declares it takes it.
    free = (key for key in ELEMENT_KEYS if key not in properties and key != "正文")
    properties |= {key: ELEMENT_KEYS[key] for key in free}
    required = tuple(name for name, spec in fields.items() if spec.get("必填") == YES)
    return _root(f"{template}的数据", _object(properties, ("版本", "模板", *required)))


_ACTUAL: Schema = {
    "if": {"type": "object"},
    "then": {
        "type": "object",
        "patternProperties": {r"^[1-4]$": _ANY_TEXT},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "else": _ANY_TEXT,
}
"""A figure of the whole year, or one a quarter."""


def general_schema() -> Schema:
    """Return what holds for any paper, for a data file whose template is not known."""
    return {"$schema": DIALECT, "type": "object", "properties": ELEMENT_KEYS, "$defs": DEFS}


def plan_schema() -> Schema:
    """Return the schema of plan files (重点工作计划)."""
    task = _object(
        {
            "序号": _described(_POSITIVE, "任务的编号，一经确定不再改动", 4),
            "内容": _described(_ref("单元格"), "任务内容"),
            "目标": _described(_ref("单元格"), "目标任务"),
            "举措": _described(_ref("单元格"), "工作举措"),
            "责任单位": _described(_TEXTS, "责任单位，牵头的写在最前"),
            "类别": _described(_TEXT, "分组用的类别"),
        },
        ("序号", "内容", "责任单位"),
    )
    indicator = _object(
        {
            "单位": _described(_TEXT, "计量单位", "%"),
            "目标": _described(_ANY_TEXT, "全年目标", "3.9"),
            "实际": _described(_ACTUAL, "实际数；按季写成 {1: …, 2: …}，各季的表取本季的数", "3.95"),
        }
    )
    properties = {
        "版本": _VERSION,
        "名称": _described(_TEXT, "计划的名称"),
        "年度": _described({"type": "integer", "minimum": 1949, "maximum": 2999}, "计划年度", 2026),
        "任务": {"type": "array", "items": task, "minItems": 1},
        "指标": {"type": "object", "additionalProperties": indicator},
    }
    return _root("重点工作计划", _object(properties, ("版本", "名称", "年度", "任务")))


def config_schema() -> Schema:
    """Return the schema of config.yaml."""
    report = _object(
        {
            "名称": _described(_TEXT, "命令行里叫它的名字", "三季度完成情况"),
            "数据": _described(_TEXT, "数据文件，从 config.yaml 所在的文件夹算起", "data/三季度.yaml"),
        },
        ("名称", "数据"),
    )
    properties = {
        "版本": _VERSION,
        "输出": _described(_TEXT, "成品放在哪个文件夹", "reports"),
        "格式": _described(
            {"type": "array", "items": {"enum": ["docx", "pdf"]}, "minItems": 1},
            "做哪几种文件",
            ["docx", "pdf"],
        ),
        "报告": {"type": "array", "items": report, "minItems": 1},
    }
    return _root("执笔的配置", _object(properties, ("版本", "报告")))


def template_schema() -> Schema:
    """Return the schema of the front matter of a template."""
    own: Schema = {
        "类型": _described({"enum": list(FIELD_TYPES)}, "字段的类型"),
        "必填": _YES_NO,
        "说明": _TEXT,
        "示例": _ANY_TEXT,
        "最小": _INTEGER,
        "最大": _INTEGER,
    }
    column = _object(own, ("类型",))
    field = _object({**own, "项": {"type": "object", "additionalProperties": column}}, ("类型",))
    expression = _described(_TEXT, "表达式，如 项.内容")
    table = _object(
        {
            **_TABLE_KEYS,
            "行": _described(_TEXT, "逐行取的记录，如 任务；每行叫 项"),
            "条件": _described(_TEXT, "只取符合条件的行，如 单位 in 项.责任单位"),
            "分组": _described(_TEXT, "按它的值加分组行，如 项.类别"),
            "栏": {
                "type": "array",
                "items": _object({**_COLUMN_KEYS, "值": expression}, ("名", "值")),
                "minItems": 1,
                "栏名不重": True,
            },
        },
        ("行", "栏"),
    )
    elements = {
        key: _described(_TEXT, "套用数据的写法，如 {{ 年度 }}年…")
        for key in ("标题", "发文字号", "主送机关", "署名", "成文日期", "附注")
    }
    properties = {
        "版本": _VERSION,
        "说明": _described(_TEXT, "这个模板做什么"),
        "字段": _described({"type": "object", "additionalProperties": field}, "数据文件要填的字段"),
        "要素": _described(_object(elements), "数据文件没有写时，公文要素怎样生成"),
        "文件名": _described(_TEXT, "成品的文件名，可套用数据"),
        "编号": _NUMBERING,
        "横向": _YES_NO,
        "表": {"type": "object", "additionalProperties": table},
    }
    return _root("模板", _object(properties, ("版本", "说明")))


def _root(title: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "title": title, **schema, "$defs": DEFS}


def words(schema: Schema) -> frozenset[str]:
    """Return every key that `schema` knows, for telling mistyped keys from text."""
    found: set[str] = set()
    _gather(schema, found)
    return frozenset(found)


def _gather(schema: Any, found: set[str]) -> None:
    if isinstance(schema, dict):
        found.update(schema.get("properties", {}))
        for value in schema.values():
            _gather(value, found)
    elif isinstance(schema, list):
        for value in schema:
            _gather(value, found)
