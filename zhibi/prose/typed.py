"""An element of a paper as its clerk typed it -> a passage or the keys below it, for rules that look at 发文字号, 主送机关 and their like."""

from __future__ import annotations

from collections.abc import Mapping
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


def mapping_of(raw: Any) -> Mapping[str, Any]:
    """Return the keys below one (版头, 版记), none where nothing of the kind was typed."""
    return raw if isinstance(raw, Mapping) else {}
