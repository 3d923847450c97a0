"""Stage 2: plain data and a JSON Schema -> every problem with its place and how to mend it."""

from __future__ import annotations

from zhibi.validating.likely_slips import plan_slips, slips_of
from zhibi.validating.validator import validate

__all__ = ["plan_slips", "slips_of", "validate"]
