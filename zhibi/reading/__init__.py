"""Stage 1: files that people wrote -> plain data whose strings know their places.

`input_file` opens and decodes, `stray_files` knows what is no data file, `reader` builds the data; `mender`
(with `slips`, `folding` and `flow`) names clerks' slips at their true line and mends them in memory.
"""

from __future__ import annotations

from zhibi.reading.input_file import exists, find_file, held_in_memory, locate, read_file
from zhibi.reading.reader import parse_once, parse_yaml, read_yaml
from zhibi.reading.silenced import silenced_lines, silencing_slips
from zhibi.reading.stray_files import copy_problems, stray_problem

__all__ = [
    "copy_problems",
    "exists",
    "find_file",
    "held_in_memory",
    "locate",
    "parse_once",
    "parse_yaml",
    "read_file",
    "read_yaml",
    "silenced_lines",
    "silencing_slips",
    "stray_problem",
]
