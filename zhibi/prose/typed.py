"""An element of a paper as its clerk typed it -> a passage, for rules that look at 发文字号, 主送机关 and their like."""

from __future__ import annotations

from typing import Any

from zhibi import plain
from zhibi.errors import Location
from zhibi.nodes import Role
from zhibi.prose.passages import Kind, Passage, Spot


def typed_passage(raw: Any, file: str, role: Role | None = None) -> Passage | None:
    """Return the words of one element with their places, None for an element that is empty or a list."""
    if not isinstance(raw, str) or not raw.strip():
        return None
    if not isinstance(raw, plain.Scalar):
        return Passage(raw, Kind.ELEMENT, file, role=role)
    exact = "\n" not in raw and raw.at.line > 0
    at = Location(raw.at.file, raw.at.line, raw.at.column + (raw.quoted if exact else 0))
    return Passage(str(raw), Kind.ELEMENT, file, (Spot(0, at, exact),), role=role)
