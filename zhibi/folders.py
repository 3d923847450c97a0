"""Whether a name that stands in data leads out of the folders it may lead into."""

from __future__ import annotations

from pathlib import Path


def leaves(path: Path, *folders: Path) -> bool:
    """Tell whether `path` ends up in none of `folders` once `..` and links are followed.

    A name that no system takes leads nowhere, so it does not leave; it will not be found.
    """
    try:
        whole = path.resolve()
    except (OSError, RuntimeError, ValueError):
        return False
    return not any(whole.is_relative_to(folder.resolve()) for folder in folders)
