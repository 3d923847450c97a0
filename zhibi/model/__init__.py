"""Stages 1-2: config.yaml and a report's files -> validated data, all problems at once."""

from __future__ import annotations

from zhibi.model.config import Config, read_config
from zhibi.model.plan import progress_place, status_column
from zhibi.model.project import Project, ReportEntry
from zhibi.model.series import Series
from zhibi.model.source import check_plan, epoch_date, progress_of, read_plan, read_source
from zhibi.model.template_choice import PLAN_RULE

__all__ = [
    "PLAN_RULE",
    "Config",
    "Project",
    "ReportEntry",
    "Series",
    "check_plan",
    "epoch_date",
    "progress_of",
    "progress_place",
    "read_config",
    "read_plan",
    "read_source",
    "status_column",
]
