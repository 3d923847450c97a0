"""The sandbox: what templates and expressions may do, and how much of it.

`rules` judges a source before anything runs, `guards` bounds operators, `environment` asks before each
operator, look-up and call, `builtin` and `filters` are what stands after a `|`, `budget` counts.
"""

from __future__ import annotations

from zhibi.sandbox.budget import Budget, RefusedError, time_limit
from zhibi.sandbox.builtin import FILTER_NAMES, TEST_NAMES, make_environment
from zhibi.sandbox.environment import BUDGET, budget_of
from zhibi.sandbox.filters import FILTERS

__all__ = [
    "BUDGET",
    "FILTERS",
    "FILTER_NAMES",
    "TEST_NAMES",
    "Budget",
    "RefusedError",
    "budget_of",
    "make_environment",
    "time_limit",
]
