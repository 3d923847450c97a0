"""What was taken of whom so far, kept beside the data file: a unit may correct itself, nobody else's words.

The ledger is no source of figures or words: without it, or with one that somebody changed, a correction is told
as a conflict, and nothing else is different.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from zhibi.cycle.collecting.merging import History
from zhibi.output import WORKSPACE

Ledger = Mapping[str, History]
"""Cell (4/完成情况) -> unit -> what was taken of it, the newest last."""

_FOLDER = "收集"
"""A folder of its own: loose files in the workspace are swept away."""


def ledger_path(data: Path) -> Path:
    """Return where the ledger of a data file lies."""
    return data.parent / WORKSPACE / _FOLDER / f"{data.stem}.json"


def read_ledger(path: Path) -> Ledger:
    """Return the ledger, an empty one when there is none or somebody changed it."""
    try:
        kept = json.loads(path.read_bytes().decode())
        ledger: Ledger = kept["记录"]
        return ledger if kept["校验"] == _seal(ledger) else {}
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return {}


def ledger_bytes(ledger: Ledger) -> bytes:
    """Return the content of a ledger's file."""
    return json.dumps({"校验": _seal(ledger), "记录": ledger}, ensure_ascii=False, indent=1).encode()


def noted(ledger: Ledger, taken: Mapping[str, Mapping[str, str]]) -> Ledger:
    """Return the ledger with what was taken now: cell -> unit -> text."""
    new: dict[str, dict[str, list[str]]] = {
        cell: {unit: list(texts) for unit, texts in own.items()} for cell, own in ledger.items()
    }
    for cell, own in taken.items():
        for unit, text in own.items():
            texts = new.setdefault(cell, {}).setdefault(unit, [])
            if texts[-1:] != [text]:
                texts.append(text)
    return new


def _seal(ledger: Any) -> str:
    return hashlib.sha256(json.dumps(ledger, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
