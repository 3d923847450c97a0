"""What was taken of whom so far and which conflicts have been told, kept beside the data file.

So a unit may correct itself and nobody else's words, and what a person has settled is not told as a conflict again.
The ledger is no source of figures or words: without it, or with one that somebody changed, a correction is told as
a conflict, a settled cell is one again, and nothing else is different.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from zhibi.cycle.collecting.merging import Dispute, History
from zhibi.output import WORKSPACE

_FOLDER = "收集"
"""A folder of its own: loose files in the workspace are swept away."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """By cell (4/完成情况): unit -> what was taken of it, the newest last; and the conflict told last."""

    taken: Mapping[str, History] = field(default_factory=dict)
    disputes: Mapping[str, Dispute] = field(default_factory=dict)


def ledger_path(data: Path) -> Path:
    """Return where the ledger of a data file lies."""
    return data.parent / WORKSPACE / _FOLDER / f"{data.stem}.json"


def read_ledger(path: Path) -> Ledger:
    """Return the ledger, an empty one when there is none or somebody changed it."""
    try:
        kept = json.loads(path.read_bytes().decode())
        own = kept["记录"]
        if kept["校验"] != _seal(own):
            return Ledger()
        return Ledger(own["taken"], {cell: Dispute(**one) for cell, one in own["disputes"].items()})
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return Ledger()


def ledger_bytes(ledger: Ledger) -> bytes:
    """Return the content of a ledger's file."""
    own = asdict(ledger)
    return json.dumps({"校验": _seal(own), "记录": own}, ensure_ascii=False, indent=1).encode()


def noted(
    ledger: Ledger, taken: Mapping[str, Mapping[str, str]], disputes: Mapping[str, Dispute] | None = None
) -> Ledger:
    """Return the ledger with what was taken now (cell -> unit -> text) and the conflicts that were told."""
    new: dict[str, dict[str, list[str]]] = {
        cell: {unit: list(texts) for unit, texts in own.items()} for cell, own in ledger.taken.items()
    }
    for cell, own in taken.items():
        for unit, text in own.items():
            texts = new.setdefault(cell, {}).setdefault(unit, [])
            if texts[-1:] != [text]:
                texts.append(text)
    return Ledger(new, {**ledger.disputes, **(disputes or {})})


def _seal(own: Any) -> str:
    return hashlib.sha256(json.dumps(own, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
