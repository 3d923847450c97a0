"""Papers with pictures break at the same pages in the PDF and in LibreOffice, and their pictures stand alike."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pdfplumber
import pytest

from tests.pictures.picture_drawing import TEMPLATES, random_paper
from tests.test_parity import fontconfig, pages
from zhibi.model import Project
from zhibi.pipeline import build_report, check_report

pytestmark = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")

OFF = 0.6
"""Points that a picture may stand elsewhere."""

FLAT = 20.0
"""Points below which LibreOffice does not set a picture at the foot of its line."""


def boxes(file: Path) -> Iterator[tuple[int, float, float, float, float]]:
    """Yield page, left, top, width and height of every picture in points."""
    with pdfplumber.open(file) as pdf:
        for number, page in enumerate(pdf.pages):
            for image in page.images:
                left, top = image["x0"], image["top"]
                yield number, left, top, image["x1"] - left, image["bottom"] - top


def test_papers_with_pictures_break_at_the_same_places(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    project = Project(tmp_path, TEMPLATES)
    made = []
    for seed in range(rounds(2, 60)):
        checked = check_report(random_paper(seed, tmp_path), project)
        made.append(build_report(checked, tmp_path / "成品", ("docx", "pdf")).files)
    subprocess.run(
        [
            *(
                "soffice",
                f"-env:UserInstallation=file://{tmp_path}/office",
                "--headless",
                "--convert-to",
                "pdf",
            ),
            *("--outdir", str(tmp_path), *(str(docx) for docx, _ in made)),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "FONTCONFIG_FILE": str(fontconfig(tmp_path)), "HOME": str(tmp_path)},
    )
    count = 0
    for docx, pdf in made:
        office = tmp_path / f"{docx.stem}.pdf"
        assert pages(office) == pages(pdf), docx.stem
        for ours, theirs in zip(boxes(pdf), boxes(office), strict=True):
            count += 1
            high = ours[4] > FLAT
            assert theirs == pytest.approx(ours, abs=OFF if high else FLAT), docx.stem
    assert count >= 10
