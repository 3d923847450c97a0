"""A workbook that came back -> `Returned`."""

from __future__ import annotations

from pathlib import Path

from zhibi.workbooks.shapes import Returned


def read_form(path: Path, shown: str) -> Returned:
    """Read a workbook that came back; raise `ReportError` when it cannot be read at all."""
    raise NotImplementedError
