"""Workbooks that units fill in: a `Form` -> the bytes of an xlsx; an xlsx that came back -> `Returned`."""

from __future__ import annotations

from zhibi.workbooks.reading import read_form
from zhibi.workbooks.shapes import (
    HELPS,
    LEADS,
    Answer,
    Column,
    Figure,
    FigureRow,
    Form,
    Returned,
    TaskRow,
)
from zhibi.workbooks.writing import write_form

__all__ = [
    "HELPS",
    "LEADS",
    "Answer",
    "Column",
    "Figure",
    "FigureRow",
    "Form",
    "Returned",
    "TaskRow",
    "read_form",
    "write_form",
]
