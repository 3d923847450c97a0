"""What JSON Schema means for data whose scalars are all text: types, formats and our own keywords.

A scalar is a number only when it was typed without quotes and looks like one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from zhibi import plain
from zhibi.dates import parse_date
from zhibi.serials import parse_pattern

_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
_INTEGER = re.compile(r"-?([0-9]{1,9}|[0-9]{1,3}(,[0-9]{3}){1,2})")
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")

Fault = tuple[str, tuple[str | int, ...]]
"""What one of our own keywords finds: a word for the message, and the steps that lead to the fault."""


def is_number(value: object) -> bool:
    """Tell whether `value` was typed as a number."""
    return isinstance(value, plain.Scalar) and not value.quoted and bool(_NUMBER.fullmatch(value))


def is_any_number(value: object) -> bool:
    """Tell whether `value` will do where a number is wanted: 1,000 is a number there and text elsewhere."""
    return is_number(value) or (
        isinstance(value, plain.Scalar) and not value.quoted and bool(_GROUPED.fullmatch(value))
    )


def _is_integer(value: object) -> bool:
    return isinstance(value, plain.Scalar) and not value.quoted and bool(_INTEGER.fullmatch(value))


def _is_string(value: object) -> bool:
    return isinstance(value, plain.Scalar) and not is_number(value)


TYPES: Final[Mapping[str, Callable[[object], bool]]] = {
    "object": lambda value: isinstance(value, plain.Mapping),
    "array": lambda value: isinstance(value, plain.Sequence),
    "string": _is_string,
    "number": is_any_number,
    "integer": _is_integer,
    "null": lambda value: value == "",
}


def _is_real_date(value: object) -> bool:
    # Text of another form is the business of the pattern beside it.
    return (
        not isinstance(value, str)
        or not re.fullmatch(r"[\d年月日-]+", value)
        or parse_date(value) is not None
    )


def _is_serial_pattern(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        parse_pattern(value)
    except ValueError:
        return False
    return True


FORMATS: Final[Mapping[str, Callable[[object], bool]]] = {
    "日期": _is_real_date,
    "编号样式": _is_serial_pattern,
}

ROWS_MATCH = "行按栏填写"


def stray_cells(value: Any) -> Iterator[Fault]:
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
            yield f"[{', '.join(apart)}]", ("栏", number)
            names += apart
    for number, row in enumerate(rows):
        for key in row if isinstance(row, plain.Mapping) and "分组" not in row else ():
            if key not in names:
                close = difflib.get_close_matches(key, [str(name) for name in names], n=1, cutoff=0.5)
                yield close[0] if close else "", ("行", number, key)


COLUMNS_DIFFER = "栏名不重"


def double_columns(value: Any) -> Iterator[Fault]:
    """Our own keyword: no two columns of a table have one name."""
    seen: set[str] = set()
    for number, column in enumerate(value if isinstance(value, plain.Sequence) else ()):
        name = column.get("名") if isinstance(column, plain.Mapping) else column
        if isinstance(name, str) and name in seen:
            yield name, (number,)
        if isinstance(name, str):
            seen.add(name)


OWN: Final[Mapping[str, Callable[[Any], Iterator[Fault]]]] = {
    ROWS_MATCH: stray_cells,
    COLUMNS_DIFFER: double_columns,
}
"""Our own keywords -> what finds their faults."""
