"""A `Form` -> the bytes of an xlsx."""

from __future__ import annotations

from zhibi.workbooks.shapes import Form


def write_form(form: Form) -> bytes:
    """Return the workbook of a form; the same form gives the same bytes."""
    raise NotImplementedError
