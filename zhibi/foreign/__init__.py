"""A paper that came from elsewhere (Word or text) -> findings at their places in that file, or Word comments there.

The paper is imported in memory and proofread as ours are; nothing is written and no place of the YAML in between is told.
"""

from __future__ import annotations

from zhibi.foreign.checking import check_foreign, is_foreign
from zhibi.foreign.comments import annotated

__all__ = ["annotated", "check_foreign", "is_foreign"]
