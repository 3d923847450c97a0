"""Simplified and traditional characters: which of the two a paper is written in, and what never stands in either."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_PAIRS = Path(__file__).parent / "词表" / "繁简字.txt"


def is_traditional(data: Mapping[str, Any]) -> bool:
    """Tell whether a paper says that it is written in traditional characters (语言: zh-TW or zh-HK)."""
    return str(data.get("语言", "")) in {"zh-TW", "zh-HK"}


@cache
def _lists() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return traditional -> simplified and simplified -> traditional forms (several where they differ by sense)."""
    sides: tuple[dict[str, str], dict[str, str]] = ({}, {})
    side = -1
    for line in _PAIRS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            side += 1
        elif line and not line.startswith("#"):
            for pair in line.split():
                sides[side][pair[0]] = pair[1:]
    return sides


def foreign_forms(*, traditional: bool) -> Mapping[str, str]:
    """Return the characters that never stand in such a paper, each with what stands there instead."""
    return _lists()[1 if traditional else 0]


@cache
def foreign_pattern(*, traditional: bool) -> re.Pattern[str]:
    """Return what finds runs of such characters."""
    return re.compile(f"[{''.join(foreign_forms(traditional=traditional))}]+")
