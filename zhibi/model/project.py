"""Where things lie."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from zhibi.errors import Location

PLAN_RULE = "计划文件"
"""Rule of the problem that means: this data file is a plan."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where things lie: `root` holds config.yaml, `templates` the kinds of paper.

    `silenced` are the proofreading rules that config.yaml switches off.
    """

    root: Path
    templates: Path
    silenced: frozenset[str] = frozenset()

    def shown(self, path: Path) -> str:
        """Return how messages name a file: relative to the project or to where the clerk stands."""
        try:
            for follow in (Path.absolute, Path.resolve):  # As it was typed, else where its links lead.
                whole = Path(os.path.normpath(follow(path)))
                for folder in (follow(self.root), Path.cwd()):
                    if whole.is_relative_to(folder):
                        return whole.relative_to(folder).as_posix()
        except (OSError, RuntimeError, ValueError):  # A loop of links, or a name that no system takes.
            return path.as_posix()
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report of config.yaml: what the command line calls it, its data file, and where that was typed."""

    name: str
    data: Path
    at: Location | None = None
