"""The small parts of every schema: texts, numbers, dates, patterns, objects with described keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCHEMA_VERSION = 1
"""The version that data files state under 版本."""

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

YES, NO = "是", "否"


def described(schema: Schema, text: str, *examples: Any) -> Schema:
    extra: Schema = {"description": text}
    if examples:
        extra["examples"] = list(examples)
    return {**schema, **extra}


def ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def object_of(properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return schema


MAX_LINE = 10_000
"""Most characters of a text that is one line or one element of a paper."""

TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_LINE}
ANY_TEXT: Schema = {"type": ["string", "number"]}
INTEGER: Schema = {"type": "integer"}
POSITIVE: Schema = {"type": "integer", "minimum": 1}
LEVEL: Schema = {"type": "integer", "minimum": 1, "maximum": 4}
YES_NO: Schema = {"enum": [YES, NO]}
DATE: Schema = {
    "type": "string",
    "format": "日期",
    "pattern": r"^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})$",
}
PATTERN = described(
    {"type": ["string", "number"], "format": "编号样式"},
    "编号样式：写出第一个号，如 一、（一） 1. 一是；无 = 不编号",
    "一、",
    "1.",
    "无",
)
TEXTS: Schema = {"if": {"type": "array"}, "then": {"items": TEXT, "minItems": 1}, "else": TEXT}


def one_of_keys(branches: Mapping[str, Schema], otherwise: Schema) -> Schema:
    """Return a schema that picks the branch whose key is present, for errors that name the real fault."""
    schema = otherwise
    for key, branch in reversed(list(branches.items())):
        schema = {"if": {"required": [key]}, "then": branch, "else": schema}
    return schema


def must_have(keys: Mapping[str, Schema]) -> Schema:
    return {"anyOf": [{"required": [key]} for key in keys]}
