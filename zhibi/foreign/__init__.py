"""A paper that came from elsewhere (Word or text) -> findings at their places in that file, or Word comments there.

The paper is imported in memory and proofread as ours are (`checking`); nothing is written and no place of the YAML in
between is told. `comments` puts findings into a copy of the Word file.
"""

from __future__ import annotations

from pathlib import Path

_ENDINGS = (".docx", ".doc", ".txt")


def is_foreign(path: Path) -> bool:
    """Tell whether a file is a paper that would have to be imported."""
    return path.suffix.lower() in _ENDINGS
