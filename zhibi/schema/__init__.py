"""The JSON Schemas of all YAML files: the one truth that the program validates with and editors read.

Input: a template's declared fields; output: JSON Schema (draft 2020-12) as plain dicts with Chinese
descriptions and examples. `python build.py schema` writes them; `validating` runs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from zhibi.schema.content import COLUMN_KEYS, DEFS, TABLE_KEYS, TEXT_HEADS
from zhibi.schema.elements import ELEMENT_KEYS, FIELD_TYPES, NUMBERING, VERSION
from zhibi.schema.look import LOOK, LOOK_DEFS
from zhibi.schema.parts import (
    ANY_TEXT,
    DIALECT,
    INTEGER,
    NO,
    SCHEMA_VERSION,
    TEXT,
    TEXTS,
    YES,
    YES_NO,
    Schema,
    described,
    object_of,
)
from zhibi.schema.plan_keys import (
    DIRECTIONS,
    INDICATOR_KEYS,
    LAST,
    LEFT_OUT,
    LISTED,
    QUARTER,
    SUMS,
    TASK_KEYS,
)
from zhibi.statuses import STATUSES

__all__ = [
    "DIRECTIONS",
    "ELEMENT_KEYS",
    "LEFT_OUT",
    "LISTED",
    "NO",
    "QUARTER",
    "SCHEMA_VERSION",
    "STATUSES",
    "SUMS",
    "YES",
    "Schema",
    "config_schema",
    "general_schema",
    "paper_schema",
    "plan_schema",
    "template_schema",
    "words",
]


def _progress(spec: Mapping[str, Any]) -> Schema:
    columns = {name: _field(name, column) for name, column in spec.get("项", {}).items()}
    required = tuple(name for name, column in spec.get("项", {}).items() if column.get("必填") == YES)
    # Before the first words come in, a clerk leaves the whole progress, or a task's entry, empty.
    empty: Schema = {"type": ["object", "null"]}
    return {
        **empty,
        "patternProperties": {r"^[0-9]+$": {**object_of(columns, required), **empty}},
        "additionalProperties": False,
        "examples": [{}],
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
        "版本": VERSION,
        "模板": described({"const": template, "type": "string"}, "用哪个模板（templates 文件夹里的文件名）"),
        "文件名": described(TEXT, "成品的文件名，不带扩展名；不写就用标题"),
        **{name: _field(name, spec) for name, spec in fields.items()},
    }
    if any(spec["类型"] == "进展" for spec in fields.values()):
        properties.setdefault("上期", LAST)
    # 正文 is printed where a template's body says so: only a template that declares it takes it.
    free = (key for key in ELEMENT_KEYS if key not in properties and key != "正文")
    properties |= {key: ELEMENT_KEYS[key] for key in free}
    required = tuple(name for name, spec in fields.items() if spec.get("必填") == YES)
    return _root(f"{template}的数据", object_of(properties, ("版本", "模板", *required)))


def general_schema() -> Schema:
    """Return what holds for any paper, for a data file whose template is not known."""
    return {
        "$schema": DIALECT,
        "type": "object",
        "properties": {"版本": VERSION, **ELEMENT_KEYS},
        "$defs": DEFS,
    }


def plan_schema() -> Schema:
    """Return the schema of plan files (重点工作计划)."""
    task = object_of(TASK_KEYS, ("序号", "内容", "责任单位"))
    indicator = object_of(INDICATOR_KEYS)
    properties = {
        "版本": VERSION,
        "名称": described(TEXT, "计划的名称"),
        "年度": described({"type": "integer", "minimum": 1949, "maximum": 2999}, "计划年度", 2026),
        "任务": described(
            {"type": "array", "items": task, "minItems": 1}, "各项任务，每项写 序号、内容、责任单位"
        ),
        "指标": {"type": "object", "additionalProperties": indicator},
    }
    return _root("重点工作计划", object_of(properties, ("版本", "名称", "年度", "任务")))


def _series() -> Schema:
    """Return the schema of one 定期: a paper that comes again."""
    return object_of(
        {
            "名称": described(TEXT, "命令行里叫它的名字，后面加期次：区季度表2026Q3", "区季度表"),
            "周期": described({"enum": ["季", "年"]}, "每季一份，还是每年一份", "季"),
            "数据": described(
                TEXT,
                "各期的数据文件；{年度}、{下年度}、{季度}（三）、{季}（3）由程序换成各期的",
                "data/云川区科技局{年度}年第{季度}季度重点工作完成情况.yaml",
            ),
            "起始": described(ANY_TEXT, "从哪一期开始", "2026Q1"),
            "模板": described(TEXT, "第一期用哪个模板；以后各期照上一期", "区级季度完成情况"),
            "期限": described({"type": "integer", "minimum": 0, "maximum": 366}, "期末以后几天之内要交", 10),
            "期限按": described(
                {"enum": ["工作日", "日历日"]}, "不写就按工作日，照国务院的放假安排", "工作日"
            ),
        },
        ("名称", "周期", "数据", "起始", "期限"),
    )


def config_schema() -> Schema:
    """Return the schema of config.yaml."""
    report = object_of(
        {
            "名称": described(TEXT, "命令行里叫它的名字", "三季度完成情况"),
            "数据": described(TEXT, "数据文件，从 config.yaml 所在的文件夹算起", "data/三季度.yaml"),
        },
        ("名称", "数据"),
    )
    properties = {
        "版本": VERSION,
        "输出": described(TEXT, "成品放在哪个文件夹", "reports"),
        "格式": described(
            {"type": "array", "items": {"enum": ["docx", "pdf"]}, "minItems": 1},
            "做哪几种文件",
            ["docx", "pdf"],
        ),
        "版式": LOOK,
        "认可替代字体": described(
            YES_NO, "本单位认可 PDF 用替代字体（没有机关常用字体时用的开源字体）；不写就是不认可", YES
        ),
        "校对": described(
            object_of({"忽略": described(TEXTS, "不用的校对规则，写规则的名称", "[限字, 未填进展]")}),
            "校对规则；各条规则见校对手册",
        ),
        "报告": described({"type": "array", "items": report, "minItems": 1}, "要做的报告，每份写 名称、数据"),
        "定期": described(
            {"type": "array", "items": _series(), "minItems": 1},
            "每季、每年都要做的报告；见 README 的“一年怎么用”",
        ),
    }
    schema = _root("执笔的配置", object_of(properties, ("版本",)))
    return {**schema, "$defs": {**DEFS, **LOOK_DEFS}}


def template_schema() -> Schema:
    """Return the schema of the front matter of a template."""
    own: Schema = {
        "类型": described({"enum": list(FIELD_TYPES)}, "字段的类型"),
        "必填": YES_NO,
        "说明": TEXT,
        "示例": ANY_TEXT,
        "最小": INTEGER,
        "最大": INTEGER,
    }
    column = object_of(own, ("类型",))
    of_progress: Schema = {
        "项": {"type": "object", "additionalProperties": column},
        "已完成": described(
            {"enum": [LISTED, LEFT_OUT]}, "做下一季度的文件时，已完成的任务照列（不写就照列）还是不列", LISTED
        ),
    }
    field = object_of({**own, **of_progress}, ("类型",))
    table = _declared_table()
    elements = {
        key: described(TEXT, "套用数据的写法，如 {{ 年度 }}年…")
        for key in ("标题", "发文字号", "主送机关", "署名", "成文日期", "附注")
    }
    properties = {
        "版本": VERSION,
        "说明": described(TEXT, "这个模板做什么"),
        "字段": described({"type": "object", "additionalProperties": field}, "数据文件要填的字段"),
        "要素": described(object_of(elements), "数据文件没有写时，公文要素怎样生成"),
        "文件名": described(TEXT, "成品的文件名，可套用数据"),
        "编号": NUMBERING,
        "横向": YES_NO,
        "表": {"type": "object", "additionalProperties": table},
    }
    return _root("模板", object_of(properties, ("版本", "说明")))


def _declared_table() -> Schema:
    """Return the schema of a table that a template declares: its rows and cells are expressions."""
    expression = described(TEXT, "表达式，如 项.内容")
    return object_of(
        {
            **TABLE_KEYS,
            "行": described(TEXT, "逐行取的记录，如 任务；每行叫 项"),
            "条件": described(TEXT, "只取符合条件的行，如 单位 in 项.责任单位"),
            "分组": described(TEXT, "按它的值加分组行，如 项.类别"),
            "栏": {
                "type": "array",
                "items": object_of({**COLUMN_KEYS, "值": expression}, ("名", "值")),
                "minItems": 1,
                "栏名不重": True,
            },
        },
        ("行", "栏"),
    )


def _root(title: str, schema: Schema) -> Schema:
    return {"$schema": DIALECT, "title": title, **schema, "$defs": DEFS}


def words(schema: Schema) -> frozenset[str]:
    """Return the keys of `schema` that tell a mistyped key from text."""
    found: set[str] = set()
    _gather(schema, found)
    return frozenset(found) - TEXT_HEADS


def _gather(schema: Any, found: set[str]) -> None:
    if isinstance(schema, dict):
        found.update(schema.get("properties", {}))
        for value in schema.values():
            _gather(value, found)
    elif isinstance(schema, list):
        for value in schema:
            _gather(value, found)
