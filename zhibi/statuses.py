"""How far a task has got: the words that 状态 may be, said once for schema, filters, counts and rules."""

from __future__ import annotations

DONE, ON_TIME, LATE, NOT_BEGUN, CHANGED = "已完成", "按序推进", "滞后", "未启动", "已调整"

STATUSES = (DONE, ON_TIME, LATE, NOT_BEGUN, CHANGED)

UNKNOWN = "未填"
"""What a task counts as whose 状态 nobody has filled in."""

SETTLED = frozenset({DONE, CHANGED})
"""Statuses of a task that can no longer be overdue."""
