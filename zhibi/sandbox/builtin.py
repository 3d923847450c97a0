"""Filters and tests of templates: Jinja's own behind guards, and those with Chinese names.

Value and arguments in, result out; lists are walked through at a step an item, and only words and numbers are
put in order. What a filter cannot work on is refused with the value.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from types import MappingProxyType
from typing import Any, cast

import jinja2
from jinja2 import Undefined
from jinja2.exceptions import FilterArgumentError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context

from zhibi.sandbox.budget import Budget, RefusedError
from zhibi.sandbox.environment import Sandbox, budget_of
from zhibi.sandbox.figures import FIGURE_FILTERS
from zhibi.sandbox.filters import FILTERS
from zhibi.sandbox.guards import (
    calculate,
    checked,
    compare,
    is_flat,
    joined,
    number,
    refuse_captured,
    replaced,
    words,
)
from zhibi.sandbox.rules import COUNTED
from zhibi.values import UnprintableError, shown

MAX_ARGUMENT = 100_000
"""Largest number that a filter takes, as in `batch(3)`."""

_RAW = Sandbox()
"""Jinja's filters as they come; look-ups within them are guarded all the same."""

_WALKED = frozenset(
    {"batch", "groupby", "join", "list", "map", "max", "min", "reject", "rejectattr", "select", "selectattr"}
    | {"slice", "sort", "sum", "unique", "求和", "状态", "序号"}
)
"""Filters that go through every item."""

_INSTANT = frozenset({"count", "default", "first", "last", "length"})
"""Filters that cost the same however long the list."""

_ORDERED = MappingProxyType({"sort": 2, "unique": 1, "min": 1, "max": 1, "groupby": 0})
"""Filters that compare items -> where their argument `attribute` stands."""

_ORDER_STEPS = 3
"""Steps that putting an item in order costs."""

_RAW_NAMES = (
    *("abs", "batch", "count", "default", "first", "groupby", "last", "length", "list", "map", "max", "min"),
    *("reject", "rejectattr", "reverse", "round", "select", "selectattr", "slice", "sort", "unique"),
)
# Filters that make or unmake HTML have no meaning in our markup and would let a value in as markup.

_ITEMS: tuple[Any, ...] = (list, tuple, range, str, dict, KeysView, ValuesView, ItemsView)


def _join(value: Iterable[Any], between: Any = "", attribute: Any = None) -> str:
    items = list(value)
    if attribute is not None:
        items = [make_attrgetter(_RAW, attribute)(item) for item in items]
    return joined(items, words(between))


def _replace(value: Any, old: Any, new: Any, count: int | None = None) -> str:
    return replaced(words(value), words(old), words(new), -1 if count is None else count)


def _trim(value: Any, chars: str | None = None) -> str:
    return words(value).strip(chars)


