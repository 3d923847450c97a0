"""The most characters that a column allows: declared, or said in its heading (不超过300字)."""

from __future__ import annotations

from zhibi.nodes import Column
from zhibi.prose.sought import Sought

_SAID = Sought(r"[（(](?:(?:字数)?(?:不超[过過]|限)|控制在)?(\d{2,4})字(?:以内|之内|内)?[）)]")


def limit_of(column: Column) -> int | None:
    """Return the limit of a column, None where there is none."""
    said = _SAID.search(column.title)
    return column.limit if column.limit is not None else int(said[1]) if said else None
