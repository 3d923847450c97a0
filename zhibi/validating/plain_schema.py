"""The library that validates, taught what JSON Schema means for data whose scalars are all text (`typed_values`).

Input: a schema; output: the faults of `plain` data. Asked for data that do not fit (`fitting`), for it takes long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError

from zhibi import plain
from zhibi.schema import Schema
from zhibi.validating.typed_values import FORMATS, OWN, TYPES, Fault, is_any_number

_CHECKER = jsonschema.Draft202012Validator.TYPE_CHECKER.redefine_many(
    {name: lambda checker, value, is_one=is_one: is_one(value) for name, is_one in TYPES.items()}
)


def _compare(
    fails: Callable[[Decimal, Decimal], bool], word: str
) -> Callable[..., Iterator[ValidationError]]:
    def check(validator: Any, bound: float, value: Any, schema: Schema) -> Iterator[ValidationError]:
        if is_any_number(value) and fails(Decimal(value.replace(",", "")), Decimal(str(bound))):
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


def _own(
    faults: Callable[[Any], Iterator[Fault]], validator: Any, wanted: bool, value: Any, schema: Schema
) -> Iterator[ValidationError]:
    for word, path in faults(value):
        yield ValidationError(word, path=path)


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
        **{keyword: partial(_own, faults) for keyword, faults in OWN.items()},
    },
    type_checker=_CHECKER,
)

_FORMATS = jsonschema.FormatChecker(formats=())
for _name, _holds in FORMATS.items():
    _FORMATS.checks(_name)(_holds)


def iter_errors(data: plain.Mapping, schema: Schema) -> Iterator[ValidationError]:
    """Yield every fault of `data` against `schema`."""
    yield from _Validator(schema, format_checker=_FORMATS).iter_errors(data)
