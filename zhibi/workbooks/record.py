"""A form <-> the lines of the hidden sheet, which tell what a workbook went out with, whatever became of it.

JSON in ASCII and cut into lines, so that no office program changes a character; the last line is its digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from zhibi.workbooks.shapes import Column, FigureRow, Form, TaskRow

MARK = "zhibi-form-1"
"""The first line; another version of the sheets gets another."""

_LINE = 20_000
"""Characters of a line; a cell takes 32,767."""


class RecordError(ValueError):
    """The lines are none that `record_lines` made, or have been changed."""


def record_lines(form: Form) -> list[str]:
    """Return the lines of the hidden sheet."""
    text = json.dumps(asdict(form))
    return [
        MARK,
        *(text[start : start + _LINE] for start in range(0, len(text), _LINE)),
        hashlib.sha256(text.encode()).hexdigest(),
    ]


def read_record(lines: Sequence[str]) -> Form:
    """Return the form of these lines; raise `RecordError` when they are not as they were written."""
    if len(lines) < 3 or lines[0] != MARK:
        raise RecordError(MARK)
    text = "".join(lines[1:-1])
    if hashlib.sha256(text.encode(errors="replace")).hexdigest() != lines[-1]:
        raise RecordError("digest")
    try:
        return _form(json.loads(text))
    except (TypeError, KeyError, ValueError, AttributeError, RecursionError) as error:
        raise RecordError("content") from error


def _form(raw: Any) -> Form:
    columns = tuple(_column(one) for one in raw["columns"])
    tasks = tuple(_task(one) for one in raw["tasks"])
    figures = tuple(FigureRow(**_texts(one)) for one in raw["figures"])
    paper, period, unit, title = (_text(raw[key]) for key in ("paper", "period", "unit", "title"))
    return Form(paper, period, unit, title, columns, tasks, figures, _text(raw.get("back", "")))


def _task(raw: Any) -> TaskRow:
    return TaskRow(
        _text(raw["number"]), _text(raw["role"]), _texts(raw["plan"]), _texts(raw["own"]), _texts(raw["last"])
    )


def _column(raw: Any) -> Column:
    limit = raw["limit"]
    return Column(
        _text(raw["name"]), bool(raw["status"]), bool(raw["required"]), None if limit is None else int(limit)
    )


def _texts(raw: Mapping[Any, Any]) -> dict[str, str]:
    return {_text(key): _text(value) for key, value in raw.items()}


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw
