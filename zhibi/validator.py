"""Stage 2a: plain data + JSON Schema -> every problem, each with its place and how to mend it.

Runs the very schemas that `schema` writes for editors; `plain_schema` says what they mean for plain data.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from zhibi import plain
from zhibi.errors import Level, Location, Problem
from zhibi.plain_schema import COLUMNS_DIFFER, ROWS_MATCH, is_number, iter_errors
from zhibi.schema import SCHEMA_VERSION, Schema

_WORDS = {
    "object": "“键: 值”",
    "array": "列表（每项一行，以“- ”开头）",
    "string": "文字",
    "number": "数",
    "integer": "整数",
}


def validate(data: plain.Mapping, schema: Schema) -> list[Problem]:
    """Return every problem of `data` against `schema`, in the order of the file."""
    problems = [problem for error in iter_errors(data, schema) for problem in _problems(error, data)]
    return sorted(set(problems), key=lambda problem: (problem.at, problem.message))


def _problems(error: Any, data: plain.Mapping) -> Iterator[Problem]:
    at, key = _where(error, data)
    value = error.instance
    describe = _MESSAGES.get(str(error.validator))
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, at)
    elif error.validator == "required":
        yield _missing_key(error, at)
    elif describe:
        message, suggestion = describe(error, f"“{key}”" if key else "这里")
        text = str(value) if isinstance(value, plain.Scalar) else ""
        yield Problem(at, "格式", message, suggestion, Level.ERROR, text)
    else:
        yield Problem(at, "格式", f"“{key}”的写法不对", "请对照样例填写")


def _where(error: Any, data: plain.Mapping) -> tuple[Location, str]:
    """Return the place of the fault and the nearest key above it."""
    at, key = data.at, ""
    here: Any = data
    for step in error.absolute_path:
        if isinstance(here, plain.Mapping):
            key = str(step)
            at = here.place_of(key)
        here = here[step]
        if not isinstance(step, str):
            at = plain.place_of(here, at)
    if isinstance(here, plain.Scalar) and here and error.validator != ROWS_MATCH:
        at = here.at
    return at, key


def _missing_key(error: Any, at: Location) -> Problem:
    key = next(
        (name for name in error.validator_value if f"'{name}'" in error.message),
        str(error.validator_value[0]),
    )
    example = _example(error.schema.get("properties", {}).get(key, {}))
    return Problem(at, "缺项", f"缺少“{key}”", f"请补上一行：{key}: {example}".rstrip())


def _example(schema: Schema) -> str:
    examples = schema.get("examples") or [schema.get("const", schema.get("description", "…"))]
    return str(examples[0])


def _unknown_keys(error: Any, at: Location) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    patterns = list(error.schema.get("patternProperties", {}))
    for key in error.instance:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        place = error.instance.place_of(key)
        if patterns and not known:
            yield Problem(place, "未知项", f"“{key}”应当是数字", "请写任务的序号，如 4", text=key)
            continue
        guess = _guess(key, known)
        if guess:
            suggestion = f"您是不是想写“{guess}”？"
        else:
            suggestion = "请删去；这里可以写：" + "、".join(known) if known else "请删去"
        yield Problem(place, "未知项", f"不认识“{key}”", suggestion, text=key)


def _guess(key: str, known: list[str]) -> str:
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", key))
    close = difflib.get_close_matches(folded, known, n=1, cutoff=0.5)
    if not close and len(folded) == 2:
        close = [name for name in known if len(name) == 2 and set(name) & set(folded)]
    return close[0] if close else ""


def _found(value: object) -> str:
    if isinstance(value, plain.Mapping):
        return _WORDS["object"]
    if isinstance(value, plain.Sequence):
        return "列表"
    if value == "":
        return "空的"
    if is_number(None, value):
        return f"数 {value}"
    return f"文字“{str(value)[:20]}”"


def _type_message(error: Any, where: str) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = "或".join(_WORDS[word] for word in wanted if word in _WORDS)
    message = f"{where}应当是{expected}，写的是{_found(error.instance)}"
    if is_number(None, error.instance) and "string" in wanted:
        return message, f'如果确实要印这个数，请加引号："{error.instance}"'
    if "string" not in wanted and ("integer" in wanted or "number" in wanted):
        return message, "请只写阿拉伯数字，不带单位和文字"
    if wanted == ["array"]:
        return message, "请每项另起一行，以“- ”开头"
    return message, "请对照样例填写"


def _enum_message(error: Any, where: str) -> tuple[str, str]:
    return f"{where}只能是：{error.message}", f"写的是{_found(error.instance)}，请改成其中之一"


def _const_message(error: Any, where: str) -> tuple[str, str]:
    if where == "“版本”":
        now = f"这个程序用的是版本 {SCHEMA_VERSION}，文件写的是{_found(error.instance)}"
        older = str(error.instance) in {str(version) for version in range(SCHEMA_VERSION)}
        return now, "请按新样例改写这个文件" if older else f"请写 版本: {SCHEMA_VERSION}，或换用新版程序"
    return f"{where}应当是“{error.message}”", "请改正，或换用对应的模板"


def _any_of_message(error: Any, where: str) -> tuple[str, str]:
    keys = [str(branch["required"][0]) for branch in error.validator_value]
    for key in error.instance:
        if guess := _guess(key, keys):
            return f"不认识“{key}”", f"您是不是想写“{guess}”？"
    if len(error.instance) == 1 and len(next(iter(error.instance))) > 1:
        key, value = next(iter(error.instance.items()))
        if isinstance(value, plain.Scalar):
            return "这段文字里有“: ”，被当成了键", f"请改成全角冒号：{key}：{value}；或给整段文字加引号"
    return f"{where}这一项里缺少关键的键", "应当有其中之一：" + "、".join(keys)


_MESSAGES: dict[str, Callable[[Any, str], tuple[str, str]]] = {
    "type": _type_message,
    "enum": _enum_message,
    "const": _const_message,
    "minimum": lambda error, where: (f"{where}{error.message}，写的是 {error.instance}", "请检查这个数"),
    "maximum": lambda error, where: (f"{where}{error.message}，写的是 {error.instance}", "请检查这个数"),
    "exclusiveMinimum": lambda error, where: (f"{where}{error.message}", "请检查这个数"),
    "minLength": lambda error, where: (f"{where}是空的", "请填写，或删去这一行"),
    "minItems": lambda error, where: (f"{where}下面一项也没有", "请至少写一项，或删去这一行"),
    "maxItems": lambda error, where: (f"{where}的项太多", f"最多 {error.validator_value} 项"),
    "minProperties": lambda error, where: (f"{where}是空的", "请填写，或删去这一行"),
    "pattern": lambda error, where: (
        f"{where}的写法不对：{error.instance}",
        "请写成 2026年2月18日 或 2026-02-18",
    ),
    "format": lambda error, where: (
        (f"{where}不是真实的日期：{error.instance}", "请检查月份和日子")
        if error.validator_value == "日期"
        else (
            f"{where}里没有可以计数的号：{error.instance}",
            "请写出第一个号，如 一、 或 1. 或（一）；不编号写 无",
        )
    ),
    "anyOf": _any_of_message,
    COLUMNS_DIFFER: lambda error, where: (f"有两栏都叫“{error.message}”", "请改一个栏名；印的字用“题”写"),
    ROWS_MATCH: lambda error, where: (
        f"表里没有名叫{where}的栏",
        f"您是不是想写“{error.message}”？"
        if error.message
        else "请改成“栏”里有的名称；文字里有逗号时请加引号",
    ),
}
