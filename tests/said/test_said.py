"""Every word that is said of the files of the batteries stands in said.txt; no message changes in silence.

When a change is meant, write the record anew and read the difference:

    ZHIBI_WRITE_SAID=1 .venv/bin/python -m pytest -n 0 tests/said
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from tests.said.record import HERE, PARTS, part

RECORD = HERE / "said.txt"
WHOLE = "全程"
"""How the names of parts begin that run whole projects through all stages before laying out."""

WRITES = bool(os.environ.get("ZHIBI_WRITE_SAID"))


@cache
def agreed() -> dict[str, str]:
    """Return the record: name of a part -> its lines."""
    if not RECORD.exists():
        return {}
    chunks = re.split(r"(?m)^(?==== )", RECORD.read_text(encoding="utf-8"))
    return {chunk.partition("\n")[0].removeprefix("=== "): chunk for chunk in chunks if chunk}


@pytest.mark.parametrize("name", [name for name in PARTS if not name.startswith(WHOLE)])
def test_what_is_said_of_texts_is_what_was_agreed(name: str, tmp_path: Path) -> None:
    compare(name, tmp_path)


@pytest.mark.parametrize("name", [name for name in PARTS if name.startswith(WHOLE)])
def test_what_is_said_of_projects_is_what_was_agreed(name: str, tmp_path: Path) -> None:
    compare(name, tmp_path)


def compare(name: str, tmp_path: Path) -> None:
    said = part(name, tmp_path)
    if WRITES:
        agreed()[name] = said
        RECORD.write_text("".join(agreed()[one] for one in PARTS if one in agreed()), encoding="utf-8")
    assert said.split("\n") == agreed().get(name, "").split("\n")


def test_the_record_holds_each_part_and_is_not_being_written() -> None:
    assert not WRITES, (
        f"{RECORD.name} has been written anew: read the difference, then run without the variable"
    )
    assert list(agreed()) == list(PARTS)
