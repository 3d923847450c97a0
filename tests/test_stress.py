"""Text that nobody would write: both files still end lines and pages alike, and full lines end at one edge."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pdfplumber
import pytest

from tests.stress_text import CLINIC, stress_flow
from tests.test_parity import PROJECT, REPORTS, pages, render
from zhibi.layout import Layout, lay_out
from zhibi.layout.blocks import LaidParagraph
from zhibi.nodes import Align
from zhibi.pipeline import check_report
from zhibi.writers.docx import write_docx
from zhibi.writers.pdf import write_pdf

LINES, PAGES = 0.98, 0.90
"""What is asked; measured once, before any rule was changed for this text: 99.4 % and 46 of 48 pages."""

EDGE, STRESS_EDGE = 0.1, 0.12
"""Millimetres by which full lines may miss the right edge; the second in text that strains lines."""


@pytest.fixture(scope="module")
def stress() -> Layout:
    return lay_out(stress_flow(29, CLINIC))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_both_files_break_alike_under_stress(stress: Layout, tmp_path: Path) -> None:
    docx, pdf = tmp_path / "试排.docx", tmp_path / "成品.pdf"
    docx.write_bytes(write_docx(stress))
    pdf.write_bytes(write_pdf(stress))
    wanted, made = pages(pdf), pages(render(docx, tmp_path))
    lines, others = ([line for page in book for unit in page for line in unit] for book in (wanted, made))
    matcher = SequenceMatcher(None, lines, others, autojunk=False)
    equal = sum(block.size for block in matcher.get_matching_blocks())
    assert len(lines) > 1000
    assert equal / len(lines) >= LINES
    assert len(made) == len(wanted)
    assert sum(a == b for a, b in zip(wanted, made, strict=True)) / len(wanted) >= PAGES


def misses(layout: Layout) -> Iterator[float]:
    """Yield by how many millimetres each full line of justified text misses the right edge."""
    with pdfplumber.open(io.BytesIO(write_pdf(layout))) as pdf:
        sheets = iter(pdf.pages)
        for section in layout.sections:
            edge = section.page.left + section.page.text_width
            for page in section.pages:
                ends = {
                    line["text"].replace(" ", ""): line["chars"][-1]["x1"]
                    for line in next(sheets).extract_text_lines(return_chars=True)
                }
                for placed in page:
                    block = section.blocks[placed.block]
                    if isinstance(block, LaidParagraph) and block.style.align is Align.JUSTIFY:
                        for line in block.lines[placed.first : placed.last]:
                            text = "".join(run.text for run in line.runs).replace(" ", "")
                            if not line.ends and text in ends:
                                yield ends[text] * 25.4 / 72 - edge


def test_full_lines_end_at_one_edge(stress: Layout) -> None:
    strained = list(misses(stress))
    assert len(strained) > 500
    assert max(map(abs, strained)) <= STRESS_EDGE
    found: list[float] = []
    for entry in REPORTS:
        found += misses(lay_out(check_report(entry.data, PROJECT).paper.flow))
    assert len(found) > 500
    assert max(map(abs, found)) <= EDGE
