"""The tasks of a plan as templates see them: a tuple whose records are asked for by their own number."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from zhibi.sandbox.budget import RefusedError
from zhibi.serials import ranges


def bare_number(number: str) -> str:
    """Return a number without what may be left out: 04 and 4, 1,000 and 1000 are one."""
    return number.strip().replace(",", "").lstrip("0") or "0"


class Tasks(tuple[Mapping[str, Any], ...]):
    """Records in the order of the plan; `任务[4]` is the task with the number 4, wherever it stands."""

    @cached_property
    def _by_number(self) -> dict[str, Mapping[str, Any]]:
        return {bare_number(record["序号"]): record for record in self}

    def numbered(self, number: int | str) -> Mapping[str, Any]:
        """Return the task of that number; refuse one that the plan does not have."""
        found = self._by_number.get(bare_number(str(number)))
        if found is None:
            known = ranges(sorted(int(one) for one in self._by_number))
            message = f"计划里没有第 {str(number)[:20]} 项任务"
            raise RefusedError(message, f"方括号里写任务的序号，计划的序号是 {known}")
        return found
