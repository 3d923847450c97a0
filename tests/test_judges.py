"""Judges are judged: a good file passes, and each planted fault is seen by the judge that is there for it.

A gate that lets everything through would look like a row of good files.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pydyf
import pytest

from tests.judges import DOCX, PDF, docx_faults, pdf_faults
from tests.judges.samples import Sample
from tests.judges.tools import NO_SDK, sdk_program
from tests.writers.papers import small
from zhibi.layout import lay_out
from zhibi.writers import pdf as module
from zhibi.writers import tables
from zhibi.writers.pdf import write_pdf

Samples = Callable[[str], Sample]
GOOD = "小样"


def verdict(judge: str, data: bytes, file: Path) -> str:
    file.write_bytes(data)
    if "SDK" in judge and sdk_program() is None:
        pytest.skip(NO_SDK)
    return "\n".join((DOCX if file.suffix == ".docx" else PDF)[judge](file))


@pytest.mark.parametrize("judge", DOCX)
def test_a_good_word_file_passes_after_repacking(judge: str, built_samples: Samples, tmp_path: Path) -> None:
    good = docx_faults.repack(built_samples(GOOD).docx.read_bytes())
    assert verdict(judge, good, tmp_path / "好.docx") == ""


@pytest.mark.parametrize("judge", PDF)
def test_a_good_pdf_passes_after_resaving(judge: str, built_samples: Samples, tmp_path: Path) -> None:
    good = pdf_faults.resave(built_samples(GOOD).pdf.read_bytes())
    assert verdict(judge, good, tmp_path / "好.pdf") == ""


@pytest.mark.parametrize("fault", docx_faults.FAULTS)
def test_a_fault_in_a_word_file_is_seen(fault: str, built_samples: Samples, tmp_path: Path) -> None:
    plant, judge, words = docx_faults.FAULTS[fault]
    bad = plant(built_samples(GOOD).docx.read_bytes())
    said = verdict(judge, bad, tmp_path / "坏.docx")
    assert said
    assert words in said


@pytest.mark.parametrize("fault", pdf_faults.FAULTS)
def test_a_fault_in_a_pdf_is_seen(fault: str, built_samples: Samples, tmp_path: Path) -> None:
    plant, judge, words = pdf_faults.FAULTS[fault]
    bad = plant(built_samples(GOOD).pdf.read_bytes())
    said = verdict(judge, bad, tmp_path / "坏.pdf")
    assert said
    assert words in said


@pytest.mark.parametrize(
    ("step", "judge", "words"),
    [
        ("pdf._claim", "house rules", "metadata: it is compressed"),
        ("pdf._claim", "PDF/UA-1", "ID-PART"),
        ("pdf.write_tags", "house rules", "tags: there is no tree"),
        ("sheets.draw_page_number", "house rules", "page number"),
    ],
)
def test_each_step_after_weasyprint_is_needed(
    step: str, judge: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"zhibi.writers.{step}", lambda *parts: None)
    assert words in verdict(judge, write_pdf(lay_out(small())), tmp_path / "坏.pdf")


def test_a_heading_cell_must_say_what_it_heads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_SCOPE", dict.fromkeys(tables._SCOPE, ""))
    assert "SCOPE" in verdict("PDF/UA-1", write_pdf(lay_out(small())), tmp_path / "坏.pdf")


def test_no_stream_of_ours_runs_into_its_end() -> None:
    pdf = pydyf.PDF()
    pdf.write_line = module._part_stream_ends(pdf.write_line)
    streams = [pydyf.Stream([words]) for words in (b"one\r", b"two\n", b"three")]
    for stream in streams:
        pdf.add_object(stream)
    for stream in streams:
        module._pack(stream)
    made = BytesIO()
    pdf.write(made)
    assert b"\r\nendstream" not in made.getvalue().replace(b"\r\r\n", b"\n")
    with pikepdf.open(made) as read:
        assert [read.get_object(stream.number, 0).read_bytes() for stream in streams] == [
            b"one\r",
            b"two\n",
            b"three",
        ]
        assert read.check_pdf_syntax() == []
