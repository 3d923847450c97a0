"""The double rules of a letter stand alike in both files (GB/T 9704-2012 cl. 10.1): thick above thin, below the other way."""

from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path

import pypdfium2
import pytest

from tests.test_parity import PROJECT, ROOT, render
from zhibi.pipeline import build_report, check_report

DOTS = 6
"""Dots in a point: the gap of the rule has 0.75 pt."""


def red_rules(file: Path) -> list[tuple[float, float]]:
    """Return where red rules begin on the first page and how thick they are, in points."""
    with pypdfium2.PdfDocument(file) as pdf:
        page = pdf[0].render(scale=DOTS, optimize_mode=None, no_smoothpath=True).to_pil().convert("RGB")
    at = [page.width * part // 10 for part in (1, 3, 5, 7, 9)]
    rows = [
        all(red > 150 and green < 140 for red, green, _ in (page.getpixel((x, y)) for x in at))
        for y in range(page.height)
    ]
    found, top = [], 0
    for is_red, run in groupby(rows):
        height = len(list(run))
        if is_red:
            found.append((top / DOTS, height / DOTS))
        top += height
    return found


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_the_double_rules_of_a_letter_are_the_same_in_both_files(tmp_path: Path) -> None:
    checked = check_report(ROOT / "tests" / "forms" / "信函.yaml", PROJECT)
    docx, pdf = build_report(checked, tmp_path / "成品", ("docx", "pdf")).files
    ours, office = red_rules(pdf), red_rules(render(docx, tmp_path))
    assert [weight for _, weight in ours] == pytest.approx([1.5, 0.75, 0.75, 1.5], abs=0.3)
    assert len(office) == len(ours)
    for (top, weight), (office_top, office_weight) in zip(ours, office, strict=True):
        assert office_top == pytest.approx(top, abs=0.35)
        assert office_weight == pytest.approx(weight, abs=0.35)
