"""Stage 2a: plain data + JSON Schema -> every problem, each with its place and how to mend it.

Runs the very schemas that `schema` writes for editors; `typed_values` says what they mean for plain data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from zhibi import plain
from zhibi.errors import Level, Location, Problem
from zhibi.schema import QUARTER, SCHEMA_VERSION, Schema
from zhibi.validating.fitting import fits
from zhibi.validating.key_guess import guess_key, meant_key, split_key
from zhibi.validating.mended_values import mend_date, mend_number, mend_yes_no
from zhibi.validating.odd_values import odd_values, short
from zhibi.validating.typed_values import COLUMNS_DIFFER, ROWS_MATCH, is_number

_WORDS = {
    "object": "“键: 值”",
    "array": "列表（每项一行，以“- ”开头）",
    "string": "文字",
    "number": "数",
    "integer": "整数",
}


MAX_PROBLEMS = 1000
"""Most problems of one file that are told."""

_FIRST = ("const", "pattern", "type", "format")
"""Which fault of a scalar is told when it has several; the others follow from it."""

_Places = dict[int, dict[str, Location]]


def validate(data: plain.Mapping, schema: Schema) -> list[Problem]:
    """Return every problem of `data` against `schema`, in the order of the file."""
    found = set() if fits(data, schema) else _faults(data, schema)
    odd = list(odd_values(data, ""))
    nulls = {problem.at for problem in odd}
    problems = [*odd, *(problem for problem in found if problem.at not in nulls)]
    problems.sort(key=lambda problem: (problem.at, problem.message))
    if len(problems) > MAX_PROBLEMS:
        message = f"这个文件还有 {len(problems) - MAX_PROBLEMS} 个问题没有列出"
        problems[MAX_PROBLEMS:] = [Problem(problems[MAX_PROBLEMS].at, "格式", message, "请先改好上面这些")]
    return problems


def _faults(data: plain.Mapping, schema: Schema) -> set[Problem]:
    from zhibi.validating.plain_schema import iter_errors  # Imported late: most files have no fault.

    places: _Places = {}
    worst = {_path_of(error): error for error in sorted(iter_errors(data, schema), key=_rank, reverse=True)}
    return {problem for error in worst.values() for problem in _problems(error, data, places)}


def _path_of(error: Any) -> tuple[Any, ...]:
    """Return what tells one fault from another: the place, and for lists and mappings the rule as well."""
    path = tuple(error.absolute_path)
    return path if isinstance(error.instance, plain.Scalar) else (*path, error.validator, error.message)


def _rank(error: Any) -> int:
    return _FIRST.index(error.validator) if error.validator in _FIRST else len(_FIRST)


def _problems(error: Any, data: plain.Mapping, places: _Places) -> Iterator[Problem]:
    at, key = _where(error, data, places)
    value = error.instance
    describe = _MESSAGES.get(str(error.validator))
    where = f"“{short(key)}”" if key else "这里"
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, at)
    elif error.validator == "required":
        yield from _missing_key(error, at)
    elif isinstance(value, plain.Scalar) and not value.strip() and error.validator != ROWS_MATCH:
        one = isinstance(error.absolute_path[-1], str)
        what = (
            (f"{where}是空的", "请填写，或删去这一行")
            if one
            else (f"{where}里有一项是空的", "请填写，或删去这一项")
        )
        yield Problem(at, "格式", *what)
    elif describe:
        message, suggestion = describe(error, where)
        text = short(value) if isinstance(value, plain.Scalar) else ""
        yield Problem(at, "格式", message, suggestion, Level.ERROR, text)
    else:
        yield Problem(at, "格式", f"{where}的写法不对", "请对照样例填写")


def _where(error: Any, data: plain.Mapping, places: _Places) -> tuple[Location, str]:
    """Return the place of the fault and the nearest key above it."""
    at, key = data.at, ""
    here: Any = data
    for step in error.absolute_path:
        if isinstance(here, plain.Mapping):
            key = str(step)
            at = _places_in(here, places)[key]
        here = here[step]
        if not isinstance(step, str):
            at = plain.place_of(here, at)
    if isinstance(here, plain.Scalar) and here and error.validator != ROWS_MATCH:
        at = here.at
    return at, key


def _places_in(mapping: plain.Mapping, places: _Places) -> dict[str, Location]:
    """Return key -> place, worked out once a mapping: one may hold thousands."""
    if id(mapping) not in places:
        places[id(mapping)] = {str(key): plain.place_of(key, mapping.at) for key in mapping}
    return places[id(mapping)]


def _missing_key(error: Any, at: Location) -> Iterator[Problem]:
    """Yield a problem for a key that is wanted, unless a mistyped key is told that stands for it."""
    known = list(error.schema.get("properties", {}))
    key = next(
        (name for name in error.validator_value if f"'{name}'" in error.message),
        str(error.validator_value[0]),
    )
    if any(meant_key(typed, known) == key for typed in error.instance if typed not in known):
        return
    example, meaning = _example(error.schema.get("properties", {}).get(key, {}))
    where = "请在花括号里加上 , " if _in_braces(error.instance) else "请补上一行："
    yield Problem(at, "缺项", f"缺少“{key}”", f"{where}{key}: {example}{meaning}")


def _in_braces(value: Any) -> bool:
    """Tell whether a mapping was typed as {…}: without them it begins where its first key does."""
    return isinstance(value, plain.Mapping) and value.at != plain.place_of(next(iter(value), None), value.at)


def _example(schema: Schema) -> tuple[str, str]:
    """Return a sample of a value, and in brackets what it means where the sample does not tell."""
    known = schema.get("examples") or schema.get("enum") or [schema.get("const")]
    if isinstance(known[0], list):
        return f"[{', '.join(map(str, known[0]))}]", ""
    if known[0] is not None:
        return str(known[0]), ""
    return "…", f"（{schema['description']}）" if "description" in schema else ""


def _unknown_keys(error: Any, at: Location) -> Iterator[Problem]:
    known = list(error.schema.get("properties", {}))
    patterns = list(error.schema.get("patternProperties", {}))
    for key in error.instance:
        if key in known or any(re.search(pattern, key) for pattern in patterns):
            continue
        place = plain.place_of(key, at)
        if patterns and not known:
            wanted = "请写第几季度，如 3" if patterns == [QUARTER] else "请写任务的序号，如 4"
            yield Problem(place, "未知项", f"“{short(key)}”应当是数字", wanted, text=short(key))
            continue
        if line := split_key(key, known):
            suggestion = f"冒号要用半角，后面加一个空格：{line}"
        elif guess := guess_key(key, known):
            suggestion = f"您是不是想写“{guess}”？"
        elif error.instance[key] == "":
            suggestion = "请删去；如果它是前面的文字里逗号后面的话，请给那段文字加引号"
        else:
            suggestion = "请删去，或改成这里能写的键：" + "、".join(known) if known else "请删去"
        yield Problem(place, "未知项", f"不认识“{short(key)}”", suggestion, text=short(key))


def _found(value: object) -> str:
    if isinstance(value, plain.Mapping):
        return _WORDS["object"]
    if isinstance(value, plain.Sequence):
        return "列表"
    if value == "":
        return "空的"
    if is_number(value):
        return f"数 {short(str(value))}"
    return f"文字“{str(value)[:20]}”"


def _type_message(error: Any, where: str) -> tuple[str, str]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = "或".join(_WORDS[word] for word in wanted if word in _WORDS)
    message = f"{where}应当是{expected}，写的是{_found(error.instance)}"
    if is_number(error.instance) and "string" in wanted:
        return message, f'如果确实要印这个数，请加引号："{error.instance}"'
    if "string" not in wanted and ("integer" in wanted or "number" in wanted):
        mended = mend_number(str(error.instance), whole="number" not in wanted)
        if isinstance(error.instance, plain.Scalar) and mended:
            return message, f"请写成：{_line(error, mended)}"
        return message, "请只写阿拉伯数字，不带单位和文字"
    if wanted == ["array"]:
        return message, "请每项另起一行，以“- ”开头"
    if "patternProperties" in error.schema:  # A progress: by the numbers of the tasks.
        return message, "请把各项任务写在下面：一行“序号:”，再下面缩进写各栏；还没有内容就空着"
    if wanted == ["object", "null"]:
        return (
            message,
            f"请在下面缩进写各栏，如 {next(iter(error.schema['properties']), '完成情况')}: …；还没有内容就空着",
        )
    if wanted == ["object"]:
        return message, "请写出键，如 {名称: 甲, 数量: 8}"
    if isinstance(error.instance, plain.Sequence):
        return message, "请去掉减号或方括号，写成一段文字；文字本身带方括号时请加引号"
    if isinstance(error.instance, plain.Mapping) and "object" not in wanted:
        return message, "请写成一段文字；文字里有“: ”或花括号时请加引号"
    return message, "请对照样例填写"


def _line(error: Any, value: str) -> str:
    """Return the line that puts `value` where the fault is."""
    last = error.absolute_path[-1]
    return f"{last}: {value}" if isinstance(last, str) else f"- {value}"


def _bound_message(error: Any, where: str) -> tuple[str, str]:
    return f"{where}{error.message}，写的是 {short(str(error.instance))}", "请检查这个数"


def _date_message(error: Any, where: str) -> tuple[str, str]:
    typed = short(str(error.instance))
    mended = mend_date(str(error.instance))
    how = _line(error, mended) if mended else "2026年2月18日 或 2026-02-18"
    return f"{where}的写法不对：{typed}", f"请写成：{how}" if mended else f"请写成 {how}"


_WIDE_COMMA = "方括号里的逗号用了全角“，”"


def _enum_message(error: Any, where: str) -> tuple[str, str]:
    apart = str(error.instance).split("，")
    if len(apart) > 1 and all(part.strip() in error.validator_value for part in apart):
        return _WIDE_COMMA, f"请改成半角逗号加一个空格：[{', '.join(part.strip() for part in apart)}]"
    mended = mend_yes_no(str(error.instance))
    if mended in error.validator_value:
        return f"{where}只能是：{error.message}", f"请写成：{_line(error, mended)}"
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
        if line := split_key(key, keys):
            return f"不认识“{short(key)}”", f"冒号要用半角，后面加一个空格：{line}"
        if guess := guess_key(key, keys):
            return f"不认识“{short(key)}”", f"您是不是想写“{guess}”？"
    if len(error.instance) == 1 and len(next(iter(error.instance))) > 1:
        key, value = next(iter(error.instance.items()))
        if isinstance(value, plain.Scalar):
            mended = f"{short(key)}：{short(value)}"
            return "这段文字里有“: ”，被当成了键", f"请改成全角冒号：{mended}；或给整段文字加引号"
    return f"{where}这一项里缺少关键的键", "应当有其中之一：" + "、".join(keys)


def _rows_message(error: Any, where: str) -> tuple[str, str]:
    if error.message.startswith("["):
        return _WIDE_COMMA, f"请改成半角逗号加一个空格：{error.message}"
    if "：" in where:
        return f"{where}里的冒号用了全角“：”", "请改成半角冒号加一个空格"
    if error.message:
        return f"表里没有名叫{where}的栏", f"您是不是想写“{error.message}”？"
    return f"表里没有名叫{where}的栏", "请改成“栏”里有的名称；文字里有逗号时请加引号"


_MESSAGES: dict[str, Callable[[Any, str], tuple[str, str]]] = {
    "type": _type_message,
    "enum": _enum_message,
    "const": _const_message,
    "minimum": _bound_message,
    "maximum": _bound_message,
    "maxLength": lambda error, where: (
        f"{where}太长（{len(error.instance)} 字，最多 {error.message} 字）",
        "请写短些；长的文字请放进“正文”",
    ),
    "exclusiveMinimum": lambda error, where: (f"{where}{error.message}", "请检查这个数"),
    "minLength": lambda error, where: (f"{where}是空的", "请填写，或删去这一行"),
    "minItems": lambda error, where: (f"{where}下面一项也没有", "请至少写一项，或删去这一行"),
    "maxItems": lambda error, where: (f"{where}的项太多", f"最多 {error.validator_value} 项"),
    "minProperties": lambda error, where: (f"{where}是空的", "请填写，或删去这一行"),
    "pattern": _date_message,
    "format": lambda error, where: (
        (f"{where}不是真实的日期：{short(str(error.instance))}", "请检查月份和日子")
        if error.validator_value == "日期"
        else (
            f"{where}里没有可以计数的号：{short(str(error.instance))}",
            "请写出第一个号，如 一、 或 1. 或（一）；不编号写 无",
        )
    ),
    "anyOf": _any_of_message,
    COLUMNS_DIFFER: lambda error, where: (f"有两栏都叫“{error.message}”", "请改一个栏名；印的字用“题”写"),
    ROWS_MATCH: _rows_message,
}
