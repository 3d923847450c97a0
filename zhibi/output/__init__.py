"""Finished bytes -> files in the output folder: names that every system takes, all of a report or none.

`save_report` keeps what clerks and machines did meanwhile: files edited by hand are kept, files open in Word
are left alone, a killed run is finished by the next. docs/decisions/0011-writing.md says why it is done this way.
"""

from __future__ import annotations

from zhibi.output.faults import LOCK_RULE, NAME_RULE, WRITE_RULE
from zhibi.output.inputs import Replaced, replace_inputs
from zhibi.output.manifest import Standing, made_from
from zhibi.output.names import folded, name_problems, safe_stem
from zhibi.output.plain import write_files
from zhibi.output.save import Finished, recover, save_report
from zhibi.output.verify import DamagedError, verify
from zhibi.output.workspace import LOGS, WORKSPACE
from zhibi.output.write import Saved

__all__ = [
    "LOCK_RULE",
    "LOGS",
    "NAME_RULE",
    "WORKSPACE",
    "WRITE_RULE",
    "DamagedError",
    "Finished",
    "Replaced",
    "Saved",
    "Standing",
    "folded",
    "made_from",
    "name_problems",
    "recover",
    "replace_inputs",
    "safe_stem",
    "save_report",
    "verify",
    "write_files",
]
