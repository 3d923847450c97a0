"""Plain data and a JSON Schema -> whether they fit, in one quick pass; what does not fit is told by `plain_schema`.

Most files fit, and the library that words the faults takes ten times as long, its import not counted. A keyword that
is not known here fits nothing, so that the library decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sized
from decimal import Decimal
from functools import reduce
from typing import Any, Final

from zhibi import plain
from zhibi.schema import Schema
from zhibi.validating.typed_values import FORMATS, OWN, TYPES, Fault, is_any_number

Test = Callable[[Any], bool]


def fits(data: plain.Mapping, schema: Schema) -> bool:
    """Tell whether `data` have no fault against `schema`."""
    return _Fitting(schema.get("$defs", {})).test_of(schema)(data)


_ANY: Final[Schema] = {}


def _never(value: Any) -> bool:
    return False


def _both(first: Test, second: Test) -> Test:
    return lambda value: first(value) and second(value)  # all() of a list takes twice as long.


def _of_type(wanted: str | list[str]) -> Test:
    if isinstance(wanted, str):
        return TYPES[wanted]
    types = [TYPES[one] for one in wanted]
    return lambda value: any(is_one(value) for is_one in types)


def _bound(fails: Callable[[Decimal, Decimal], bool]) -> Callable[[float], Test]:
    def of(bound: float) -> Test:
        limit = Decimal(str(bound))
        return lambda value: not (is_any_number(value) and fails(Decimal(value.replace(",", "")), limit))

    return of


def _size(kind: type[Sized], fails: Callable[[int, int], bool]) -> Callable[[int], Test]:
    return lambda bound: lambda value: not (isinstance(value, kind) and fails(len(value), bound))


def _own(faults: Callable[[Any], Iterator[Fault]]) -> Callable[[Any], Test]:
    return lambda wanted: lambda value: next(faults(value), None) is None


def _required(keys: list[str]) -> Test:
    return lambda value: not isinstance(value, plain.Mapping) or all(key in value for key in keys)


_SIMPLE: Final[Mapping[str, Callable[[Any], Test]]] = {
    "type": _of_type,
    "enum": lambda wanted: lambda value: isinstance(value, str) and value in wanted,
    "const": lambda wanted: lambda value: str(value) == str(wanted),
    "minimum": _bound(lambda value, limit: value < limit),
    "maximum": _bound(lambda value, limit: value > limit),
    "exclusiveMinimum": _bound(lambda value, limit: value <= limit),
    "minLength": lambda bound: lambda value: not isinstance(value, str) or len(value.strip()) >= bound,
    "maxLength": _size(str, lambda size, bound: size > bound),
    "minItems": _size(plain.Sequence, lambda size, bound: size < bound),
    "maxItems": _size(plain.Sequence, lambda size, bound: size > bound),
    "minProperties": _size(plain.Mapping, lambda size, bound: size < bound),
    "pattern": lambda wanted: lambda value: not isinstance(value, str) or bool(re.search(wanted, value)),
    "format": lambda name: FORMATS.get(name, _never),
    "required": _required,
    **{keyword: _own(faults) for keyword, faults in OWN.items()},
}
_KEYS = frozenset({"properties", "patternProperties", "additionalProperties"})
_SILENT = frozenset({"$schema", "$defs", "title", "description", "examples", "then", "else"})


class _Fitting:
    """Makes tests of schemas that share their `$defs`; each is made when something is first tested with it."""

    def __init__(self, defs: Mapping[str, Schema]) -> None:
        self.defs = defs
        self.made: dict[int, Test] = {}

    def test_of(self, schema: Schema) -> Test:
        """Return the test of a schema, which must stay as it is."""
        if id(schema) not in self.made:
            self.made[id(schema)] = lambda value: self.made[id(schema)](value)  # Should it name itself.
            self.made[id(schema)] = self._made_of(schema)
        return self.made[id(schema)]

    def _made_of(self, schema: Schema) -> Test:
        tests = [self._keyword(keyword, schema) for keyword in schema if keyword not in _SILENT | _KEYS]
        if _KEYS & set(schema):
            tests.append(self._keys(schema))
        return reduce(_both, tests) if tests else lambda value: True

    def _keyword(self, keyword: str, schema: Schema) -> Test:
        wanted = schema[keyword]
        if keyword in _SIMPLE:
            return _SIMPLE[keyword](wanted)
        if keyword == "$ref":
            return self.test_of(self.defs[wanted.removeprefix("#/$defs/")])
        if keyword == "items":
            item = self.test_of(wanted)
            return lambda value: not isinstance(value, plain.Sequence) or all(map(item, value))
        if keyword == "anyOf":
            branches = [self.test_of(branch) for branch in wanted]
            return lambda value: any(branch(value) for branch in branches)
        if keyword == "if":
            asked, then, other = (self.test_of(schema.get(word, _ANY)) for word in ("if", "then", "else"))
            return lambda value: then(value) if asked(value) else other(value)
        return _never

    def _keys(self, schema: Schema) -> Test:
        tests: dict[str, Test] = {}

        def test(value: Any) -> bool:
            if not isinstance(value, plain.Mapping):
                return True
            for key, inner in value.items():
                own = tests.get(key)
                if own is None:
                    own = tests[key] = self._of_key(key, schema)
                if not own(inner):
                    return False
            return True

        return test

    def _of_key(self, key: str, schema: Schema) -> Test:
        """Return the test of what stands below a key."""
        patterns = schema.get("patternProperties", {})
        found = [patterns[pattern] for pattern in patterns if re.search(pattern, key)]
        if key in schema.get("properties", {}):
            found.append(schema["properties"][key])
        if not found:
            other = schema.get("additionalProperties", _ANY)
            return _never if other is False else self.test_of(other)
        return reduce(_both, map(self.test_of, found))
