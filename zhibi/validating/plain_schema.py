"""What JSON Schema means for data whose scalars are all text: types, comparisons and our own keywords.

Input: a schema; output: a `jsonschema` validator over `plain` data. A scalar is a number only when it was typed
without quotes and looks like one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError

from zhibi import plain
from zhibi.dates import parse_date
from zhibi.schema import Schema
from zhibi.serials import parse_pattern

_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
_INTEGER = re.compile(r"-?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


def is_number(checker: Any, value: object) -> bool:
    """Tell whether `value` was typed as a number."""
    return isinstance(value, plain.Scalar) and not value.quoted and bool(_NUMBER.fullmatch(value))


def _is_integer(checker: Any, value: object) -> bool:
    return isinstance(value, plain.Scalar) and not value.quoted and bool(_INTEGER.fullmatch(value))


def _is_any_number(checker: Any, value: object) -> bool:
    """Tell whether `value` will do where a number is wanted: 1,000 is a number there and text elsewhere."""
    return is_number(checker, value) or (
        isinstance(value, plain.Scalar) and not value.quoted and bool(_GROUPED.fullmatch(value))
    )


def _is_string(checker: Any, value: object) -> bool:
    return isinstance(value, plain.Scalar) and not is_number(checker, value)


_CHECKER = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine_many(
    {
        "object": lambda checker, value: isinstance(value, plain.Mapping),
        "array": lambda checker, value: isinstance(value, plain.Sequence),
        "string": _is_string,
        "number": _is_any_number,
        "integer": _is_integer,
        "null": lambda checker, value: value == "",
    }
)


def _compare(
    fails: Callable[[Decimal, Decimal], bool], word: str
) -> Callable[..., Iterator[ValidationError]]:
    def check(validator: Any, bound: float, value: Any, schema: Schema) -> Iterator[ValidationError]:
        if _is_any_number(None, value) and fails(Decimal(value.replace(",", "")), Decimal(str(bound))):
            yield ValidationError(f"{word} {bound}")

    return check


def _const(validator: Any, wanted: Any, value: Any, schema: Schema) -> Iterator[ValidationError]:
    if str(value) != str(wanted):
        yield ValidationError(str(wanted))


def _enum(validator: Any, wanted: list[Any], value: Any, schema: Schema) -> Iterator[ValidationError]:
    if not isinstance(value, str) or value not in wanted:
        yield ValidationError("、".join(str(word) for word in wanted))


def _min_length(validator: Any, bound: int, value: Any, schema: Schema) -> Iterator[ValidationError]:
    if isinstance(value, str) and len(value.strip()) < bound:
        yield ValidationError("empty")


def _max_length(validator: Any, bound: int, value: Any, schema: Schema) -> Iterator[ValidationError]:
    if isinstance(value, str) and len(value) > bound:
        yield ValidationError(f"{bound}")


def _pattern(validator: Any, pattern: str, value: Any, schema: Schema) -> Iterator[ValidationError]:
    if isinstance(value, str) and not re.search(pattern, value):
        yield ValidationError(pattern)


def _additional(validator: Any, allowed: Any, value: Any, schema: Schema) -> Iterator[ValidationError]:
    """The library asks our own type checker whether the sub-schema is an object, which it is not."""
    if not isinstance(value, plain.Mapping):
        return
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    extras = [key for key in value if key not in known and not any(re.search(one, key) for one in patterns)]
    if allowed is False and extras:
        yield ValidationError("unknown")
    elif isinstance(allowed, dict):
        for key in extras:
            yield from validator.descend(value[key], allowed, path=key)


ROWS_MATCH = "行按栏填写"


def _rows_match(validator: Any, wanted: bool, value: Any, schema: Schema) -> Iterator[ValidationError]:
    """Our own keyword: a row of a table names only columns that the table has."""
    if not isinstance(value, plain.Mapping) or not isinstance(value.get("行"), plain.Sequence):
        return
    columns = [column for column in value.get("栏", ()) if column]
    names = [column.get("名") if isinstance(column, plain.Mapping) else column for column in columns]
    rows = value["行"] if names and all(names) else ()
    typed = {key for row in rows if isinstance(row, plain.Mapping) and "分组" not in row for key in row}
    for number, name in enumerate(names):
        apart = [part.strip() for part in str(name).split("，")]
        if len(apart) > 1 and typed - set(names) and typed & set(apart):
            yield ValidationError(f"[{', '.join(apart)}]", path=("栏", number))
            names += apart
    for number, row in enumerate(rows):
        for key in row if isinstance(row, plain.Mapping) and "分组" not in row else ():
            if key not in names:
                close = difflib.get_close_matches(key, [str(name) for name in names], n=1, cutoff=0.5)
                yield ValidationError(close[0] if close else "", path=("行", number, key))


COLUMNS_DIFFER = "栏名不重"


def _columns_differ(validator: Any, wanted: bool, value: Any, schema: Schema) -> Iterator[ValidationError]:
    """Our own keyword: no two columns of a table have one name."""
    seen: set[str] = set()
    for number, column in enumerate(value if isinstance(value, plain.Sequence) else ()):
        name = column.get("名") if isinstance(column, plain.Mapping) else column
        if isinstance(name, str) and name in seen:
            yield ValidationError(name, path=(number,))
        if isinstance(name, str):
            seen.add(name)


_Validator: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator,
    {
        "minimum": _compare(lambda value, bound: value < bound, "不能小于"),
        "maximum": _compare(lambda value, bound: value > bound, "不能大于"),
        "exclusiveMinimum": _compare(lambda value, bound: value <= bound, "应当大于"),
        "const": _const,
        "enum": _enum,
        "minLength": _min_length,
        "maxLength": _max_length,
        "additionalProperties": _additional,
        "pattern": _pattern,
        ROWS_MATCH: _rows_match,
        COLUMNS_DIFFER: _columns_differ,
    },
    type_checker=_CHECKER,
)

_FORMATS = jsonschema.FormatChecker(formats=())


@_FORMATS.checks("日期")
def _is_real_date(value: object) -> bool:
    # Text of another form is the business of the pattern beside it.
    return (
        not isinstance(value, str)
        or not re.fullmatch(r"[\d年月日-]+", value)
        or parse_date(value) is not None
    )


@_FORMATS.checks("编号样式")
def _is_serial_pattern(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        parse_pattern(value)
    except ValueError:
        return False
    return True


def iter_errors(data: plain.Mapping, schema: Schema) -> Iterator[ValidationError]:
    """Yield every fault of `data` against `schema`."""
    yield from _Validator(schema, format_checker=_FORMATS).iter_errors(data)
