"""Judges of finished files: each takes a file and returns its faults, none for a good file.

`DOCX` and `PDF` are the gate that every built file must pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.judges import docx_rules, pdf_rules, tools

Judge = Callable[[Path], list[str]]

DOCX: Mapping[str, Judge] = {
    "Open XML SDK": tools.sdk,
    "openxml-audit": tools.audit,
    "house rules": docx_rules.house_rules,
}
PDF: Mapping[str, Judge] = {
    "PDF/UA-1": tools.ua,
    "PDF/A-2a": tools.archive,
    "qpdf": tools.qpdf,
    "house rules": pdf_rules.house_rules,
}