def _sum(value: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    getter = make_attrgetter(_RAW, attribute)
    total = start
    for item in value:
        part = getter(item) if attribute is not None else item
        plain = type(total) is int and type(part) is int
        total = total + part if plain else calculate("+", operator.add, total, part)
    return checked(total)


def _whole(text: Any) -> int:
    try:
        return int(text)
    except ValueError:
        return int(float(text))


def _int(value: Any, default: Any = None) -> Any:
    return _number(value, default, _whole)


def _float(value: Any, default: Any = None) -> Any:
    return _number(value, default, float)


def _number(value: Any, default: Any, kind: Callable[[Any], int | float]) -> Any:
    """Return a number; what is none is refused, unless the template says what to take instead."""
    try:
        return number(value, kind)
    except UnprintableError:
        if default is None:
            raise
        return default


_OWN: Mapping[str, Callable[..., Any]] = {
    "join": _join,
    "replace": _replace,
    "trim": _trim,
    "sum": _sum,
    "int": _int,
    "float": _float,
    **FILTERS,
}

FILTER_NAMES = (*FILTERS, *sorted({*_RAW_NAMES, *_OWN} - set(FILTERS)))
"""What templates may write after `|`."""


def _guarded(name: str) -> Callable[..., Any]:
    """Return a filter behind its guards."""
    own = _OWN.get(name)

    @jinja2.pass_context
    def run(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget = budget_of(context)
        budget.step()
        if name != "default":
            _admit(value, *args, *kwargs.values(), sized=name not in FIGURE_FILTERS)
        if name not in _INSTANT:
            budget.handle(value)
        if name in _WALKED:
            value = _items(name, value, budget)
        if name in _ORDERED:
            _refuse_unordered(name, value, kwargs.get("attribute", (*args, *[None] * 3)[_ORDERED[name]]))
        try:
            if own is not None:
                result = own(value, *args, **kwargs)
                budget.handle(result)
                return result
            result = _RAW.call_filter(name, value, args, kwargs, context=context)
            return budget.listed(result) if isinstance(result, Iterator) else result
        except UnprintableError:
            raise
        except (TypeError, ValueError, OverflowError, AttributeError, FilterArgumentError):
            raise _misused(name, value, args) from None

    return run


def _admit(*values: Any, sized: bool = True) -> None:
    """Refuse what cannot be worked with; an argument that says how much to make is bounded, a figure is not."""
    for value in values:
        if isinstance(value, Undefined):
            str(value)  # Raises what is undefined.
        refuse_captured(value)
    if sized and any(
        isinstance(value, int | float) and not abs(value) <= MAX_ARGUMENT for value in values[1:]
    ):
        raise RefusedError(f"过滤器括号里的数太大（超过 {MAX_ARGUMENT // 10_000} 万）", "请写小一些的数")


def _items(name: str, value: Any, budget: Budget) -> Any:
    if not isinstance(value, _ITEMS):
        raise _misused(name, value, ())
    budget.step(len(value) * (_ORDER_STEPS if name in _ORDERED else 1))
    return value if isinstance(value, list | tuple | str) else list(value)


def _refuse_unordered(name: str, items: Iterable[Any], attribute: Any) -> None:
    """Refuse to put in order what is neither word nor number, or words and numbers together."""
    parts = attribute.split(",") if isinstance(attribute, str) else [attribute]
    for getter in [make_attrgetter(_RAW, part) for part in parts]:
        kinds: dict[bool, Any] = {}
        for key in map(getter, items):
            if isinstance(key, Undefined):
                str(key)
            if not is_flat(key):
                hint = "请写明按哪一项，如 任务 | sort(attribute='序号')"
                raise RefusedError(f"“{name}”不能比较一组组数据", hint)
            kinds.setdefault(isinstance(key, int | float), key)
            if name != "unique" and (key is None or len(kinds) > 1):
                both = "”和“".join(shown(one) for one in dict.fromkeys([*kinds.values(), key]))
                hint = "请先用 map('int') 或 map('float') 都变成数，没有填写的先用 select 去掉"
                raise RefusedError(f"“{name}”遇到了不能相比的“{both}”", hint)


def _misused(name: str, value: Any, args: tuple[Any, ...]) -> RefusedError:
    given = f"，括号里写的是“{'、'.join(shown(one) for one in args)}”" if args else ""
    return RefusedError(
        f"“{name}”用不到“{shown(value)}”上{given}", "请检查数据是不是数、文字或列表，以及括号里的写法"
    )


@jinja2.pass_context
def _counted_loop(context: Context, value: Any, length: int) -> Any:
    """Take the turns of a loop and the text it prints off the budget before it begins."""
    _admit(value)
    if not isinstance(value, _ITEMS):
        raise RefusedError(f"“{shown(value)}”不是一组数据，不能逐项循环", "请写列表的名称；数请写 range(数)")
    budget_of(context).step(len(value))
    budget_of(context).write(len(value) * length)
    return value


def _divides(value: Any, other: Any) -> bool:
    return bool(calculate("%", operator.mod, value, other) == 0)


def _compares(sign: str) -> Callable[[Any, Any], bool]:
    return lambda left, right: compare(sign, left, right)


_TESTS: Mapping[str, Callable[..., Any]] = {
    **{
        name: cast("Callable[..., Any]", _RAW.tests[name])
        for name in (
            *("defined", "undefined", "none", "boolean", "false", "true", "integer", "float"),
            *("string", "mapping", "number", "sequence", "iterable"),
        )
    },
    **{name: _compares("eq") for name in ("==", "eq", "equalto")},
    **{name: _compares("ne") for name in ("!=", "ne")},
    **{name: _compares("gt") for name in (">", "gt", "greaterthan")},
    **{name: _compares("gteq") for name in (">=", "ge")},
    **{name: _compares("lt") for name in ("<", "lt", "lessthan")},
    **{name: _compares("lteq") for name in ("<=", "le")},
    "in": _compares("in"),
    "divisibleby": _divides,
    "even": lambda value: _divides(value, 2),
    "odd": lambda value: not _divides(value, 2),
}
TEST_NAMES = tuple(name for name in _TESTS if name.isalpha())
"""What templates may write after `is`."""


def make_environment(finalize: Callable[..., Any], *, autoescape: bool) -> Sandbox:
    """Return an environment whose printed values go through `finalize`."""
    environment = Sandbox(finalize=finalize, autoescape=autoescape, trim_blocks=True, lstrip_blocks=True)
    environment.filters = {name: _guarded(name) for name in FILTER_NAMES} | {COUNTED: _counted_loop}
    environment.tests = dict(_TESTS)
    return environment
