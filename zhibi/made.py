"""What comes out of the stages, for those who put it in place: they need not load the stages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhibi.errors import Problem


@dataclass(frozen=True, slots=True)
class Made:
    """A finished report in memory: its files by their ending, the advice met, and what the PDF is like.

    `substitutes` is class -> family where another face stands in; `stand_ins` says the same of the classes
    that the standard names, and `own_faces` which are the office's own choice. `measured` counts the
    findings by their verdict. All are empty without a PDF.
    """

    stem: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    substitutes: Mapping[str, str] = field(default_factory=dict)
    stand_ins: tuple[str, ...] = ()
    own_faces: tuple[str, ...] = ()
    measured: Mapping[str, int] = field(default_factory=dict)
