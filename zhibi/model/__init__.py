"""Stages 1-2: config.yaml and a report's files -> validated data, all problems at once."""

from __future__ import annotations

from zhibi.model.config import read_config
from zhibi.model.plan import progress_place
from zhibi.model.project import Config, Project, ReportEntry
from zhibi.model.source import epoch_date, progress_of, read_source

__all__ = [
    "Config",
    "Project",
    "ReportEntry",
    "epoch_date",
    "progress_of",
    "progress_place",
    "read_config",
    "read_source",
]
