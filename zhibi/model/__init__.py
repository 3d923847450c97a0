"""Stages 1-2: config.yaml and a report's files -> validated data, all problems at once.

What a run is asked for (`Project`, `Config`) stands here; who reads papers takes `source`, which brings their templates along.
"""

from __future__ import annotations

from zhibi.model.config import FORMATS, Config, read_config
from zhibi.model.project import PLAN_RULE, Project, ReportEntry
from zhibi.model.series import Series

__all__ = ["FORMATS", "PLAN_RULE", "Config", "Project", "ReportEntry", "Series", "read_config"]
